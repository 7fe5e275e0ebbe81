"""An intake says the same in YAML and in JSON, and whatever it says can be shown."""

from __future__ import annotations

import json
from pathlib import Path

import knowledge_base as tiny
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from screening.diagnostics import Code
from screening.errors import BadInputError
from screening.load import load, load_intake
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Unknown

once = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def tiny_knowledge(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """Return the minimal knowledge base."""
    return load(tiny.write(tmp_path_factory.mktemp("tiny")))


def test_intake_is_read_as_written(tmp_path: Path, tiny_knowledge: KnowledgeBase) -> None:
    path = tmp_path / "intake.yaml"
    path.write_text(tiny.INTAKE, "utf-8")
    case = load_intake(path, tiny_knowledge)
    assert case.client == "C-1"
    assert case.answers == {
        "numb": "no",
        "cramp": Unknown.DONT_KNOW,
        "pain": 3,
        "bend": "provokes",
    }
    assert case.programme == ("squat", "walk")  # by id, alias and name, each once
    assert case.other_exercises == ("axe throwing",)


@once
@example(client="\N{GRINNING FACE} says \\ud83d", escaped=True, indent="\t")
@given(
    client=st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12),
    escaped=st.booleans(),
    indent=st.sampled_from((None, 2, "\t")),
)
def test_json_of_any_make_is_read(
    client: str,
    indent: str | int | None,
    tmp_path: Path,
    tiny_knowledge: KnowledgeBase,
    *,
    escaped: bool,
) -> None:
    said = {"client": client, "answers": {"pain": 3, "numb": "no", "cramp": "declined"}}
    path = tmp_path / "intake.json"
    path.write_text(json.dumps(said, ensure_ascii=escaped, indent=indent), "utf-8")
    case = load_intake(path, tiny_knowledge)
    assert case.client == client
    assert case.answers == {"pain": 3, "numb": "no", "cramp": Unknown.DECLINED}


@pytest.mark.parametrize("written", ['"\\e[2J"', '"a\\0"', '"a\\x07"', '"\\u009b31m"'])
@pytest.mark.parametrize("key", ["client: {}", "other_exercises: [{}]"])
def test_escaped_control_character_is_found(
    written: str, key: str, tmp_path: Path, tiny_knowledge: KnowledgeBase
) -> None:
    path = tmp_path / "intake.yaml"
    path.write_text("answers: {}\n" + key.format(written), "utf-8")
    with pytest.raises(BadInputError) as caught:
        load_intake(path, tiny_knowledge)
    (found,) = caught.value.diagnostics
    assert (found.code, found.at.line) == (Code.binary_content, 2)
    assert found.at.column == key.index("{") + 1


@pytest.mark.parametrize(("written", "meant"), [("true", "yes"), ("false", "no"), ("True", "yes")])
@pytest.mark.parametrize("suffix", [".yaml", ".json"])
def test_booleans_of_programs_are_yes_and_no(
    tmp_path: Path, shipped: KnowledgeBase, written: str, meant: str, suffix: str
) -> None:
    path = tmp_path / f"intake{suffix}"
    text = written.lower() if suffix == ".json" else written
    form = '{{"answers": {{"belly": {0}}}}}' if suffix == ".json" else "answers:\n  belly: {0}\n"
    path.write_text(form.format(text), "utf-8")
    assert load_intake(path, shipped).answers == {"belly": meant}


def test_a_boolean_is_no_answer_where_yes_is_none(tmp_path: Path, shipped: KnowledgeBase) -> None:
    path = tmp_path / "intake.yaml"
    path.write_text("answers:\n  leg_weak: true\n", "utf-8")
    with pytest.raises(BadInputError, match="no answer `true`"):
        load_intake(path, shipped)
