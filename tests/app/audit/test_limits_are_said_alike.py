"""What checking cannot show is said in the same words wherever it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.app.audit.verify import LIMITS

PAGES = ("decisions/0017-what-the-chain-proves.md", "how-to-records.md", "how-to-audit.md")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("limit", LIMITS)
def test_a_limit_of_checking_is_on_every_page_about_it(page: str, limit: str, root: Path) -> None:
    text = " ".join((root / "docs" / page).read_text("utf-8").split())
    where, _, what = limit.partition(": ")
    parts = [where] if where.startswith("a whole store") else [where, what]
    assert all(part in text for part in parts), limit
