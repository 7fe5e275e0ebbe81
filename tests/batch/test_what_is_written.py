"""What a batch writes is its owner's alone, takes nobody's place, and runs in no spreadsheet."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screening.batch.checkpoints import writing
from screening.cli import main
from screening.errors import UnwritableError

TABLE = "client,age,fever\na,35,no\nb,zz,yes\n"


def batch(folder: Path, *words: str, table: str = TABLE, out: str = "out.csv") -> Result:
    (folder / "in.csv").write_text(table, "utf-8")
    return CliRunner().invoke(main, ["batch", str(folder / "in.csv"), str(folder / out), *words])


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
@pytest.mark.parametrize("mask", [0o022, 0])
@pytest.mark.parametrize("out", ["out.csv", "out.jsonl", "out.parquet"])
def test_every_file_is_its_owners_alone(tmp_path: Path, mask: int, out: str) -> None:
    before = os.umask(mask)
    try:
        batch(tmp_path, out=out)
    finally:
        os.umask(before)
    written = [one for one in tmp_path.iterdir() if one.name.startswith("out")]
    assert len(written) == 3
    assert {one.stat().st_mode & 0o777 for one in written} == {0o600}


@pytest.mark.parametrize("name", ["out.summary.json", "out.rejected.csv"])
@pytest.mark.parametrize("text", ["columns: {}\n", "", "my own notes\n", '{"format": "mine"}'])
def test_a_file_of_the_users_own_is_not_replaced(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    words = ("--map", str(tmp_path / name)) if text.startswith("columns") else ()
    done = batch(tmp_path, *words)
    assert done.exit_code == 2, done.stdout
    assert "no batch wrote it" in " ".join(done.stderr.split())
    assert (tmp_path / name).read_text("utf-8") == text
    assert not (tmp_path / "out.csv").exists()


def test_its_own_files_are_replaced(tmp_path: Path) -> None:
    for table in (TABLE, TABLE.replace("zz", "40"), TABLE):
        assert batch(tmp_path, table=table).exit_code in {0, 1}
        assert (tmp_path / "out.rejected.csv").exists() is ("zz" in table)


def test_a_link_in_the_place_of_the_parts_is_refused_before_anything_is_written(
    tmp_path: Path,
) -> None:
    (tmp_path / "else").mkdir()
    (tmp_path / "out.csv.parts").symlink_to("else")
    done = batch(tmp_path)
    assert done.exit_code == 2
    assert "this is a link" in done.stderr
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    "client", ["=cmd|' /C calc'!A0", "@SUM(1)", "+49123", "-1+2", "x\x1b[31my", "=\u202ex"]
)
def test_no_spreadsheet_runs_what_a_client_is_called(tmp_path: Path, client: str) -> None:
    path = tmp_path / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("client", "age"), (client, "35"), (f"{client}2", "zz")])
    CliRunner().invoke(main, ["batch", str(path), str(tmp_path / "out.csv")])
    for name in ("out.csv", "out.rejected.csv"):
        (row,) = csv.DictReader((tmp_path / name).read_text("utf-8").splitlines())
        assert row["client"].isprintable()
        assert not row["client"].startswith(("=", "+", "-", "@"))
        assert client[-1] in row["client"]


@pytest.mark.parametrize("at", ["two.csv", "two.csv.parts"])
def test_another_run_that_was_faster_is_named_wherever_it_is_noticed(
    tmp_path: Path, at: str
) -> None:
    """The faster of two runs on one OUT has written it and taken the parts away."""
    (tmp_path / "two.csv").write_text("row,client\n", "utf-8")
    gone = tmp_path / "two.csv.parts" / "000001.json"
    with (
        pytest.raises(UnwritableError, match="another run of the same batch") as noticed,
        writing(tmp_path / at),
    ):
        gone.read_text("utf-8")
    assert str(noticed.value).startswith(str(tmp_path / "two.csv:"))


def test_a_folder_that_is_gone_without_a_result_is_said_as_it_is(tmp_path: Path) -> None:
    gone = tmp_path / "two.csv.parts"
    with pytest.raises(UnwritableError, match="no such file"), writing(gone):
        (gone / "000001.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("table", "words", "marked"),
    [(TABLE, (), False), ("\ufeff" + TABLE, (), True), (TABLE, ("--bom",), True)],
)
def test_csv_begins_with_a_byte_order_mark_when_asked_or_when_in_does(
    tmp_path: Path, table: str, words: tuple[str, ...], *, marked: bool
) -> None:
    for _ in range(2):  # its own files are known again
        assert batch(tmp_path, *words, table=table).exit_code == 1
        for name in ("out.csv", "out.rejected.csv"):
            text = (tmp_path / name).read_text("utf-8")
            assert text.startswith("\ufeff") is marked
            assert text.count("\ufeff") == marked
            assert text.lstrip("\ufeff").startswith(("client,", "row,client,"))
    batch(tmp_path, *words, table=table, out="out.jsonl")
    assert (tmp_path / "out.jsonl").read_text("utf-8").startswith("{")
