"""Columns of questions that asked several things at once, alone and beside newer columns."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from batch_command import rejected, screening, written

ROWS = (
    ("all no", {"past_health": "no", "bone": "", "steroids": "", "cancer": ""}),
    ("some", {"past_health": "yes", "bone": "yes", "steroids": "no", "cancer": "no"}),
    ("at odds", {"past_health": "no", "bone": "", "steroids": "", "cancer": "yes"}),
    ("unsure", {"past_health": "dont_know", "bone": "no", "steroids": "", "cancer": "no"}),
)


def test_an_older_column_fills_what_newer_ones_leave_blank(tmp_path: Path) -> None:
    """Each row says what an intake with the same answers says."""
    names = tuple(ROWS[0][1])
    lines = [",".join(("client", *names))]
    lines += [",".join((client, *said.values())) for client, said in ROWS]
    table = written(tmp_path, ("\n".join(lines) + "\n").encode())
    result = screening("batch", table, tmp_path / "out.csv")
    assert result.exit_code == 0, result.output
    assert "past_health, bone: asked differently today" in result.stderr
    for row, (client, said) in enumerate(ROWS, start=1):
        text = "answers:\n" + "".join(f"  {n}: {v}\n" for n, v in said.items() if v)
        intake = tmp_path / f"{row}.yaml"
        intake.write_text(text, "utf-8")
        by_table = screening("explain", table, "--row", str(row), "--format", "json")
        by_intake = screening("explain", intake, "--format", "json")
        assert by_table.stdout == by_intake.stdout, client


def test_what_is_no_answer_in_an_older_column_is_rejected_though_it_fills_nothing(
    tmp_path: Path,
) -> None:
    own = "cancer,brittle_bones,simple_break,steroids,back_operation"
    text = f"client,past_health,{own}\na,maybe,no,no,no,no,no\nb,no,no,no,no,no,no\n"
    out = tmp_path / "out.csv"
    screening("batch", written(tmp_path, text.encode()), out)
    assert [(row["row"], row["column"]) for row in rejected(out)] == [("1", "past_health")]
    assert pl.read_csv(out)["client"].to_list() == ["b"]
