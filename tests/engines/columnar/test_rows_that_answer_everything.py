"""Tables whose forms ask everybody everything: no referral falls by one more answer.

`SCREENING_ROWS=100000 python -m pytest -n 0 <this file>` tries so many rows.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Mapping

import pytest

from screening.assess import Assessor
from screening.engines.applicable import with_harmless_rest, with_inapplicable
from screening.engines.columnar import ColumnarEngine, frame
from screening.model.case import Case
from screening.model.circuit import Blocks, Offers, Refers
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.vocabularies import ASKED_UNKNOWN, Level, Unknown

ROWS = int(os.environ.get("SCREENING_ROWS", "3000"))
BY_BOTH = ROWS // 33  # of them also by Experta and the reference


def any_answer(rng: random.Random, question: Question) -> Value:
    if rng.random() < 0.1:
        return rng.choice(ASKED_UNKNOWN)
    return (
        rng.randint(question.low, question.high)
        if question.is_number
        else rng.choice(question.words)
    )


def clients(
    knowledge: KnowledgeBase, rng: random.Random
) -> Iterator[tuple[dict[str, Value], dict[str, Value]]]:
    """Yield sheets, little or much of them out of the ordinary, each with one more answer."""
    plain = [q for q in knowledge.questions.values() if q.derived is None and not q.sums_up]
    while True:
        said = {q.id: any_answer(rng, q) for q in rng.sample(plain, rng.choice((1, 1, 2, 4, 20)))}
        if rng.random() < 0.3:  # nothing but whether anything changes the pain
            said = {"constant": rng.choice((*ASKED_UNKNOWN, "yes"))}
        sheet = dict(with_harmless_rest(knowledge, said)) if rng.random() < 0.8 else said
        for question in rng.sample(plain, rng.choice((0, 0, 3))):
            sheet.pop(question.id, None)
        for question in rng.sample(plain, rng.choice((0, 5, len(plain)))):
            sheet.setdefault(question.id, any_answer(rng, question))
        read = with_inapplicable(knowledge, sheet)
        left = [q for q in plain if q.id not in sheet]
        moot = [q for q in left if read.get(q.id) is Unknown.NOT_APPLICABLE]
        if left:
            one = rng.choice(moot or left)
            yield sheet, {**sheet, one.id: any_answer(rng, one)}


@pytest.mark.parametrize("seed", [1])
def test_no_referral_falls_and_no_exercise_is_offered_under_an_alarm(
    shipped: KnowledgeBase, assessor: Assessor, seed: int
) -> None:
    rng = random.Random(seed)  # noqa: S311 - the same rows in every run
    drawn = clients(shipped, rng)
    pairs = [next(drawn) for _ in range(ROWS // 2)]
    engine = ColumnarEngine(shipped)
    outputs = engine.circuit.outputs
    levels = [outputs[Refers(level)].when for level in Level if level > Level.NONE]
    offers = [outputs[Offers(name)].when for name in shipped.categories]
    wires = [*levels, outputs[Blocks()].when, *offers]
    rows = frame(shipped, [sheet for pair in pairs for sheet in pair])
    on = engine.gates(rows.lazy(), wires).collect().rows(named=True)

    def level(row: Mapping[str, bool]) -> int:
        return sum(row[str(wire)] for wire in levels)

    for pair, then, now in zip(pairs, on[::2], on[1::2], strict=True):
        assert level(now) >= level(then), pair
    for row in on:
        if level(row) >= Level.SAME_DAY or row[str(outputs[Blocks()].when)]:
            assert not any(row[str(wire)] for wire in offers)
    sheets = [sheet for pair in pairs for sheet in pair]
    for number in rng.sample(range(len(sheets)), BY_BOTH):
        made = assessor.conclude(Case(sheets[number])).assessment
        assert made.referral.level == level(on[number]), sheets[number]
