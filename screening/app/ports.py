"""What a use case asks of whoever drives it: a terminal, a page, a test."""

from __future__ import annotations

from collections.abc import Callable

Tell = Callable[[str], None]
"""Takes what is said beside the result, as it comes up."""

Progress = Callable[[int], None]
"""Is told how much more of the work is done."""
