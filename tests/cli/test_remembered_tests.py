"""What tests found out is kept for its owner alone; what cannot be trusted is found out again."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import knowledge_base as tiny
import pytest
from click.testing import CliRunner

from screening.app import result_cache
from screening.app.result_cache import BOOK, LARGEST, Remembered
from screening.cli import main
from screening.storage.signed import KEY, SignedFolder, _code

Spoil = Callable[[Path], object]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tiny.write(tmp_path / "k")


def run(root: Path) -> tuple[int, str]:
    words = ["knowledge", "test", "--mutants", "--format", "json", "--knowledge", str(root)]
    result = CliRunner().invoke(main, words)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout


@pytest.fixture
def folder(root: Path, home: Path) -> Path:
    """Return the folder in which a first run has kept what it found out."""
    run(root)
    return home / "tested"


def entries(folder: Path) -> dict[str, str]:
    return dict(json.loads((folder / BOOK).read_bytes().partition(b"\n")[2]))


def signed(folder: Path, texts: dict[str, str]) -> None:
    """Keep other texts under the owner's key."""
    assert SignedFolder(folder).write(BOOK, json.dumps(texts).encode())


def cut(folder: Path) -> None:
    (folder / BOOK).write_bytes((folder / BOOK).read_bytes()[:-9])


def call_all_killed(folder: Path) -> None:
    raw = (folder / BOOK).read_bytes()
    assert b"equivalent" in raw
    (folder / BOOK).write_bytes(raw.replace(b"equivalent", b"killed"))


def sign_with_another_key(folder: Path) -> None:
    (folder / KEY).write_bytes(b"k" * 32)


def sign_without_a_key(folder: Path) -> None:
    call_all_killed(folder)
    (folder / KEY).unlink()
    body = json.dumps(entries(folder)).encode()
    (folder / BOOK).write_bytes(_code(b"", BOOK, body) + b"\n" + body)


def write_for_all(folder: Path) -> None:
    call_all_killed(folder)
    signed(folder, entries(folder))
    (folder / BOOK).chmod(0o666)


def turn_into_a_pipe(folder: Path) -> None:
    (folder / BOOK).unlink()
    os.mkfifo(folder / BOOK)


def hold_no_texts(folder: Path) -> None:
    signed(folder, dict.fromkeys(entries(folder), "[["))


def hold_a_list(folder: Path) -> None:
    signed(folder, [1, 2])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "spoil",
    [
        cut,
        call_all_killed,
        sign_with_another_key,
        sign_without_a_key,
        write_for_all,
        turn_into_a_pipe,
        hold_no_texts,
        hold_a_list,
        lambda folder: (folder / BOOK).unlink(),
        lambda folder: (folder / BOOK).write_bytes(b""),
        lambda folder: (folder / BOOK).write_bytes(os.urandom(1000)),
    ],
)
def test_what_cannot_be_trusted_is_found_out_again(spoil: Spoil, root: Path, folder: Path) -> None:
    first = run(root)
    spoil(folder)
    assert run(root) == first


def test_a_poisoned_entry_would_be_believed_only_under_the_owners_key(
    root: Path, folder: Path
) -> None:
    """What the tests above rest on: without the code, the lie would be told."""
    first = run(root)
    lies = {name: text.replace("equivalent", "killed") for name, text in entries(folder).items()}
    signed(folder, lies)
    assert run(root) != first


def test_what_another_state_of_the_program_found_out_is_not_used(
    root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lies = {name: text.replace("equivalent", "killed") for name, text in entries(folder).items()}
    signed(folder, lies)
    lied = run(root)
    monkeypatch.setattr(result_cache, "program_digest", lambda: "f" * 64)
    assert run(root) != lied


def test_the_second_run_writes_nothing(root: Path, folder: Path) -> None:
    before = (folder / BOOK).stat()
    run(root)
    assert (folder / BOOK).stat().st_mtime_ns == before.st_mtime_ns


def test_one_edit_keeps_what_other_rules_rest_on(root: Path, folder: Path) -> None:
    before = entries(folder)
    rule = root / "rules/t/numb-now.yaml"
    text = rule.read_text("utf-8").replace("name: New,", "name: Newly,")
    rule.write_text(text, "utf-8")
    run(root)
    added = set(entries(folder)) - set(before)
    assert len(added) == 2  # its examples and its mutants
    assert any("Newly" in entries(folder)[name] for name in added)


def test_only_the_owner_can_read_what_is_kept(folder: Path) -> None:
    assert {p.stat().st_mode & 0o777 for p in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_only_so_much_is_kept(folder: Path) -> None:
    book = Remembered(SignedFolder(folder), "p")
    for number in range(LARGEST + 5):
        book.put(str(number), "x")
    book.save()
    kept = list(entries(folder))
    assert len(kept) == LARGEST
    assert kept[-1] == f"p-{LARGEST + 4}"


def test_a_home_that_cannot_be_written_only_costs_time(home: Path, root: Path) -> None:
    first = run(root)
    (home / "tested" / BOOK).unlink()
    (home / "tested" / KEY).unlink()
    (home / "tested").rmdir()
    (home / "tested").write_text("no folder", "utf-8")
    assert [run(root) for _ in range(2)] == [first, first]
