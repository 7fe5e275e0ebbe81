"""Units of time and scales of points: what they are called, and one turned into another."""

from __future__ import annotations

import math
import re
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
POINT = "point"
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


SCALE = re.compile(r"([0-9]{1,6}) ?(?:-|–|to) ?([0-9]{1,6})")


def scale_of(given: str) -> tuple[int, int] | None:
    """Return the least and most of a scale of points; None where none is named.

    >>> scale_of("0-100"), scale_of("0 to 20"), scale_of("percent")
    ((0, 100), (0, 20), None)
    """
    ends = SCALE.fullmatch(given.strip())
    if ends is None or int(ends[1]) >= int(ends[2]):
        return None
    return int(ends[1]), int(ends[2])


def onto(number: Fraction, given: tuple[int, int], asked: tuple[int, int]) -> int:
    """Return a number of one scale on another, in whole points.

    What lies between two points counts as the higher one: more pain is never said to be less.

    >>> onto(Fraction(41), (0, 100), (0, 10)), onto(Fraction(40), (0, 100), (0, 10))
    (5, 4)
    """
    share = (number - given[0]) / (given[1] - given[0])
    return math.ceil(asked[0] + share * (asked[1] - asked[0]))
