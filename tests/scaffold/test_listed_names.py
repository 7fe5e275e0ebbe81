"""What stands in a tick list is renamed and deleted with what names it."""

from __future__ import annotations

from pathlib import Path

import knowledge_base as tiny
import pytest

from screening.load import load
from screening.model.ids import Sort
from screening.scaffold.delete import Stands, plan_delete
from screening.scaffold.rename import plan_rename
from screening.scaffold.things import PackThing
from screening.write.whole_pack import PackTexts

QUESTIONS, RULE = "questions/10-first.yaml", "rules/t/easy-when-stiff.yaml"
LISTS = """\
  - {id: cold, ask: "Cold?", short: a cold, kind: yes_no}
lists:
  - {id: aches, ask: Which?, short: aches, items: [cramp, cold]}
  - {id: bends, ask: Which hurt?, short: bends, items: [bend, sit]}
"""


@pytest.fixture
def files(tmp_path: Path) -> PackTexts:
    tiny.write(tmp_path)
    asked, rule = tmp_path / QUESTIONS, tmp_path / RULE
    asked.write_text(asked.read_text("utf-8") + LISTS, "utf-8")
    text = rule.read_text("utf-8").replace("when: stiff is supported", "when: aches is cold")
    given = "  - {name: A cold, given: {aches: [cold]}, expect: fires}\n"
    rule.write_text(text.replace("examples:\n", f"examples:\n{given}"), "utf-8")
    return PackTexts.of(tmp_path)


@pytest.mark.parametrize(
    ("thing", "new", "said"),
    [
        (
            PackThing(Sort.QUESTION, "cold"),
            "chill",
            ("aches is chill", "{aches: [chill]}", "[cramp, chill]"),
        ),
        (
            PackThing(Sort.LIST, "aches"),
            "pains",
            ("pains is cold", "{pains: [cold]}", "[cramp, cold]"),
        ),
        (
            PackThing(Sort.QUESTION, "sit"),
            "sitting",
            ("aches is cold", "{aches: [cold]}", "[bend, sitting]"),
        ),
    ],
)
def test_another_name_stands_in_list_condition_and_answers(
    files: PackTexts, thing: PackThing, new: str, said: tuple[str, str, str]
) -> None:
    condition, given, listed = said
    plan = plan_rename(files, files.loaded(), thing, new)
    assert f"when: {condition}\n" in plan.after.texts[RULE]
    assert f"given: {given}" in plan.after.texts[RULE]
    assert f"items: {listed}" in plan.after.texts[QUESTIONS]
    back = plan_rename(plan.after, plan.knowledge, PackThing(thing.sort, new), thing.id)
    assert back.knowledge.rules["easy-when-stiff"].when == (
        files.loaded().rules["easy-when-stiff"].when
    )


def test_a_list_of_two_goes_with_one_of_them_unless_something_is_said_of_it(
    files: PackTexts, tmp_path: Path
) -> None:
    plan = plan_delete(files, files.loaded(), PackThing(Sort.QUESTION, "cold"))
    assert [use.file for use in plan.standing(Stands.FIRM)] == [RULE, RULE]
    plan = plan_delete(files, files.loaded(), PackThing(Sort.LIST, "aches"))
    assert {use.file for use in plan.standing(Stands.FIRM)} == {RULE}
    plan = plan_delete(files, files.loaded(), PackThing(Sort.LIST, "bends"))
    assert plan.standing(Stands.FIRM) == ()
    assert load(tmp_path).tick_lists.keys() - plan.after.loaded().tick_lists.keys() == {"bends"}
