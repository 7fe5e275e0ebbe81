"""From a case to an `Assessment`: concluded by Experta, re-derived by the reference, combined."""

from screening.assess.assess import Assessor, Concluded
from screening.assess.doubts import doubts

__all__ = ["Assessor", "Concluded", "doubts"]
