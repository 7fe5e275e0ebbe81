"""A `Program` concluded by CLIPS: an engine that shares nothing with ours but the program.

Facts are the same four (`answer`, `movement`, `tally`, `finding`) and, for rules and parts of
rules, `verdict` and `node`. A count of k of n is a query: each part that holds is a fact, and
CLIPS counts the facts. Joining k different ones would need n over k partial matches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import clips

from screening.engines.kleene import values
from screening.model.case import Outcome
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
from screening.model.score import ScoreItem
from screening.model.vocabularies import Truth, Unknown

TEMPLATES = (
    "(deftemplate answer (slot question) (slot value))",
    "(deftemplate movement (slot id) (slot effect))",
    "(deftemplate tally (slot group) (slot effect) (slot at-least) (slot at-most))",
    "(deftemplate points (slot place) (slot unknown) (slot at-least) (slot at-most))",
    "(deftemplate finding (slot id) (slot strength) (slot truth))",
    "(deftemplate verdict (slot rule) (slot reading) (slot truth))",
    "(deftemplate node (slot rule) (slot reading) (slot side) (slot path))",
    "(deftemplate part (slot clause) (slot position))",
)


class ClipsEngine:
    """A program compiled to CLIPS once; `conclude` may be called any number of times."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.env = clips.Environment()
        for construct in (*TEMPLATES, *_rules(program)):
            self.env.build(construct)

    def conclude(self, answers: Mapping[str, Value]) -> Outcome:
        """Return the truth of every rule and finding; no firings are kept."""
        self.env.reset()
        for fact in (
            *self._answers(answers),
            *self._tallies(answers),
            *self._sums(answers),
        ):
            self.env.assert_string(fact)
        self.env.run()
        derived = {" ".join(str(fact).split()) for fact in self.env.facts()}
        return Outcome(
            heads={head: _truth(partial(RuleAtom, head), derived) for head in self.program.heads},
            findings={f: _truth(partial(FindingAtom, *f), derived) for f in self.program.findings},
        )

    def _answers(self, answers: Mapping[str, Value]) -> Iterator[str]:
        for question in answers:
            for value in values(answers, question):
                word = value.value if isinstance(value, Unknown) else value
                if question in self.program.movements:
                    yield f"(movement (id {question}) (effect {word}))"
                else:
                    yield f"(answer (question {question}) (value {word}))"

    def _tallies(self, answers: Mapping[str, Value]) -> Iterator[str]:
        members = dict(self.program.members)
        for group, effect in self.program.tallies:
            said = [values(answers, name) for name in members[group]]
            sure = sum(any(value in effect.answers for value in read) for read in said)
            open_ = (*effect.answers, Unknown.DONT_KNOW, Unknown.DECLINED)
            without = sum(any(value not in open_ for value in read) for read in said)
            yield (
                f"(tally (group {_group(group)}) (effect {effect.value}) "
                f"(at-least {sure}) (at-most {len(said) - without}))"
            )

    def _sums(self, answers: Mapping[str, Value]) -> Iterator[str]:
        """Yield two facts for each score: with the not known open, and counted as what helps."""
        for place, score in enumerate(self.program.scores):
            for counted in (False, True):
                least = most = 0
                for item in score.items:
                    read = values(answers, item.question)
                    ends = [_ends(item, value, counted=counted) for value in read]
                    least += max((low for low, _ in ends), default=item.least)
                    most += min((high for _, high in ends), default=item.most)
                yield (
                    f"(points (place {place}) (unknown {counted}) "
                    f"(at-least {least}) (at-most {most}))"
                )


def _ends(item: ScoreItem, value: Value, *, counted: bool) -> tuple[int, int]:
    """Return what an answer certainly gives and what it can; an unknown one gives either end."""
    gives = item.gives(value)
    if gives is not None:
        return gives, gives
    return (item.most, item.least) if counted else (item.least, item.most)


def _truth(atom: Callable[..., RuleAtom | FindingAtom], derived: set[str]) -> Truth:
    if _fact(atom(truth=True)) in derived:
        return Truth.TRUE
    return Truth.FALSE if _fact(atom(truth=False)) in derived else Truth.UNDECIDED


def _rules(program: Program) -> Iterator[str]:
    for number, clause in enumerate(program.clauses):
        if clause.conjunctive:
            tests = enumerate(clause.tests)
            patterns = " ".join(_pattern(test, program, f"?v{i}") for i, test in tests)
            yield f"(defrule c{number} {patterns} => (assert {_fact(clause.head)}))"
        else:
            yield from _counting(number, clause, program)


def _counting(number: int, clause: Clause, program: Program) -> Iterator[str]:
    """Yield a rule for each part, which notes it and concludes when enough are noted."""
    noted = f"(find-all-facts ((?part part)) (= ?part:clause {number}))"
    enough = f"(>= (length$ {noted}) {clause.count})"
    for position, test in enumerate(clause.tests):
        part = f"(assert (part (clause {number}) (position {position})))"
        conclude = f"(if {enough} then (assert {_fact(clause.head)}))"
        pattern = _pattern(test, program, "?v")
        yield f"(defrule c{number}-{position} {pattern} => {part} {conclude})"


def _pattern(test: Test, program: Program, var: str) -> str:  # noqa: PLR0911 - one a kind
    """Return the pattern of a test; `var` is a variable no other pattern of the rule uses."""
    match test:
        case AnswerTest(question, words):
            legal = "|".join(sorted(words))
            if question in program.movements:
                return f"(movement (id {question}) (effect {legal}))"
            return f"(answer (question {question}) (value {legal}))"
        case NumberTest(question, op, number, words):
            compared = f"(and (integerp {var}) ({op} {var} {number}))"
            either = f"(or {compared} (member$ {var} (create$ {' '.join(sorted(words))})))"
            return f"(answer (question {question}) (value {var}&:{either}))"
        case EnoughTest(group, effect, count):
            bound = f"(at-least {var}&:(>= {var} {count}))"
            return f"(tally (group {_group(group)}) (effect {effect.value}) {bound})"
        case TooFewTest(group, effect, count):
            bound = f"(at-most {var}&:(< {var} {count}))"
            return f"(tally (group {_group(group)}) (effect {effect.value}) {bound})"
        case ReachesTest(score, points, unknown):
            of = f"(place {program.scores.index(score)}) (unknown {unknown})"
            return f"(points {of} (at-least {var}&:(>= {var} {points})))"
        case FallsShortTest(score, points, unknown):
            of = f"(place {program.scores.index(score)}) (unknown {unknown})"
            return f"(points {of} (at-most {var}&:(< {var} {points})))"
        case AtomTest(atom):
            return _fact(atom)
    raise AssertionError(test)


def _fact(atom: Atom) -> str:
    match atom:
        case RuleAtom(head, truth):
            return f"(verdict (rule {head.rule}) (reading {head.reading.value}) (truth {truth}))"
        case FindingAtom(finding, strength, truth):
            return f"(finding (id {finding}) (strength {strength.word}) (truth {truth}))"
        case NodeAtom(head, side, path):
            names = f"(rule {head.rule}) (reading {head.reading.value})"
            return f"(node {names} (side {side}) (path {path}))"
    raise AssertionError(atom)


def _group(group: str) -> str:
    return group or "every"
