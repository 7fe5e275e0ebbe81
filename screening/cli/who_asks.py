"""Who is asking: asked on a terminal once, before the first client."""

from __future__ import annotations

from screening.app import settings
from screening.app.trainers import Trainer, answers_said, trainer_questions, usable_initials
from screening.cli.terminal import Terminal
from screening.errors import MisuseError
from screening.interview import wording
from screening.interview.reply import Said, expected, read_reply
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value

WHO = (
    "Who is asking? Your initials; they go on record with each client you ask. "
    "Enter: nobody is named."
)
AGAIN = "This is asked only once; `screening settings` changes it."


def ask_once(terminal: Terminal, knowledge: KnowledgeBase) -> None:
    """Ask who is asking, unless that was said before.

    Raises:
        EOFError: at the end of input.

    """
    if settings.was_asked():
        return
    initials = ask_initials(terminal)
    if not initials:
        settings.nobody_asks()
    else:
        ask_trainer(terminal, knowledge, initials)
    terminal.say(AGAIN)


def choose_trainer(terminal: Terminal, knowledge: KnowledgeBase, now: str) -> Trainer | None:
    """Return who asks from now on, one in the settings or a new one; None to leave it."""
    trainers = settings.kept().trainers
    asks = settings.who_asks(now)
    there = " · ".join(one.called for one in trainers) or "nobody yet"
    terminal.say(f"Asking now: {asks.called if asks else 'nobody is named'}. Known: {there}.")
    terminal.say("Initials of one of these, or new ones; Enter leaves it.")
    initials = _usable(terminal)
    if not initials:
        return None
    try:
        return settings.who_asks(initials)
    except MisuseError:
        terminal.say(f"{initials} is new here.")
        return ask_trainer(terminal, knowledge, initials)


def ask_initials(terminal: Terminal) -> str:
    """Return the initials of who asks for the first time; empty for nobody."""
    terminal.say(WHO)
    return _usable(terminal)


def _usable(terminal: Terminal) -> str:
    """Return initials, asked for until they can be used; empty for none."""
    while True:
        typed = terminal.line()
        if not typed.strip():
            return ""
        try:
            return usable_initials(typed)
        except MisuseError as error:
            terminal.say(f"{error.message}.".capitalize())


def ask_trainer(terminal: Terminal, knowledge: KnowledgeBase, initials: str) -> Trainer:
    """Keep a trainer with what they say of themselves, asked in the words of the knowledge."""
    said: dict[str, Value] = {}
    for question in trainer_questions(knowledge):
        said[question.id] = _answer(terminal, question)
    return settings.keep_trainer(knowledge, initials, None, answers_said(knowledge, said))


def _answer(terminal: Terminal, question: Question) -> Value:
    terminal.say(question.ask)
    for line in wording.choices(question):
        terminal.say(line, indent="  ", hang=2)
    while True:
        reply = read_reply(question, terminal.line())
        if isinstance(reply, Said):
            terminal.say(question.said(reply.value), indent="  = ")
            return reply.value
        terminal.say(question.help or f"Expected {expected(question)}.")
