"""Where two knowledge bases mean something else, and a client for whom they do.

And two versions of one rule: the same to every client, or a client who tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias

from screening.compile import lower
from screening.compile.effective_answers import as_read, follow, truths
from screening.compile.gates import Gates
from screening.compile.lower import rule_clauses
from screening.engines._z3 import Solver, Term, opposite
from screening.engines.applicable import applies, with_harmless_rest, with_inapplicable
from screening.engines.kleene import holds
from screening.engines.reference import evaluate
from screening.engines.solver.answers import OpenAnswers, Smallest
from screening.engines.solver.world import Statements, World
from screening.model.circuit import Blocks, Clears, LeavesLight, Offers, Plans, Refers, Wire
from screening.model.expr import found_in
from screening.model.knowledge import KnowledgeBase
from screening.model.program import Atom, RuleAtom
from screening.model.question import Question, Value
from screening.model.rule import Head, Reading, Rule
from screening.model.vocabularies import Kind, Level, Truth, Unknown, Verdict


@dataclass(frozen=True, slots=True)
class Witness:
    """Answers on which two versions of a rule differ, and the truth of a reading of each.

    Where both fire, they say different things. A version without this reading counts as false.
    """

    answers: Mapping[str, Value]
    reading: Reading
    before: Truth
    after: Truth


class Differences:
    """Compares versions of the rules of one knowledge base.

    What has to do with one rule is worked out once, so ask about all versions of a rule in a row.
    """

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge
        self._gates = Gates()
        self._reading = as_read(knowledge, self._gates)
        self._truths = truths(lower(knowledge), self._reading)
        self._rule = ""
        self._solver = Solver()

    def between(self, old: Rule, new: Rule) -> Witness | None:
        """Return a smallest client for whom two versions of a rule differ; None if none does.

        All readings and all three truth values count, and what the versions conclude.
        """
        before, after = self._sides(old), self._sides(new)
        for reading in Reading:
            for differ in self._differ(old, new, reading, before, after):
                answers = self._client(old.id, differ)
                if answers is not None:
                    truths_ = (self._truth(rule, reading, answers) for rule in (old, new))
                    return Witness(answers, reading, *truths_)
        return None

    def _sides(self, rule: Rule) -> Mapping[Atom, Wire]:
        """Return when each reading of a rule is certainly true, and certainly false."""
        off, found = self._gates.OFF, dict[Atom, Wire]()
        for reading in Reading:
            head = Head(rule.id, reading)
            fires, refuted = RuleAtom(head, truth=True), RuleAtom(head, truth=False)
            atoms: dict[Atom, Wire] = {fires: off, refuted: self._gates.ON}
            if reading in rule.readings:
                clauses = rule_clauses(rule, head, self._knowledge)
                derived = follow(clauses, self._reading, self._truths)
                atoms = {atom: derived.get(atom, off) for atom in atoms}
            found.update(atoms)
        return found

    def _differ(
        self,
        old: Rule,
        new: Rule,
        reading: Reading,
        before: Mapping[Atom, Wire],
        after: Mapping[Atom, Wire],
    ) -> Iterator[Wire]:
        """Yield the ways to differ: in truth, then in what is said where both fire."""
        gates, head = self._gates, Head(old.id, reading)
        fires, refuted = RuleAtom(head, truth=True), RuleAtom(head, truth=False)
        for atom in (fires, refuted):
            one, other = before[atom], after[atom]
            if one != other:
                yield gates.every(one, gates.opposite(other))
                yield gates.every(other, gates.opposite(one))
        both = gates.every(before[fires], after[fires])
        if reading is Reading.CERTAIN and old.then != new.then:
            yield both
        if reading is Reading.POSSIBLE and old.level(reading) != new.level(reading):
            certain = before[RuleAtom(Head(old.id), truth=True)]
            yield gates.every(both, gates.opposite(certain))

    def _client(self, rule: str, differ: Wire) -> Mapping[str, Value] | None:
        if rule != self._rule:  # what other rules rest on would only slow this one down
            self._rule = rule
            self._solver = Solver()
            answers = OpenAnswers(self._solver, self._knowledge.questions)
            self._statements = Statements(self._solver, self._gates.written, answers)
            self._smallest = Smallest(self._solver, answers)
        return self._smallest.client(self._statements[differ])

    def _truth(self, rule: Rule, reading: Reading, answers: Mapping[str, Value]) -> Truth:
        """Return the truth of a reading by the reference; what it rests on is as before."""
        if reading not in rule.readings:
            return Truth.FALSE
        given = self._worked_out(answers)
        read = with_inapplicable(self._knowledge, given)
        rests = found_in(rule.when)
        findings = evaluate(self._knowledge, given).findings if rests else {}
        unsure = rule.reads_unknown_as(reading)
        return holds(rule.when, read, findings, self._knowledge.members, unsure)

    def _worked_out(self, answers: Mapping[str, Value]) -> Mapping[str, Value]:
        """Return the answers with what only an earlier case would tell, which is not known."""
        knowledge, read = self._knowledge, with_inapplicable(self._knowledge, answers)
        found = dict(answers)
        for question in knowledge.questions.values():
            if question.derived is None or question.id in read:
                continue
            needed = knowledge.worked_out_from(question.derived)
            if needed and needed not in answers:
                continue
            if applies(knowledge, question, read) is not Truth.FALSE:
                found[question.id] = Unknown.DONT_KNOW
        return found


@dataclass(frozen=True, slots=True)
class ReferralAspect:
    """Whether a client is referred at a level or a more urgent one."""

    level: Level


@dataclass(frozen=True, slots=True)
class Withholding:
    """Whether every exercise is withheld."""


@dataclass(frozen=True, slots=True)
class LightOnly:
    """Whether usual light activity, or less, is all that a referral or a clearance leaves."""


@dataclass(frozen=True, slots=True)
class OfCategory:
    """Whether a category is offered, where that does not follow from a referral."""

    category: str


@dataclass(frozen=True, slots=True)
class OfExercise:
    """What becomes of an exercise of the programme, where that does not follow from a referral."""

    exercise: str


@dataclass(frozen=True, slots=True)
class ClearanceAspect:
    """Whether a clearance or a stricter one is asked for, where neither withholds all.

    Of one that asks nobody: whether it is not said that nobody need be asked.
    """

    clearance: str


Aspect: TypeAlias = (
    ReferralAspect | Withholding | LightOnly | ClearanceAspect | OfCategory | OfExercise
)


class Way(Enum):
    """How the newer knowledge differs."""

    STRICTER = "stricter"
    LOOSER = "looser"


@dataclass(frozen=True, slots=True)
class Usual:
    """The answers of a whole screening; all but the `telling` ones are harmless."""

    answers: Mapping[str, Value]
    telling: tuple[str, ...]


class Meanings:
    """Two knowledge bases about one client whose answers are open."""

    def __init__(self, old: KnowledgeBase, new: KnowledgeBase) -> None:
        self._old = World(old, asked=asked_by_either(old, new))
        self._new = World(new, beside=self._old)
        self._smallest = Smallest(self._old.solver, self._old.answers)
        self._telling = Smallest(self._old.solver, self._old.answers, concerning=True)

    def client(self, aspect: Aspect, way: Way) -> Mapping[str, Value] | None:
        """Return the smallest client to whom the newer one is so; None when there is none."""
        return self._smallest.client(self._differs(aspect, way))

    def usual(self, aspect: Aspect, way: Way) -> Usual | None:
        """Return a whole screening in which the newer one is so, with as little as can be in it.

        All but a few answers are harmless. None when no such client shows it.
        """
        differs, worlds = self._differs(aspect, way), (self._old, self._new)
        telling = self._telling.client(differs, *(world.whole for world in worlds))
        if telling is None:
            return None
        answers = dict(telling)
        for world in worlds:
            answers = with_harmless_rest(world.knowledge, answers)
        asked = self._old.answers
        answers = {name: answers[name] for name in asked.asked if name in answers}
        given = (asked.like(name, value) for name, value in answers.items())
        others = (opposite(asked.given(name)) for name in asked.asked if name not in answers)
        if not self._old.solver.possible(differs, *given, *others):
            return None
        return Usual(answers, tuple(telling))

    def _differs(self, aspect: Aspect, way: Way) -> Term:
        """Return that the newer one is so."""
        solver = self._old.solver
        old, new = self._careful(self._old, aspect), self._careful(self._new, aspect)
        if way is Way.LOOSER:
            old, new = new, old
        more = (solver.all_of((n, opposite(o))) for o, n in zip(old, new, strict=True))
        return solver.all_of((solver.any_of(more), *self._apart(aspect, way)))

    def _careful(self, world: World, aspect: Aspect) -> tuple[Term, ...]:
        """Return statements, each of which holds for all that is as careful or more so."""
        match aspect:
            case ReferralAspect(level):
                return (world.concludes(Refers(level)),)
            case Withholding():
                return (world.concludes(Blocks()),)
            case LightOnly():
                return (world.any((LeavesLight(), Refers(Level.SAME_DAY))),)
            case ClearanceAspect(clearance):
                return (self._asks(world, clearance),)
            case OfCategory(category):
                return (opposite(world.concludes(Offers(category))),)
            case OfExercise(exercise):
                keep = world.concludes(Plans(exercise, Verdict.KEEP))
                return opposite(keep), world.concludes(Plans(exercise, Verdict.AVOID))

    def _asks(self, world: World, name: str) -> Term:
        """Return that a clearance or a stricter one is asked for; see `ClearanceAspect`."""
        known = self._new if name in self._new.knowledge.clearances else self._old
        clearances = known.knowledge.clearances
        here = clearances[name]
        if here.asks:
            return world.any(Clears(c.id) for c in clearances.values() if c.rank <= here.rank)
        return opposite(
            world.any(Clears(c.id) for c in clearances.values() if c.rank >= here.rank)
        )

    def _apart(self, aspect: Aspect, way: Way) -> tuple[Term, ...]:
        """Return that a difference does not follow from another, which is said by itself."""
        if isinstance(aspect, ReferralAspect | Withholding | LightOnly):
            return ()
        worlds = (self._old, self._new)
        unblocked = tuple(opposite(world.concludes(Blocks())) for world in worlds)
        if isinstance(aspect, ClearanceAspect):
            return unblocked
        old, new = (world.concludes(LeavesLight()) for world in worlds)
        if way is Way.LOOSER:
            old, new = new, old
        return (*unblocked, self._old.solver.any_of((old, opposite(new))))


def asked_by_either(old: KnowledgeBase, new: KnowledgeBase) -> dict[str, Question]:
    """Return the questions a client may answer to both: those of either, the newer order first.

    Of a question of both, only the answers that both take; not knowing is always one.
    """
    return {
        name: _common(new.questions.get(name, question), old.questions.get(name, question))
        for name, question in {**new.questions, **old.questions}.items()
    }


def answered_otherwise(old: KnowledgeBase, new: KnowledgeBase) -> tuple[str, ...]:
    """Return the questions of both with an answer that only one takes."""
    return tuple(
        name
        for name, question in new.questions.items()
        if name in old.questions and _taken(question) != _taken(old.questions[name])
    )


def _taken(question: Question) -> tuple[object, ...]:
    if question.is_number:
        return question.low, question.high, question.unit
    return question.kind, frozenset(question.words)


def _common(one: Question, other: Question) -> Question:
    low, high = max(one.low, other.low), min(one.high, other.high)
    if one.kind is not other.kind or low > high:
        return replace(one, kind=Kind.CHOICE, answers=())
    if one.is_number:
        return replace(one, low=low, high=high)
    return replace(one, answers=tuple(a for a in one.answers if a.id in other.words))
