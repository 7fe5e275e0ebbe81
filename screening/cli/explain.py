"""`screening explain`: why, why not, why rather, and what if."""

from __future__ import annotations

from pathlib import Path

import click

from screening.cli.common import (
    exits,
    format_option,
    knowledge_option,
    map_option,
    needs_extra,
    open_checked_knowledge,
)
from screening.cli.records import Place, store_options

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


@click.command(epilog=EPILOG)
@click.argument("intake", type=click.Path(path_type=Path))
@click.option("--why", nargs=1, metavar="TARGET", help="Explain one conclusion or exercise.")
@click.option("--why-not", nargs=1, metavar="TARGET", help="Say what stands in the way of it.")
@click.option("--rather", nargs=2, metavar="A B", help="Say why A rather than B.")
@click.option("--what-if", multiple=True, metavar="Q=V", help="Say what another answer changes.")
@click.option("--full", is_flag=True, help="Show every answer, rule and source.")
@click.option(
    "--row", metavar="N", type=int, help="Explain row N of a table, as `batch` reads it."
)
@map_option
@format_option("table", "json", "markdown")
@knowledge_option
@store_options
def explain(  # noqa: PLR0913 - one for each option
    intake: Path,
    form: str,
    knowledge_dir: Path | None,
    place: Place,
    *,
    row: int | None,
    map_file: Path | None,
    **asked: str | tuple[str, ...] | bool | None,
) -> None:
    """Explain what was concluded from an INTAKE file, and what was not.

    INTAKE is a YAML or JSON file, `-` for stdin, or a recorded case: its name,
    or its client's while there is only one; with `--row`, a table. TARGET is a finding,
    category, exercise, stage, limit, advice, referral level or rule.
    """
    from screening.assess import Assessor  # noqa: PLC0415 - slow imports
    from screening.cli.intake import (  # noqa: PLC0415
        open_intake,
        open_row,
        page_width,
        records_of,
    )
    from screening.explain import Ground  # noqa: PLC0415
    from screening.render.explained import Ask, explained  # noqa: PLC0415
    from screening.render.formats import output  # noqa: PLC0415

    if row is not None:
        needs_extra("polars")
    elif intake.suffix.lower() in TABLES and intake.is_file():
        raise click.UsageError(f"{intake} is a table: explain one row of it with `--row N`")
    option, words = _asked(asked)
    with exits(), records_of(place) as records:
        assessor = Assessor(open_checked_knowledge(knowledge_dir))
        if row is None:
            case = open_intake(intake, assessor, records)
        else:
            case = open_row(intake, row, map_file, assessor.knowledge)
        ground = Ground.of(assessor, case)
        page, json = explained(ground, Ask(option), words, str(intake))
    click.echo(output(page, json, form, width=page_width()), nl=False)


def _asked(asked: dict[str, str | tuple[str, ...] | bool | None]) -> tuple[str, tuple[str, ...]]:
    """Return the one option given, with its words.

    Raises:
        UsageError: when several were given.

    """
    given = {
        f"--{name.replace('_', '-')}": value
        for name, value in asked.items()
        if value not in (None, (), False)
    }
    if len(given) > 1:
        raise click.UsageError(
            f"{' and '.join(given)} cannot be combined: ask one thing at a time"
        )
    for option, value in given.items():
        return option, value if isinstance(value, tuple) else (str(value),)
    return "", ()
