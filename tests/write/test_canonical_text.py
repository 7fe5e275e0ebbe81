"""The canonical text of knowledge files: nothing is lost, one meaning has one text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
import strategies
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from knowledge_base import FILES, parts, write

from screening.diagnostics import Problems
from screening.load import load, shipped_knowledge
from screening.load.files import Directory
from screening.load.tree import parse
from screening.write import Form, Plain, canonical, form_of
from screening.write.forms import OTHER, RULE
from screening.write.layout import meaning
from screening.write.scalar import scalar

SHIPPED = shipped_knowledge()
NAMES = Directory(SHIPPED).names
SMALL = [name for name in NAMES if (SHIPPED / name).stat().st_size < 4_000]


def laid(text: str, form: Form) -> str:
    problems = Problems()
    done = canonical(text, "a.yaml", form, problems)
    assert done is not None, problems.sorted()
    return done


def shipped_text(name: str) -> str:
    return (SHIPPED / name).read_text("utf-8")


def without_comments(text: str) -> str:
    return "".join(line for line in text.splitlines(True) if not line.lstrip().startswith("#"))


def test_shipped_files_are_canonical() -> None:
    for name in NAMES:
        assert laid(shipped_text(name), form_of(PurePosixPath(name))) == shipped_text(name), name


@settings(max_examples=30)
@given(name=st.sampled_from(SMALL), data=st.data())
def test_one_meaning_has_one_text(name: str, data: st.DataObject) -> None:
    text = shipped_text(name)
    said = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - makes nothing but text, lists, mappings
    foreign = without_comments(data.draw(strategies.foreign_layouts(said)))
    assert laid(foreign, form_of(PurePosixPath(name))) == without_comments(text)


@given(value=strategies.plain_values(), data=st.data())
def test_nothing_is_lost_and_once_is_enough(value: Plain, data: st.DataObject) -> None:
    text = data.draw(strategies.foreign_layouts(value))
    tree = parse(text, "a.yaml", Problems())
    assume(tree is not None)
    assert tree is not None
    form = data.draw(st.sampled_from((OTHER, RULE, Form())))
    once = laid(text, form)
    again = parse(once, "a.yaml", Problems())
    assert again is not None
    assert meaning(again) == meaning(tree)
    assert laid(once, form) == once
    if meaning(tree) == value:  # no comment has ended up inside a text
        notes = [line.strip() for line in text.splitlines() if line.strip().startswith("# note")]
        assert sorted(notes) == sorted(
            line.strip()[-8:] for line in once.splitlines() if line.strip()[-8:-1] == "# note "
        )


@given(text=strategies.PLAIN_TEXT, flow=st.booleans())
def test_text_reads_back_as_it_was(text: str, flow: bool) -> None:  # noqa: FBT001 - hypothesis
    written = scalar(text, flow=flow)
    tree = parse(f"[{written}]" if flow else f"a: {written}", "a.yaml", Problems())
    assert tree is not None
    assert meaning(tree) == ([text] if flow else {"a": text})


def test_a_small_base_means_the_same_when_formatted(tmp_path: Path) -> None:
    before = load(write(tmp_path / "before"), library=True)
    files = {name: laid(text, form_of(PurePosixPath(name))) for name, text in FILES.items()}
    after = load(write(tmp_path / "after", files), library=True)
    assert files != dict(FILES)
    assert parts(replace(after, digest="")) == parts(replace(before, digest=""))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("when: a  # why\nid: b\n", "id: b\nwhen: a  # why\n"),
        ("# head\nwhen: a\n# on id\nid: b\n", "# head\n# on id\nid: b\nwhen: a\n"),
        ("id: b\n# tail", "id: b\n# tail\n"),
        ("id: |  # block\n  b\n", 'id: "b\\n"  # block\n'),
        (
            "covers: [a, # one\n  b] # two\nid: c\n",
            "id: c\n# one\ncovers: [a, b]  # two\n",
        ),
        (
            "when:  # all of them\n  all:\n  # first\n  - a\n  - not: b # second\n",
            "when:  # all of them\n  all:\n    # first\n    - a\n    - not: b  # second\n",
        ),
        (
            "examples:\n- expect: fires  # so it does\n  # who\n  name: x\n",
            "examples:\n  # who\n  - {name: x, expect: fires}  # so it does\n",
        ),
        ("when:\n  any:\n    - a is b\n    - not: c\n", "when: {any: [a is b, not: c]}\n"),
        ("--- \nid: a\n...\n", "id: a\n"),
    ],
)
def test_comments_stay_with_what_they_are_about(written: str, expected: str) -> None:
    assert laid(written, RULE) == expected
    assert laid(expected, RULE) == expected


def test_text_that_cannot_be_read_is_said_and_left() -> None:
    problems = Problems()
    assert canonical("a: [", "a.yaml", RULE, problems) is None
    assert [found.code.name for found in problems.found] == ["yaml_syntax"]
