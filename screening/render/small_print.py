"""What stands at the foot of every paper about a case, and days in words."""

from __future__ import annotations

import datetime

from screening.model.assessment_view import DIGEST_SHOWN
from screening.model.knowledge import KnowledgeBase

OFF_RECORD = "not on record"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def small_print(
    named: str, on: datetime.date | None, knowledge: KnowledgeBase, head: str, by: str = ""
) -> str:
    """Return which case a paper is about, of which day, by which knowledge, on which record.

    Whom it was asked `by` stands there where somebody was named.
    """
    pack = knowledge.pack
    return " · ".join(
        (
            named,
            day_words(on) or "undated",
            *((f"asked by {by}",) if by else ()),
            f"rules {pack.id} {pack.version} ({knowledge.digest[:DIGEST_SHOWN]})",
            f"record {head}" if head else OFF_RECORD,
        )
    )


def day_words(day: datetime.date | None) -> str:
    """Return a day in words; nothing for none.

    >>> day_words(datetime.date(2026, 3, 2))
    '2 March 2026'
    """
    return "" if day is None else f"{day.day} {MONTHS[day.month - 1]} {day.year}"
