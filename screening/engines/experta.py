"""Experta concludes: a `Program` becomes a class of Experta rules, answers become facts.

Facts are the domain's own (`Answer`, `Movement`, `Tally`, `DerivedFinding`, and `RuleVerdict` and
`DerivedNode` for what rules and parts of rules decide). Every clause is one Experta rule without
NOT, OR or AND, with a salience of its own, so the order of firing is total. Right-hand sides
receive the facts that matched, record them, and declare the atom they conclude.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from inspect import Parameter, Signature
from threading import Lock
from typing import Any, NamedTuple

from screening.engines._experta import (
    AS,
    Fact,
    KnowledgeEngine,
    P,
    ReteMatcher,
    Rule,
)
from screening.engines.kleene import compare, values
from screening.engines.matcher import CountingMatcher, SalienceStrategy
from screening.errors import assert_never
from screening.model import case as trace
from screening.model.case import AnswerFact, Firing, Outcome, PointsFact, TallyFact
from screening.model.program import (
    AnswerTest,
    Atom,
    AtomTest,
    Clause,
    EnoughTest,
    FallsShortTest,
    FindingAtom,
    NodeAtom,
    NumberTest,
    Program,
    ReachesTest,
    RuleAtom,
    Test,
    TooFewTest,
)
from screening.model.question import Value
from screening.model.score import Score
from screening.model.vocabularies import ASKED_UNKNOWN, UNKNOWNS, Effect, Strength, Truth, Unknown

SIGNATURE = Signature(
    (
        Parameter("self", Parameter.POSITIONAL_OR_KEYWORD),
        Parameter("matched", Parameter.VAR_KEYWORD),
    )
)
"""Of every right-hand side. Experta asks each for its own, which takes longer than all else."""


def answer_facts(answers: Mapping[str, Value]) -> Iterator[AnswerFact]:
    """Yield a fact for each thing a question reads as, in order of question id."""
    for question in sorted(answers):
        for value in values(answers, question):
            yield AnswerFact(question, value)


def tally_facts(program: Program, answers: Mapping[str, Value]) -> Iterator[TallyFact]:
    """Yield how many movements of a group certainly, and how many possibly, have an effect.

    A movement not asked about, or not known, possibly has it.
    """
    members = dict(program.members)
    for group, effect in program.tallies:
        definite, possible = tally(members[group], effect, answers)
        yield TallyFact(group, effect, definite, possible)


def tally(
    movements: tuple[str, ...], effect: Effect, answers: Mapping[str, Value]
) -> tuple[int, int]:
    """Return the certain and the possible count.

    >>> tally(("a", "b", "c"), Effect.PROVOKE, {"a": "provokes", "b": "relieves"})
    (1, 2)
    """
    definite, possible = 0, len(movements)
    for name in movements:
        read = values(answers, name)
        definite += any(value in effect.answers for value in read)
        possible -= any(value not in (*effect.answers, *ASKED_UNKNOWN) for value in read)
    return definite, possible


class PointsSpan(NamedTuple):
    """What a score certainly has at least, and at most.

    `counted_most` and `counted_least` are the same where what is not known counts as the most, and
    as the least.
    """

    at_least: int
    at_most: int
    counted_most: int
    counted_least: int


def points_span(score: Score, answers: Mapping[str, Value]) -> PointsSpan:
    """Return between what the points of a score are.

    >>> from screening.model.score import ScoreItem
    >>> twice = Score("s", "S", tuple(ScoreItem(q, (("no", 0), ("yes", 2))) for q in "abc"))
    >>> points_span(twice, {"a": "yes", "b": Unknown.DONT_KNOW})
    PointsSpan(at_least=2, at_most=6, counted_most=4, counted_least=4)
    """
    sums = [0, 0, 0, 0]
    for item in score.items:
        given = [item.gives(value) for value in values(answers, item.question)]
        known = [points for points in given if points is not None]
        unknown = len(known) < len(given)
        sums[0] += max(known, default=item.least)
        sums[1] += min(known, default=item.most)
        sums[2] += item.most if unknown else max(known, default=item.least)
        sums[3] += item.least if unknown else min(known, default=item.most)
    return PointsSpan(*sums)


class Answer(Fact):  # type: ignore[misc]
    """The answer to a question: `question`, `value`."""


class Movement(Fact):  # type: ignore[misc]
    """What a movement does: `id`, `effect`."""


class Tally(Fact):  # type: ignore[misc]
    """How many of a group have an effect: `group`, `effect`, `at_least`, `at_most`."""


class Points(Fact):  # type: ignore[misc]
    """What a score has: its `place` in the program, and the ends of a `PointsSpan`."""


class DerivedFinding(Fact):  # type: ignore[misc]
    """What was derived: `id`, `strength`, `truth`."""


class RuleVerdict(Fact):  # type: ignore[misc]
    """What a reading of a rule came to: `rule`, `reading`, `truth`."""


class DerivedNode(Fact):  # type: ignore[misc]
    """What a part of a rule came to: `rule`, `reading`, `side`, `path`."""


class ExpertaEngine:
    """A program compiled once; `conclude` may be called for any number of clients.

    Each instance has a class and rules of its own, because Experta keeps the engine a rule
    belongs to on the rule. `rete=True` uses Experta's own matcher, far slower, as an oracle.
    """

    def __init__(self, program: Program, *, rete: bool = False) -> None:
        self.program = program
        needed = {
            test.atom for c in program.clauses for test in c.tests if isinstance(test, AtomTest)
        }
        self.read_off = dict(_read_off(program, needed))
        members: dict[str, object] = {
            "__matcher__": ReteMatcher if rete else CountingMatcher,
            "__strategy__": SalienceStrategy,
        }
        fired = (clause for clause in program.clauses if clause.head not in self.read_off)
        members.update(_rules(program, fired, needed))
        self.engine = type("Screening", (KnowledgeEngine,), members)()
        initial = self.engine.get_deffacts()  # at each reset, Experta would look through all rules
        self.engine.get_deffacts = lambda: initial
        self._alone = Lock()

    def conclude(self, answers: Mapping[str, Value]) -> Outcome:
        """Return the truth of every rule and finding, and the facts each rule fired on.

        `answers` must hold `NOT_APPLICABLE` where a question does not apply. Nothing is kept
        from one call to the next; of several threads, one concludes at a time.
        """
        with self._alone:
            record = self._run(answers)
        for atom, (finding, fact) in self.read_off.items():
            if finding in record.concluded:
                record.concluded[atom] = (fact,)
        return Outcome(
            heads={head: record.truth(RuleAtom, head) for head in self.program.heads},
            findings={f: record.truth(FindingAtom, *f) for f in self.program.findings},
            firings=record.firings(self.program),
        )

    def _run(self, answers: Mapping[str, Value]) -> _Record:
        engine = self.engine
        engine.record = record = _Record()
        engine.reset()
        engine.declare(*self._facts(answers))
        engine.run()
        return record

    def _facts(self, answers: Mapping[str, Value]) -> list[Fact]:
        """Return the facts of a client, in a fixed order."""
        facts = []
        for answer in answer_facts(answers):
            value = answer.value.value if isinstance(answer.value, Unknown) else answer.value
            if answer.question in self.program.movements:
                facts.append(Movement(id=answer.question, effect=value))
            else:
                facts.append(Answer(question=answer.question, value=value))
        for count in tally_facts(self.program, answers):
            span = {"at_least": count.definite, "at_most": count.possible}
            facts.append(Tally(group=count.group, effect=count.effect.value, **span))
        for place, score in enumerate(self.program.scores):
            facts.append(Points(place=place, **points_span(score, answers)._asdict()))
        return facts


@dataclass
class _Record:
    """What the right-hand sides of one run recorded."""

    concluded: dict[Atom, tuple[Fact, ...]] = field(default_factory=dict)
    counted: dict[Atom, dict[int, tuple[Fact, ...]]] = field(default_factory=dict)

    def truth(self, kind: Callable[..., Atom], *names: object) -> Truth:
        """Return the truth of a rule's reading or a finding."""
        if kind(*names, truth=True) in self.concluded:
            return Truth.TRUE
        return Truth.FALSE if kind(*names, truth=False) in self.concluded else Truth.UNDECIDED

    def firings(self, program: Program) -> tuple[Firing, ...]:
        """Return the firings of rules, inner nodes opened up to the facts under them."""
        scores = program.scores
        return tuple(
            Firing(head, tuple(dict.fromkeys(self._opened(self.concluded[atom], scores))))
            for head in program.heads
            if (atom := RuleAtom(head, truth=True)) in self.concluded
        )

    def _opened(self, facts: tuple[Fact, ...], scores: tuple[Score, ...]) -> list[trace.Fact]:
        found: list[trace.Fact] = []
        for fact in facts:
            if isinstance(fact, DerivedNode):
                found += self._opened(self.concluded[fact["atom"]], scores)
            elif isinstance(fact, Movement):
                found.append(trace.AnswerFact(fact["id"], _value(fact["effect"])))
            elif isinstance(fact, Answer):
                found.append(trace.AnswerFact(fact["question"], _value(fact["value"])))
            elif isinstance(fact, Tally):
                counts = (fact["at_least"], fact["at_most"])
                found.append(trace.TallyFact(fact["group"], Effect(fact["effect"]), *counts))
            elif isinstance(fact, Points):
                ends = (fact["at_least"], fact["at_most"])
                found.append(PointsFact(scores[fact["place"]].id, *ends))
            elif isinstance(fact, DerivedFinding):
                truth = Truth.TRUE if fact["truth"] else Truth.FALSE
                found.append(trace.FindingFact(fact["id"], Strength(fact["strength"]), truth))
        return found


