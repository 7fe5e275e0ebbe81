"""A file is there whole or as it was, whatever happens while it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.storage.whole import aside


def write(path: Path, text: str, *, fails: bool = False) -> None:
    with aside(path, private=True, lasting=True) as part:
        part.write_text(text, encoding="utf-8")
        if fails:
            raise KeyboardInterrupt


def test_the_new_text_takes_the_place_of_the_old(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for text in ("old", "new"):
        write(path, text)
        assert path.read_text(encoding="utf-8") == text
        assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_what_was_there_stays_where_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write(path, "old")
    with pytest.raises(KeyboardInterrupt):
        write(path, "half", fails=True)
    assert path.read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_a_private_file_is_never_open_to_others(tmp_path: Path) -> None:
    with aside(tmp_path / "file", private=True) as part:
        assert part.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600
