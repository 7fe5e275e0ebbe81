"""What a client or a trainer reads aloud is for a reading age of twelve: school grade 7."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from reading_grade import SHORTEST, WORD, grade

from screening.model.knowledge import KnowledgeBase

HARDEST = 7
HARD_ANSWERS = 6  # answers with a time to each sign, of 300; each is read beside its neighbours


def said(knowledge: KnowledgeBase) -> Iterator[tuple[str, str]]:
    for one in knowledge.questions.values():
        yield from ((one.id, text) for text in (one.ask, one.help))
    for several in knowledge.tick_lists.values():
        yield from ((several.id, text) for text in (several.ask, several.help))
    listed = (name for one in knowledge.tick_lists.values() for name in one.items)
    yield from ((name, knowledge.questions[name].item) for name in listed)
    yield from ((one.id, one.text) for one in knowledge.advice.values())
    yield from ((one.id, one.say or "") for one in knowledge.live_rules)
    for level in knowledge.levels.values():
        yield level.title, level.act
        yield level.title, level.exercise


def hard(texts: Iterator[tuple[str, str]]) -> list[str]:
    long = ((name, text) for name, text in texts if len(WORD.findall(text)) >= SHORTEST)
    return sorted({name for name, text in long if grade(text) > HARDEST})


def test_questions_help_and_advice_are_read_at_twelve(shipped: KnowledgeBase) -> None:
    assert hard(said(shipped)) == []


def test_few_answers_are_harder(shipped: KnowledgeBase) -> None:
    answers = (
        (f"{one.id} {answer.id}", one.said(answer.id))
        for one in shipped.questions.values()
        for answer in one.answers
    )
    assert len(hard(answers)) <= HARD_ANSWERS


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The cat sat on the mat.", -2, 0),
        ("Do you often feel weak? Did you fall over?", -3, 2),
        ("Incapacitating neurological deterioration necessitates immediate evaluation.", 25, 40),
    ],
)
def test_a_grade_tells_plain_from_learned(text: str, low: int, high: int) -> None:
    assert low < grade(text) < high
