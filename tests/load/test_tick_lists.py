"""What files say with a tick list: conditions, answers, and where an own answer says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import knowledge_base as tiny
import pytest

from screening.assess import Assessor
from screening.diagnostics import Code
from screening.errors import BadInputError
from screening.load import load
from screening.load.intake import read_intake
from screening.model.expr import All, AnyOf, Is, IsUnknown, Not
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.vocabularies import Unknown

ACHES = """\
  - {id: cold, ask: "Cold?", short: a cold, kind: yes_no}
lists:
  - {id: aches, ask: Which?, short: aches, items: [cramp, cold]}
  - {id: bends, ask: Which hurt?, short: bends, items: [bend, sit]}
"""
QUESTIONS = "questions/10-first.yaml"
RULE = "rules/t/easy-when-stiff.yaml"
DK, PNS = Unknown.DONT_KNOW, Unknown.DECLINED


def written(root: Path, when: str = "") -> KnowledgeBase:
    tiny.write(root)
    asked = root / QUESTIONS
    asked.write_text(asked.read_text("utf-8") + ACHES, "utf-8")
    if when:
        rule = root / RULE
        text = rule.read_text("utf-8").replace("when: stiff is supported", f"when: {when}")
        rule.write_text(text, "utf-8")
    return load(root)


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return written(tmp_path_factory.mktemp("listed"))


@pytest.mark.parametrize(
    ("phrase", "stands_for"),
    [
        ("aches is cramp", Is("cramp", "yes")),
        ("aches is not cold", Not(Is("cold", "yes"))),
        ("aches is none", All((Not(Is("cramp", "yes")), Not(Is("cold", "yes"))))),
        ("aches is unknown", AnyOf((IsUnknown("cramp"), IsUnknown("cold")))),
        ("bends is sit", Is("sit", "provokes")),
    ],
)
def test_a_condition_on_a_list_is_one_on_its_items(
    tmp_path: Path, phrase: str, stands_for: object
) -> None:
    rules = written(tmp_path, phrase).rules
    assert rules["easy-when-stiff"].when == stands_for


def test_an_item_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(BadInputError) as raised:
        written(tmp_path, "aches is crampp")
    (found,) = raised.value.diagnostics
    assert found.code is Code.dangling_answer
    assert found.message == "`aches` has no item `crampp`"
    assert found.help == "did you mean `cramp`?"


def answered(knowledge: KnowledgeBase, text: str) -> Mapping[str, Value]:
    return read_intake(f"answers: {text}".encode(), "intake", knowledge).answers


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("{aches: [cramp]}", {"cramp": "yes", "cold": "no"}),
        ("{aches: cramp}", {"cramp": "yes", "cold": "no"}),
        ("{aches: [none]}", {"cramp": "no", "cold": "no"}),
        ("{aches: [cramp, dont_know]}", {"cramp": "yes", "cold": DK}),
        ("{aches: [declined]}", {"cramp": PNS, "cold": PNS}),
        ("{bends: [sit]}", {"bend": "no_effect", "sit": "provokes"}),
        ("{bends: [sit], bend: relieves}", {"bend": "relieves", "sit": "provokes"}),
        ("{aches: [cramp], cold: dont_know}", {"cramp": "yes", "cold": DK}),
        ("{aches: [dont_know], cold: no}", {"cramp": DK, "cold": "no"}),
        ("{aches: [cramp], cold: yes}", {"cramp": "yes", "cold": "yes"}),
        ("{aches: [cramp], cramp: no}", {"cramp": "yes", "cold": "no"}),
        ("{cramp: no}", {"cramp": "no"}),
    ],
)
def test_an_intake_ticks_items(
    knowledge: KnowledgeBase, text: str, answers: dict[str, Value]
) -> None:
    assert answered(knowledge, text) == answers


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("{aches: [crampp]}", Code.dangling_answer, "`aches` has no item `crampp`"),
        ("{aches: [none, cramp]}", Code.wrong_shape, "`none` goes with no other item"),
        ("{aches: [cramp, cramp]}", Code.wrong_shape, "an item stands there twice"),
        ("{aches: [dont_know, declined]}", Code.wrong_shape, "either not known or not said"),
        ("{aches: []}", Code.wrong_shape, "`aches` must be a list of its items"),
        ("{aches: {cramp: yes}}", Code.wrong_shape, "`aches` must be a list of its items"),
        ("{aches: [[cramp]]}", Code.wrong_shape, "`aches` must be a list of its items"),
    ],
)
def test_what_is_no_answer_to_a_list_is_an_error_at_its_place(
    knowledge: KnowledgeBase, text: str, code: Code, says: str
) -> None:
    with pytest.raises(BadInputError) as raised:
        answered(knowledge, text)
    (found,) = raised.value.diagnostics
    assert (found.code, found.at.line) == (code, 1)
    assert says in found.message


@pytest.mark.parametrize(
    ("text", "who", "against"),
    [
        ("{aches: [cramp], cold: yes}", ("cold", "yes"), ("aches", "no")),
        ("{aches: [cramp], cramp: no}", ("aches", "yes"), ("cramp", "no")),
        ("{aches: [cramp], cramp: dont_know}", ("aches", "yes"), ("cramp", DK)),
    ],
)
def test_a_tick_counts_against_another_answer_and_is_a_contradiction(
    knowledge: KnowledgeBase, text: str, who: tuple[str, Value], against: tuple[str, Value]
) -> None:
    case = read_intake(f"answers: {text}".encode(), "intake", knowledge)
    (odd,) = Assessor(knowledge).conclude(case).assessment.contradictions
    assert (odd.question, odd.answer) == who
    assert (odd.against.question, odd.against.answer) == against


@pytest.mark.parametrize(
    "text",
    [
        "{aches: [cramp], cramp: yes}",
        "{aches: [dont_know], cold: yes}",
        "{bends: [sit], bend: relieves}",
    ],
)
def test_what_only_says_more_is_no_contradiction(knowledge: KnowledgeBase, text: str) -> None:
    case = read_intake(f"answers: {text}".encode(), "intake", knowledge)
    assert case.at_odds == ()
