"""`screening knowledge init`: begin a knowledge base of one's own."""

from __future__ import annotations

from pathlib import Path

import click

from screening.cli.common import exits

EPILOG = """\b
Examples:
  screening knowledge init my-knowledge
  screening knowledge init neck --from empty
"""


@click.command(epilog=EPILOG)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "start",
    type=click.Choice(("shipped", "empty")),
    default="shipped",
    show_default=True,
    help="A copy of the shipped knowledge, or only what every knowledge base has.",
)
def init(folder: Path, start: str) -> None:
    """Begin a knowledge base of your own in DIR, a new folder.

    Every command takes it with `--knowledge DIR`.
    """
    from screening.diagnostics import word  # noqa: PLC0415
    from screening.render.page import clean  # noqa: PLC0415
    from screening.scaffold.new_pack import Start, begin  # noqa: PLC0415 - slow imports

    with exits():
        written = begin(folder, Start(start))
    shown = clean(str(folder))
    click.echo(f"{written} files written to {shown}")
    if start == Start.EMPTY.value:
        click.echo(f"Begin with {clean(str(folder / 'pack.yaml'))}: what it is for, and what not.")
    click.echo(f"Next: screening knowledge new --knowledge {word(str(folder))}", err=True)
