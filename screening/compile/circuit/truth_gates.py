"""From a `Program` to gates: when each atom is derived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from screening.compile.circuit.effective_answers import Reading
from screening.compile.circuit.gates import Gates
from screening.model.circuit import Wire
from screening.model.program import Atom, AtomTest, Clause, FindingAtom, Program, RuleAtom, Test


def truths(
    program: Program, reading: Reading, in_force: Mapping[str, Wire] | None = None
) -> dict[Atom, Wire]:
    """Return both sides of every reading of every rule and of every finding.

    A rule is certainly false while its gate among `in_force`, if it has one, is off.
    """
    derived = follow(program.clauses, reading, {}, in_force)
    return {atom: derived.get(atom, reading.gates.OFF) for atom in _decided(program)}


def follow(
    clauses: Iterable[Clause],
    reading: Reading,
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
