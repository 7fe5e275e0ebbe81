"""From `KnowledgeBase` to `Program`."""

from screening.lower.lower import lower

__all__ = ["lower"]
