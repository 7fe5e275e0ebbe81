"""Without the libraries of the extra, commands on tables say what to install."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from batch_command import screening

COMMANDS = (
    ("batch", "in.csv", "out.csv"),
    ("impact", "old", "new", "in.csv"),
    ("recall", "--new", "new"),
    ("explain", "in.csv", "--row", "1"),
)


@pytest.mark.parametrize("words", COMMANDS, ids=[words[0] for words in COMMANDS])
def test_a_missing_extra_is_named(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "polars" else there(name)
    )
    monkeypatch.chdir(tmp_path)
    result = screening(*words)
    assert result.exit_code == 2
    assert 'this command needs polars: pip install ".[batch]"' in result.stderr
