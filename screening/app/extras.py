"""The libraries of the extras: which are missing, and how they are installed."""

from __future__ import annotations

import importlib.util

from screening.errors import MisuseError

EXTRAS = {"z3": "prove", "typst": "pdf", "fontpkg_atkinson_hyperlegible": "pdf"}
"""In which extra a library is that batches do not take."""


def need(*modules: str) -> None:
    """Refuse to go on without the libraries of an extra.

    Raises:
        MisuseError: when one is not installed.

    """
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if missing:
        extra = EXTRAS.get(missing[0], "batch")
        message = f"this command needs {' and '.join(missing)}: {installed_by(extra)}"
        raise MisuseError(message)


def have(module: str) -> bool:
    """Tell whether a library is installed."""
    return importlib.util.find_spec(module) is not None


def installed_by(extra: str) -> str:
    """Return how to install an extra; no package index has the project under its name."""
    return f'pip install ".[{extra}]" in the folder of its README.md'
