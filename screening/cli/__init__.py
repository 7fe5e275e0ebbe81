"""The command line: each command parses, calls one function of `app`, prints and exits.

`cli.interview_loop` is imported when an interview begins, as `screening.app` imports its modules.

The top floor: it imports every other room, and nothing imports it.
The map: docs/architecture.md.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from screening.cli.main import main

if TYPE_CHECKING:
    from screening.cli import interview_loop

__all__ = ["interview_loop", "main"]


def __getattr__(module: str) -> ModuleType:
    if module not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {module!r}")
    return import_module(f"{__name__}.{module}")
