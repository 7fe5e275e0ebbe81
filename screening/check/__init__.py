"""From `KnowledgeBase` to diagnostics: what loads but cannot be meant."""

from screening.check.check import check

__all__ = ["check"]
