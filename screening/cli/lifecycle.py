"""`screening knowledge review`, `activate` and `retire`: the life of a rule."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.cli.common import FINDINGS, complain, exits, knowledge_option
from screening.cli.line_param import SENTENCE
from screening.diagnostics import quoted, suggestion
from screening.errors import UnknownTargetError
from screening.load import load
from screening.model.vocabularies import Status

if TYPE_CHECKING:
    from screening.diagnostics import Diagnostic
    from screening.model.knowledge import KnowledgeBase
    from screening.model.rule import Rule

YEAR = datetime.timedelta(days=365)
REVIEW_EPILOG = """\b
Examples:
  screening knowledge review my-rule --by "A. Ito, physiotherapist" --knowledge my-knowledge
  screening knowledge review my-rule --by "A. Ito" --due 2027-06-01 --yes --knowledge my-knowledge
"""
ACTIVATE_EPILOG = """\b
Examples:
  screening knowledge activate my-rule --knowledge my-knowledge
"""
RETIRE_EPILOG = """\b
Examples:
  screening knowledge retire my-rule --reason "Replaced by other-rule." --knowledge my-knowledge
"""
DAY = click.DateTime(("%Y-%m-%d",))


@click.command(epilog=REVIEW_EPILOG)
@click.argument("name", metavar="RULE")
@click.option(
    "--by",
    type=SENTENCE,
    required=True,
    help="The clinician who has read the rule: name, profession.",
)
@click.option("--due", type=DAY, help="To be read again by this day; in a year if not said.")
@click.option("--yes", is_flag=True, help="They have read it as it is; do not ask.")
@knowledge_option
def review(
    name: str, by: str, *, due: datetime.datetime | None, yes: bool, knowledge_dir: Path | None
) -> None:
    """Record that a named clinician has read RULE as it is.

    Its check, sources, examples, cases, mutants and every proof come first. The file keeps a
    digest of the logic they saw: when the logic changes, the review no longer counts; when only
    words change, it does.
    """
    from screening.cli.intake import page_width  # noqa: PLC0415
    from screening.render.knowledge_page import show_page  # noqa: PLC0415
    from screening.render.table import text  # noqa: PLC0415
    from screening.scaffold.lifecycle import Signature, sign  # noqa: PLC0415 - slow imports
    from screening.write.disk import writable  # noqa: PLC0415

    until = due.date() if due else _today() + YEAR
    if not by or until <= _today():
        raise click.UsageError("`--by` needs a name, and `--due` a day to come")
    with exits():
        root = writable(knowledge_dir)
        base = load(root, library=True)
        rule = _rule(base, name)
        found = _obstacles(base, rule)
        complain(found)
        if found:
            sys.exit(FINDINGS)
        click.echo(text(show_page(base, name), page_width()), nl=False)
        if not (yes or click.confirm(f"Has {by} read exactly this?", err=True)):
            sys.exit(FINDINGS)
        path = sign(root, rule, Signature(by, _today(), until))
    click.echo(f"{path}: reviewed by {by}, due {until}", err=True)


@click.command(epilog=ACTIVATE_EPILOG)
@click.argument("name", metavar="RULE")
@knowledge_option
def activate(name: str, knowledge_dir: Path | None) -> None:
    """Make RULE active: in use, and reviewed as it is."""
    from screening.scaffold.lifecycle import put_active  # noqa: PLC0415 - slow imports
    from screening.write.disk import writable  # noqa: PLC0415

    with exits():
        root = writable(knowledge_dir)
        rule = _rule(load(root), name)
        if not rule.reviewed:
            raise UnknownTargetError(
                f"no clinician has reviewed `{name}` as it is\n"
                f"  help: `screening knowledge review {name} --by NAME`"
            )
        click.echo(f"{put_active(root, rule)}: active", err=True)


@click.command(epilog=RETIRE_EPILOG)
@click.argument("name", metavar="RULE")
@click.option("--reason", type=SENTENCE, required=True, help="Why, in a sentence.")
@knowledge_option
def retire(name: str, reason: str, knowledge_dir: Path | None) -> None:
    """Retire RULE: it stays on file with the reason, and never fires again."""
    from screening.scaffold.lifecycle import put_away  # noqa: PLC0415 - slow imports
    from screening.write.disk import writable  # noqa: PLC0415

    if not reason:
        raise click.UsageError("`--reason` needs a sentence")
    with exits():
        root = writable(knowledge_dir)
        path = put_away(root, _rule(load(root), name), reason)
    click.echo(f"{path}: retired. Next: `screening knowledge check`, `test`, `prove`", err=True)


def _today() -> datetime.date:
    return datetime.datetime.now(tz=datetime.timezone.utc).date()


def _obstacles(base: KnowledgeBase, rule: Rule) -> tuple[Diagnostic, ...]:
    """Return what stands in the way of a review; proofs are made where the rest is in order."""
    from screening.app.result_cache import remembered  # noqa: PLC0415
    from screening.cli.testing import teller  # noqa: PLC0415
    from screening.mutation.verdicts import Judge  # noqa: PLC0415 - slow imports
    from screening.scaffold.lifecycle import obstacles  # noqa: PLC0415

    apart, memory = teller(base), remembered()
    found = obstacles(Judge(base, apart, memory), rule, _today())
    memory.save()
    if found or apart is None or base.safety is None:
        return found
    from screening.verify.promises import broken_promises  # noqa: PLC0415 - needs z3

    click.echo(f"proving {len(base.safety.invariants)} invariants", err=True)
    return tuple(broken_promises(base))


def _rule(base: KnowledgeBase, name: str) -> Rule:
    """Return a rule that has a file of its own and is in force.

    Raises:
        UnknownTargetError: when there is none of that name.

    """
    written = {rule.id: rule for rule in base.rules.values() if not rule.cell}
    if name not in written:
        help_ = suggestion(name, written)
        raise UnknownTargetError(f"no rule {quoted(name)} with a file of its own; {help_}")
    if written[name].status is Status.RETIRED:
        raise UnknownTargetError(
            f"`{name}` is retired\n"
            "  help: write `status: draft` and take out `retired` to bring it back"
        )
    return written[name]
