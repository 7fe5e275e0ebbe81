"""Each bad edit is caught by the tool named in advance, with a message that says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from bad_edits import BAD_EDITS, BadEdit


def test_there_are_twenty_at_least() -> None:
    assert len(BAD_EDITS) >= 20


@pytest.mark.parametrize("bad", BAD_EDITS, ids=lambda bad: bad.edit)
def test_bad_edit_is_caught(bad: BadEdit, tmp_path: Path) -> None:
    bad.make(tmp_path / "knowledge")
    said = bad.caught(tmp_path / "knowledge")
    assert bad.says
    assert bad.says in said, said[-1500:]
    assert "Traceback" not in said
