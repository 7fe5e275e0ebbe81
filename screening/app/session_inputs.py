"""What is said of the next session, what was said and done before, and what of it is kept.

No rule reads any of it: it is no answer. It stands in the client's own ledger, sealed with the
client's key, and goes with the client when erased.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from screening.app.clients.notes import LONGEST_GOAL, goals_in, standing_goal
from screening.assess import Assessor
from screening.diagnostics import nearest, quoted
from screening.errors import MisuseError
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.session import (
    Experience,
    Held,
    Place,
    SessionInputs,
    TrainingSession,
    UsualWeight,
)
from screening.records import Recorded, Store
from screening.records.event import GoalSaid, SessionPlanned
from screening.session import SessionFacts, build_session, facts_before, facts_of

__all__ = ["Experience", "KeptSessions", "Place", "ToldOfSession", "done_before", "session_facts"]

HEAVIEST, MOST_REPS, LONGEST_NUMBERS = 500, 100, 6
WEIGHT = "`EXERCISE=KILOSxREPETITIONS` is expected, such as `deadlift=100x5`"


class Bounds(NamedTuple):
    """Whole numbers that a session takes."""

    low: int
    high: int


MINUTES, USUAL_MINUTES, DAYS = Bounds(30, 120), 45, Bounds(1, 7)


@dataclass(frozen=True, slots=True)
class ToldOfSession:
    """What was said of a session this time; None, or nothing, where it was not."""

    minutes: int | None = None
    place: Place | None = None
    experience: Experience | None = None
    days: int | None = None
    weights: tuple[str, ...] = ()
    goal: str | None = None

    @staticmethod
    def given(equipment: str | None, experience: str | None, **said: Any) -> ToldOfSession:  # noqa: ANN401 - the other fields
        """Return what was said in words."""
        place = None if equipment is None else Place(equipment)
        years = None if experience is None else Experience(experience)
        return ToldOfSession(place=place, experience=years, **said)

    def inputs(
        self, knowledge: KnowledgeBase, before: SessionInputs | None = None
    ) -> SessionInputs:
        """Return what counts: what is said now, else what was said before.

        Raises:
            MisuseError: when a weight or a goal cannot be read.

        """
        was = before or SessionInputs()
        goal = was.goal if self.goal is None else " ".join(self.goal.split())
        if len(goal) > LONGEST_GOAL:
            raise MisuseError(f"at most {LONGEST_GOAL} characters are expected", "--goal")
        said = (usual_weight(knowledge, one) for one in self.weights)
        weights = {one.exercise: one for one in (*was.weights, *said)}
        return SessionInputs(
            self.minutes or was.minutes,
            self.place or was.place,
            self.experience or was.experience,
            self.days or was.days,
            tuple(weights.values()),
            goal,
        )


def usual_weight(knowledge: KnowledgeBase, said: str) -> UsualWeight:
    """Return a usual weight as it was said.

    Raises:
        MisuseError: when it is none.

    """
    name, _, much = said.partition("=")
    kilos, _, reps = much.lower().replace(" ", "").replace("kg", "").partition("x")
    digits = kilos.isascii() and reps.isascii() and kilos.isdecimal() and reps.isdecimal()
    if not digits or len(kilos + reps) > LONGEST_NUMBERS:
        raise MisuseError(f"{WEIGHT}; {quoted(said)} found", "--weight")
    if not (0 < int(kilos) <= HEAVIEST and 0 < int(reps) <= MOST_REPS):
        most = f"1 to {HEAVIEST} kg and 1 to {MOST_REPS} repetitions"
        raise MisuseError(f"{most} are expected; {quoted(said)} found", "--weight")
    found = knowledge.exercise_called(name.strip())
    if found is None:
        near = nearest(name.strip().lower(), knowledge.exercise_names)
        help_ = f"; did you mean {quoted(near)}?" if near else ""
        raise MisuseError(f"no exercise {quoted(name.strip())}{help_}", "--weight")
    return UsualWeight(found, int(kilos), int(reps))


def session_facts(
    case: Case, concluding: Assessor, told: ToldOfSession, kept: KeptSessions | None
) -> SessionFacts:
    """Return the facts of the next session: what is said now, else before, and what was done.

    Raises:
        MisuseError: when what is said cannot be read.

    """
    inputs = told.inputs(concluding.knowledge, None if kept is None else kept.said)
    return facts_of(case, concluding, inputs, done_before(case, concluding, inputs, kept))


def done_before(
    case: Case, concluding: Assessor, inputs: SessionInputs, kept: KeptSessions | None
) -> tuple[Held, ...]:
    """Return what was done before a follow-up: as it was kept, else as its answers give it.

    Nothing is, before a first screening, and before one where all was asked again.
    """
    facts = facts_before(case, concluding, inputs)
    if facts is None:
        return ()
    held = () if kept is None else kept.held
    return held or held_in(build_session(facts))


def held_in(session: TrainingSession) -> tuple[Held, ...]:
    """Return what is done in a session."""
    once = {one.exercise: one for one in session.items}
    return tuple(
        Held(one.exercise, one.sets, one.amount, one.unit, one.effort) for one in once.values()
    )


@dataclass(frozen=True)
class KeptSessions:
    """What is kept of a client's sessions, as one of their cases sees it."""

    store: Store
    case: str

    @cached_property
    def client(self) -> str:
        """The client."""
        return self.store.ledger(self.case).client or ""

    @cached_property
    def planned(self) -> tuple[SessionPlanned, ...]:
        """The sessions that were planned, the first one first."""
        return tuple(one.event for one in self._ledger if isinstance(one.event, SessionPlanned))

    @property
    def said(self) -> SessionInputs | None:
        """What was said last; the goal is the one that stands. None where nothing was."""
        last = self.planned[-1].said if self.planned else None
        return replace(last or SessionInputs(), goal=self._goal) if self._goal else last

    @cached_property
    def _ledger(self) -> tuple[Recorded, ...]:
        return tuple(self.store.events(self.client))

    @cached_property
    def _goal(self) -> str:
        return standing_goal(goals_in(self._ledger))

    @property
    def held(self) -> tuple[Held, ...]:
        """What was done in the last session before any of this case."""
        before: tuple[Held, ...] = ()
        for one in self.planned:
            if one.case == self.case:
                break
            before = one.held
        return before

    def keep(self, inputs: SessionInputs, session: TrainingSession) -> None:
        """Keep what was said and planned, unless it is what was kept last."""
        made = SessionPlanned(self.case, inputs, held_in(session))
        if not self.planned or self.planned[-1] != made:
            self.store.append(self.client, made)
        if inputs.goal and inputs.goal != self._goal:
            self.store.append(self.client, GoalSaid(inputs.goal, None))