def _value(written: object) -> Value:
    """Return the value a fact holds."""
    if isinstance(written, int):
        return written
    return UNKNOWNS.get(str(written), str(written))


def _read_off(
    program: Program, needed: set[Atom]
) -> Iterator[tuple[Atom, tuple[FindingAtom, Fact]]]:
    """Yield the rules that say of one finding what follows, and that no other rule rests on.

    A catalogue has more than a thousand of them: each is as certain as its finding, which Experta
    concludes, so it is read off and not fired.
    """
    ways = Counter(clause.head for clause in program.clauses)
    for clause in program.clauses:
        match clause:
            case Clause(RuleAtom() as head, (AtomTest(FindingAtom() as finding),)):
                if ways[head] == 1 and head not in needed:
                    yield head, (finding, _conclusion(finding)())


def _rules(
    program: Program, clauses: Iterable[Clause], needed: set[Atom]
) -> list[tuple[str, Rule]]:
    """Return the Experta rules of a program, named and with descending saliences."""
    rules: list[tuple[str, Rule]] = []

    def add(tests: tuple[Test, ...], effect: Callable[..., None]) -> None:
        patterns = [
            getattr(AS, f"e{i}") << _pattern(test, program) for i, test in enumerate(tests)
        ]
        setattr(effect, "__signature__", SIGNATURE)  # noqa: B010 - no function is known to have it
        rule = Rule(*patterns, salience=-len(rules))
        rules.append((f"clause_{len(rules):05}", rule(effect)))

    for clause in clauses:
        fact = _conclusion(clause.head) if clause.head in needed else None
        if clause.conjunctive:
            add(clause.tests, _concluding(clause.head, fact))
        else:
            for position, test in enumerate(clause.tests):
                add((test,), _counting(clause, position, fact))
    return rules


