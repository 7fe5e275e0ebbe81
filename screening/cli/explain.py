"""`screening explain`: why, why not, why rather, and what if."""

from __future__ import annotations

from pathlib import Path

import click

from screening import app
from screening.cli.common import (
    FILE,
    command,
    format_option,
    knowledge_option,
    map_option,
    show,
    tell,
    typed_in,
)
from screening.cli.records import store_options
from screening.render.page import PageFormat

TABLES = {".csv", ".jsonl", ".ndjson", ".parquet"}
EPILOG = """\b
Examples:
  screening explain client.yaml
  screening explain blue-bike --why deadlift
  screening explain client.yaml --why deadlift
  screening explain client.yaml --why clearance
  screening explain client.yaml --why-not posture_breaks
  screening explain client.yaml --rather hinge_squat posture_breaks
  screening explain client.yaml --what-if walk=provokes --what-if pain_worst=7
  screening explain members.csv --row 17
"""


@command(epilog=EPILOG)
@click.argument("intake", type=FILE)
@click.option("--why", nargs=1, metavar="TARGET", help="Explain one conclusion or exercise.")
@click.option("--why-not", nargs=1, metavar="TARGET", help="Say what stands in the way of it.")
@click.option("--rather", nargs=2, metavar="A B", help="Say why A rather than B.")
@click.option("--what-if", multiple=True, metavar="Q=V", help="Say what another answer changes.")
@click.option("--full", is_flag=True, help="Show every answer, rule and source.")
@click.option(
    "--row", metavar="N", type=int, help="Explain row N of a table, as `batch` reads it."
)
@map_option
@format_option()
@knowledge_option
@store_options
def explain(  # noqa: PLR0913 - one for each option
    intake: Path,
    *,
    why: str | None,
    why_not: str | None,
    rather: tuple[str, str] | None,
    what_if: tuple[str, ...],
    full: bool,
    row: int | None,
    map_file: Path | None,
    form: PageFormat,
    knowledge_dir: Path | None,
    place: app.stores.Place,
) -> None:
    """Explain what was concluded from an INTAKE file, and what was not.

    INTAKE is a YAML or JSON file, `-` for stdin, or a recorded case: its name,
    or its client's while there is only one; with `--row`, a table. TARGET is a finding,
    category, exercise, stage, limit, advice, referral level or rule.
    """
    if row is not None:
        app.extras.need("polars")
    elif intake.suffix.lower() in TABLES and intake.is_file():
        raise click.UsageError(f"{intake} is a table: explain one row of it with `--row N`")
    order = tuple(click.get_current_context().params)
    given = app.explanations.Options(why, why_not, rather, what_if, full)
    asked = app.explanations.asked(given, order)
    with app.stores.records_of(place) as records:
        assessor = app.explanations.assessor(knowledge_dir)
        if row is None:
            case = app.conclude.case_in(intake, typed_in(intake), assessor, records, tell)
        else:
            case = app.tables.case_in_row(
                app.tables.Table(intake, map_file), row, assessor.knowledge
            )
        show(app.explanations.answered(assessor, case, asked, str(intake)), form)
