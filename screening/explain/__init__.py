"""Why something was concluded, why not, why rather, and what if: pure functions, no I/O.

It explains what `assess` concluded. The map: docs/architecture.md.
"""

from screening.explain.evidence import Ground
from screening.explain.explain import full, how, rather, why, why_not
from screening.explain.explanation import Explanation, Standing
from screening.explain.subject import Subject, find_subject
from screening.explain.what_if import what_if

__all__ = [
    "Explanation",
    "Ground",
    "Standing",
    "Subject",
    "find_subject",
    "full",
    "how",
    "rather",
    "what_if",
    "why",
    "why_not",
]
