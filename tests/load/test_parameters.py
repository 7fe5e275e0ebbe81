"""Named numbers: a name in a condition, a limit or a dose means the number it stands for."""

from __future__ import annotations

from pathlib import Path

import knowledge_base as tiny
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.diagnostics import Code
from screening.errors import BadInputError
from screening.explain.words import Phrases
from screening.load import load
from screening.model.conclusions import concludes
from screening.model.expr import Compare, leaves
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Limit
from screening.render.knowledge_page import show_page
from screening.render.listing import listed
from screening.render.table import text

RULE = "rules/t/stiff-supported.yaml"
EASY = "rules/t/easy-when-stiff.yaml"


def written(root: Path, **changes: tuple[str, str, str]) -> KnowledgeBase:
    """Return the minimal knowledge with texts replaced: file, old, new."""
    files = dict(tiny.FILES)
    for file, old, new in changes.values():
        assert old in files[file]
        files[file] = files[file].replace(old, new)
    return load(tiny.write(root, files))


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """Return the minimal knowledge with a name in a condition, a question and a limit."""
    return written(
        tmp_path_factory.mktemp("named"),
        rule=(RULE, "pain > 7", "pain > strong_pain"),
        limit=(EASY, "at_most: 2", "at_most: little_rise"),
        question=(
            "questions/10-first.yaml",
            "{id: bend, ask",
            "{id: bend, only_if: pain >= little_rise, ask",
        ),
    )


def test_condition_with_a_name_is_the_condition_with_its_number(
    named: KnowledgeBase, tmp_path: Path
) -> None:
    plain = load(tiny.write(tmp_path))
    assert named.rules["stiff-supported"].when == plain.rules["stiff-supported"].when
    assert named.rules["easy-when-stiff"].then == plain.rules["easy-when-stiff"].then


def test_name_is_kept_beside_the_number(named: KnowledgeBase) -> None:
    (leaf,) = (x for x in leaves(named.rules["stiff-supported"].when) if isinstance(x, Compare))
    assert (leaf.number, leaf.parameter) == (7, "strong_pain")
    (limit,) = (c for c in named.rules["easy-when-stiff"].then if isinstance(c, Limit))
    assert (limit.at_most, limit.parameter) == (2, "little_rise")


def test_name_in_a_text_becomes_its_number(named: KnowledgeBase) -> None:
    regress = named.categories["easy"].regress
    assert regress == "In 3 bouts, below 7, up by 2, never 11."
    assert named.categories["easy"].parameters == (
        "bouts",
        "strong_pain",
        "little_rise",
        "high_pain",
    )


def test_users_of_a_parameter_are_rules_questions_and_categories(named: KnowledgeBase) -> None:
    assert named.parameter_users == {
        "strong_pain": ("stiff-supported", "easy"),
        "high_pain": ("easy",),
        "little_rise": ("bend", "easy-when-stiff", "easy"),
        "bouts": ("easy",),
    }


def test_rule_page_shows_the_name_and_the_number(named: KnowledgeBase) -> None:
    rule = named.rules["stiff-supported"]
    assert "7 points or less (`strong_pain`)" in "\n".join(
        Phrases(named, named=True).tree(rule.when)
    )
    assert "strong_pain" not in Phrases(named).phrase(rule.when)
    limit = next(c for c in named.rules["easy-when-stiff"].then if isinstance(c, Limit))
    assert concludes(named, limit).endswith("at most 2 points (`little_rise`)")


def test_parameter_page_says_value_source_and_users(named: KnowledgeBase) -> None:
    page = text(show_page(named, "bouts"), 100)
    for words in ("BOUTS A DAY", "3 times", "A book", "page 2", "easy."):
        assert words in page


def test_parameters_are_listed_with_their_users(named: KnowledgeBase) -> None:
    first = listed(named, "parameters")[0]
    assert first == {
        "id": "strong_pain",
        "value": 7,
        "unit": "points",
        "title": "Strong pain",
        "source": "BOOK",
        "at": None,
        "grade": "design",
        "note": None,
        "used_by": ["stiff-supported", "easy"],
    }


def test_knowledge_without_the_file_has_no_parameters(tmp_path: Path) -> None:
    files = {name: t for name, t in tiny.FILES.items() if name != "parameters.yaml"}
    files["categories.yaml"] = "\n".join(
        line for line in files["categories.yaml"].splitlines() if "regress" not in line
    )
    assert load(tiny.write(tmp_path, files)).parameters == {}


@settings(max_examples=60, deadline=None)
@given(value=st.integers(-3, 14))
def test_value_outside_the_questions_range_is_found_where_it_is_used(
    value: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("range")
    changes = {
        "rule": (RULE, "pain > 7", "pain > strong_pain"),
        "value": ("parameters.yaml", "value: 7,", f"value: {value},"),
    }
    if 0 <= value <= 10:
        assert written(root, **changes).parameters["strong_pain"].value == value
    else:
        with pytest.raises(BadInputError) as error:
            written(root, **changes)
        assert [d.code for d in error.value.diagnostics] == [Code.out_of_range]
