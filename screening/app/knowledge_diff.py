"""Comparing two knowledge bases: where they come from, and who accepts what became looser."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from screening.app.knowledge import checked
from screening.app.ports import Tell
from screening.app.printout import Printout
from screening.app.stores import StorePlace, open_records
from screening.assess import Assessor
from screening.errors import MisuseError, UnwritableError
from screening.load import Snapshot, load, load_revision, load_snapshot
from screening.model.knowledge import KnowledgeBase
from screening.records import find_knowledge
from screening.records.database import exists
from screening.render.diff_page import diff_form, diff_page
from screening.verify.accept import accept, acceptance
from screening.verify.semantic_diff import (
    MeaningComparison,
    aspect_words,
    compare_meaning,
    on_intakes,
)
from screening.write.disk import writable

DIGEST = re.compile(r"[0-9a-f]{12,64}")
INTAKES = ("*.yaml", "*.yml", "*.json")


@dataclass(frozen=True)
class DiffWanted:
    """What is compared, on which intakes, and who answers for what became looser and why."""

    old: str
    new: str
    intakes: tuple[Path, ...]
    accepted: tuple[str, str] | None


def compared(wanted: DiffWanted, place: StorePlace, tell: Tell) -> Printout:
    """Return what differs; good when nobody is newly cleared, or somebody answers for it."""
    two = _knowledge(wanted.old, place), _knowledge(wanted.new, place)
    found = compare_meaning(*two)
    paths = tuple(_intakes(wanted.intakes))
    on = on_intakes(Assessor(two[0]), Assessor(two[1]), paths) if wanted.intakes else None
    if wanted.accepted is not None:
        two = _accepted(found, two, wanted, tell)
    known = acceptance(*two, found.beside)
    good = known is not None or not (found.unanswered or (on is not None and on.newly_cleared))
    return Printout(diff_page(found, two, on, known), diff_form(found, two, on, known), good)


def _knowledge(name: str, place: StorePlace) -> KnowledgeBase:
    """Return the knowledge in a directory, in the records, or in a git revision."""
    if Path(name).is_dir():
        return checked(load(Path(name), library=True))
    if DIGEST.fullmatch(name) and exists(place.path):
        with open_records(place) as store:
            kept = find_knowledge(store, name)
        if kept is not None:
            return checked(load_snapshot(Snapshot(kept.files, name)))
    return checked(load_snapshot(load_revision(name, Path.cwd())))


def _intakes(paths: tuple[Path, ...]) -> Iterator[Path]:
    """Yield the intakes named, and those in folders named, in order of path."""
    for path in paths:
        if path.is_dir():
            yield from sorted(file for pattern in INTAKES for file in path.rglob(pattern))
        else:
            yield path


def _accepted(
    found: MeaningComparison,
    two: tuple[KnowledgeBase, KnowledgeBase],
    wanted: DiffWanted,
    tell: Tell,
) -> tuple[KnowledgeBase, KnowledgeBase]:
    """Record who answers for what became looser; return the two with that."""
    old, new = two
    if (
        acceptance(old, new, found.beside) is not None
        or not found.unanswered
        or wanted.accepted is None
    ):
        tell("nothing to accept: no looser difference is unanswered")
        return two
    if not Path(wanted.new).is_dir():
        raise UnwritableError("an acceptance is written into NEW: name a directory")
    by, because = wanted.accepted
    if not by or not because:
        raise MisuseError("--accept-looser needs a name and a reason")
    today = datetime.datetime.now(tz=datetime.timezone.utc).date()
    looser = [aspect_words(one.aspect) for one in found.looser]
    looser += [f"not compared: answers to {name}" for name in found.uncompared]
    path = accept(writable(Path(wanted.new)), two, (by, because, today), looser, found.beside)
    tell(f"recorded in {path}")
    return old, load(Path(wanted.new), library=True)
