"""From `KnowledgeBase` to diagnostics: what loads but cannot be meant.

It runs before anything is concluded. The map: docs/architecture.md.
"""

from screening.check.check import check

__all__ = ["check"]
