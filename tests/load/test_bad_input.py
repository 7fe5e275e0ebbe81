"""Every kind of bad input is found, at its place, in words that name it; its good twin is not."""

from __future__ import annotations

import datetime
from pathlib import Path

import knowledge_base as tiny
import pytest
from planted import (
    CASES,
    CHECKED,
    COVERAGE,
    EXAMPLES,
    INTAKE,
    INTAKES,
    KNOWLEDGE,
    MARK,
    SPOILED,
    Planted,
    Spoiled,
)

from screening.check import check
from screening.diagnostics import Code, Diagnostic
from screening.errors import BadInputError
from screening.load import load, load_intake
from screening.model.knowledge import KnowledgeBase
from screening.testing.run_examples import run_examples

ELSEWHERE = {
    Code.stale_answer,  # tests/interview
    Code.contradictory_answers,  # tests/assess
    Code.inapplicable_answer,  # tests/assess
    Code.empty_folder,  # tests/load/test_case_library.py
    Code.failed_case,  # tests/author
    Code.endless_follows,  # tests/cli
    Code.unusable_earlier,  # tests/cli
    Code.unused_waiver,  # tests/author
    Code.impossible_figure,  # tests/draw
    Code.live_mutant,  # tests/cli/test_lifecycle.py
    Code.broken_promise,  # tests/cli/test_lifecycle.py
    Code.unflagged_urgency,  # tests/test_bad_edits.py
    Code.dangling_flag,  # likewise: both need flags
    Code.unread_file,  # tests/load/test_revision.py
    Code.renamed_answer,  # tests/load/test_renamed.py
    Code.changed_batch,  # tests/batch, as all that follow
    Code.damaged_file,
    Code.duplicate_client,
    Code.duplicate_column,
    Code.missing_client,
    Code.missing_column,
    Code.other_unit,
    Code.ragged_row,
    Code.repeated_header,
    Code.same_file,
    Code.unknown_column,
    Code.unknown_format,
    Code.wrong_type,
}


