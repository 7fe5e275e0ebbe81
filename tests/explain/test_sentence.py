"""Why, in one sentence, before the tree; and the words people ask with."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.assess import Assessor
from screening.errors import UnknownTargetError
from screening.explain import find_subject, how
from screening.explain.evidence import Ground
from screening.explain.explanation import Standing
from screening.explain.sentence import one_sentence
from screening.load import load_intake
from screening.model.knowledge import KnowledgeBase
from screening.render.explained import Ask, explained
from screening.render.table import text


@pytest.fixture(scope="module")
def gardener(assessor: Assessor, root: Path) -> Ground:
    case = load_intake(root / "tests/intakes/gardener.yaml", assessor.knowledge)
    return Ground.of(assessor, case)


def asked(ground: Ground, ask: Ask, *words: str) -> str:
    return " ".join(text(explained(ground, ask, words, "g.yaml")[0]).split())


def test_an_exercise_is_left_out_for_what_hurts_and_what_it_asks_for(gardener: Ground) -> None:
    shown = asked(gardener, Ask.WHY, "sit up")
    because = (
        "Because bending forward and gardening or floor work bring it on, "
        "and sit-up asks for very much bending-type movement."
    )
    assert shown.index(because) < 100


def test_whatever_is_concluded_has_its_sentence(gardener: Ground) -> None:
    knowledge, told = gardener.knowledge, 0
    for explanation in how(gardener):
        sentence = one_sentence(explanation, knowledge)
        answered = [fact for reason in explanation.reasons for fact in reason.facts]
        if sentence:
            assert sentence.endswith(".")
            assert answered
            assert "_" not in sentence
        told += bool(sentence)
        if explanation.standing is Standing.CONCLUDED and not sentence:
            assert explanation.says.startswith("keep") or not any(
                value not in ("no_effect", "not_tried") for f in answered for _, value in f.answers
            ), explanation.target
    assert told > 15


WORDS = [
    ("flexion exercises", "flexion"),
    ("forward bending", "flexion_direction"),
    ("core_control", "motor_control_core"),
    ("Core Control", "motor_control_core"),
    ("core control exercises", "motor_control_core"),
    ("mobility", "hip_mobility"),
    ("sit-ups", "sit_up"),
]


@pytest.mark.parametrize(("word", "target"), WORDS)
def test_a_target_is_found_by_the_words_people_use(
    shipped: KnowledgeBase, word: str, target: str
) -> None:
    assert find_subject(shipped, word).id == target


def test_what_several_names_hold_is_not_guessed(shipped: KnowledgeBase) -> None:
    with pytest.raises(UnknownTargetError):
        find_subject(shipped, "pain")


def test_every_title_and_id_finds_what_it_names(shipped: KnowledgeBase) -> None:
    for category in shipped.categories.values():
        for word in (category.id, category.title, category.title.upper()):
            assert find_subject(shipped, word).id == category.id


def test_a_what_if_is_asked_in_words(gardener: Ground) -> None:
    assert "WHAT IF WALKING: BRINGS IT ON" in asked(gardener, Ask.WHAT_IF, "walking=hurts")
    assert "Nothing changes." in asked(gardener, Ask.WHAT_IF, "walking=no pain")


def test_a_what_if_says_which_question_it_opens(gardener: Ground) -> None:
    shown = asked(gardener, Ask.WHAT_IF, "duration_weeks=2 months")
    assert "WEEKS SINCE IT BEGAN: 8 WEEKS" in shown
    assert "would have to be asked first" in shown
    assert gardener.knowledge.questions["mood"].ask in shown
    assert "(soft)" not in shown
