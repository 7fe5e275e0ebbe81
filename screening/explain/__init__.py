"""Why something was concluded, why not, why rather, and what if: pure functions, no I/O.

It explains what `assess` concluded. The map: docs/architecture.md.
"""

from screening.explain.evidence import Ground
from screening.explain.explain import full, how, rather, why, why_not
from screening.explain.explanation import Explanation, Standing
from screening.explain.subject import Target, find_target
from screening.explain.what_if import what_if

__all__ = [
    "Explanation",
    "Ground",
    "Standing",
    "Target",
    "find_target",
    "full",
    "how",
    "rather",
    "what_if",
    "why",
    "why_not",
]
