"""Explaining what was concluded: why, why not, why rather, and what if."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from screening.app.chosen_case import ChosenCase
from screening.app.conclude import Sources
from screening.app.knowledge import open_checked_knowledge
from screening.app.printout import Printout
from screening.assess import Assessor
from screening.errors import MisuseError
from screening.explain import Ground
from screening.render.explained import Ask, explained


class Inquiry(NamedTuple):
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


def asked(options: Options, order: Sequence[str]) -> Inquiry:
    """Return the one thing that is asked; how it was concluded when nothing is.

    `order` is the one in which the options, by name, were given.

    Raises:
        MisuseError: when several are.

    """
    each = (
        Inquiry(Ask.WHY, () if options.why is None else (options.why,)),
        Inquiry(Ask.WHY_NOT, () if options.why_not is None else (options.why_not,)),
        Inquiry(Ask.RATHER, options.rather or ()),
        Inquiry(Ask.WHAT_IF, options.what_if),
        Inquiry(Ask.FULL, ("all",) if options.full else ()),
    )
    given = sorted(
        (one for one in each if one.words), key=lambda one: order.index(one.ask.name.lower())
    )
    if len(given) > 1:
        named = " and ".join(one.ask.value for one in given)
        raise MisuseError(f"{named} cannot be combined: ask one thing at a time")
    return given[0] if given else Inquiry(Ask.HOW, ())


def explanation(
    directory: Path | None, subject: ChosenCase, inquiry: Inquiry, sources: Sources
) -> Printout:
    """Return the answer to an inquiry about a case."""
    assessor = Assessor(open_checked_knowledge(directory))
    ground = Ground.of(assessor, subject.case(assessor, sources))
    page, json = explained(ground, inquiry.ask, inquiry.words, str(subject.intake))
    return Printout(page, json)
