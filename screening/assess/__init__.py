"""From a case to an `Assessment`: concluded by Experta, re-derived by the reference, combined.

It is the only stage that calls two engines and compares them. The map: docs/architecture.md.
"""

from screening.assess.assess import Assessor, ConcludedCase, doubts
from screening.assess.difference import Change, difference

__all__ = ["Assessor", "Change", "ConcludedCase", "difference", "doubts"]
