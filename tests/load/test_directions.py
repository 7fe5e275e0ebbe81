"""The directions exercises load are the pack's own words."""

from __future__ import annotations

import datetime
from pathlib import Path

import knowledge_base as tiny
import pytest

from screening.check import check
from screening.diagnostics import Code
from screening.errors import BadInputError
from screening.load import load
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import AvoidDemand

DECLARED = "directions: [flexion, extension, rotation, lateral, compression, shear, impact]\n"
PACK, EXERCISES, EASY = "pack.yaml", "exercises/all.yaml", "rules/t/easy-when-stiff.yaml"


def base(root: Path, **changed: str) -> KnowledgeBase:
    return load(tiny.write(root, {**tiny.FILES, **changed}), library=True)


def test_a_pack_that_declares_none_has_those_its_exercises_load(tmp_path: Path) -> None:
    silent = base(tmp_path, **{PACK: tiny.FILES[PACK].replace(DECLARED, "")})
    assert silent.pack.directions == load(tiny.write(tmp_path / "other")).pack.directions
    assert silent.pack.directions[0] == "flexion"


def test_other_words_name_directions_of_another_domain(tmp_path: Path) -> None:
    words = {"flexion": "reach", "shear": "saddle"}
    changed = {name: tiny.FILES[name] for name in (PACK, EXERCISES)}
    for old, new in words.items():
        changed = {name: text.replace(old, new) for name, text in changed.items()}
    rule = tiny.FILES[EASY].replace("direction: flexion", "direction: reach")
    knowledge = base(tmp_path, **changed, **{EASY: rule})
    (avoided,) = (c for c in knowledge.rules["easy-when-stiff"].then if isinstance(c, AvoidDemand))
    assert avoided.direction == "reach"
    assert knowledge.exercises["squat"].demands["reach"] == 2


def test_an_undeclared_direction_of_one_exercise_is_missed_in_the_others(tmp_path: Path) -> None:
    changed = {
        PACK: tiny.FILES[PACK].replace(DECLARED, ""),
        EXERCISES: tiny.FILES[EXERCISES].replace("impact: 3}", "impcat: 3}"),
    }
    with pytest.raises(BadInputError) as caught:
        base(tmp_path, **changed)
    assert {found.code for found in caught.value.diagnostics} == {Code.missing_key}


def test_exercises_that_load_nothing_need_no_demands(tmp_path: Path) -> None:
    walk = "exercises:\n  - {id: walk, name: walking, verdicts: {stiff: keep}}\n"
    rule = tiny.FILES[EASY].replace("  - {avoid: squat, strength: soft, instead: [walk]}\n", "")
    rule = rule.replace("  - {modify: squat, instead: Half way.}\n", "")
    rule = rule.replace("  - {avoid: demand, direction: flexion, strength: soft}\n", "")
    root = tiny.write(tmp_path, {**tiny.FILES, EXERCISES: walk, EASY: rule})
    (root / PACK).write_text(tiny.FILES[PACK].replace(DECLARED, ""), "utf-8")
    (root / "cases/stiff-client.yaml").unlink()
    (root / "cases").rmdir()
    assert load(root).exercises["walk"].demands == {}


def test_a_direction_is_missed_where_no_exercise_loads_any(tmp_path: Path) -> None:
    walk = "exercises:\n  - {id: walk, name: walking, verdicts: {stiff: keep}}\n"
    with pytest.raises(BadInputError) as caught:
        base(tmp_path, **{PACK: tiny.FILES[PACK].replace(DECLARED, ""), EXERCISES: walk})
    assert Code.bad_word in {found.code for found in caught.value.diagnostics}


def test_a_direction_called_like_an_exercise_is_found(tmp_path: Path) -> None:
    named = {name: tiny.FILES[name].replace("impact", "jump") for name in (PACK, EXERCISES)}
    found = check(base(tmp_path, **named), datetime.date.min)
    assert [one.message for one in found if one.code is Code.duplicate_id] == [
        "the id `jump` is used twice: direction and exercise"
    ]
