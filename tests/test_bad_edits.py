"""Each bad edit is caught by the tool named in advance, with a message that says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from bad_edits import BAD_EDITS, BadEdit, section


def test_there_are_twenty_at_least() -> None:
    assert len(BAD_EDITS) >= 20


@pytest.mark.parametrize(
    ("number", "bad"), tuple(enumerate(BAD_EDITS, 1)), ids=[bad.edit for bad in BAD_EDITS]
)
def test_bad_edit_is_caught_and_its_page_is_current(
    number: int, bad: BadEdit, tmp_path: Path, root: Path
) -> None:
    copy = tmp_path / "knowledge"
    bad.make(copy)
    said = bad.caught(copy)
    page = (root / "docs" / "bad-edits.md").read_text("utf-8")
    assert bad.says
    assert bad.says in said, said[-1500:]
    assert "Traceback" not in said
    assert section(number, bad, said, copy) in page, "run `python docs/generate.py`"
    assert page.count("\n## ") == len(BAD_EDITS)
