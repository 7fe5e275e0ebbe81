"""Finding the case that a case follows, and all those before it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from screening.assess import Assessor
from screening.commands.cases import SAFE, drafts_folder, load_case
from screening.diagnostics import Code, Diagnostic, quoted
from screening.errors import BadInputError
from screening.follow import earlier_from
from screening.interview.draft import path_of
from screening.load import load_intake
from screening.model.case import Case, Earlier
from screening.model.knowledge import KnowledgeBase

LONGEST = 100  # screenings in a row: two years of weekly ones


def with_earlier(case: Case, path: Path, assessor: Assessor) -> Case:
    """Return a case with what the one it follows left behind; `path` is where the case is.

    The case right before it is concluded by both engines; of those before that, the answers count,
    and a referral nobody has looked at yet.

    Raises:
        BadInputError: when a case before it cannot be read, or they follow each other in a circle.
        DisagreementError: when the engines differ on the earlier case.

    """
    before = _before(case, path, assessor.knowledge)
    if not before:
        return case
    *older, latest = before
    earlier: Earlier | None = None
    for one in older:
        made = assessor.preview(replace(one, earlier=earlier))
        earlier = earlier_from(assessor.knowledge, made.case, made.assessment)
    concluded = assessor.conclude(replace(latest, earlier=earlier))
    left = earlier_from(assessor.knowledge, concluded.case, concluded.assessment)
    return replace(case, earlier=left)


def _before(case: Case, path: Path, knowledge: KnowledgeBase) -> list[Case]:
    """Return the cases a case follows, oldest first."""
    found: list[Case] = []
    seen = [path.resolve()]
    while case.follows:
        place = _place(case, path)
        if place.resolve() in seen:
            message = f"the case follows itself, by way of {quoted(case.follows)}"
            _refuse(Code.circular_follows, message, case, "name the screening before this one")
        if len(found) == LONGEST:
            message = f"more than {LONGEST} cases follow each other"
            _refuse(Code.endless_follows, message, case, "begin anew with a full screening")
        seen.append(place.resolve())
        case, path = _read(case, place, knowledge), place
        found.insert(0, case)
    return found


def _place(case: Case, path: Path) -> Path:
    """Return the file of the case that a case at `path` follows: an intake, or a saved case."""
    file = path.parent / case.follows
    saved = path_of(drafts_folder(), case.follows) if SAFE.fullmatch(case.follows) else file
    place = saved if _there(saved) and not _there(file) else file
    if not _there(place):
        message = f"the earlier case {quoted(case.follows)} is not there"
        help_ = f"looked for {file}; the path starts at the folder of this intake"
        _refuse(Code.missing_file, message, case, help_)
    if not (place.is_file() or place.is_dir()):
        message = f"the earlier case {quoted(case.follows)} is not a regular file"
        _refuse(Code.not_a_file, message, case, "name an intake or a saved case")
    return place


def _there(place: Path) -> bool:
    return os.path.exists(place)  # noqa: PTH110 - `Path.exists` raises on a name that is too long


def _read(case: Case, place: Path, knowledge: KnowledgeBase) -> Case:
    """Return the case at a place.

    Raises:
        BadInputError: with what is wrong in it, and where it was named.

    """
    try:
        if place.resolve().parent == drafts_folder().resolve():
            return load_case(place.stem, knowledge)
        return load_intake(place, knowledge)
    except BadInputError as error:
        message = f"the earlier case {quoted(case.follows)} cannot be used"
        note = Diagnostic(
            Code.unusable_earlier, message, case.follows_at, "see what is said of it"
        )
        raise BadInputError((*error.diagnostics, note)) from error


def _refuse(code: Code, message: str, case: Case, help_: str) -> None:
    raise BadInputError((Diagnostic(code, message, case.follows_at, help_),))
