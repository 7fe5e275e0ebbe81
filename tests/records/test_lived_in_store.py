"""The stores of a practice, written before the packages were moved, are read as they were then."""

from __future__ import annotations

import gzip
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from lived_in_stores import KINDS, expected, furnished, path_of, said

TEXT = {kind: expected(kind).read_text("utf-8") for kind in KINDS}
LOOKS = [
    (kind, *look.split("\n", 1)) for kind in KINDS for look in f"\n{TEXT[kind]}".split("\n$ ")[1:]
]


def home_of(kind: str, folder: Path) -> Path:
    """Return a home with a store as it was written."""
    home = furnished(folder, kind)
    (home / "records.db").write_bytes(gzip.decompress(path_of(kind).read_bytes()))
    return home


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {kind: home_of(kind, tmp_path_factory.mktemp(kind)) for kind in KINDS}


@pytest.mark.parametrize(("kind", "line", "then"), LOOKS, ids=lambda part: part[:40])
def test_what_a_command_says_is_what_it_said_then(
    kind: str, line: str, then: str, homes: dict[str, Path]
) -> None:
    now = said(homes[kind], line)
    if line == "audit verify":  # the store was brought up to date, which its own chain says
        now, then = (re.sub(r"(?m)^Head .*", "Head", text) for text in (now, then))
    assert now == then


@pytest.mark.parametrize("kind", KINDS)
def test_everything_a_practice_does_is_in_the_stores(kind: str) -> None:
    lines = [line for one, line, _ in LOOKS if one == kind]
    assert len([line for line in lines if line.startswith("clients show")]) >= 5
    assert len([line for line in lines if line.startswith("audit replay")]) >= 7
    for happened in (
        "emergency",
        "same day",
        "within days",
        "clinician agreed",
        "overridden",
        "taken back",
        "changed",
        "withdrawn",
        "open, ",
        "Erased       1 case",
        "Anna Ångström",
    ):
        assert happened in TEXT[kind], happened


@pytest.mark.parametrize("kind", KINDS)
def test_these_tests_can_fail(kind: str, homes: dict[str, Path], tmp_path: Path) -> None:
    """One byte of one event is flipped, at the beginning, in the middle and at the end."""
    whole = (homes[kind] / "records.db").read_bytes()
    with closing(sqlite3.connect(homes[kind] / "records.db")) as connection:
        short = "SELECT ledger, body FROM events WHERE length(body) < 400 ORDER BY place"
        events = [row for row in connection.execute(short) if whole.count(row[1]) == 1]
    assert len(events) > 50
    for number, (ledger, body) in enumerate((events[0], events[len(events) // 2], events[-1])):
        raw = bytearray(whole)
        raw[whole.index(body) + len(body) // 2] ^= 1
        home = furnished(tmp_path / str(number), kind)
        (home / "records.db").write_bytes(raw)
        code, verdict, why = said(home, "audit verify").split("\n")[:3]
        assert (code, verdict) == ("exit 1", "NOT AS IT WAS WRITTEN")
        assert f"`{ledger}` cannot be trusted" in why
        then = next(then for one, line, then in LOOKS if (one, line) == (kind, "audit verify"))
        assert said(home, "audit verify") != then
