"""Writing the sheet of a session, for the trainer or for the client, and keeping it on record."""

from __future__ import annotations

import datetime
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from screening.app.agreement import day_of
from screening.app.audit.papers import sheet_facts, sheet_made
from screening.app.chosen_case import ChosenCase
from screening.app.clients.find_case import last_case, name_of
from screening.app.conclude import Sources, assessor
from screening.app.history import recalled
from screening.app.letters import last_conclusion
from screening.app.no_paper import refuse_in_an_emergency
from screening.app.paper_file import (
    PaperWritten,
    form_of,
    no_day_of_its_own,
    put_off_record,
    put_on_record,
)
from screening.app.printout import Printout
from screening.app.session_inputs import KeptSessions, ToldOfSession, done_before
from screening.app.settings import country
from screening.errors import NoPaperError
from screening.explain import Ground
from screening.model.session import Planning, SessionInputs
from screening.model.vocabularies import Level
from screening.records import Store, client_of, holding
from screening.records.consent import local_today
from screening.render.page import PaperSize
from screening.render.paper import Paper
from screening.render.sheet import Sheet, SheetReader, sheet_paper

__all__ = ["SheetReader", "SheetWanted", "sheet"]


@dataclass(frozen=True, slots=True)
class SheetWanted:
    """What was asked for: for whom, of which session, and in which file.

    Without a file it is only shown, and not kept. `on` is the day of a case that is not on record.
    """

    reader: SheetReader
    told: ToldOfSession
    file: Path | None = None
    on: str | None = None
    size: PaperSize = PaperSize.A4


def sheet(
    subject: ChosenCase, directory: Path | None, sources: Sources, wanted: SheetWanted
) -> PaperWritten:
    """Return the sheet of a case, which is in its file by then, and on record if the case is.

    Raises:
        NoPaperError: in an emergency; for the trainer also where there is no session.
        UnknownTargetError: when there is no such case, or nothing was concluded yet.
        MisuseError: when an option cannot be used.
        UnwritableError: when it cannot be written, or takes more than one page.

    """
    if wanted.file is not None:
        form_of(wanted.file)  # refuses before anything is read
    store = subject.records(sources)
    if store is not None:
        return _from_record(store, str(subject.intake), wanted)
    with_rules = assessor(directory)
    ground = Ground.of(with_rules, subject.case(with_rules, sources))
    return _off_record(ground, subject.named, wanted)


def _off_record(ground: Ground, named: str, wanted: SheetWanted) -> PaperWritten:
    """Return a sheet of a case in a file, dated only if a day was given."""
    on = None if wanted.on is None else day_of(wanted.on, datetime.date.max)
    inputs = wanted.told.inputs(ground.knowledge)
    last = done_before(ground.concluded.case, ground.assessor, inputs, None)
    paper = _paper(ground, replace(_sheet(wanted, named), on=on, inputs=inputs, last=last))
    return PaperWritten(Printout(paper.page), put_off_record(paper, wanted.file, "sheet"))


def _from_record(store: Store, name: str, wanted: SheetWanted) -> PaperWritten:
    """Return a sheet of the last conclusion of a recorded case."""
    no_day_of_its_own(wanted.on)
    case = last_case(store, name)
    named = name_of(store, case)
    said = []
    with holding(store, case, named) if wanted.file is not None else nullcontext():
        ground = last_conclusion(store, case, named)
        client = client_of(store, store.ledger(case).client)
        head = store.head(case).digest
        kept = KeptSessions(store, case)
        inputs = wanted.told.inputs(ground.knowledge, kept.said)
        last = done_before(ground.concluded.case, ground.assessor, inputs, kept)
        by = recalled(store, case).by
        blank = replace(_sheet(wanted, named), inputs=inputs, last=last, by=by)
        spec = replace(blank, on=local_today(store), name=client.name, head=head)
        paper = _paper(ground, spec)
        if wanted.file is not None:
            said.append(
                put_on_record(
                    paper, wanted.file, lambda made: store.append(case, sheet_made(spec, made))
                )
            )
    return PaperWritten(Printout(paper.page), tuple(said))


def _sheet(wanted: SheetWanted, named: str) -> Sheet:
    return Sheet(wanted.reader, SessionInputs(), named, size=wanted.size, country=country())


def _paper(ground: Ground, spec: Sheet) -> Paper:
    """Return the paper; refuses where none is to be written."""
    refuse_in_an_emergency(ground, "sheet")
    facts = sheet_facts(ground, spec)
    withheld = facts.session.status is Planning.WITHHELD
    goes_today = ground.assessment.referral.level is Level.SAME_DAY
    if withheld and not (goes_today and spec.reader is SheetReader.CLIENT):
        said = " ".join(facts.session.says)
        raise NoPaperError(f"there is no session to put on a sheet\n  do now: {said}")
    return sheet_paper(facts, spec)
