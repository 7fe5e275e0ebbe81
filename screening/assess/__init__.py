"""From a case to an `Assessment`: concluded by Experta, re-derived by the reference, combined."""

from screening.assess.assess import Assessor

__all__ = ["Assessor"]
