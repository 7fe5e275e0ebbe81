"""`screening knowledge schema`: what lets an editor complete and underline rule files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.cli.common import exits, knowledge_option
from screening.load import load
from screening.write.disk import put, writable

if TYPE_CHECKING:
    from screening.model.knowledge import KnowledgeBase

PLACE = Path(".schema") / "rule.json"  # hidden, so the loader passes it by
HEADER = (
    f"# yaml-language-server: $schema=../../{PLACE.as_posix()}\n"  # from rules/TOPIC/RULE.yaml
)
EPILOG = """\b
Examples:
  screening knowledge schema --knowledge my-knowledge
"""


@click.command(epilog=EPILOG)
@knowledge_option
def schema(knowledge_dir: Path | None) -> None:
    """Write a JSON Schema of rule files, for editors: every legal phrase, and what it means.

    It helps while you type; `knowledge check` decides. Run it again when the vocabulary changes;
    `knowledge new` does so, and puts the line into the rules it writes.
    """
    from screening.render.page import clean  # noqa: PLC0415 - slow imports

    with exits():
        root = writable(knowledge_dir)
        put_schema(root, load(root, library=True))
    click.echo(f"{clean(str(root / PLACE))} written. First line of a rule file, for your editor:")
    click.echo(HEADER, nl=False)


def has_schema(root: Path) -> bool:
    """Tell whether a knowledge directory has a schema."""
    return (root / PLACE).is_file()


def header(root: Path) -> str:
    """Return the first line of a new rule file; empty where there is no schema."""
    return HEADER if has_schema(root) else ""


def put_schema(root: Path, knowledge: KnowledgeBase) -> None:
    """Write the schema of the rule files of a knowledge directory.

    Raises:
        UnwritableError: when it cannot be written.

    """
    from screening.render.editor_schema import rule_schema  # noqa: PLC0415
    from screening.render.json_form import dumped  # noqa: PLC0415 - slow imports

    put(root / PLACE, dumped(rule_schema(knowledge)))
