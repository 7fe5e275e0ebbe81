"""Explaining what was concluded: why, why not, why rather, and what if."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from screening.app.knowledge import open_checked_knowledge
from screening.app.shown import Shown
from screening.assess import Assessor
from screening.errors import MisuseError
from screening.explain import Ground
from screening.model.case import Case
from screening.render.explained import Ask, explained


class Asked(NamedTuple):
    """What is asked of a conclusion, and the words it is asked about."""

    ask: Ask
    words: tuple[str, ...]


class Options(NamedTuple):
    """What may be asked, as given; one of them counts."""

    why: str | None = None
    why_not: str | None = None
    rather: tuple[str, str] | None = None
    what_if: tuple[str, ...] = ()
    full: bool = False


def asked(options: Options, order: Sequence[str]) -> Asked:
    """Return the one thing that is asked; how it was concluded when nothing is.

    `order` is the one in which the options, by name, were given.

    Raises:
        MisuseError: when several are.

    """
    each = (
        Asked(Ask.WHY, () if options.why is None else (options.why,)),
        Asked(Ask.WHY_NOT, () if options.why_not is None else (options.why_not,)),
        Asked(Ask.RATHER, options.rather or ()),
        Asked(Ask.WHAT_IF, options.what_if),
        Asked(Ask.FULL, ("all",) if options.full else ()),
    )
    given = sorted(
        (one for one in each if one.words), key=lambda one: order.index(one.ask.name.lower())
    )
    if len(given) > 1:
        named = " and ".join(one.ask.value for one in given)
        raise MisuseError(f"{named} cannot be combined: ask one thing at a time")
    return given[0] if given else Asked(Ask.HOW, ())


def assessor(directory: Path | None) -> Assessor:
    """Return what concludes with the knowledge in a directory, or the shipped one.

    Raises:
        BadInputError: when it cannot be used.

    """
    return Assessor(open_checked_knowledge(directory))


def answered(assessor: Assessor, case: Case, asked: Asked, named: str) -> Shown:
    """Return the answer to what is asked about a case.

    Raises:
        BadInputError: when a question or answer does not exist.
        DisagreementError: when the engines differ.
        UnknownTargetError: when a target does not exist.

    """
    page, json = explained(Ground.of(assessor, case), asked.ask, asked.words, named)
    return Shown(page, json)
