"""Units of time: what they are called, how long each is, and one turned into another."""

from __future__ import annotations

from fractions import Fraction

DAYS = {
    "day": Fraction(1),
    "week": Fraction(7),
    "month": Fraction(1461, 48),
    "year": Fraction(1461, 4),
}
TIMES = {
    "second": Fraction(1, 86400),
    "minute": Fraction(1, 1440),
    "hour": Fraction(1, 24),
    **DAYS,
}
"""How many days each unit of time is; a month is the twelfth part of a year."""
SHORT = {"sec": "second", "min": "minute", "h": "hour", "hr": "hour", "wk": "week", "yr": "year"}


def unit_of(word: str) -> str:
    """Return the one name of a unit, of time or not.

    >>> unit_of("weeks"), unit_of("yrs"), unit_of("points")
    ('week', 'year', 'point')
    """
    single = word if word in TIMES else word.removesuffix("s")
    return SHORT.get(single, single)


def turned(number: Fraction, given: str, wanted: str) -> Fraction | None:
    """Return an amount of one unit in another; None where one is not the other's kind.

    >>> turned(Fraction(45), "days", "weeks")
    Fraction(45, 7)
    """
    one, other = unit_of(given), unit_of(wanted)
    if one == other:
        return number
    return number * TIMES[one] / TIMES[other] if one in TIMES and other in TIMES else None
