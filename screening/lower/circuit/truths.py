"""From a `Program` to gates: when each atom is derived."""

from __future__ import annotations

from screening.lower.circuit.reading import Reading
from screening.model.circuit import Wire
from screening.model.program import Atom, AtomTest, Clause, FindingAtom, Program, RuleAtom, Test


def truths(program: Program, reading: Reading) -> dict[Atom, Wire]:
    """Return both sides of every reading of every rule and of every finding."""
    clauses: dict[Atom, list[Clause]] = {}
    for clause in program.clauses:
        clauses.setdefault(clause.head, []).append(clause)
    gates, derived = reading.gates, dict[Atom, Wire]()

    def passed(test: Test) -> Wire:
        if isinstance(test, AtomTest):
            return derived.get(test.atom, gates.OFF)
        return reading.test(test)

    for atom, ways in clauses.items():
        each = (gates.enough(way.count, tuple(map(passed, way.tests))) for way in ways)
        derived[atom] = gates.some(*each)
    return {atom: derived.get(atom, gates.OFF) for atom in _decided(program)}


def _decided(program: Program) -> tuple[Atom, ...]:
    """Return the atoms a program is asked for."""
    sides = (True, False)
    rules = (RuleAtom(head, truth) for head in program.heads for truth in sides)
    findings = (FindingAtom(*finding, truth) for finding in program.findings for truth in sides)
    return (*rules, *findings)
