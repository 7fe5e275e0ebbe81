"""From `KnowledgeBase` to `Circuit`: answers as read, truths, and the fixed combination."""

from screening.lower.circuit.circuit import circuit

__all__ = ["circuit"]