def _concluding(atom: Atom, fact: Callable[[], Fact] | None) -> Callable[..., None]:
    """Return a right-hand side that records the matched facts and declares the atom."""

    def conclude(self: Any, **matched: Fact) -> None:  # noqa: ANN401 - Experta's engine
        _conclude(self, atom, tuple(matched[name] for name in sorted(matched, key=_number)), fact)

    return conclude


def _counting(
    clause: Clause, position: int, fact: Callable[[], Fact] | None
) -> Callable[..., None]:
    """Return a right-hand side that counts one part of k of n, and declares at the k-th."""

    def count(self: Any, **matched: Fact) -> None:  # noqa: ANN401 - Experta's engine
        counted = self.record.counted.setdefault(clause.head, {})
        counted.setdefault(position, tuple(matched.values()))
        if len(counted) == clause.count:
            facts = tuple(fact for _, facts in sorted(counted.items()) for fact in facts)
            _conclude(self, clause.head, facts, fact)

    return count


def _number(name: str) -> int:
    return int(name[1:])


def _conclude(
    engine: Any,  # noqa: ANN401 - Experta's engine
    atom: Atom,
    facts: tuple[Fact, ...],
    fact: Callable[[], Fact] | None,
) -> None:
    """Record an atom the first time it is concluded."""
    if atom not in engine.record.concluded:
        engine.record.concluded[atom] = facts
        if fact is not None:
            engine.declare(fact())


def _conclusion(atom: Atom) -> Callable[[], Fact]:
    """Return a maker of the fact that says an atom."""
    match atom:
        case FindingAtom(finding, strength, truth):
            return lambda: DerivedFinding(id=finding, strength=int(strength), truth=truth)
        case RuleAtom(head, truth):
            return lambda: RuleVerdict(rule=head.rule, reading=head.reading.value, truth=truth)
        case NodeAtom():
            return lambda: DerivedNode(atom=atom)
    assert_never(atom)


def _pattern(test: Test, program: Program) -> Fact:  # noqa: PLR0911 - one case a kind of test
    """Return the pattern of a test: constants that name the fact, and one predicate."""
    match test:
        case AnswerTest(question, words) if question in program.movements:
            return Movement(id=question, effect=P(words.__contains__))
        case AnswerTest(question, words):
            return Answer(question=question, value=P(words.__contains__))
        case NumberTest(question, op, number, words):
            return Answer(
                question=question,
                value=P(lambda v: compare(v, op, number) if isinstance(v, int) else v in words),
            )
        case EnoughTest(group, effect, count):
            return Tally(group=group, effect=effect.value, at_least=P(lambda n: n >= count))
        case TooFewTest(group, effect, count):
            return Tally(group=group, effect=effect.value, at_most=P(lambda n: n < count))
        case ReachesTest(score, points, unknown):
            end = "counted_most" if unknown else "at_least"
            return Points(place=program.scores.index(score), **{end: P(lambda n: n >= points)})
        case FallsShortTest(score, points, unknown):
            end = "counted_least" if unknown else "at_most"
            return Points(place=program.scores.index(score), **{end: P(lambda n: n < points)})
        case AtomTest(atom):
            return _conclusion(atom)()
    assert_never(test)
