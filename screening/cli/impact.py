"""`screening impact`: whose result a change of the knowledge changes, on a table of intakes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from screening.cli.common import (
    FINDINGS,
    exits,
    format_option,
    map_option,
    needs_extra,
    open_checked_knowledge,
)

EPILOG = """\b
Examples:
  screening impact knowledge changed-knowledge members.parquet
  screening impact knowledge changed-knowledge members.csv --format csv > changes.csv
"""


@click.command(epilog=EPILOG)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.argument("table", metavar="IN", type=click.Path(path_type=Path))
@map_option
@format_option("table", "csv", "json")
def impact(old: Path, new: Path, table: Path, map_file: Path | None, form: str) -> None:
    """List whose result differs between the knowledge in OLD and in NEW, on a table IN.

    The newly referred come first, then those no longer referred; each with the rules that make
    the difference. Exits with 1 when a result changes.
    """
    needs_extra("polars")
    from screening.batch.impact import Two, on_table  # noqa: PLC0415 - slow imports
    from screening.batch.table_source import open_sheet  # noqa: PLC0415
    from screening.cli.batching import progress, said  # noqa: PLC0415
    from screening.cli.impacting import told  # noqa: PLC0415

    with exits():
        two = Two(open_checked_knowledge(old), open_checked_knowledge(new))
        sheet = open_sheet(table)
        with progress(sheet.rows) as advance:
            compared = on_table(sheet, two, said(map_file, two.asked()), advance)
            changed = told(compared, two, form)
    sys.exit(FINDINGS if changed else 0)
