"""What is known before a session is built: what may stand in it, in what order of preference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from screening.assess import Assessor
from screening.assess.assess import ConcludedCase
from screening.assess.conflict_resolution import Combination
from screening.assess.fired_conclusions import Effects, agreement
from screening.engines.kleene import holds
from screening.errors import MisuseError
from screening.model.assessment import Planned, Recommended
from screening.model.at_hand import at_hand
from screening.model.case import Case
from screening.model.catalogue import Exercise
from screening.model.expr import Expr
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Recommend, Unsure
from screening.model.session import (
    Experience,
    Held,
    Place,
    SessionGate,
    SessionInputs,
    SessionKnowledge,
    SessionSlot,
    SessionStage,
    Work,
)
from screening.model.vocabularies import DEMANDING, Pace, Skill, Truth, Verdict

HARDEST = 3


class Choice(NamedTuple):
    """How an exercise is preferred in its slot: the smallest is taken."""

    anew: bool
    source: int
    off_target: int
    sensitive: int
    demands: int
    place: int


@dataclass(frozen=True)
class SessionFacts:
    """One client's conclusions, with the verdict on every exercise of the catalogue.

    `combined` is what holds exercise back; it is worked out by `of`, once for all places.
    `own` is the client's programme, `inputs` what is said of the session, `last` what was done in
    the one before, `without` what is left out of this one at a wish.
    """

    knowledge: KnowledgeBase
    concluded: ConcludedCase
    combined: Combination
    own: tuple[str, ...]
    inputs: SessionInputs
    last: tuple[Held, ...] = ()
    without: frozenset[str] = frozenset()

    @property
    def place(self) -> Place:
        """Where the session takes place."""
        return self.inputs.place

    @cached_property
    def before(self) -> Mapping[str, Held]:
        """What was done last time and still counts, by exercise."""
        return {} if self.stage.freely else {one.exercise: one for one in self.last}

    @property
    def session(self) -> SessionKnowledge:
        """What sessions are built from.

        Raises:
            MisuseError: where this knowledge has nothing to build them from.

        """
        if self.knowledge.session is None:
            raise MisuseError("this knowledge says nothing of sessions: it has no `session.yaml`")
        return self.knowledge.session

    @classmethod
    def of(
        cls,
        knowledge: KnowledgeBase,
        concluded: ConcludedCase,
        own: tuple[str, ...],
        inputs: SessionInputs,
        last: tuple[Held, ...] = (),
    ) -> SessionFacts:
        """Return the facts of a case that was concluded with the whole catalogue."""
        effects = Effects(knowledge, concluded.outcome, agreement(concluded.case))
        combined = Combination(effects, concluded.answers, concluded.case)
        return cls(knowledge, concluded, combined, own, inputs, last)

    @cached_property
    def afresh(self) -> SessionFacts:
        """The facts without a session before."""
        return replace(self, last=()) if self.last else self

    @cached_property
    def plans(self) -> Mapping[str, Planned]:
        """The verdict on every exercise."""
        return {plan.exercise: plan for plan in self.concluded.assessment.programme}

    @cached_property
    def offered(self) -> Mapping[str, Recommended]:
        """The categories offered."""
        return {one.category: one for one in self.concluded.assessment.recommend}

    @cached_property
    def _avoided(self) -> frozenset[tuple[str, str]]:
        return frozenset((one.kind, one.target) for one in self.concluded.assessment.avoid)

    @cached_property
    def _withheld(self) -> frozenset[str]:
        return frozenset(one.target for one in self.concluded.assessment.withheld)

    @cached_property
    def named(self) -> frozenset[str]:
        """The findings and stages concluded."""
        assessment = self.concluded.assessment
        return frozenset(
            (*(one.id for one in assessment.findings), *(one.id for one in assessment.stage))
        )

    @cached_property
    def sensitive(self) -> tuple[str, ...]:
        """The directions some finding is sensitive to."""
        found = (d for f in self.knowledge.sensitive if f in self.named for d in self._of(f))
        return tuple(dict.fromkeys(found))

    def _of(self, finding: str) -> tuple[str, ...]:
        return self.knowledge.sensitive[finding]

    @cached_property
    def stage(self) -> SessionStage:
        """The first stage that fits; the last where none does."""
        for stage in self.session.stages:
            every = set(stage.every) <= self.named
            if (stage.every or stage.some) and every and self._any(stage.some):
                return stage
        return self.session.stages[-1]

    def _any(self, names: tuple[str, ...]) -> bool:
        return not names or not self.named.isdisjoint(names)

    def certain(self, condition: Expr | None) -> bool:
        """Tell whether a condition certainly holds."""
        if condition is None:
            return False
        answers, findings = self.concluded.answers, self.concluded.outcome.findings
        members = self.knowledge.members
        return holds(condition, answers, findings, members, Unsure.NOT_MET) is Truth.TRUE

    @cached_property
    def pace(self) -> Pace | None:
        """The most cautious pace of any category offered last time; None in a first screening."""
        return max((one.pace for one in self.concluded.assessment.moves), default=None)

    def room(self, slots: tuple[str, ...], most: int, *, grows: bool) -> int:
        """Return how many exercises a phase may have: as last time, or one more."""
        if not self.before:
            return most
        exercises = self.knowledge.exercises
        had = sum(exercises[n].slot in slots for n in self.before if n in exercises)
        more = grows and self.pace is Pace.PROGRESS
        return min(most, max(1, had + more))

    @cached_property
    def gates(self) -> tuple[SessionGate, ...]:
        """The gates that hold, the strictest first."""
        asked = self.combined.effects.clearance
        return tuple(
            gate
            for gate in self.session.gates
            if self.certain(gate.when) or (asked is not None and gate.clearance == asked.id)
        )

    @cached_property
    def experience(self) -> int:
        """How far from easy the client may go: as said, else as the programme shows."""
        if self.inputs.experience is not None:
            return self.inputs.experience.rung
        exercises = self.knowledge.exercises
        trains = any(exercises[name].skill > Skill.BEGINNER for name in self.own)
        some = trains or self.certain(self.session.trained)
        return (Experience.SOME if some else Experience.NEW).rung

    def effort(self, most: int) -> int:
        """Return the strictest effort: that of the stage, or of a gate."""
        return min((most, *(gate.effort for gate in self.gates if gate.effort)))

    def allowed(self, name: str) -> bool:
        """Tell whether an exercise may be done at all, here: an alternative need be no more."""
        exercise, plan = self.knowledge.exercises[name], self.plans.get(name)
        if plan is None or plan.verdict is Verdict.AVOID or plan.open or name in self.without:
            return False
        if not self.avoided(name) and self.at_hand(exercise) and not self._too_soon(exercise):
            if name not in self.own and not self.reached(name):
                return False
            kept_back = exercise.category in self._withheld and name not in self.own
            return not kept_back and exercise.loads <= self._most(exercise)
        return False

    def _too_soon(self, exercise: Exercise) -> bool:
        """Tell whether an exercise goes back into a direction that still hurts."""
        slot = self.session.slots.get(exercise.slot)
        graded = slot is not None and slot.graded
        return graded and any(exercise.demands[way] >= DEMANDING for way in self.sensitive)

    def reached(self, name: str) -> bool:
        """Tell whether an exercise may come at this stage; what is on no ladder may."""
        ladders = self.session.ladders
        stages = [rung.stage for one in ladders for rung in one.rungs if rung.exercise == name]
        return not stages or any(map(self.is_reached, stages))

    def is_reached(self, stage: str) -> bool:
        """Tell whether this stage lets exercises load as much as another does."""
        return self.session.stage_named(stage).demand <= self.stage.demand

    def undisputed(self, name: str) -> bool:
        """Tell whether no rule leaves an exercise out, nor withholds what is not the client's."""
        kept_back = self.knowledge.exercises[name].category in self._withheld
        avoided = self.plans[name].verdict is Verdict.AVOID or self.avoided(name)
        return not avoided and (not kept_back or name in self.own)

    def avoided(self, name: str) -> bool:
        """Tell whether an exercise or its category is to be left out."""
        category = self.knowledge.exercises[name].category
        return ("exercise", name) in self._avoided or ("category", category) in self._avoided

    def at_hand(self, exercise: Exercise) -> bool:
        """Tell whether all it needs is at hand in this place."""
        return at_hand(self.knowledge.equipment, exercise, self.place)

    def _most(self, exercise: Exercise) -> int:
        """Return how much an exercise may load: more where the client does it already."""
        if exercise.id in self.own and not self.stage.easiest:
            return HARDEST
        return self.stage.demand

    def admitted(self, name: str) -> bool:
        """Tell whether an exercise may be added, or is the client's own and may stay."""
        exercise = self.knowledge.exercises[name]
        if not exercise.slot or not self.allowed(name):
            return False
        if name in self.own:
            return True
        general = self.session.general in self.offered or self.stage.general
        wanted = exercise.category in self.offered if exercise.category else general
        most = Skill.ADVANCED if self.experience == Experience.YEARS.rung else Skill.INTERMEDIATE
        known = exercise.rung <= self.experience + 1 and exercise.skill <= most
        return known and not exercise.own_only and (wanted or name in self.replacing)

    def form(self, name: str) -> tuple[str, str] | None:
        """Return how an exercise is done for now, if its category is offered so, and the rule."""
        offered = self.offered.get(self.knowledge.exercises[name].category)
        asked = offered is not None and name not in self.session.apart
        for rule in self.session.forms if asked else ():
            if offered is not None and rule in offered.rules:
                for made in self.knowledge.rules[rule].then:
                    if isinstance(made, Recommend) and made.category == offered.category:
                        return made.note, rule
        return None

    def work(self, name: str) -> Work:
        """Return how much work an exercise is at this stage."""
        exercise, stage = self.knowledge.exercises[name], self.stage
        offered = self.offered.get(exercise.category)
        returns = offered is not None and not {*self.session.returns}.isdisjoint(offered.rules)
        if stage.again is not None and returns:
            return stage.again
        return stage.back if self.session.slots[exercise.slot].back else stage.other

    @cached_property
    def replacing(self) -> Mapping[str, str]:
        """What may stand for an exercise of the programme that is left out, nearest first."""
        found: dict[str, str] = {}
        for name in self.own:
            if self.plans[name].verdict is Verdict.AVOID:
                for other in self.plans[name].alternatives:
                    found.setdefault(other, name)
        return found

    def choice(self, name: str) -> Choice:
        """Return how an exercise is preferred in its slot."""
        exercise, plan = self.knowledge.exercises[name], self.plans[name]
        source = 3
        if name in self.own:
            source = 0 if plan.verdict is Verdict.KEEP else 1
        elif name in self.replacing:
            source = 2
        off = abs(exercise.rung - self._target(self.session.slots[exercise.slot]))
        sensitive = sum(exercise.demands[direction] for direction in self.sensitive)
        order = [*self.knowledge.exercises].index(name)
        anew = bool(self.before) and name not in self.before
        return Choice(anew, source, off, sensitive, sum(exercise.demands.values()), order)

    def _target(self, slot: SessionSlot) -> int:
        """Return the rung to aim at in a slot."""
        if self.stage.easiest:
            return 0
        return self.experience if not slot.back or self.stage.general else min(self.experience, 1)

    def candidates(self, slot: str) -> list[str]:
        """Return what may fill a slot, the best first."""
        return sorted(self._in_slot.get(slot, ()), key=self.choice)

    @cached_property
    def _in_slot(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for exercise in self.knowledge.exercises.values():
            if exercise.slot in self.session.slots and self.admitted(exercise.id):
                found.setdefault(exercise.slot, []).append(exercise.id)
        return found

    def easier_than(self, name: str) -> Iterator[str]:
        """Yield what may stand for an exercise that does not go, nearest first."""
        exercise = self.knowledge.exercises[name]
        slot = self.session.slots[exercise.slot]
        near = (other for one in (slot.id, *slot.near) for other in self.candidates(one))
        for other in dict.fromkeys((*exercise.easier, *near)):
            theirs = self.knowledge.exercises[other].demands
            milder = all(theirs[d] <= exercise.demands[d] for d in self.sensitive)
            if other != name and milder and self.allowed(other):
                yield other


def exchange(facts: SessionFacts, left: str) -> SessionFacts:
    """Return the facts of a session without one exercise."""
    return replace(facts, without=facts.without | {left})


def facts_of(
    case: Case, concluding: Assessor, inputs: SessionInputs, last: tuple[Held, ...] = ()
) -> SessionFacts:
    """Return what a session is built from: a case, with the verdict on every exercise."""
    knowledge = concluding.knowledge
    made = concluding.conclude(replace(case, programme=tuple(knowledge.exercises)))
    return SessionFacts.of(knowledge, made, case.programme, inputs, last)


def facts_before(case: Case, concluding: Assessor, inputs: SessionInputs) -> SessionFacts | None:
    """Return the facts of the session before a follow-up, as the answers of then make it."""
    earlier = case.earlier
    if earlier is None or earlier.anew or not earlier.answers:
        return None
    knowledge = concluding.knowledge
    then = Case(earlier.answers, tuple(knowledge.exercises))
    return SessionFacts.of(knowledge, concluding.preview(then), case.programme, inputs)
