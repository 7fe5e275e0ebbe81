"""`screening knowledge format`: give knowledge files their one canonical text."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from screening.cli.common import FINDINGS, exits, knowledge_option
from screening.load import shipped_knowledge

EPILOG = """\b
Examples:
  screening knowledge format --check
  screening knowledge format --knowledge my-knowledge
  screening knowledge format my-knowledge/rules/avoid/my-rule.yaml
"""


@click.command(name="format", epilog=EPILOG)
@click.argument("paths", metavar="[PATH]...", type=click.Path(path_type=Path), nargs=-1)
@click.option(
    "--check", "only_check", is_flag=True, help="Change nothing; name what would change."
)
@knowledge_option
def format_(paths: tuple[Path, ...], *, only_check: bool, knowledge_dir: Path | None) -> None:
    """Lay out knowledge files in one way: order of keys, line breaks, quotes.

    What they say stays, and so does every comment. Without PATH, all files.
    """
    from screening.render.page import clean  # noqa: PLC0415
    from screening.scaffold.formatting import format_files  # noqa: PLC0415 - slow imports
    from screening.write.disk import home_of, put, writable  # noqa: PLC0415

    with exits():
        named = paths or (knowledge_dir or shipped_knowledge(),)
        found = format_files(named)
        if not only_check:
            for path in paths or (knowledge_dir,):
                writable(path and home_of(path))
        for file in found.unformatted:
            if not only_check:
                put(file.path, file.text)
            click.echo(clean(str(file.path)))
    done = "to format" if only_check else "formatted"
    click.echo(f"{found.read} files read, {len(found.unformatted)} {done}", err=True)
    sys.exit(FINDINGS if only_check and found.unformatted else 0)
