"""From `KnowledgeBase` to `Circuit`: answers as read, truths, and the fixed combination."""

from screening.compile.circuit.circuit import circuit

__all__ = ["circuit"]
