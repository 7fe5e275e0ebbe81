"""Two versions of one rule: the same to every client, or a client who tells them apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from screening.compile import lower
from screening.compile.circuit.effective_answers import as_read
from screening.compile.circuit.gates import Gates
from screening.compile.circuit.truth_gates import follow, truths
from screening.compile.lower import rule_clauses
from screening.engines._z3 import Solver
from screening.engines.applicable import with_inapplicable
from screening.engines.kleene import holds
from screening.engines.reference import evaluate
from screening.engines.solver.answers import Answers
from screening.engines.solver.smallest import Smallest
from screening.engines.solver.statements import Statements
from screening.model.circuit import Wire
from screening.model.expr import found_in
from screening.model.knowledge import KnowledgeBase
from screening.model.program import Atom, RuleAtom
from screening.model.question import Value
from screening.model.rule import Head, Reading, Rule
from screening.model.vocabularies import Truth


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
            answers = Answers(self._solver, self._knowledge.questions)
            self._statements = Statements(self._solver, self._gates.written, answers)
            self._smallest = Smallest(self._solver, answers)
        return self._smallest.client(self._statements[differ])

    def _truth(self, rule: Rule, reading: Reading, answers: Mapping[str, Value]) -> Truth:
        """Return the truth of a reading by the reference; what it rests on is as before."""
        if reading not in rule.readings:
            return Truth.FALSE
        read = with_inapplicable(self._knowledge, answers)
        rests = found_in(rule.when)
        findings = evaluate(self._knowledge, answers).findings if rests else {}
        unsure = rule.reads_unknown_as(reading)
        return holds(rule.when, read, findings, self._knowledge.members, unsure)
