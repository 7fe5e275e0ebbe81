"""`screening batch`: conclude a table of intakes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from screening.cli.common import (
    FINDINGS,
    exits,
    format_option,
    knowledge_option,
    map_option,
    needs_extra,
    open_checked_knowledge,
)

EPILOG = """\b
Examples:
  screening batch members.csv results.csv
  screening batch members.parquet results.parquet --summary
  screening batch members.csv results.csv --map columns.yaml
  screening batch members.parquet results.parquet --scheduler tcp://10.0.0.1:8786
"""


@click.command(epilog=EPILOG)
@click.argument("table", metavar="IN", type=click.Path(path_type=Path))
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@map_option
@click.option("--summary", is_flag=True, help="Print what was concluded how often.")
@click.option("--scheduler", metavar="ADDRESS", help="Use the Dask cluster of this scheduler.")
@format_option("table", "json")
@knowledge_option
def batch(  # noqa: PLR0913 - one for each option
    table: Path,
    out: Path,
    map_file: Path | None,
    form: str,
    knowledge_dir: Path | None,
    *,
    summary: bool,
    scheduler: str | None,
) -> None:
    """Conclude a table IN (CSV, JSON Lines or Parquet), one client a row, into a table OUT.

    Columns are question ids, `client`, and if you like `programme` (exercises separated by `;`).
    Rows that cannot be read go to OUT.rejected.csv with the reason; the counts go to
    OUT.summary.json. A run that was stopped goes on where it was.
    """
    needs_extra("polars", *(["distributed"] if scheduler else []))
    from screening.batch.run import Batch  # noqa: PLC0415 - slow imports
    from screening.cli.batching import (  # noqa: PLC0415
        folder_of,
        going_on_later,
        progress,
        report,
        runner,
        said,
        warn,
    )

    with exits():
        knowledge = open_checked_knowledge(knowledge_dir)
        asked = Batch.of(
            table, out, knowledge, folder_of(knowledge_dir), said(map_file, knowledge)
        )
        warn(asked)
        told, bar = going_on_later(), progress(asked.sheet.rows)
        with told, runner(scheduler, knowledge) as through, bar as advance:
            done = asked.run(through, advance)
        click.echo(report(asked, done, form, summary=summary), nl=False)
    sys.exit(FINDINGS if done.rejected else 0)
