"""Concluding on record: the conclusion and the report are events before anybody sees them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from screening import __version__
from screening.app.audit.case_codec import text_of
from screening.assess import ConcludedCase
from screening.errors import UnwritableError
from screening.load import take_snapshot
from screening.model.assessment_view import view_of
from screening.model.knowledge import KnowledgeBase
from screening.model.logic_digest import logic_digest, text_digest
from screening.records import Store, has_knowledge, put_knowledge
from screening.records import event as events
from screening.render.formats import recorded_output
from screening.render.page import Shape
from screening.render.stamp import Stamp


class Report(NamedTuple):
    """A report to be made: of what, how the case is named on it, and how it is laid out."""

    concluded: ConcludedCase
    named: str
    shape: Shape


def keep_knowledge(store: Store, knowledge: KnowledgeBase, directory: Path) -> None:
    """Keep the files of the knowledge in use, which came from a directory, once for all cases.

    Raises:
        UnwritableError: when the files are not those that were loaded any more.
        BadInputError: when one cannot be read.

    """
    if has_knowledge(store, knowledge.digest):
        return
    snapshot = take_snapshot(directory)
    if snapshot.digest != knowledge.digest:
        raise UnwritableError(
            f"the knowledge in {directory} was changed while it was in use\n"
            "  help: what was answered is kept; take the case up again"
        )
    put_knowledge(store, snapshot.files, logic_digest(knowledge), text_digest(knowledge))


def conclusion(concluded: ConcludedCase, knowledge: KnowledgeBase) -> events.Concluded:
    """Return the event that keeps a conclusion with all that it rests on.

    The knowledge must be kept by then: without it the conclusion could never be drawn again.
    """
    case, assessment = text_of(concluded.case), assessment_text(concluded, knowledge)
    return events.Concluded(case, assessment, knowledge.digest, __version__)


def keep_report(
    store: Store, case: str, made: Report, knowledge: KnowledgeBase, *closing: events.CaseEvent
) -> str:
    """Put a conclusion, what closes the case and the report on record; return the report to show.

    The head digest and the time on the report are those of the case just before the report.
    """
    head = store.append(case, conclusion(made.concluded, knowledge), *closing).digest
    stamp = Stamp(made.named, head, store.ledger(case).last)
    found = made.concluded.assessment
    shape = made.shape
    text = recorded_output(found, knowledge, shape, stamp)
    looks = (shape.layout, shape.country)
    store.append(
        case, events.Printed(shape.form.value, shape.width, made.named, head, text, *looks)
    )
    return text


def assessment_text(concluded: ConcludedCase, knowledge: KnowledgeBase) -> str:
    """Return an assessment as the text that is kept: `assessment/1` on one line."""
    return view_of(concluded.assessment, knowledge).text
