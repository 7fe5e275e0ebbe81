"""`knowledge doc`: where the rule book goes, and what it never touches."""

from __future__ import annotations

import os
from pathlib import Path

import knowledge_base as tiny
import pytest
from click.testing import CliRunner, Result

from screening.app.rule_book import put
from screening.cli import main
from screening.errors import UnwritableError
from screening.render.rule_book import MARK


def doc(*words: str) -> Result:
    return CliRunner().invoke(main, ["knowledge", "doc", *words])


def refused(result: Result, says: str) -> None:
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_book_of_other_knowledge_is_written_where_asked(tmp_path: Path) -> None:
    root = tiny.write(tmp_path / "k")
    out = tmp_path / "new" / "book"
    result = doc("--knowledge", str(root), "--output", str(out))
    assert result.exit_code == 0, result.output
    assert f"Begin with {out / 'index.md'}" in result.stdout
    assert "Rule book: A tiny pack" in (out / "index.md").read_text("utf-8")


def test_default_folder_is_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tiny.write(tmp_path / "k")
    monkeypatch.chdir(tmp_path)
    assert doc("--knowledge", str(root)).exit_code == 0
    assert (tmp_path / "rule-book" / "index.md").is_file()


def test_earlier_book_is_replaced_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    root, out = tiny.write(tmp_path / "k"), tmp_path / "b"
    assert doc("--knowledge", str(root), "--output", str(out)).exit_code == 0
    (out / "notes.md").write_text("mine", "utf-8")
    (out / "rules" / "notes.txt").write_text("mine", "utf-8")
    old, new = root / "rules" / "t", root / "rules" / "u"
    old.rename(new)
    assert doc("--knowledge", str(root), "--output", str(out)).exit_code == 0
    assert not (out / "rules" / "t.md").exists()
    assert (out / "rules" / "u.md").exists()
    assert (out / "notes.md").read_text("utf-8") == "mine"
    assert (out / "rules" / "notes.txt").read_text("utf-8") == "mine"


def test_folder_of_somebody_else_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    refused(doc("--output", str(tmp_path)), "is not empty and holds no rule book")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_page_of_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    put({"index.md": MARK}, tmp_path)
    (tmp_path / "sources.md").write_text("mine", "utf-8")
    refused(doc("--output", str(tmp_path)), "was not written by this command")
    assert (tmp_path / "sources.md").read_text("utf-8") == "mine"


def test_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    put({"index.md": MARK}, tmp_path / "b")
    outside = tmp_path / "outside.md"
    (tmp_path / "b" / "sources.md").symlink_to(outside)
    refused(doc("--output", str(tmp_path / "b")), "was not written by this command")
    assert not outside.exists()


@pytest.mark.parametrize("name", ["file", "file/below", "x" * 300, "a\0b"])
def test_folder_that_cannot_be_is_said(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    with pytest.raises(UnwritableError, match="cannot be written"):
        put({"index.md": MARK}, tmp_path / name)
    assert (tmp_path / "file").read_text("utf-8") == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_without_permission_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    refused(doc("--output", str(tmp_path / "b")), "permission denied")


def test_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    refused(doc("--output", str(tmp_path / "file")), "not a directory")


def test_knowledge_that_does_not_load_writes_nothing(tmp_path: Path) -> None:
    files = {**tiny.FILES, "rules/t/numb-now.yaml": "id: numb-now\n"}
    root = tiny.write(tmp_path / "k", files)
    refused(doc("--knowledge", str(root), "--output", str(tmp_path / "b")), "missing_key")
    assert not (tmp_path / "b").exists()


def test_statement_that_is_not_listed_is_found_by_check(tmp_path: Path) -> None:
    rule = tiny.FILES["rules/t/numb-now.yaml"].replace("[book:B1]", "[book:C1]")
    root = tiny.write(tmp_path, {**tiny.FILES, "rules/t/numb-now.yaml": rule})
    result = CliRunner().invoke(main, ["knowledge", "check", "--knowledge", str(root)])
    assert result.exit_code == 2
    assert "dangling_statement: no statement `book:C1`" in result.stderr
    assert "did you mean `book:B1`?" in result.stderr


def test_uncovered_statement_fails_the_check_and_stops_no_screening(tmp_path: Path) -> None:
    coverage = tiny.FILES["coverage.yaml"] + "  - {id: book:B7, says: Alone.}\n"
    root = tiny.write(tmp_path / "pack", {**tiny.FILES, "coverage.yaml": coverage})
    result = CliRunner().invoke(main, ["knowledge", "check", "--knowledge", str(root)])
    assert result.exit_code == 1
    assert "uncovered_statement: no rule covers `book:B7`" in result.stderr
    intake = tmp_path / "intake.yaml"
    intake.write_text(tiny.INTAKE, "utf-8")
    screened = CliRunner().invoke(main, ["run", str(intake), "--knowledge", str(root)])
    assert screened.exit_code == 0, screened.output
