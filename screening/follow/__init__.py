"""From a case and what went before it to the answers in force: pure functions, no I/O."""

from screening.follow.carry import Carried
from screening.follow.earlier import begun_anew, earlier_from
from screening.follow.force import in_force, still_valid

__all__ = ["Carried", "begun_anew", "earlier_from", "in_force", "still_valid"]
