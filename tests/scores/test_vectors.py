"""Six published scores, said as data, give what another program's openly licensed rules give."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from engine_list import ENGINES

from screening.load import load
from screening.model.expr import All, Expr, Not, Reaches
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Head, Keep, Rule
from screening.model.score import Score
from screening.model.vocabularies import Truth

HERE = Path(__file__).parent
PACK = HERE.parent / "packs" / "scores"
TICKED = ("not_at_all", "several_days", "more_than_half", "nearly_every_day")
LONGEST = 15  # lines of a score


class Vector(NamedTuple):
    """Answers to the items of a score, and what they come to."""

    score: str
    answers: Mapping[str, Value]
    points: int
    band: str


@cache
def pack() -> KnowledgeBase:
    return load(PACK)


def answer(question: str, given: int) -> Value:
    asked = pack().questions[question]
    if asked.is_number:
        return {0: 40, 1: 70}.get(given, given) if question == "age" else given
    if asked.words == TICKED:
        return TICKED[given]
    if question == "estrogen":
        return "no" if given else "yes"
    return "yes" if given else "no"


def read(row: Mapping[str, str]) -> Vector:
    score = pack().scores[row["score"]].score
    asked = [item.question for item in score.items if item.question != "clot_before"]
    given = dict(zip(asked, map(int, row["answers"].split()), strict=True))
    answers = {name: answer(name, number) for name, number in given.items()}
    if score.id == "wells_dvt":
        answers["clot_before"] = "no"
    return Vector(score.id, answers, int(row["points"]), row["band"])


@cache
def vectors() -> tuple[Vector, ...]:
    with (HERE / "vectors.csv").open(encoding="utf-8", newline="") as file:
        return tuple(map(read, csv.DictReader(file)))


def test_there_are_five_thousand_of_all_six() -> None:
    assert len(vectors()) == 5000
    assert set(Counter(one.score for one in vectors())) == set(pack().scores)


def test_every_vector_has_its_points_and_its_band() -> None:
    wrong = []
    for one in vectors():
        score = pack().scores[one.score].score
        gives = [item.gives(one.answers[item.question]) for item in score.items]
        total = sum(points for points in gives if points is not None)
        if (total, one.band or score.band(total)) != (one.points, score.band(total)):
            wrong.append((one, total, score.band(total)))
    assert wrong == []


def at(score: Score, points: int) -> Expr:
    """Return that a sum is just this."""
    parts: list[Expr] = [Reaches(score, points)] if points > score.least else []
    parts += [Not(Reaches(score, points + 1))] if points < score.most else []
    return All(tuple(parts))


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_has_the_sum_of_the_vectors(engine: str) -> None:
    sample = vectors()[:: 1 if engine == "columnar" else 50]
    rules = {
        name: Rule(name, name, at(declared.score, points), (Keep(),), name)
        for declared in pack().scores.values()
        for points in range(declared.score.least, declared.score.most + 1)
        for name in [f"{declared.score.id}.{points}"]
    }
    conclude = ENGINES[engine](replace(pack(), rules=rules))
    for one, outcome in zip(sample, conclude([one.answers for one in sample]), strict=True):
        mine = {
            int(head.rule.rpartition(".")[2])
            for head, truth in outcome.heads.items()
            if head.rule.startswith(f"{one.score}.") and truth is Truth.TRUE
        }
        assert mine == {one.points}
        assert outcome.heads[Head(f"{one.score}.{one.points}")] is Truth.TRUE


def test_no_score_takes_more_than_fifteen_lines() -> None:
    text = (PACK / "scores.yaml").read_text("utf-8")
    entries = re.split(r"\n(?=  - id: )", text)[1:]
    assert len(entries) == len(pack().scores)
    assert all(len(entry.splitlines()) <= LONGEST for entry in entries)
