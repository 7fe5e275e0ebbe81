"""Concluding on record: the conclusion and the report are events before anybody sees them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from screening import __version__
from screening.assess import Concluded
from screening.audit.inputs import text_of
from screening.errors import UnwritableError
from screening.load import take_snapshot
from screening.model.knowledge import KnowledgeBase
from screening.model.logic import logic_digest, text_digest
from screening.records import Store, has_knowledge, put_knowledge
from screening.records import event as events
from screening.render.json_form import assessment_form
from screening.render.output import Stamp, recorded_output


class Form(NamedTuple):
    """How a report is laid out: its format and its width in columns."""

    format: str
    width: int


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


def keep_conclusion(
    store: Store, case: str, concluded: Concluded, knowledge: KnowledgeBase
) -> str:
    """Put a conclusion on record; return the head digest of the case after it.

    The knowledge must be kept already: a conclusion without it could never be drawn again.
    """
    event = events.Concluded(
        text_of(concluded.case),
        assessment_text(concluded, knowledge),
        knowledge.digest,
        __version__,
    )
    return store.append(case, event).digest


def keep_report(
    store: Store, case: str, concluded: Concluded, knowledge: KnowledgeBase, form: Form
) -> str:
    """Put a conclusion and the report of it on record; return the report to show."""
    head = keep_conclusion(store, case, concluded, knowledge)
    stamp = Stamp(case, head)
    text = recorded_output(concluded.assessment, knowledge, form.format, stamp, width=form.width)
    store.append(case, events.Printed(form.format, form.width, case, head, text))
    return text


def assessment_text(concluded: Concluded, knowledge: KnowledgeBase) -> str:
    """Return an assessment as the text that is kept: `assessment/1` on one line."""
    form = assessment_form(concluded.assessment, knowledge)
    return json.dumps(form, ensure_ascii=False, separators=(",", ":"))
