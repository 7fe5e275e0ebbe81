"""From a case to an `Assessment`: concluded by Experta, re-derived by the reference, combined."""

from screening.assess.assess import Assessor, Concluded
from screening.assess.consistency_warnings import doubts
from screening.assess.difference import Change, difference

__all__ = ["Assessor", "Change", "Concluded", "difference", "doubts"]
