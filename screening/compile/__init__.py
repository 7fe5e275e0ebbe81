"""From `KnowledgeBase` to `Program`.

The engines run it; the reference does not, so that it is tested by being compared.
The map: docs/architecture.md.
"""

from screening.compile.lower import lower

__all__ = ["lower"]
