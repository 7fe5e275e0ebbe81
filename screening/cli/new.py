"""`screening knowledge new`: write a rule, a question, an exercise or a source by being asked."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from screening.cli.common import BAD_INPUT, exits, knowledge_option

KINDS = ("rule", "question", "exercise", "source")
EPILOG = """\b
Examples:
  screening knowledge new --knowledge my-knowledge
  screening knowledge new source --knowledge my-knowledge
  screening knowledge new --knowledge my-knowledge --from intake.yaml --expect "avoid deadlift"
  screening knowledge new --knowledge my-knowledge < answers.txt
"""


@click.command(epilog=EPILOG)
@click.argument(
    "kind", metavar="[rule|question|exercise|source]", type=click.Choice(KINDS), default="rule"
)
@click.option(
    "--from",
    "screened",
    metavar="CASE|INTAKE",
    help="Begin with a screening you disagree with: a case of the library, or an intake file.",
)
@click.option("--expect", metavar="CLAIM", help="What should have been concluded there.")
@click.option("--resume", is_flag=True, help="Go on with the answers of last time.")
@knowledge_option
def new(
    kind: str,
    *,
    screened: str | None,
    expect: str | None,
    resume: bool,
    knowledge_dir: Path | None,
) -> None:
    """Write a rule by being asked for it, or a question, an exercise or a source.

    Words search, numbers choose, `?` lists, `<` goes back, Tab completes. Ctrl-C keeps what was
    answered.
    A CLAIM reads as in a case: `avoid deadlift`, `recommend walk`, `advise stay-active`.
    """
    from screening.cli.authoring import Sitting  # noqa: PLC0415
    from screening.scaffold.new_rule import StoppedError  # noqa: PLC0415 - slow imports
    from screening.write.disk import writable  # noqa: PLC0415

    both = bool(screened and expect) and kind == "rule"
    if not both and (screened, expect) != (None, None):
        raise click.UsageError("`--from` and `--expect` go together, and are for rules")
    with exits():
        sitting = Sitting.at(writable(knowledge_dir), kind, f"{screened} {expect}", resume=resume)
        try:
            start = sitting.start(screened, expect) if screened and expect else None
            sitting.write(kind, start)
        except StoppedError as stopped:
            sitting.stop(str(stopped))
        except (EOFError, KeyboardInterrupt):
            click.echo(f"\n{sitting.kept}", err=True)
            sys.exit(BAD_INPUT)
