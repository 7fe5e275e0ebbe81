"""`scores.yaml`: sums of points over answers, and their bands."""

from __future__ import annotations

from collections.abc import Mapping

from screening.model.rule import Evidence
from screening.model.score import Score
from screening.model.terms import DeclaredScore
from screening.schema.keys import ID, TEXT, Entry, Other, Rows, Style, may, need
from screening.schema.vocabulary import EVIDENCE

ITEM: Entry[dict[str, object]] = Entry(
    "an item of a score",
    dict,
    (
        need("of", Other("a list of questions"), "The questions that count so.", lay=Style.LINE),
        may(
            "points",
            Other("a whole number by answer"),
            "What each answer gives; one that is not named gives 0.",
            lay=Style.LINE,
        ),
        may(
            "from",
            Other("a whole number by the lowest number it is given for"),
            "Of number questions: what is given from each number on; 0 below the first.",
            lay=Style.LINE,
        ),
    ),
    Style.FIT,
)


def _declared(
    id: str,  # noqa: A002 - as the file has it
    title: str,
    items: tuple[object, ...],
    evidence: tuple[Evidence, ...],
) -> DeclaredScore:
    del items  # their reader keeps them
    return DeclaredScore(Score(id, title), evidence)


SCORE = Entry(
    "a score",
    _declared,
    (
        need("id", ID, "What conditions name it by."),
        need("title", TEXT, "What pages call it."),
        need("items", Rows(ITEM), "What is summed; each question once."),
        may(
            "bands",
            Other("by name the points each begins at, rising"),
            "What a sum is called. The last has no end.",
            lay=Style.LINE,
        ),
        may("evidence", EVIDENCE, "Who says so: at least one source."),
    ),
)


def _by_id(scores: tuple[DeclaredScore, ...]) -> Mapping[str, DeclaredScore]:
    return {one.score.id: one for one in scores}


SCORES = Entry(
    "scores.yaml",
    _by_id,
    (need("scores", Rows(SCORE), "Sums of points over answers."),),
)