@pytest.fixture(scope="session")
def tiny_knowledge(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """Return the minimal knowledge base."""
    return load(tiny.write(tmp_path_factory.mktemp("tiny")))


def loaded(root: Path) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a directory when it is loaded."""
    try:
        load(root, library=True)
    except BadInputError as error:
        found = error.diagnostics
    else:
        return ()
    assert found
    return found


def checked(root: Path, today: datetime.date) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a directory that loads."""
    return check(load(root, library=True), today)


def by_rows(rows: tuple[Planted, ...]) -> pytest.MarkDecorator:
    """Return a table of planted faults."""
    return pytest.mark.parametrize("row", rows, ids=lambda row: row.id[:60])


def planted(root: Path, row: Planted, new: str) -> list[tuple[int, int]]:
    """Write the minimal knowledge with one text replaced, and return the places to be named."""
    original = tiny.FILES[row.file]
    files = {**tiny.FILES, row.file: row.edited(original, new).replace(MARK, "")}
    tiny.write(root, files)
    return row.places(original) or [(1, 1)]


def assert_found(
    row: Planted, found: tuple[Diagnostic, ...], places: list[tuple[int, int]]
) -> None:
    """Check the code, the place and the words of what was found, and that there is no more."""
    said = [(d.code, d.at.line, d.at.column) for d in found]
    assert said == [(row.code, *place) for place in places], "\n".join(map(str, found))
    assert row.says in found[0].message + found[0].help
    assert found[0].at.path.endswith(row.file)
    assert "\n" not in found[0].message


# knowledge


def test_minimal_knowledge_is_clean(tmp_path: Path, today: datetime.date) -> None:
    root = tiny.write(tmp_path)
    assert loaded(root) == ()
    assert checked(root, today) == ()
    assert run_examples(load(root)).failed == ()


@by_rows((*KNOWLEDGE, *CASES, *COVERAGE))
def test_fault_in_a_knowledge_file_is_found_when_loading(row: Planted, tmp_path: Path) -> None:
    places = planted(tmp_path, row, row.bad)
    assert_found(row, loaded(tmp_path), places)


@by_rows((*KNOWLEDGE, *CASES, *COVERAGE, *CHECKED))
def test_good_twin_in_a_knowledge_file_loads(
    row: Planted, tmp_path: Path, today: datetime.date
) -> None:
    planted(tmp_path, row, row.good)
    assert loaded(tmp_path) == ()
    assert row.code not in {d.code for d in checked(tmp_path, today)}


@by_rows(CHECKED)
def test_fault_in_the_logic_is_found_when_checking(
    row: Planted, tmp_path: Path, today: datetime.date
) -> None:
    places = planted(tmp_path, row, row.bad)
    assert loaded(tmp_path) == ()
    found = tuple(d for d in checked(tmp_path, today) if d.code is row.code)
    assert_found(row, found, places)


@by_rows(EXAMPLES)
def test_example_that_comes_out_otherwise_is_found_on_both_engines(
    row: Planted, tmp_path: Path
) -> None:
    places = planted(tmp_path, row, row.bad)
    failed = run_examples(load(tmp_path)).failed
    assert ["the reference says" in d.message for d in failed] == [True, False]
    assert_found(row, failed[:1], places)
    planted(tmp_path, row, row.good)
    assert run_examples(load(tmp_path)).failed == ()


# whole files


@pytest.mark.parametrize("row", SPOILED, ids=lambda row: row.name)
def test_spoiled_file_is_found_when_loading(row: Spoiled, tmp_path: Path) -> None:
    row.spoil(tiny.write(tmp_path))
    first = next(d for d in loaded(tmp_path) if d.at.path.endswith("stages.yaml"))
    assert (first.code, first.at.line, first.at.column) == (row.code, row.line, row.column)
    assert len(str(first)) < 1000


@pytest.mark.parametrize("row", SPOILED, ids=lambda row: row.name)
def test_spoiled_intake_is_found(
    row: Spoiled, tmp_path: Path, tiny_knowledge: KnowledgeBase
) -> None:
    row.spoil(tiny.write(tmp_path))
    with pytest.raises(BadInputError) as caught:
        load_intake(tmp_path / "stages.yaml", tiny_knowledge)
    first = caught.value.diagnostics[0]
    assert (first.code, first.at.line, first.at.column) == (row.code, row.line, row.column)


@pytest.mark.parametrize("name", ["nowhere", "pack.yaml", "x" * 300, "a\0b", "\udcff"])
def test_what_is_no_directory_of_knowledge_is_found(name: str, tmp_path: Path) -> None:
    root = tiny.write(tmp_path)
    (found,) = loaded(root / name)
    assert found.code in {Code.missing_file, Code.not_a_file, Code.unreadable_file}


@pytest.mark.parametrize("name", ["nowhere.yaml", "x" * 300, "a\0b", "\udcff", "pack.yaml/x"])
def test_what_is_no_intake_file_is_found(
    name: str, tmp_path: Path, tiny_knowledge: KnowledgeBase
) -> None:
    root = tiny.write(tmp_path)
    with pytest.raises(BadInputError) as caught:
        load_intake(root / name, tiny_knowledge)
    (found,) = caught.value.diagnostics
    assert found.code in {Code.missing_file, Code.unreadable_file}


def test_all_errors_of_the_files_are_reported_at_once(tmp_path: Path) -> None:
    root = tiny.write(tmp_path)
    (root / "stages.yaml").write_bytes(b"\xff")
    (root / "limits.yaml").write_bytes(b"")
    (root / "advice.yaml").write_text("a: 1\na: 2\nb: &x 1\n\n", "utf-8")
    assert [d.code for d in loaded(root)] == [
        Code.duplicate_key,
        Code.anchor,
        Code.empty_file,
        Code.not_utf8,
    ]


def test_a_file_with_five_errors_gives_five(tmp_path: Path) -> None:
    root = tiny.write(tmp_path)
    text = tiny.FILES["rules/t/stiff-supported.yaml"]
    for old, new in (
        ("status: reviewed", "status: reviwed"),
        ("pain > 7", "pain > 70"),
        ("fall is big", "fall is huge"),
        ("strength: supported", "strenght: supported"),
        ("because:", "becuase:"),
    ):
        text = text.replace(old, new)
    (root / "rules/t/stiff-supported.yaml").write_text(text, "utf-8")
    assert [(d.code, d.at.line) for d in loaded(root)] == [
        (Code.missing_key, 1),  # because
        (Code.bad_word, 3),
        (Code.out_of_range, 7),
        (Code.dangling_answer, 8),
        (Code.missing_key, 10),  # strength
        (Code.unknown_key, 10),
        (Code.unknown_key, 12),
    ]


def test_faults_in_different_files_are_all_reported(tmp_path: Path) -> None:
    rows = {row.file: row for row in KNOWLEDGE if row.code.name.startswith("dangling")}
    files = {
        name: rows[name].edited(text, rows[name].bad).replace(MARK, "") if name in rows else text
        for name, text in tiny.FILES.items()
    }
    assert len(rows) >= 5
    found = loaded(tiny.write(tmp_path, files))
    assert {(Path(d.at.path).name, d.code) for d in found} == {
        (Path(name).name, row.code) for name, row in rows.items()
    }


def test_problems_come_in_order_of_place(tmp_path: Path) -> None:
    root = tiny.write(tmp_path)
    for name in ("limits.yaml", "advice.yaml", "stages.yaml"):
        (root / name).write_bytes(b"\xff")
    found = loaded(root)
    assert [d.at.path for d in found] == sorted(d.at.path for d in found)


def test_line_breaks_of_any_kind_count_as_yaml_counts_them(tmp_path: Path) -> None:
    odd = "# one\u2028# two\x85# three\r\n# four\r# five\nlimits: x\n"
    root = tiny.write(tmp_path, {**tiny.FILES, "limits.yaml": odd})
    found = next(d for d in loaded(root) if d.at.path.endswith("limits.yaml"))
    assert (found.code, found.at.line, found.at.text) == (Code.wrong_shape, 6, "limits: x")


# intakes


@by_rows(INTAKES)
def test_fault_in_an_intake_is_found(
    row: Planted, tmp_path: Path, tiny_knowledge: KnowledgeBase
) -> None:
    path = tmp_path / INTAKE
    path.write_text(row.edited(tiny.INTAKE, row.bad).replace(MARK, ""), "utf-8")
    with pytest.raises(BadInputError) as caught:
        load_intake(path, tiny_knowledge)
    assert_found(row, caught.value.diagnostics, row.places(tiny.INTAKE) or [(1, 1)])


@by_rows(INTAKES)
def test_good_twin_of_an_intake_loads(
    row: Planted, tmp_path: Path, tiny_knowledge: KnowledgeBase
) -> None:
    path = tmp_path / INTAKE
    path.write_text(row.edited(tiny.INTAKE, row.good), "utf-8")
    load_intake(path, tiny_knowledge)


@pytest.mark.parametrize(
    ("old", "bad", "helped"),
    [
        ("numb: no", "nmub: no", "did you mean `numb`?"),
        ("numb: no", "numb: new_or_wors", "did you mean `new_or_worse`?"),
        ("[squat,", "[kne bend,", "did you mean `squat`?"),
        ("[squat,", "[axe throwing,", "goes under `other_exercises`"),
        ("client:", "cleint:", "did you mean `client`?"),
        ("pain: 3", "pain: 30 cm", "whole number of points, 0 to 10"),
        ("numb: no", "zzz: no", "expected one of: numb"),
    ],
)
def test_help_in_an_intake_names_what_was_meant(
    old: str, bad: str, helped: str, tmp_path: Path, tiny_knowledge: KnowledgeBase
) -> None:
    path = tmp_path / INTAKE
    path.write_text(tiny.INTAKE.replace(old, bad), "utf-8")
    with pytest.raises(BadInputError) as caught:
        load_intake(path, tiny_knowledge)
    assert helped in caught.value.diagnostics[0].help


def test_all_errors_of_an_intake_are_reported_at_once(
    tmp_path: Path, tiny_knowledge: KnowledgeBase
) -> None:
    path = tmp_path / "intake.yaml"
    path.write_text(
        "cilent: x\nanswers: {numb: nope, pain: 11, eye: no}\nprogramme: [sqat]\n", "utf-8"
    )
    with pytest.raises(BadInputError) as caught:
        load_intake(path, tiny_knowledge)
    assert [d.code for d in caught.value.diagnostics] == [
        Code.unknown_key,
        Code.dangling_answer,
        Code.out_of_range,
        Code.dangling_question,
        Code.unknown_exercise,
    ]


# all of them


def test_every_code_has_a_planted_fault_and_a_good_twin() -> None:
    rows = (*KNOWLEDGE, *CASES, *COVERAGE, *CHECKED, *EXAMPLES, *INTAKES, *SPOILED)
    covered = {row.code for row in rows}
    assert covered | ELSEWHERE == set(Code)
    assert not covered & ELSEWHERE


def test_every_code_is_used(root: Path) -> None:
    source = "".join(p.read_text("utf-8") for p in (root / "screening").rglob("*.py"))
    unused = {code for code in Code if f"Code.{code.name}" not in source}
    assert unused <= ELSEWHERE
