"""What happened in a case, in order, in words: from events to lines a person reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from screening.errors import assert_never
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.reply_slip import SlipAnswer
from screening.model.vocabularies import Unknown
from screening.records import Recorded
from screening.records import event as events


class Line(NamedTuple):
    """One thing that happened: its number in the record, when, what, and what of it."""

    number: int
    at: str
    what: str
    said: str


def history(recorded: tuple[Recorded, ...], knowledge: KnowledgeBase | None) -> Iterator[Line]:
    """Yield what happened; a question that was answered is not listed as asked as well.

    `knowledge` gives titles their words; without it ids stand for them.
    """
    for place, one in enumerate(recorded):
        event = one.event
        later = recorded[place + 1].event if place + 1 < len(recorded) else None
        if isinstance(event, events.Asked) and event.question == getattr(later, "question", ""):
            continue
        if isinstance(event, events.CaseEvent):
            what, said = _told(event, knowledge)
            yield Line(one.number, one.at, what, said)


def _told(  # noqa: C901, PLR0912 - one case for each event
    event: events.CaseEvent, knowledge: KnowledgeBase | None
) -> tuple[str, str]:
    """Return what an event is, and what of it."""
    match event:
        case events.Answered(question, value, _, said):
            told = "answered", said or f"{question}: {_plain(value)}"
        case events.Changed(question, value, before, _, said):
            words = said or f"{question}: {_plain(value)}"
            told = "changed", f"{words} (before: {_plain(before)})"
        case events.Unsure(question, value, _, said):
            told = "not sure", said or f"{question}: {value.value}"
        case events.Asked(question) | events.Skipped(question):
            asked = isinstance(event, events.Asked)
            told = "asked" if asked else "put off", _question(knowledge, question)
        case events.Withdrawn(question, reason):
            told = "no longer counts", f"{_question(knowledge, question)} ({reason})"
        case events.Listed(programme, other, _):
            told = "programme", ", ".join((*_exercises(knowledge, programme), *other)) or "none"
        case events.Kept(rule):
            told = "kept as it is", f"answers at odds ({rule})"
        case events.TakenBack():
            told = "taken back", "the last answer"
        case events.Started():
            told = "started", f"{_made_with(event)}{_by(event)}"
        case events.Resumed():
            told = "taken up again", f"{_made_with(event)}{_by(event)}"
        case events.FlagRaised(level, rules):
            told = "flag raised", f"{level}: {_rules(knowledge, rules)}"
        case events.Concluded():
            told = "concluded", _made_with(event)
        case events.Printed(form, width, _, head):
            told = "report shown", f"{form}, {width} columns, head {head}"
        case events.PaperMade():
            told = "paper made", _paper(event)
        case events.Overridden(by, reason, level, rules):
            told = "overridden", f"{level}, by {by}: {reason} (against {_rules(knowledge, rules)})"
        case events.AgreementRecorded():
            agrees = not event.answer or SlipAnswer(event.answer).closes
            told = "clinician agreed" if agrees else "clinician answered", _agreed(event)
        case events.Closed(status):
            told = "closed", status
        case _:
            assert_never(event)
    return told


def _plain(value: Value) -> str:
    return value.value if isinstance(value, Unknown) else str(value)


def _made_with(event: events.Started | events.Resumed | events.Concluded) -> str:
    return f"knowledge {event.knowledge[:12]}, program {event.program}"


def _by(event: events.Started | events.Resumed) -> str:
    return f", asked by {event.by}" if event.by else ""


def _paper(event: events.PaperMade) -> str:
    private = f", with {', '.join(event.private)}" if event.private else ""
    form = event.maker or "html"
    return (
        f"{event.kind} to {event.to}, {event.on}, {event.size}, {form}, head {event.head}{private}"
    )


def _agreed(event: events.AgreementRecorded) -> str:
    limits = [f"at most {limit}" for limit in event.limits]
    limits += [f"without {name}" for name in event.leave_out]
    within = f"; {', '.join(limits)}" if limits else ""
    answer = f"; {SlipAnswer(event.answer).label}" if event.answer else ""
    more = (("seen", event.seen), ("until", event.until), ("stop if", event.stop_if))
    said = "".join(f"; {label} {words}" for label, words in more if words)
    contact = f"; may be contacted: {event.may_contact}" if event.may_contact else ""
    note = f"; {event.note}" if event.note else ""
    by = f"{event.by} ({event.role}), {event.on}, after {event.level}"
    return f"{by}{answer}{within}{said}{contact}{note}"


def _question(knowledge: KnowledgeBase | None, name: str) -> str:
    if knowledge is None or name not in knowledge.questions:
        return name
    return knowledge.questions[name].short


def _exercises(knowledge: KnowledgeBase | None, names: tuple[str, ...]) -> tuple[str, ...]:
    catalogue = {} if knowledge is None else knowledge.exercises
    return tuple(catalogue[name].name if name in catalogue else name for name in names)


def _rules(knowledge: KnowledgeBase | None, names: tuple[str, ...]) -> str:
    rules = {} if knowledge is None else knowledge.rules
    return "; ".join(rules[name].title if name in rules else name for name in names)
