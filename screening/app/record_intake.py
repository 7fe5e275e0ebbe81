"""Recording the conclusion from an intake file as a screening of a client."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from screening.app.recorder import Recorder
from screening.app.start_interview import given
from screening.app.stores import Place, open_or_create_records
from screening.assess import Assessor, Concluded
from screening.cli.common import page_width
from screening.errors import UnknownTargetError
from screening.interview.session import Order
from screening.model.case import Case
from screening.render.page import PageFormat


def filed(
    case: Case, assessor: Assessor, root: Path, place: Place, form: PageFormat
) -> tuple[Concluded, str]:
    """Conclude a case, which names its client, and record both; return that and the report.

    Raises:
        UsageError: when it follows a case that is not recorded, or one of the client is open.
        RecordsError: when it cannot be recorded.

    """
    knowledge = assessor.knowledge
    with open_or_create_records(place) as store:
        try:
            opening = given(knowledge, store, case, Order.ADAPTIVE)
        except UnknownTargetError as error:
            raise click.UsageError(
                f"the earlier case `{case.follows}` is not recorded: record it first with "
                "`screening run FILE --client CLIENT`, then name that case under `follows`"
            ) from error
        earlier = case.earlier or opening.session.earlier
        concluded = assessor.conclude(replace(case, earlier=earlier))
        with Recorder(store, knowledge, root, opening) as recorder:
            if recorder.caution:
                click.echo(recorder.caution, err=True)
            recorder.record()
            status = concluded.assessment.status.value
            return concluded, recorder.report(concluded, form, page_width(), status)
