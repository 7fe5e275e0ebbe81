"""From a case to an `Assessment`: concluded by Experta, re-derived by the reference, combined."""

from screening.assess.assess import Assessor, Concluded
from screening.assess.difference import Change, difference
from screening.assess.doubts import doubts

__all__ = ["Assessor", "Change", "Concluded", "difference", "doubts"]
