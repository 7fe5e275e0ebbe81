"""The page: a local web server that is a driver of `app`, as the command line is.

Requests come one after the other, on one thread, so that nothing here needs a lock. `serving.py`
listens; `site.py` lets in whom `guard.py` and `visits.py` allow, and finds the view in
`routes.py`; a function of `views/` calls `app` or a `PageInterview`, and `pages.py` makes HTML of
what comes back. Nothing works by script, and nothing is asked of any other address.

Whoever serves it writes `from screening import web`; a module is imported by the first use of it
(PEP 562), so that `--help` waits for none of the libraries.

The map: docs/architecture.md.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screening.web import office, serving, site

__all__ = ["office", "serving", "site"]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.{name}")
