"""The one browser that the tests of a file share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from real_browser import Browser, browsing


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as found:
        yield found
