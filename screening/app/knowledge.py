"""The knowledge to use: as it is, or checked, which is kept compiled for the next time."""

from __future__ import annotations

import datetime
from functools import lru_cache
from pathlib import Path

from screening.app.knowledge_cache import shelf
from screening.check import check
from screening.diagnostics import Severity
from screening.errors import BadInputError
from screening.load import digest, load, shipped_knowledge
from screening.load.source import FORBIDDEN
from screening.model.knowledge import KnowledgeBase


def root_of(directory: Path | None) -> Path:
    """Return the directory of the knowledge to use: the one named, or the shipped one."""
    return directory or shipped_knowledge()


def open_knowledge(directory: Path | None, *, library: bool = False) -> KnowledgeBase:
    """Return the knowledge as loaded, to look at; with cases and statements if asked for."""
    return load(root_of(directory), library=library)


def open_checked_knowledge(directory: Path | None, *, library: bool = False) -> KnowledgeBase:
    """Return the knowledge to conclude with.

    Raises:
        BadInputError: when it fails its check; nobody is screened with such knowledge.

    """
    if library:
        return checked(open_knowledge(directory, library=True))
    root, kept = root_of(directory), shelf()
    knowledge = kept.take(digest(root))
    if knowledge is None:
        knowledge = checked(load(root))
        kept.put(knowledge)
    return knowledge


def checked(knowledge: KnowledgeBase) -> KnowledgeBase:
    """Return the knowledge, which can be concluded with.

    Raises:
        BadInputError: when it fails its check.

    """
    _pass(knowledge)
    return knowledge


@lru_cache(maxsize=2)  # an error is not kept
def _pass(knowledge: KnowledgeBase) -> None:
    problems = check(knowledge, datetime.date.min)  # overdue reviews do not stop anybody
    errors = tuple(found for found in problems if found.severity is Severity.ERROR)
    if errors:
        raise BadInputError(errors)


def odd_in(line: str) -> str | None:
    """Return the first character that no file of knowledge may hold; None without any."""
    found = FORBIDDEN.search(line)
    return None if found is None else found.group()
