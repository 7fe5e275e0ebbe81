"""From `KnowledgeBase` to `Program`."""

from screening.compile.lower import lower

__all__ = ["lower"]
