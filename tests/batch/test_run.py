"""A batch adds up, goes on after a kill, binds what it rests on, and appears whole or not."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from batch_command import counts, screening, table, written

from screening.load import shipped_knowledge

ROWS = 400_000  # four chunks


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return table(ROWS, tmp_path_factory.mktemp("many") / "in.parquet")


@pytest.fixture(scope="module")
def whole(many: Path) -> Path:
    out = many.with_name("whole.parquet")
    assert screening("batch", many, out).exit_code == 0
    return out


def killed_after_a_part(many: Path, out: Path) -> Path:
    parts, _ = stopped_after_a_part(many, out, signal.SIGKILL)
    return parts


def stopped_after_a_part(many: Path, out: Path, by: signal.Signals) -> tuple[Path, str]:
    command = [sys.executable, "-m", "screening", "batch", str(many), str(out)]
    parts = out.with_name(f"{out.name}.parts")
    with subprocess.Popen(command, stderr=subprocess.PIPE) as run:
        while not (parts / "000000.json").exists():
            assert run.poll() is None
            time.sleep(0.01)
        run.send_signal(by)
        _, said = run.communicate()
    assert not out.exists()
    return parts, said.decode()


def test_all_rows_are_written_in_order(whole: Path) -> None:
    rows = pl.read_parquet(whole)
    assert rows["row"].to_list() == list(range(1, ROWS + 1))
    assert counts(whole) == (ROWS, ROWS, 0)
    assert not whole.with_name("whole.parquet.parts").exists()


def test_a_killed_batch_goes_on_to_the_same_bytes(many: Path, whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    parts = killed_after_a_part(many, out)
    cut = parts / "000000.rows.parquet"  # finished, and then damaged
    cut.write_bytes(cut.read_bytes()[:-1])
    (parts / "000001.rows.parquet").write_bytes(b"half a part")  # a part without its record
    (parts / "duplicates.parquet").write_bytes(b"PAR1 half")  # as a power cut may leave it
    assert screening("batch", many, out).exit_code == 0
    assert out.read_bytes() == whole.read_bytes()
    assert (
        out.with_suffix(".summary.json").read_bytes()
        == whole.with_suffix(".summary.json").read_bytes()
    )


def test_ctrl_c_says_that_nothing_finished_is_lost(many: Path, tmp_path: Path) -> None:
    _, said = stopped_after_a_part(many, tmp_path / "out.parquet", signal.SIGINT)
    assert "\nwhat is finished is kept: run the same command again to go on\n" in said
    assert "Traceback" not in said


def test_a_finished_part_is_not_done_again(many: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    parts = killed_after_a_part(many, out)
    other = parts / "000000.rows.parquet"
    record = json.loads((parts / "000000.json").read_text())
    shown = pl.read_parquet(other).with_columns(pl.lit("as it was").alias("client"))
    shown.write_parquet(other)
    record["sizes"][0] = other.stat().st_size
    (parts / "000000.json").write_text(json.dumps(record))
    assert screening("batch", many, out).exit_code == 0
    assert (pl.read_parquet(out)["client"] == "as it was").sum() == record["written"]


def test_a_changed_table_or_option_is_not_gone_on_with(many: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    parts = killed_after_a_part(many, out)
    other = table(ROWS, tmp_path / "other.parquet", fever=("no",))
    result = screening("batch", other, out)
    assert result.exit_code == 2
    assert "changed_batch: the parts there were begun with another table" in result.stderr
    assert f"remove {parts}" in result.stderr
    said = written(tmp_path, "values: {fever: {X: 'yes'}}", "map.yaml")
    assert "another options" in screening("batch", many, out, "--map", said).stderr
    manifest = json.loads((parts / "manifest.json").read_text())
    for name in ("knowledge", "program"):
        changed = {**manifest, name: "0"}
        (parts / "manifest.json").write_text(json.dumps(changed))
        assert f"another {name}" in screening("batch", many, out).stderr
    assert not out.exists()


def test_a_full_disk_is_said_and_the_batch_goes_on_later(
    many: Path, whole: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.parquet"
    limit = 30_000  # bytes a file may have: as good as a full disk

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        [sys.executable, "-m", "screening", "batch", str(many), str(out)],
        preexec_fn=small_disk,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(f"error: {out}.parts: file too large")
    assert "Traceback" not in done.stderr
    assert not out.exists()
    assert screening("batch", many, out).exit_code == 0
    assert out.read_bytes() == whole.read_bytes()


def test_all_formats_say_the_same(tmp_path: Path) -> None:
    source = table(500, tmp_path / "in.parquet")
    frame = pl.read_parquet(source)
    frame.write_csv(tmp_path / "in.csv")
    frame.write_ndjson(tmp_path / "in.jsonl")
    results = []
    for form in ("parquet", "csv", "jsonl"):
        for to in ("parquet", "csv", "jsonl"):
            out = tmp_path / f"{form}-{to}.{to}"
            assert screening("batch", tmp_path / f"in.{form}", out).exit_code == 0
            results.append(read(out))
    assert all(result.equals(results[0]) for result in results)


def read(path: Path) -> pl.DataFrame:
    readers: dict[str, Callable[[Path], pl.DataFrame]] = {
        ".parquet": pl.read_parquet,
        ".csv": pl.read_csv,
        ".jsonl": pl.read_ndjson,
    }
    text = readers[path.suffix](path).cast(pl.String)
    return text.with_columns(pl.all().fill_null(""))


def test_a_summary_counts_every_client_once(tmp_path: Path) -> None:
    source = table(300, tmp_path / "in.parquet")
    result = screening("batch", source, tmp_path / "o.csv", "--summary", "--format", "json")
    summary = json.loads(result.stdout)
    assert sum(summary["concluded"]["referral"].values()) == summary["written"] == 300
    assert summary["review"]
    caution = "no column for "
    assert caution in result.stderr
    assert shipped_knowledge().is_dir()


def test_nothing_is_drawn_without_a_terminal(tmp_path: Path) -> None:
    source = table(300, tmp_path / "in.parquet")
    result = screening("batch", source, tmp_path / "o.csv")
    assert "\r" not in result.stderr
    assert result.stdout.startswith("300 read: 300 written, 0 rejected.\n")
