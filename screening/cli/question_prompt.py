"""Asking one question: shows it, reads until it is answered or put off."""

from __future__ import annotations

from screening.cli.conversation import Conversation
from screening.engines.applicable import applies, parents, with_inapplicable
from screening.follow import in_force
from screening.interview import wording
from screening.interview.planner import Ask, Plan
from screening.interview.reply import (
    Command,
    Reply,
    Said,
    Unclear,
    Word,
    expected,
    keys,
    read_reply,
)
from screening.model.question import Question, Value
from screening.model.vocabularies import Truth
from screening.records.event import CaseEvent, Skipped, Withdrawn

CARD_INDENT = "    "
MOOT = "it no longer applies"


def ask(talk: Conversation, plan: Plan, step: Ask) -> None:
    """Ask a question until it is answered, skipped or left."""
    question = talk.knowledge.questions[step.question]
    talk.keeping.asked(question)
    _open_topic(talk, question)
    _show(talk, question, step)
    while True:
        reply = _hear(talk, question, plan)
        if isinstance(reply, Said):
            if talk.session.wants_card(question, reply.value):
                talk.terminal.say(wording.CARD_OFFER)
            return talk.take(*_answered(talk, question, reply.value))
        if isinstance(reply, Unclear):
            talk.terminal.say(reply.message)
        elif _over(talk, step, question, reply):
            return None


def _answered(talk: Conversation, question: Question, value: Value) -> tuple[CaseEvent, ...]:
    """Return an answer, and what it does to follow-ups that no longer apply after it."""
    events: list[CaseEvent] = [talk.session.reply(question, value)]
    session, changed = talk.session.after(*events), {question.id}
    for other in talk.knowledge.conditional_questions:
        if other.id in session.answers() and changed & {*parents(talk.knowledge, other.id)}:
            without = session.after(Withdrawn(other.id, MOOT))
            read = with_inapplicable(talk.knowledge, in_force(talk.knowledge, without.case()))
            moot = applies(talk.knowledge, other, read) is Truth.FALSE
            if moot and not other.is_movement:  # what a movement does stands on its own
                talk.terminal.say(f"No longer applies, set aside: {other.short}.")
                events.append(Withdrawn(other.id, MOOT))
                session = without
                changed.add(other.id)
    return tuple(events)


def _over(talk: Conversation, step: Ask, question: Question, command: Command) -> bool:
    """Do what a command says; tell whether the question is done with."""
    match command.word:
        case Word.WHY:
            talk.terminal.say(wording.why(talk.knowledge, step.could_change))
        case Word.HELP:
            _help(talk, question)
        case Word.CARD:
            _card(talk, question)
        case Word.SKIP:
            _skip(talk, question)
            return True
        case _:
            return talk.command(command)
    return False


def _open_topic(talk: Conversation, question: Question) -> None:
    """Say the title and lead-in of a topic that begins."""
    if question.topic == talk.topic:
        return
    talk.topic = question.topic
    topic = next(t for t in talk.knowledge.topics if t.id == question.topic)
    talk.terminal.say()
    talk.terminal.say(topic.title, bold=True)
    if topic.lead_in and topic.id not in talk.led_in:
        talk.led_in.add(topic.id)
        talk.terminal.say(topic.lead_in)


def _keys(talk: Conversation, question: Question) -> None:
    """Say the keys of movements before the first of several."""
    if question.is_movement and not talk.keys_shown:
        words = " · : then a word, such as dk" if talk.terminal.has_keys else ""
        talk.terminal.say()
        talk.terminal.say(f"{wording.footer(question)} · ? help · b back{words}")
    talk.keys_shown = question.is_movement


def _show(talk: Conversation, question: Question, step: Ask) -> None:
    say = talk.terminal.say
    _keys(talk, question)
    if not question.is_movement:
        say()
    if step.again:
        say("Skipped before; asked once more.")
    if question.intimate and not step.card:
        say("Private: `card` shows it for pointing.")
    say(question.ask, bold=True)
    if step.card and question.help:
        say(question.help)
    if not question.is_movement:
        for line in wording.choices(question):
            say(line, indent="  ", hang=2)
    given = talk.standing().get(question.id)
    if given is not None:
        when = "Answered" if question.id in talk.session.answers() else "Last time"
        say(f"{when}: {question.said(given)}. Enter keeps it.")


def _hear(talk: Conversation, question: Question, plan: Plan) -> Reply:
    """Return the next reply: one key for a movement, where there is a keyboard."""
    prompt = f"{wording.progress(plan)} > "
    if not question.is_movement or not talk.terminal.has_keys:
        return _read(talk, question, talk.terminal.line(prompt))
    talk.terminal.write(prompt)
    key = talk.terminal.key().strip("\r\n")
    if key == ":" or (not key and question.id not in talk.standing()):
        return _read(talk, question, talk.terminal.line(": "))
    reply = _read(talk, question, key)
    talk.terminal.write(question.said(reply.value) + "\n" if isinstance(reply, Said) else "\n")
    return reply


def _read(talk: Conversation, question: Question, text: str) -> Reply:
    """Return what was typed; nothing keeps an answer that is there."""
    given = talk.standing().get(question.id)
    if not text.strip() and given is not None:
        return Said(given)
    return read_reply(question, text)


def _skip(talk: Conversation, question: Question) -> None:
    if question.id in talk.standing():
        talk.session = talk.session.stay()
    else:
        talk.take(Skipped(question.id))


def _help(talk: Conversation, question: Question) -> None:
    if question.help:
        talk.terminal.say(question.help)
    talk.terminal.say(f"Answer with {expected(question)}.")
    talk.help()
    if question.is_movement:
        talk.terminal.say(wording.footer(question), indent="  ")
        if talk.terminal.has_keys:
            talk.terminal.say(": (or Enter) first, then one of the words above", indent="  ")


def _card(talk: Conversation, question: Question) -> None:
    """Show nothing but the question and its answers, for the client to point at."""
    terminal = talk.terminal
    terminal.clear()
    terminal.say()
    terminal.say(question.ask, bold=True, indent=CARD_INDENT)
    for key, answer in keys(question).items():
        terminal.say()
        terminal.say(f"{key}   {question.said(answer)}", bold=True, indent=CARD_INDENT, hang=4)
    terminal.say()
    terminal.say()
