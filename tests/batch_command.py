"""Running `screening batch` as a person does, and reading what it left."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl
from click.testing import CliRunner, Result

from screening.cli import main


def screening(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def written(folder: Path, content: bytes | str, name: str = "in.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def rejected(out: Path) -> list[dict[str, str]]:
    with out.with_suffix(".rejected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def summary(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(out.with_suffix(".summary.json").read_text("utf-8"))
    return found


def counts(out: Path) -> tuple[int, int, int]:
    said = summary(out)
    return said["read"], said["written"], said["rejected"]


def table(rows: int, path: Path, fever: Iterable[str] = ("yes", "no", "dont_know")) -> Path:
    """Write a table of few columns and many rows."""
    row = pl.int_range(rows, eager=True)
    words = pl.Series(list(fever))
    pl.DataFrame(
        {
            "client": "c" + row.cast(pl.String),
            "fever": words.gather(row % len(words)),
            "walk": pl.Series(["provokes", "relieves", None]).gather(row // 7 % 3),
            "age": row % 60 + 18,
        }
    ).write_parquet(path)
    return path
