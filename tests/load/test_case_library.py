"""The case library is read when asked for, whole or not at all, and never decides anything."""

from __future__ import annotations

from pathlib import Path

import knowledge_base as tiny
import pytest

from screening.diagnostics import Code
from screening.errors import BadInputError
from screening.load import load
from screening.model.case_library import Claim, Origin, Verb
from screening.model.vocabularies import Level, Strength

CASE = "cases/stiff-client.yaml"


def trouble(root: Path) -> list[Code]:
    with pytest.raises(BadInputError) as caught:
        load(root, library=True)
    return [found.code for found in caught.value.diagnostics]


def test_case_is_read_with_all_it_says(tmp_path: Path) -> None:
    (case,) = load(tiny.write(tmp_path), library=True).cases.values()
    assert (case.id, case.origin, case.source) == ("stiff-client", Origin.PUBLISHED, "BOOK")
    assert case.answers == {"bend": "provokes", "sit": "provokes"}
    assert case.assumed == {"cramp": "yes"}
    assert case.programme == ("squat", "walk")
    assert case.harmless_from is Level.NONE
    assert (case.expect.at_least, case.expect.at_most) == (Level.NONE, Level.MONITOR)
    assert case.expect.pattern == (Claim(Verb.FIND, "stiff", Strength.SUPPORTED),)
    assert [claim.words for claim in case.expect.must_not][-1] == "find stiff is confirmed"
    assert [named.rule for named in case.expect.rules] == ["stiff-supported", "easy-when-stiff"]


def test_cases_not_asked_for_are_not_opened(tmp_path: Path) -> None:
    root = tiny.write(tmp_path)
    (root / CASE).write_bytes(b"\xff")
    assert load(root).cases == {}
    assert trouble(root) == [Code.not_utf8]


def test_cases_do_not_change_the_digest(tmp_path: Path) -> None:
    root = tiny.write(tmp_path)
    with_cases = load(root, library=True)
    (root / CASE).unlink()
    assert with_cases.digest == load(root).digest


def test_knowledge_without_a_folder_of_cases_has_none(tmp_path: Path) -> None:
    root = tiny.write(tmp_path)
    (root / CASE).unlink()
    (root / CASE).parent.rmdir()
    assert load(root, library=True).cases == {}


def test_folder_of_cases_that_holds_none_is_noted(tmp_path: Path) -> None:
    root = tiny.write(tmp_path)
    (root / CASE).unlink()
    assert trouble(root) == [Code.empty_folder]


def test_one_id_in_two_folders_is_noted(tmp_path: Path) -> None:
    text = tiny.FILES[CASE]
    root = tiny.write(tmp_path, {**tiny.FILES, "cases/more/stiff-client.yaml": text})
    assert trouble(root) == [Code.duplicate_id]


def test_case_that_expects_nothing_is_noted(tmp_path: Path) -> None:
    text = tiny.FILES[CASE]
    cut = text[: text.index("expect:")] + "expect: {}\n"
    assert trouble(tiny.write(tmp_path, {**tiny.FILES, CASE: cut})) == [Code.empty_value]
