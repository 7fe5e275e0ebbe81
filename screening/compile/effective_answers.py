"""From answers as given to answers as read, and from these to truths, as gates.

The same three steps as `engines/applicable.py` and `follow/effective_answers.py`: what is worked
out from an earlier screening, what follows from other answers, and what does not apply. The
truths say when each atom of a `Program` is derived.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from screening.compile.gates import Gates
from screening.compile.lower import INAPPLICABLE, UNKNOWN, certain_test
from screening.errors import assert_never
from screening.model.circuit import Fill, InRange, IsAsked, IsOneOf, Wire
from screening.model.expr import All, AnyOf, AtLeast, Comparison, Expr, Not
from screening.model.knowledge import KnowledgeBase
from screening.model.program import (
    AnswerTest,
    Atom,
    AtomTest,
    Clause,
    EnoughTest,
    FallsShortTest,
    FindingAtom,
    NumberTest,
    Program,
    ReachesTest,
    RuleAtom,
    Test,
    TooFewTest,
)
from screening.model.question import Question, Value
from screening.model.rule import Unsure
from screening.model.score import Score, ScoreItem
from screening.model.vocabularies import Effect, Unknown

UNTRUE = "a condition on when a question applies rests on no finding"


@dataclass
class AnswersRead:
    """Tests on the answers, given or filled in; `fills` grow while it is built."""

    gates: Gates
    knowledge: KnowledgeBase
    fills: dict[str, tuple[Fill, ...]] = field(default_factory=dict)

    def asked(self, question: str) -> Wire:
        """Return whether a question has an answer, `NOT_APPLICABLE` included."""
        given = self.gates.add(IsAsked(question))
        return self.gates.some(given, *(when for _, when in self.fills.get(question, ())))

    def one_of(self, question: str, words: frozenset[str]) -> Wire:
        """Return whether the answer is one of these words."""
        asked = self.knowledge.questions[question]
        legal = UNKNOWN.union(asked.words)
        filled = (when for value, when in self.fills.get(question, ()) if _word(value) in words)
        return self.gates.some(self._given(asked, words & legal), *filled)

    def _given(self, question: Question, words: frozenset[str]) -> Wire:
        """Return whether one of these words was given."""
        if not words:
            return self.gates.OFF
        if not question.is_number and words == UNKNOWN.union(question.words):
            return self.gates.add(IsAsked(question.id))
        return self.gates.add(IsOneOf(question.id, words))

    def compared(self, question: str, op: Comparison, number: int) -> Wire:
        """Return whether a number was given that compares so."""
        asked = self.knowledge.questions[question]
        low, high = asked.low, asked.high
        match op:
            case ">=":
                low = max(low, number)
            case ">":
                low = max(low, number + 1)
            case "<=":
                high = min(high, number)
            case "<":
                high = min(high, number - 1)
        return self.gates.add(InRange(question, low, high)) if low <= high else self.gates.OFF

    def moved(self, group: str, effect: Effect, *, truth: bool) -> tuple[Wire, ...]:
        """Return whether each movement of a group certainly has an effect, or has not."""
        members = (self.knowledge.questions[name] for name in self.knowledge.members[group])
        having = frozenset(effect.answers)
        return tuple(
            self.one_of(q.id, having if truth else INAPPLICABLE.union(q.words) - having)
            for q in members
        )

    def units(self, score: Score, *, reached: bool, unknown: bool) -> tuple[Wire, ...]:
        """Return whether each unit of a score is certainly reached, or certainly is not.

        With `unknown`, an answer that is not known counts so.
        """
        extra = UNKNOWN if unknown else frozenset()
        return tuple(
            self._unit(item, points, reached=reached, extra=extra) for item, points in score.units
        )

    def _unit(self, item: ScoreItem, points: int, *, reached: bool, extra: frozenset[str]) -> Wire:
        """Return whether an item gives so many points, or gives less."""
        words = frozenset(w for w, gives in item.words if (gives >= points) is reached)
        numbers = (
            self.gates.add(InRange(item.question, low, high))
            for low, high, gives in item.ranges
            if (gives >= points) is reached
        )
        given = self.one_of(item.question, words | extra)
        return self.gates.some(given, *numbers)

    def test(self, test: Test) -> Wire:
        """Return whether a test on answers is passed."""
        match test:
            case AnswerTest(question, words):
                return self.one_of(question, words)
            case NumberTest(question, op, number, words):
                compared = self.compared(question, op, number)
                return self.gates.some(compared, self.one_of(question, words))
            case EnoughTest(group, effect, count):
                return self.gates.enough(count, self.moved(group, effect, truth=True))
            case TooFewTest(group, effect, count):
                without = self.moved(group, effect, truth=False)
                return self.gates.enough(len(without) - count + 1, without)
            case ReachesTest(score, points, unknown):
                units = self.units(score, reached=True, unknown=unknown)
                return self.gates.enough(score.units_for(points), units)
            case FallsShortTest(score, points, unknown):
                units = self.units(score, reached=False, unknown=unknown)
                return self.gates.enough(len(units) - score.units_for(points) + 1, units)
            case AtomTest():
                raise ValueError(UNTRUE)
        assert_never(test)

    def holds(self, expr: Expr, *, truth: bool, positive: bool = True) -> Wire:
        """Return whether a condition, or its opposite, is certainly true or certainly false."""
        match expr:
            case Not(part):
                return self.holds(part, truth=truth, positive=not positive)
            case All(parts):
                return self._counted(parts, len(parts), truth=truth, positive=positive)
            case AnyOf(parts):
                return self._counted(parts, 1, truth=truth, positive=positive)
            case AtLeast(count, parts):
                return self._counted(parts, count, truth=truth, positive=positive)
            case _:
                return self.test(
                    certain_test(
                        expr,
                        positive=positive,
                        truth=truth,
                        unsure=Unsure.UNDECIDED,
                        questions=self.knowledge.questions,
                    )
                )

    def _counted(
        self, parts: tuple[Expr, ...], count: int, *, truth: bool, positive: bool
    ) -> Wire:
        needed = count if positive is truth else len(parts) - count + 1
        held = tuple(self.holds(part, truth=truth, positive=positive) for part in parts)
        return self.gates.enough(needed, held)

    def applies(self, question: Question, *, truth: bool) -> Wire:
        """Return whether a question certainly applies, or certainly does not."""
        if question.only_if is None:
            return self.gates.ON if truth else self.gates.OFF
        return self.holds(question.only_if, truth=truth)

    def beside(self, question: str, fill: Fill) -> None:
        """Add what a question reads as, also beside an answer."""
        self.fills[question] = (*self.fills.get(question, ()), fill)

    def fill(self, question: str, *fills: Fill) -> None:
        """Add what a question without an answer reads as; the fills exclude each other."""
        unread = self.gates.opposite(self.asked(question))
        added = tuple(Fill(f.value, self.gates.every(unread, f.when)) for f in fills)
        self.fills[question] = (*self.fills.get(question, ()), *added)

    def concerns(self, part: Question) -> Wire:
        """Return whether an answer says something: known, and not the harmless one."""
        if part.is_number and part.harmless == "":
            return self.compared(part.id, ">=", part.low)
        if part.is_number:
            below = self.compared(part.id, "<", int(part.harmless))
            return self.gates.some(below, self.compared(part.id, ">", int(part.harmless)))
        return self.one_of(part.id, frozenset(w for w in part.words if part.concerns(w)))

    def copy(self) -> AnswersRead:
        """Return the same reading, to be filled further on its own."""
        return AnswersRead(self.gates, self.knowledge, dict(self.fills))


def as_read(knowledge: KnowledgeBase, gates: Gates) -> AnswersRead:
    """Return the answers as read: as given, worked out, summed up, or not applicable.

    A case that follows no earlier one is meant; where it follows one, the answers given are those
    in force, in which all that is worked out is given already.
    """
    given = AnswersRead(gates, knowledge)
    read, answered = _with_inapplicable(given), given.copy()
    for question in knowledge.questions.values():
        if question.derived is None or question.id in knowledge.follow_up_marks:
            continue
        needed = knowledge.worked_out_from(question.derived)
        now = answered.asked(needed) if needed else gates.ON
        unread = gates.opposite(read.asked(question.id))
        stays = gates.opposite(read.applies(question, truth=False))
        answered.fill(question.id, Fill(Unknown.DONT_KNOW, gates.every(now, unread, stays)))
    return _with_inapplicable(answered)


def _with_inapplicable(answered: AnswersRead) -> AnswersRead:
    """Return a reading with the follow-up marks, the sums and what does not apply."""
    gates, knowledge, read = answered.gates, answered.knowledge, answered.copy()
    for name in knowledge.follow_up_marks:
        read.fill(name, Fill("no", gates.ON))
    left = {}
    for question in knowledge.summing_questions:
        applies = read.applies(question, truth=True)
        sums = (Fill(f.value, gates.every(applies, f.when)) for f in _sums(answered, question))
        concerned, *left[question.id] = sums
        read.beside(question.id, concerned)
    for question in knowledge.conditional_questions:
        inapplicable = read.applies(question, truth=False)
        read.beside(question.id, Fill(Unknown.NOT_APPLICABLE, inapplicable))
    for name, others in left.items():  # a no of the parts closes nothing
        read.fill(name, *others)
    return read


def _sums(answered: AnswersRead, question: Question) -> Iterable[Fill]:
    """Yield what the answers to the parts say of the whole, a yes first."""
    gates = answered.gates
    parts = [answered.knowledge.questions[name] for name in question.sums_up]
    concern = gates.some(*(answered.concerns(part) for part in parts))
    asked = (answered.asked(part.id) for part in parts)
    quiet = gates.every(gates.opposite(concern), *asked)
    unknown = gates.some(*(answered.one_of(part.id, UNKNOWN) for part in parts))
    yield Fill("yes", concern)
    yield Fill(Unknown.DONT_KNOW, gates.every(quiet, unknown))
    yield Fill("no", gates.every(quiet, gates.opposite(unknown)))


def _word(value: Value) -> str:
    return value.value if isinstance(value, Unknown) else str(value)


def truths(
    program: Program, reading: AnswersRead, in_force: Mapping[str, Wire] | None = None
) -> dict[Atom, Wire]:
    """Return both sides of every reading of every rule and of every finding.

    A rule is certainly false while its gate among `in_force`, if it has one, is off.
    """
    derived = follow(program.clauses, reading, {}, in_force)
    return {atom: derived.get(atom, reading.gates.OFF) for atom in _decided(program)}


def follow(
    clauses: Iterable[Clause],
    reading: AnswersRead,
    known: Mapping[Atom, Wire],
    in_force: Mapping[str, Wire] | None = None,
) -> dict[Atom, Wire]:
    """Return when each head of the clauses is derived, beside the atoms known already.

    Each clause comes after those it rests on.
    """
    ways: dict[Atom, list[Clause]] = {}
    for clause in clauses:
        ways.setdefault(clause.head, []).append(clause)
    gates, derived = reading.gates, dict(known)

    def passed(test: Test) -> Wire:
        if isinstance(test, AtomTest):
            return derived.get(test.atom, gates.OFF)
        return reading.test(test)

    for atom, own in ways.items():
        each = (gates.enough(way.count, tuple(map(passed, way.tests))) for way in own)
        derived[atom] = gates.some(*each)
        if in_force and isinstance(atom, RuleAtom) and atom.head.rule in in_force:
            derived[atom] = _while(in_force[atom.head.rule], atom, derived[atom], gates)
    return derived


def _while(in_force: Wire, atom: RuleAtom, derived: Wire, gates: Gates) -> Wire:
    """Return when a side of a rule is derived that is certainly false once not in force."""
    if atom.truth:
        return gates.every(in_force, derived)
    return gates.some(gates.opposite(in_force), derived)


def _decided(program: Program) -> tuple[Atom, ...]:
    """Return the atoms a program is asked for."""
    sides = (True, False)
    rules = (RuleAtom(head, truth) for head in program.heads for truth in sides)
    findings = (FindingAtom(*finding, truth) for finding in program.findings for truth in sides)
    return (*rules, *findings)
