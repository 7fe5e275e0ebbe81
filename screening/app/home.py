"""Where things are kept on this machine."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """Return the folder of what is kept: `$SCREENING_HOME`, else the user's own place."""
    chosen = os.environ.get("SCREENING_HOME")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path  # noqa: PLC0415 - 4 ms, only without a chosen place

    return user_data_path("screening", appauthor=False)
