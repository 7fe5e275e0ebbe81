"""The next hour for a client, with what takes the place of an exercise that does not go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from screening.app.chosen_case import ChosenCase
from screening.app.clients.find_case import last_case
from screening.app.conclude import Sources, assessor
from screening.app.printout import Printout
from screening.app.session_inputs import KeptSessions, ToldOfSession, session_facts
from screening.app.settings import country
from screening.diagnostics import nearest, quoted
from screening.errors import MisuseError
from screening.model.knowledge import KnowledgeBase
from screening.model.session import TrainingSession
from screening.render.local import in_words_of
from screening.render.session_page import session_form, session_page
from screening.session import SessionFacts, build_session, exchange

__all__ = ["Wish", "kept_sessions", "never_said", "next_session", "wished"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is said of it, and what to do without; `swap` is to have something in its place."""

    told: ToldOfSession
    without: tuple[str, ...] = ()
    swap: str | None = None


def next_session(
    directory: Path | None, subject: ChosenCase, wish: Wish, sources: Sources
) -> Printout:
    """Return the next session of a client, by the last of the cases.

    Raises:
        MisuseError: when an exercise to do without is not known, or not in the session.

    """
    concluding = assessor(directory)
    case = subject.case(concluding, sources)
    kept = kept_sessions(subject, sources)
    facts = session_facts(case, concluding, wish.told, kept)
    session, changed = wished(facts, wish)
    if kept is not None:
        kept.keep(facts.inputs, session)
    said = session_page(session, facts.knowledge, subject.named, changed)
    page = in_words_of(facts.knowledge.countries.get(country()), said)
    return Printout(page, session_form(session, facts.knowledge, changed))


def kept_sessions(subject: ChosenCase, sources: Sources) -> KeptSessions | None:
    """Return what is kept of the sessions of whom it is about; None for an intake."""
    store = subject.records(sources)
    return None if store is None else KeptSessions(store, last_case(store, str(subject.intake)))


def never_said(subject: ChosenCase, sources: Sources) -> bool:
    """Tell whether nothing was ever said of this client's sessions."""
    kept = kept_sessions(subject, sources)
    return kept is None or not kept.planned


def wished(facts: SessionFacts, wish: Wish) -> tuple[TrainingSession, tuple[str, ...]]:
    """Return the session without what is not wanted, and what became of each place, in words.

    Raises:
        MisuseError: when an exercise is not known, or not in the session.

    """
    session = build_session(facts)
    said: list[str] = []
    for name in [*wish.without, *([wish.swap] if wish.swap else [])]:
        left = _called(facts.knowledge, name)
        if left not in {one.exercise for one in session.items}:
            held = _held(facts, session)
            raise MisuseError(f"{quoted(name)} is not in this session: it has {held}")
        facts = exchange(facts, left)
        before, session = session, build_session(facts)
        said.append(_became(facts, left, before, session))
    return session, tuple(said)


def _called(knowledge: KnowledgeBase, name: str) -> str:
    found = knowledge.exercise_called(name)
    if found is None:
        near = nearest(name.lower(), knowledge.exercise_names)
        help_ = f"; did you mean {quoted(near)}?" if near else ""
        raise MisuseError(f"no exercise {quoted(name)}{help_}")
    return found


def _held(facts: SessionFacts, session: TrainingSession) -> str:
    names = dict.fromkeys(facts.knowledge.exercises[i.exercise].name for i in session.items)
    return ", ".join(names) or "none"


def _became(
    facts: SessionFacts, left: str, before: TrainingSession, after: TrainingSession
) -> str:
    """Return what took the place of an exercise, in words; or that nothing is left for it."""
    exercises, lines = facts.knowledge.exercises, facts.session.lines
    slot = next(one.slot for one in before.items if one.exercise == left)
    had = {one.exercise for one in before.items}
    new = next((i for i in after.items if i.exercise not in had and i.slot == slot), None)
    if new is None:
        return lines["nothing_left"].text.format(slot=facts.session.slots[slot].title)
    said = {"exercise": exercises[new.exercise].name, "left": exercises[left].name}
    text = lines["takes_its_place"].text.format(**said)
    return f"{text[0].upper()}{text[1:]} {new.because[0].reason}"
