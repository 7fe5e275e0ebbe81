"""From `KnowledgeBase` to `Circuit`."""

from __future__ import annotations

from screening.compile.circuit.conclusions import outputs
from screening.compile.circuit.effective_answers import as_read
from screening.compile.circuit.gates import Gates
from screening.compile.circuit.truth_gates import truths
from screening.compile.lower import lower
from screening.model.circuit import Circuit
from screening.model.knowledge import KnowledgeBase


def circuit(knowledge: KnowledgeBase) -> Circuit:
    """Return all that screenings with a knowledge base that passed `check` conclude.

    Raises:
        CircularFindingsError: when findings depend on each other.

    """
    gates = Gates()
    reading = as_read(knowledge, gates)
    decided = truths(lower(knowledge), reading)
    concluded = outputs(knowledge, reading, decided)
    return Circuit(tuple(gates.written), reading.fills, decided, concluded)
