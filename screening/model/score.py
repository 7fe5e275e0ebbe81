"""Scores: sums of points over answers, and the bands a sum falls into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import gcd

from screening.model.vocabularies import ASKED_UNKNOWN, Unknown

POINTS = "points"
"""The unit of a parameter that a score is compared with."""


@dataclass(frozen=True)
class ScoreItem:
    """What every answer to one question gives: by word, or by range of numbers.

    `words` names `not_applicable` where the question does not always apply. What is named nowhere
    gives nothing. An answer that is not known gives no number: anything from `least` to `most`.
    """

    question: str
    words: tuple[tuple[str, int], ...] = ()
    ranges: tuple[tuple[int, int, int], ...] = ()

    @cached_property
    def points(self) -> tuple[int, ...]:
        """Everything it can give, each once, the least first.

        >>> ScoreItem("a", (("no", 0), ("yes", -2))).points
        (-2, 0)
        """
        given = (*(gives for _, gives in self.words), *(gives for _, _, gives in self.ranges))
        return tuple(sorted(set(given)))

    @cached_property
    def least(self) -> int:
        """The fewest points it can give."""
        return self.points[0]

    @cached_property
    def most(self) -> int:
        """The most points it can give."""
        return self.points[-1]

    @cached_property
    def by_word(self) -> Mapping[str, int]:
        """What each word gives."""
        return dict(self.words)

    def span(self, value: str | int | Unknown | None) -> tuple[int, int]:
        """Return the fewest and the most points an answer can give, one not given included."""
        points = None if value is None else self.gives(value)
        return (self.least, self.most) if points is None else (points, points)

    def gives(self, value: str | int | Unknown) -> int | None:
        """Return the points of an answer; None for one that is not known."""
        if isinstance(value, int):
            return next((p for low, high, p in self.ranges if low <= value <= high), 0)
        if isinstance(value, Unknown):
            return None if value in ASKED_UNKNOWN else self.by_word.get(value.value, 0)
        return self.by_word.get(value, 0)


@dataclass(frozen=True, slots=True)
class Band:
    """A band of a score: from so many points up to where the next band begins."""

    id: str
    begins: int


@dataclass(frozen=True)
class Score:
    """A sum of points over answers to different questions; its bands are in rising order."""

    id: str
    title: str
    items: tuple[ScoreItem, ...] = ()
    bands: tuple[Band, ...] = ()

    @cached_property
    def least(self) -> int:
        """The fewest points there can be."""
        return sum(item.least for item in self.items)

    @cached_property
    def most(self) -> int:
        """The most points there can be."""
        return sum(item.most for item in self.items)

    @cached_property
    def step(self) -> int:
        """What every difference of two sums can be divided by."""
        return gcd(*(p - item.least for item in self.items for p in item.points)) or 1

    def span(self, answers: Mapping[str, str | int | Unknown]) -> tuple[int, int]:
        """Return the fewest and the most points there can be with some answers.

        >>> item = ScoreItem("a", (("no", 0), ("yes", 2)))
        >>> Score("s", "S", (item,)).span({}), Score("s", "S", (item,)).span({"a": "yes"})
        ((0, 2), (2, 2))
        """
        spans = [item.span(answers.get(item.question)) for item in self.items]
        return sum(least for least, _ in spans), sum(most for _, most in spans)

    def band(self, points: int) -> str:
        """Return the band of a sum; nothing below the first.

        >>> Score("s", "S", bands=(Band("low", 0), Band("high", 5))).band(5)
        'high'
        """
        reached = [band.id for band in self.bands if band.begins <= points]
        return reached[-1] if reached else ""

    def ends(self, band: str) -> tuple[int | None, int | None]:
        """Return where a band begins and where the next does; None where nothing is beyond."""
        place = [one.id for one in self.bands].index(band)
        low = self.bands[place].begins
        high = self.bands[place + 1].begins if place + 1 < len(self.bands) else None
        return (low if low > self.least else None), high

    @cached_property
    def units(self) -> tuple[tuple[ScoreItem, int], ...]:
        """Return the steps a sum can rise by, an item and the points it must reach for each.

        A sum of `least + n * step` is one of n of them: a high answer takes all steps below it.
        """
        return tuple(
            (item, upper)
            for item in self.items
            for lower, upper in zip(item.points, item.points[1:], strict=False)
            for _ in range((upper - lower) // self.step)
        )

    def units_for(self, points: int) -> int:
        """Return how many units a sum of so many points takes."""
        return -((self.least - points) // self.step)


def band_words(band: str) -> str:
    """Return a band as it is said."""
    return band.replace("_", " ")
