"""One key changed, every other byte left."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
import strategies
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.diagnostics import Problems
from screening.errors import BadInputError
from screening.load import shipped_knowledge
from screening.load.files import Directory
from screening.load.tree import parse
from screening.write import Plain, canonical, form_of, with_entry, with_key
from screening.write.forms import RULE
from screening.write.layout import meaning

SHIPPED = shipped_knowledge()
RULES = [name for name in Directory(SHIPPED).names if name.startswith("rules/")]
EXAMPLE: Plain = {"name": "One, more: x", "given": {"walk": "no_effect"}, "expect": "silent"}


def shipped_text(name: str) -> str:
    return (SHIPPED / name).read_text("utf-8")


def says(text: str) -> dict[str, object]:
    tree = parse(text, "a.yaml", Problems())
    assert tree is not None
    said = meaning(tree)
    assert isinstance(said, dict)
    return said


@settings(max_examples=40)
@given(name=st.sampled_from(RULES), key=st.sampled_from(("status", "review", "say", "unknown")))
def test_one_key_of_a_shipped_rule_changes_its_own_line_alone(name: str, key: str) -> None:
    before = shipped_text(name)
    value: Plain = {"due": "2030-01-01"} if key == "review" else "retired"
    after = with_key(before, name, key, value, RULE)
    lines = after.splitlines()
    kept = [line for line in before.splitlines() if not line.startswith(f"{key}:")]
    assert [line for line in lines if not line.startswith(f"{key}:")] == kept
    assert says(after) == {**says(before), key: value}
    assert canonical(after, name, form_of(PurePosixPath(name)), Problems()) == after


@settings(max_examples=20)
@given(name=st.sampled_from(RULES))
def test_one_more_example_is_one_more_line(name: str) -> None:
    before = shipped_text(name)
    after = with_entry(before, name, "examples", EXAMPLE, RULE)
    line = '  - {name: "One, more: x", given: {walk: no_effect}, expect: silent}\n'
    assert after == before + line


@given(data=st.data(), key=st.sampled_from(("status", "when", "new")))
def test_a_key_is_set_whatever_the_layout(data: st.DataObject, key: str) -> None:
    said = yaml.load(shipped_text(RULES[0]), yaml.BaseLoader)  # noqa: S506 - makes plain values
    before = data.draw(strategies.foreign_layouts(said))
    tree = parse(before, "a.yaml", Problems())
    if tree is None or meaning(tree) != said:  # a comment has ended up inside a text
        return
    after = with_key(before, "a.yaml", key, "x", RULE)
    assert says(after) == {**said, key: "x"}
    assert all(f"# note {n}" in after for n in range(3) if f"# note {n}\n" in before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("id: a\n# on when\nwhen: b\n", "id: a\nstatus: x\n# on when\nwhen: b\n"),
        ("id: a\n\n\nwhen:   b", "id: a\nstatus: x\n\n\nwhen:   b"),
        ("status: # why\n  y\nid:   a\n", "status: x  # why\nid:   a\n"),
        ("id:   a\nstatus: {a: b,\n c: d\n}\n# end\n", "id:   a\nstatus: x\n# end\n"),
        ("{id: a, status: b}\n", "id: a\nstatus: x\n"),
        ("when: b", "status: x\nwhen: b"),
        ("id: a", "id: a\nstatus: x\n"),
    ],
)
def test_the_rest_of_the_file_stays(before: str, after: str) -> None:
    assert with_key(before, "a.yaml", "status", "x", RULE) == after


def test_a_file_that_cannot_be_read_is_not_edited() -> None:
    with pytest.raises(BadInputError):
        with_key("a: [", "a.yaml", "status", "x", RULE)
