"""From a case and what went before it to the answers in force: pure functions, no I/O.

It comes before the engines, which never see an earlier case. The map: docs/architecture.md.
"""

from screening.follow.effective_answers import Carried, in_force, still_valid
from screening.follow.handover import begun_anew, earlier_from

__all__ = ["Carried", "begun_anew", "earlier_from", "in_force", "still_valid"]
