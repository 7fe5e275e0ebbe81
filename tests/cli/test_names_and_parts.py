"""Clients are found by name and by parts of names, with a choice where several fit."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from kept_cases import keep, make_store

from screening.cli import main
from screening.diagnostics import word
from screening.model.knowledge import KnowledgeBase
from screening.records import add_client, find_client, open_store
from screening.records.event import Closed


@pytest.fixture(autouse=True)
def home(tmp_path: Path, shipped: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with open_store(make_store(tmp_path), str) as store:
        add_client(store, "blue-bike", "Alma García")
        add_client(store, "red-car", "Berta Alm")
        add_client(store, "green-boat", "")
    for name in ("blue-bike", "red-car"):
        keep(tmp_path, shipped, name, {"age": 40}, Closed("complete"))
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.mark.parametrize(
    "said", ["blue-bike", "Alma García", "alma garcia", "garc", "blue", "ALMA G", "bike"]
)
def test_a_client_is_found_by_any_part_of_a_name(said: str) -> None:
    shown = run("clients", "show", said)
    assert shown.exit_code == 0, shown.output
    assert "blue-bike" in shown.stdout
    assert run("explain", said).exit_code == 0


def test_a_part_that_fits_several_names_them() -> None:
    shown = run("clients", "show", "alm")
    assert shown.exit_code == 2
    said = " ".join(shown.stderr.split())
    assert "`alm` can mean several clients:" in said
    assert "blue-bike (Alma García)" in said
    assert "red-car (Berta Alm)" in said


@pytest.mark.parametrize("said", ["zz", "%", "\N{COMBINING ACUTE ACCENT}", " "])
def test_what_is_no_part_of_a_name_finds_nobody(said: str) -> None:
    assert "no client" in run("clients", "show", said).stderr


def test_what_changes_a_client_wants_a_whole_name(home: Path) -> None:
    for words in (
        ("erase", "garc", "--yes"),
        ("rename", "garc", "--name", "X"),
        ("consent", "garc", "keep"),
    ):
        refused = run("clients", *words)
        assert refused.exit_code == 2
        assert "no client `garc`" in refused.stderr
    renamed = run("clients", "rename", "alma garcia", "--name", "Alma Ruiz")
    assert "Now called blue-bike, Alma Ruiz." in renamed.output
    with open_store(home / "records.db", str) as store:
        found = find_client(store, "blue-bike")
        assert found is not None
        assert found.name == "Alma Ruiz"


def test_a_hint_is_quoted_for_the_shell_it_is_shown_in(monkeypatch: pytest.MonkeyPatch) -> None:
    assert word("Maria Ng-1") == "'Maria Ng-1'"
    monkeypatch.setattr("sys.platform", "win32")
    assert word("Maria Ng-1") == '"Maria Ng-1"'
    assert word("blue-bike-1") == "blue-bike-1"
    assert word("Zoë & co") == '"Zoë & co"'


def test_why_of_a_client_with_several_screenings_is_of_the_last_and_says_so(
    home: Path, shipped: KnowledgeBase
) -> None:
    keep(home, shipped, "blue-bike", {"age": 41}, Closed("complete"))
    for command in ("explain", "run"):
        last = run(command, "garc")
        assert last.exit_code == run(command, "blue-bike-2").exit_code, last.output
        assert "`blue-bike-2`: `garc` has 2 screenings" in " ".join(last.stderr.split())
        assert last.stdout.replace("garc", "blue-bike-2") == run(command, "blue-bike-2").stdout
        assert "has 2 screenings" not in run(command, "blue-bike-2").stderr
        assert "screenings" not in run(command, "red-car").stderr


def test_a_new_name_that_looks_like_another_client_is_told() -> None:
    said = run("clients", "rename", "green-boat", "--pseudonym", "blue-bikes")
    assert "`blue-bikes` looks like `blue-bike`" in " ".join(said.output.split())
    back = run("clients", "rename", "blue-bikes", "--pseudonym", "Blue-Bikes")
    assert "looks like `blue-bike`" in " ".join(back.output.split())
    own = run("clients", "rename", "red-car", "--pseudonym", "red-cars")
    assert "looks like" not in own.output
    assert "looks like" not in run("clients", "rename", "red-cars", "--name", "Alma").output
