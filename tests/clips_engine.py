"""A `Program` concluded by CLIPS: an engine that shares nothing with ours but the program.

Facts are the same four (`answer`, `movement`, `tally`, `finding`) and, for rules and parts of
rules, `verdict` and `node`. A count of k of n is CLIPS's own way to say it: each part that holds
is a fact, and a rule joins k different ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import clips

from screening.model.case import Outcome
from screening.model.program import (
    AnswerTest,
    Atom,
    AtomTest,
    Clause,
    EnoughTest,
    FindingAtom,
    NodeAtom,
    NumberTest,
    Program,
    RuleAtom,
    Test,
    TooFewTest,
)
from screening.model.question import Value
from screening.model.words import Truth, Unknown

TEMPLATES = (
    "(deftemplate answer (slot question) (slot value))",
    "(deftemplate movement (slot id) (slot effect))",
    "(deftemplate tally (slot group) (slot effect) (slot at-least) (slot at-most))",
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
        for fact in (*self._answers(answers), *self._tallies(answers)):
            self.env.assert_string(fact)
        self.env.run()
        derived = {" ".join(str(fact).split()) for fact in self.env.facts()}
        return Outcome(
            heads={h: _truth(RuleAtom(h, True), RuleAtom(h, False), derived) for h in self.program.heads},
            findings={
                f: _truth(FindingAtom(*f, True), FindingAtom(*f, False), derived)
                for f in self.program.findings
            },
        )

    def _answers(self, answers: Mapping[str, Value]) -> Iterator[str]:
        for question, value in answers.items():
            word = value.value if isinstance(value, Unknown) else value
            if question in self.program.movements:
                yield f"(movement (id {question}) (effect {word}))"
            else:
                yield f"(answer (question {question}) (value {word}))"

    def _tallies(self, answers: Mapping[str, Value]) -> Iterator[str]:
        members = dict(self.program.members)
        for group, effect in self.program.tallies:
            said = [answers.get(name) for name in members[group]]
            sure = sum(value in effect.answers for value in said)
            open_ = sum(value in (None, Unknown.DONT_KNOW, Unknown.DECLINED) for value in said)
            yield (
                f"(tally (group {_group(group)}) (effect {effect.value}) "
                f"(at-least {sure}) (at-most {sure + open_}))"
            )


def _truth(true: Atom, false: Atom, derived: set[str]) -> Truth:
    if _fact(true) in derived:
        return Truth.TRUE
    return Truth.FALSE if _fact(false) in derived else Truth.UNDECIDED


def _rules(program: Program) -> Iterator[str]:
    for number, clause in enumerate(program.clauses):
        if clause.conjunctive:
            patterns = " ".join(_pattern(test, program.movements) for test in clause.tests)
            yield f"(defrule c{number} {patterns} => (assert {_fact(clause.head)}))"
        else:
            yield from _counting(number, clause, program.movements)


def _counting(number: int, clause: Clause, movements: frozenset[str]) -> Iterator[str]:
    """Yield a rule for each part, and one that joins `count` different parts."""
    for position, test in enumerate(clause.tests):
        part = f"(part (clause {number}) (position {position}))"
        yield f"(defrule c{number}-{position} {_pattern(test, movements)} => (assert {part}))"
    joined = [f"(part (clause {number}) (position ?p0))"]
    joined += [
        f"(part (clause {number}) (position ?p{i}&:(> ?p{i} ?p{i - 1})))"
        for i in range(1, clause.count)
    ]
    yield f"(defrule c{number} {' '.join(joined)} => (assert {_fact(clause.head)}))"


def _pattern(test: Test, movements: frozenset[str]) -> str:
    match test:
        case AnswerTest(question, words):
            legal = "|".join(sorted(words))
            if question in movements:
                return f"(movement (id {question}) (effect {legal}))"
            return f"(answer (question {question}) (value {legal}))"
        case NumberTest(question, op, number, words):
            compared = f"(and (integerp ?v) ({op} ?v {number}))"
            either = f"(or {compared} (member$ ?v (create$ {' '.join(sorted(words))})))"
            return f"(answer (question {question}) (value ?v&:{either}))"
        case EnoughTest(group, effect, count):
            bound = f"(at-least ?n&:(>= ?n {count}))"
            return f"(tally (group {_group(group)}) (effect {effect.value}) {bound})"
        case TooFewTest(group, effect, count):
            bound = f"(at-most ?n&:(< ?n {count}))"
            return f"(tally (group {_group(group)}) (effect {effect.value}) {bound})"
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
