"""From an intake or an interview to its case, its conclusion, and the record of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from screening.app import settings
from screening.app.clients.dossier import dossier, trend
from screening.app.clients.find_case import last_case, name_of
from screening.app.clients.look_alikes import hint
from screening.app.history import (
    FoundCase,
    Records,
    load_case,
    there,
    with_earlier,
    with_record,
)
from screening.app.knowledge import open_checked_knowledge, root_of
from screening.app.ports import Tell
from screening.app.printout import Printout
from screening.app.recorder import Recorder, Unsaved
from screening.app.start_interview import given
from screening.app.stores import StorePlace, open_for_screenings
from screening.app.trainers import Trainer, named
from screening.assess import Assessor, doubts
from screening.diagnostics import Diagnostic, quoted
from screening.errors import MisuseError, UnknownTargetError
from screening.interview.recall import OPEN
from screening.interview.session import Order, Session
from screening.load import load_intake, read_intake
from screening.load.source import SIZE_LIMIT
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.records import Store, cases, client_of
from screening.render.formats import unrecorded_output
from screening.render.page import Shape
from screening.render.trend import trend_blocks

FILES = {".yaml", ".yml", ".json"}
MOST = SIZE_LIMIT + 1  # bytes of an intake on stdin that are looked at


class Sources(NamedTuple):
    """Where cases are found beside files: in the records, and in what stdin holds for `-`."""

    records: Records
    typed_in: Callable[[Path], bytes | None]
    tell: Tell


def case_in(path: Path, assessor: Assessor, sources: Sources) -> Case:
    """Return the case in a file, on stdin, or the recorded case of that name.

    A case that follows an earlier one comes with what that one left behind. Of a client's
    several the last one is meant, and that is said.

    Raises:
        BadInputError: when it cannot be used.
        UnknownTargetError: when it is no file, and the records have no such case.

    """
    found = _found(path, assessor.knowledge, sources)
    return with_earlier(found, assessor, sources.records, sources.tell)


def named_records(path: Path, sources: Sources) -> Store | None:
    """Return the records in which a case is looked for; None where it is a file."""
    return None if path.suffix.lower() in FILES or there(path) else sources.records()


def _found(path: Path, knowledge: KnowledgeBase, sources: Sources) -> FoundCase:
    raw = sources.typed_in(path)
    if raw is not None:
        return FoundCase(read_intake(raw, "stdin", knowledge), path)
    store = named_records(path, sources)
    if store is None:
        return FoundCase(load_intake(path, knowledge), path)
    case = last_case(store, str(path))
    _say_which(store, case, str(path), sources.tell)
    return FoundCase(load_case(store, case, str(path), knowledge, sources.tell), path, case)


def _say_which(store: Store, case: str, name: str, tell: Tell) -> None:
    """Say which case of several the name of a client was taken to mean."""
    of_client = len(cases(store, store.ledger(case).client))
    named = name_of(store, case)
    if of_client > 1 and name not in {case, named}:
        tell(f"{quoted(named)}: {quoted(name)} has {of_client} screenings, and this is the last.")


def assessor(directory: Path | None) -> Assessor:
    """Return what concludes with the knowledge in a directory, or the shipped one.

    Raises:
        BadInputError: when it cannot be used.

    """
    return Assessor(open_checked_knowledge(directory))


class Screened(NamedTuple):
    """A report, what does not go together in its case, and what to say first, if anything."""

    report: str
    doubts: tuple[Diagnostic, ...]
    caution: str | None = None


def screened(case: Case, assessor: Assessor, shape: Shape, named: str) -> Screened:
    """Conclude a case, off the record; `named` is how the user named it.

    Raises:
        DisagreementError: when the engines differ.

    """
    made, knowledge = assessor.conclude(case), assessor.knowledge
    report = unrecorded_output(made.assessment, knowledge, shape, named)
    return Screened(report, doubts(made, knowledge))


class Filing(NamedTuple):
    """Of which client a screening is recorded, if of one, in which records, and who asks."""

    place: StorePlace
    client: str
    trainer: str


def concluded_intake(
    intake: Path, directory: Path | None, filing: Filing, shape: Shape, sources: Sources
) -> Screened:
    """Conclude an intake, and record it where it is to be filed.

    Raises:
        DisagreementError: when the engines differ.
        RecordsError: when it cannot be recorded.

    """
    ready = assessor(directory)
    case = case_in(intake, ready, sources)
    if not filing.client:
        return screened(case, ready, shape, str(intake))
    own, asks = replace(case, client=filing.client), settings.who_asks(filing.trainer)
    with open_for_screenings(filing.place) as store:
        return filed(own, ready, FiledIn(store, root_of(directory), asks), shape)


class FiledIn(NamedTuple):
    """Where a case is filed, with which files of knowledge, and by which trainer, if by one."""

    store: Store
    root: Path
    trainer: Trainer | None = None


def filed(case: Case, assessor: Assessor, place: FiledIn, shape: Shape) -> Screened:
    """Conclude a case, which names its client, and record both, with the trainer who asked.

    What earlier screenings leave to it is what the records hold of this client, nothing else.

    Raises:
        MisuseError: when it follows a case that is not recorded, or one of the client is open.
        RecordsError: when it cannot be recorded.

    """
    try:
        opening = given(assessor.knowledge, place.store, case, Order.ADAPTIVE)
    except UnknownTargetError as error:
        raise MisuseError(
            f"the earlier case `{case.follows}` is not recorded: record it first with "
            "`screening run FILE --client CLIENT`, then name that case under `follows`"
        ) from error
    if place.trainer is not None:
        opening = replace(opening, first=named(place.trainer.initials, opening.first))
    made = assessor.conclude(replace(case, earlier=opening.session.earlier))
    looks = hint(place.store, opening.client or "")
    with Recorder(place.store, assessor.knowledge, place.root, opening) as recorder:
        caution = recorder.caution or looks
        recorder.record()
        report = recorder.report(made, shape, made.assessment.status.value)
    return Screened(report, doubts(made, assessor.knowledge), caution)


def concluded(
    assessor: Assessor, session: Session, keeper: Recorder | Unsaved, shape: Shape, *, ended: bool
) -> str:
    """Return the result of an interview, which is on record by then; one not ended stays open.

    Raises:
        DisagreementError: when the engines differ.
        RecordsError: when it cannot be recorded.

    """
    case = session.case()
    if isinstance(keeper, Recorder) and keeper.case is not None:
        concluded = assessor.conclude(with_record(keeper.store, keeper.case, case))
        status = concluded.assessment.status.value if ended else OPEN
        return keeper.report(concluded, shape, status)
    found = assessor.conclude(case).assessment
    return unrecorded_output(found, assessor.knowledge, shape, "")


def how_it_went(
    assessor: Assessor, session: Session, keeper: Recorder | Unsaved, *, plain: bool
) -> Printout | None:
    """Return the trend over the client's screenings, if an interview is a follow-up on record."""
    follows = session.earlier is not None and not session.earlier.anew
    if isinstance(keeper, Unsaved) or keeper.case is None or not follows:
        return None
    store = keeper.store
    points = trend(assessor, dossier(store, client_of(store, store.ledger(keeper.case).client)))
    page = tuple(trend_blocks(assessor.knowledge, points, plain=plain))
    return Printout(page) if points else None
