"""Who is asking: asked once, before the first client."""

from __future__ import annotations

from screening.app import settings
from screening.app.ports import LineTalk
from screening.app.trainers import Trainer, answers_said, trainer_questions, usable_initials
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


def ask_once(talk: LineTalk, knowledge: KnowledgeBase) -> None:
    """Ask who is asking, unless that was said before.

    Raises:
        EOFError: at the end of input.

    """
    if settings.was_asked():
        return
    initials = ask_initials(talk)
    if not initials:
        settings.nobody_asks()
    else:
        ask_trainer(talk, knowledge, initials)
    talk.say(AGAIN)


def choose_trainer(talk: LineTalk, knowledge: KnowledgeBase, now: str) -> Trainer | None:
    """Return who asks from now on, one in the settings or a new one; None to leave it."""
    trainers = settings.kept().trainers
    asks = settings.who_asks(now)
    there = " · ".join(one.called for one in trainers) or "nobody yet"
    talk.say(f"Asking now: {asks.called if asks else 'nobody is named'}. Known: {there}.")
    talk.say("Initials of one of these, or new ones; Enter leaves it.")
    initials = _usable(talk)
    if not initials:
        return None
    try:
        return settings.who_asks(initials)
    except MisuseError:
        talk.say(f"{initials} is new here.")
        return ask_trainer(talk, knowledge, initials)


def ask_initials(talk: LineTalk) -> str:
    """Return the initials of who asks for the first time; empty for nobody."""
    talk.say(WHO)
    return _usable(talk)


def _usable(talk: LineTalk) -> str:
    """Return initials, asked for until they can be used; empty for none."""
    while True:
        typed = talk.line()
        if not typed.strip():
            return ""
        try:
            return usable_initials(typed)
        except MisuseError as error:
            talk.say(f"{error.message}.".capitalize())


def ask_trainer(talk: LineTalk, knowledge: KnowledgeBase, initials: str) -> Trainer:
    """Keep a trainer with what they say of themselves, asked in the words of the knowledge."""
    said: dict[str, Value] = {}
    for question in trainer_questions(knowledge):
        said[question.id] = _answer(talk, question)
    return settings.keep_trainer(knowledge, initials, None, answers_said(knowledge, said))


def _answer(talk: LineTalk, question: Question) -> Value:
    talk.say(question.ask)
    for line in wording.choices(question):
        talk.say(line, indent="  ", hang=2)
    while True:
        reply = read_reply(question, talk.line())
        if isinstance(reply, Said):
            talk.say(question.said(reply.value), indent="  = ")
            return reply.value
        talk.say(question.help or f"Expected {expected(question)}.")
