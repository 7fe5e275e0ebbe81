"""Finding the case that a case follows, and all those before it: in files and in the records."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click

from screening.app.clients.find_case import name_of, one_case
from screening.app.recorded_cases import load_case
from screening.assess import Assessor, Concluded
from screening.diagnostics import Code, Diagnostic, quoted
from screening.errors import BadInputError, UnknownTargetError
from screening.follow import earlier_from
from screening.load import load_intake
from screening.model.case import Case, Earlier
from screening.model.knowledge import KnowledgeBase
from screening.records import Store, cases

LONGEST = 100  # screenings in a row: two years of weekly ones
Records = Callable[[], Store | None]
"""Opens the records when they are needed; None when there are none."""


class Found(NamedTuple):
    """A case, and where it was found: in a file, or in the records by id."""

    case: Case
    place: Path
    id: str = ""


def with_earlier(found: Found, assessor: Assessor, records: Records) -> Case:
    """Return a case with what the one it follows left behind.

    The case right before it is concluded by both engines; of those before that, the answers count,
    and a referral nobody has looked at yet.

    Raises:
        BadInputError: when a case before it cannot be read, or they follow each other in a circle.
        DisagreementError: when the engines differ on the earlier case.

    """
    before = _before(found, assessor.knowledge, records)
    if not before:
        return found.case
    return replace(found.case, earlier=left_by(before, assessor, assessor.conclude))


def left_by(
    before: list[Case], assessor: Assessor, conclude: Callable[[Case], Concluded]
) -> Earlier:
    """Return what cases that follow each other, oldest first, left behind together."""
    *older, latest = before
    earlier: Earlier | None = None
    for one in older:
        made = assessor.preview(replace(one, earlier=earlier or one.earlier))
        earlier = earlier_from(assessor.knowledge, made.case, made.assessment)
    concluded = conclude(replace(latest, earlier=earlier or latest.earlier))
    return earlier_from(assessor.knowledge, concluded.case, concluded.assessment)


def _before(found: Found, knowledge: KnowledgeBase, records: Records) -> list[Case]:
    """Return the cases a case follows, oldest first."""
    before: list[Case] = []
    seen = {found.id or found.place.resolve()}
    while found.case.follows:
        earlier = _earlier(found, knowledge, records)
        place = earlier.id or earlier.place.resolve()
        if place in seen:
            message = f"the case follows itself, by way of {quoted(found.case.follows)}"
            _refuse(Code.circular_follows, message, found, "name the screening before this one")
        if len(before) == LONGEST:
            message = f"more than {LONGEST} cases follow each other"
            _refuse(Code.endless_follows, message, found, "begin anew with a full screening")
        seen.add(place)
        before.insert(0, earlier.case)
        found = earlier
    return before


def _earlier(found: Found, knowledge: KnowledgeBase, records: Records) -> Found:
    """Return the case that a case follows: an intake beside it, or one in the records."""
    case = found.case
    file = found.place.parent / case.follows
    if found.id or not there(file):
        store = records()
        try:
            if store is not None:
                earlier = _stored(store, case.follows, knowledge)
                if not found.id:
                    _say_if_passed_over(store, earlier.id, case.follows)
                return earlier
        except UnknownTargetError:
            pass
        except BadInputError as error:
            raise _unusable(found, error) from error
        message = f"the earlier case {quoted(case.follows)} is not there"
        help_ = f"looked for {file}; the path starts at the folder of this intake"
        _refuse(Code.missing_file, message, found, help_)
    if not (file.is_file() or file.is_dir()):
        message = f"the earlier case {quoted(case.follows)} is not a regular file"
        _refuse(Code.not_a_file, message, found, "name an intake or a recorded case")
    try:
        return Found(load_intake(file, knowledge), file)
    except BadInputError as error:
        raise _unusable(found, error) from error


def _stored(store: Store, name: str, knowledge: KnowledgeBase) -> Found:
    case = one_case(store, name)
    return Found(load_case(store, case, name, knowledge), Path(), case)


def _say_if_passed_over(store: Store, case: str, name: str) -> None:
    """Say where an intake follows a recorded case that others came after."""
    last = cases(store, store.ledger(case).client)[-1].id
    if last != case:
        click.echo(
            f"caution: {quoted(name)} is not the last screening of the client: "
            f"{quoted(name_of(store, last))} is, and what it left open does not count here",
            err=True,
        )


def there(place: Path) -> bool:
    """Tell whether there is anything at a path."""
    return os.path.exists(place)  # noqa: PTH110 - `Path.exists` raises on a name that is too long


def _unusable(found: Found, error: BadInputError) -> BadInputError:
    """Return what is wrong in an earlier case, and where it was named."""
    message = f"the earlier case {quoted(found.case.follows)} cannot be used"
    at = found.case.follows_at
    note = Diagnostic(Code.unusable_earlier, message, at, "see what is said of it")
    return BadInputError((*error.diagnostics, note))


def _refuse(code: Code, message: str, found: Found, help_: str) -> None:
    raise BadInputError((Diagnostic(code, message, found.case.follows_at, help_),))
