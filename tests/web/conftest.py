"""The one browser that the tests of a file share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from real_browser import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Yield a browser without a window; the tests are skipped where there is none."""
    found = Browser()
    yield found
    found.quit()
