"""Recording the conclusion from an intake file as a screening of a client."""

from __future__ import annotations

from pathlib import Path

import click

from screening.assess import Concluded
from screening.commands.intake import page_width
from screening.commands.opening import given
from screening.commands.recorder import Recorder
from screening.commands.records import Place, open_or_create_records
from screening.errors import UnknownTargetError
from screening.interview.session import Order
from screening.model.knowledge import KnowledgeBase


def filed(
    concluded: Concluded, knowledge: KnowledgeBase, root: Path, place: Place, form: str
) -> str:
    """Record a case, which names its client, and what was concluded from it; return the report.

    Raises:
        UsageError: when it follows a case that is not recorded, or one of the client is open.
        RecordsError: when it cannot be recorded.

    """
    case = concluded.case
    with open_or_create_records(place) as store:
        try:
            opening = given(knowledge, store, case, Order.ADAPTIVE)
        except UnknownTargetError as error:
            raise click.UsageError(
                f"the earlier case `{case.follows}` is not recorded: record it first with "
                "`screening run FILE --client CLIENT`, then name that case under `follows`"
            ) from error
        with Recorder(store, knowledge, root, opening) as recorder:
            if recorder.caution:
                click.echo(recorder.caution, err=True)
            recorder.record()
            status = concluded.assessment.status.value
            return recorder.report(concluded, form, page_width(), status)
