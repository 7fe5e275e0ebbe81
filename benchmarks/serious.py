"""People in whom something serious stands behind the pain, drawn as `serious.yaml` says.

They test that the rules find what they are for: with nothing else wrong, and with the
background of `population.py`, where chance alarms hide misses. The shares of signs are
judgements; a rise or fall of a figure between two versions says something, the figure alone
little.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from population import Shares, person, tables

from screening.model.vocabularies import Level, Unknown

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

    from screening.model.question import Value

    Drawn = dict[str, Value]

DATA = Path(__file__).with_suffix(".yaml")


@functools.cache
def kinds() -> Mapping[str, Mapping[str, Any]]:
    """Return the kinds of people, by name."""
    read: Mapping[str, Any] = yaml.load(DATA.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506
    return read["kinds"]  # type: ignore[no-any-return]


def required(kind: str) -> Level:
    """Return the level that people of this kind must reach or pass."""
    return next(level for level in Level if level.word == kinds()[kind]["level"])


def somebody(kind: str, rng: random.Random, *, in_life: bool) -> Drawn:
    """Draw what one of them answers; `in_life` with an ordinary person's troubles beside it."""
    row = kinds()[kind]
    answers = person(rng, Shares.CENTRAL).answers if in_life else {}
    answers.update(_about(row["about"], rng))
    answers.update(_signs(row["one_of"], rng, at_least_one=True))
    answers.update(_signs(row.get("signs", {}), rng))
    for question in row["one_of"].keys() & tables()["declines"].keys():
        if rng.random() * 100 < float(tables()["declines"][question]["of"][Shares.CENTRAL]):
            answers[question] = Unknown.DECLINED
    return answers


def _about(row: Mapping[str, Any], rng: random.Random) -> Drawn:
    """Draw numbers between bounds, and words by their shares."""
    return {
        name: rng.randint(*map(int, said)) if isinstance(said, list) else str(_word(said, rng))
        for name, said in row.items()
    }


def _signs(
    rows: Mapping[str, Mapping[str, str]], rng: random.Random, *, at_least_one: bool = False
) -> Drawn:
    """Draw each sign by its shares, again until one is there when one must be."""
    while True:
        drawn = {name: _word(said, rng) for name, said in rows.items()}
        there = {name: _value(word) for name, word in drawn.items() if word is not None}
        if there or not at_least_one:
            return there


def _word(said: Mapping[str, str], rng: random.Random) -> str | None:
    """Draw one of these words by its share in per cent; None for what is left over."""
    at = rng.random() * 100
    for word, share in said.items():
        at -= float(share)
        if at < 0:
            return word
    return None


def _value(word: str) -> Value:
    return int(word) if word.isdigit() else word
