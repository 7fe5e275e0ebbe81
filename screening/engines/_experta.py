"""The only door to Experta 1.9.4: imports it on Python 3.10 and later, and leaves no trace.

Experta pins `frozendict` 1.2, which looks for abstract base classes in `collections`, where
Python 3.10 no longer has them. The door puts them there while it imports and takes them away
again. It also removes the root-logger handler that importing Experta installs, and imports from
the modules that define the names, because `experta/__init__.py` hides import errors.
"""

from __future__ import annotations

import collections
import collections.abc
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ALIASES = ("Hashable", "Iterable", "Mapping", "MutableMapping", "MutableSet", "Sequence")


@contextmanager
def _as_before_python_310() -> Iterator[None]:
    """Put the aliases in place, and afterwards restore what was there."""
    added = [name for name in ALIASES if not hasattr(collections, name)]
    root = logging.getLogger()
    handlers = list(root.handlers)
    for name in added:
        setattr(collections, name, getattr(collections.abc, name))
    try:
        yield
    finally:
        for name in added:
            delattr(collections, name)
        for handler in [h for h in root.handlers if h not in handlers]:
            root.removeHandler(handler)


with _as_before_python_310():
    from experta.abstract import Matcher, Strategy
    from experta.activation import Activation
    from experta.conditionalelement import ConditionalElement
    from experta.engine import KnowledgeEngine
    from experta.fact import Fact, InitialFact
    from experta.fieldconstraint import P
    from experta.matchers.rete import ReteMatcher
    from experta.rule import Rule
    from experta.shortcuts import AS

__all__ = [
    "AS",
    "Activation",
    "ConditionalElement",
    "Fact",
    "InitialFact",
    "KnowledgeEngine",
    "Matcher",
    "P",
    "ReteMatcher",
    "Rule",
    "Strategy",
]
