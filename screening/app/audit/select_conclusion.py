"""Which conclusion on record is meant: the last, the one in force on a day, or by number."""

from __future__ import annotations

from collections.abc import Iterable

from screening.app.audit.rederivation import Kept, conclusions
from screening.errors import UnknownTargetError
from screening.records import Store
from screening.records.days import local_day


def kept_in(store: Store, cases: Iterable[str]) -> tuple[Kept, ...]:
    """Return the conclusions of cases, in order.

    Raises:
        RecordsError: when a record is not what was written.

    """
    return tuple(kept for case in cases for kept in conclusions(case, store.events(case)))


def chosen(found: tuple[Kept, ...], *, at: str = "", number: int | None = None) -> Kept:
    """Return the last conclusion, the last one at the end of a day or month, or one by number.

    `at` is a beginning of a day as it is written (`2026-03` or `2026-03-14`).

    Raises:
        UnknownTargetError: when there is none.

    """
    if not found:
        raise UnknownTargetError("nothing was concluded yet: the interview is still open")
    if number is not None:
        if not 1 <= number <= len(found):
            count = f"1 to {len(found)}" if len(found) > 1 else "1"
            raise UnknownTargetError(f"no conclusion {number}: expected {count}")
        return found[number - 1]
    before = [kept for kept in found if local_day(kept.recorded.at)[: len(at)] <= at]
    if not before:
        first = local_day(found[0].recorded.at)
        raise UnknownTargetError(f"nothing was concluded by {at}: the first was on {first}")
    return before[-1]
