"""`screening audit`: what a record says, whether it is whole, and what follows from it again."""

from __future__ import annotations

import datetime
import re
import sys
from pathlib import Path

import click

from screening.cli.common import FINDINGS, exits, format_option, knowledge_option
from screening.cli.records import Place, open_records, store_options

DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
VERIFY = """\b
Examples:
  screening audit verify
  screening audit verify blue-bike
  screening audit verify blue-bike --head abcd2345efgh
"""
REPLAY = """\b
Examples:
  screening audit replay blue-bike
  screening audit replay blue-bike --knowledge new-knowledge
"""
SHOW = """\b
Examples:
  screening audit show blue-bike
  screening audit show blue-bike --rule constant-pain --at 2026-03
  screening audit show blue-bike --target deadlift --conclusion 1
"""


@click.group()
def audit() -> None:
    """Look back: what was concluded and why, whether records are whole, what would change."""


@audit.command(epilog=VERIFY)
@click.argument("case", required=False, metavar="[CASE]")
@click.option("--head", "heads", multiple=True, help="Find the head digest printed on a report.")
@format_option("table", "json", "markdown")
@store_options
def verify(place: Place, case: str | None, heads: tuple[str, ...], form: str) -> None:
    """Check that records are as they were written, and draw every conclusion again.

    CASE is a case or a client; without it, the whole store. Names the first bad record, and says
    what it cannot show. Exit 1 when something is found.
    """
    from screening.cli.auditing import verified  # noqa: PLC0415 - slow imports

    with exits(), open_records(place) as store:
        good = verified(store, case, heads, form)
    sys.exit(0 if good else FINDINGS)


@audit.command(epilog=REPLAY)
@click.argument("case")
@knowledge_option
@format_option("table", "json", "markdown")
@store_options
def replay(place: Place, case: str, knowledge_dir: Path | None, form: str) -> None:
    """Print every report of a CASE again, byte for byte; or say what other knowledge changes.

    With --knowledge, the last conclusion is drawn with it from the same answers: what would
    change, and which rules make it so. Exit 1 when anything differs.
    """
    from screening.cli.auditing import compared, reprinted  # noqa: PLC0415 - slow imports

    with exits(), open_records(place) as store:
        if knowledge_dir is None:
            same = reprinted(store, case)
        else:
            same = compared(store, case, knowledge_dir, form)
    sys.exit(0 if same else FINDINGS)


@audit.command(epilog=SHOW)
@click.argument("case")
@click.option("--rule", help="Say why this rule fired, or why it did not.")
@click.option("--target", help="Say why something was concluded, or why it was not.")
@click.option("--at", metavar="DAY", help="As of a day or month (2026-03-14, 2026-03).")
@click.option("--conclusion", type=click.IntRange(1), help="The first conclusion, the second …")
@format_option("table", "json", "markdown")
@store_options
def show(  # noqa: PLR0913 - click's options
    place: Place,
    case: str,
    *,
    rule: str | None,
    target: str | None,
    at: str | None,
    conclusion: int | None,
    form: str,
) -> None:
    """Show what happened in a CASE, or answer from its record alone why something was said.

    The answers, the rules and their sources are those of then. CASE is a case or a client.
    """
    from screening.cli.auditing import Question, explain, tell  # noqa: PLC0415 - slow imports

    asked = _one_question(rule, target, at, conclusion)
    with exits(), open_records(place) as store:
        if not asked:
            tell(store, case, form)
        else:
            of = Question(asked, at or "", conclusion, rule_only=rule is not None)
            explain(store, case, of, form)


def _one_question(
    rule: str | None, target: str | None, at: str | None, conclusion: int | None
) -> str:
    """Return what is asked about; empty for the history.

    Raises:
        UsageError: when options do not go together.

    """
    if rule is not None and target is not None:
        raise click.UsageError("--rule and --target cannot be combined: ask one thing at a time")
    if at is not None and conclusion is not None:
        raise click.UsageError("--at and --conclusion cannot be combined: both choose one")
    asked = target if rule is None else rule
    if asked is None and (at is not None or conclusion is not None):
        raise click.UsageError("--at and --conclusion choose what --rule or --target is asked of")
    if asked is not None and not asked.strip():
        raise click.UsageError("--rule and --target name something: an id is expected")
    if at is not None and not _in_calendar(at):
        message = f"expected a day or month like 2026-03-14 or 2026-03, found `{at[:40]}`"
        raise click.BadParameter(message, param_hint="--at")
    return asked or ""


def _in_calendar(at: str) -> bool:
    """Tell whether a text is a year, month or day that there is."""
    try:
        datetime.date.fromisoformat(at + "0001-01-01"[len(at) :])
    except ValueError:
        return False
    return DAY.fullmatch(at) is not None
