"""`screening knowledge new`, `test`, `examples` and more: rules and their tests."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening import app
from screening.cli.author_prompt import TerminalAuthor, leaving
from screening.cli.common import at_keyboard, command, complain, show, tell
from screening.cli.options import SENTENCE, format_option, gathered, knowledge_option, with_sources
from screening.cli.terminal import Terminal
from screening.render.page import Format, PageFormat

if TYPE_CHECKING:
    from screening.model.rule import Rule

KINDS = (
    "rule",
    "question",
    "exercise",
    "category",
    "finding",
    "advice",
    "flag",
    "score",
    "case",
    "source",
)


@command()
@click.argument("kind", metavar=f"[{'|'.join(KINDS)}]", type=click.Choice(KINDS), default="rule")
@gathered(
    "wanted",
    "authoring.wanted",
    click.option(
        "--from",
        "screened",
        metavar="CASE|INTAKE",
        help="The screening a rule is to change, or a case to hold: an intake, or a case.",
    ),
    click.option("--expect", metavar="CLAIM", help="What should have been concluded there."),
    click.option(
        "--author",
        type=SENTENCE,
        default="",
        help="Who writes the rule: they cannot review it.",
    ),
    click.option("--resume", is_flag=True, help="Go on with the answers of last time."),
    also=("kind",),
)
@knowledge_option
@with_sources
def new(
    wanted: app.authoring.EntryWanted, knowledge_dir: Path | None, found: app.conclude.Sources
) -> None:
    """Write a rule by being asked for it, or a question, an exercise, a case and more.

    Words search, numbers choose, `?` lists, `<` goes back, Tab completes. Ctrl-C keeps what was
    answered.
    A CLAIM reads as in a case: `avoid deadlift`, `recommend walk`, `advise stay-active`.
    `new case --from` takes an intake, a case of the library or a case on record.

    $ screening knowledge new --knowledge my-knowledge
    $ screening knowledge new source --knowledge my-knowledge
    $ screening knowledge new case --from intake.yaml --knowledge my-knowledge
    $ screening knowledge new --knowledge my-knowledge --from intake.yaml --expect "avoid deadlift"
    $ screening knowledge new --knowledge my-knowledge < answers.txt
    """
    talk = TerminalAuthor()
    sitting: app.authoring.Sitting | None
    sitting = app.authoring.Sitting.at(knowledge_dir, wanted, talk, found)
    while sitting is not None:
        with leaving(sitting):
            made = sitting.write(tell)
        sitting = None if made is None else made.onward(talk)
    if made is not None:
        complain(made.trouble)
        show(made.shown, Format.TABLE)
        for line in made.changes():
            click.echo(line)
        if made.next:
            tell(made.next)


@command()
@click.argument("names", metavar="[RULE|CASE]...", nargs=-1)
@gathered(
    "wanted",
    "rule_tests.TestsWanted",
    click.option(
        "--mutants", is_flag=True, help="Also plant each small mistake, and say which live."
    ),
    click.option("--coverage", is_flag=True, help="Also list conditions never shown to decide."),
    also=("names",),
)
@format_option(Format.TABLE, Format.JSON)
@knowledge_option
def test(wanted: app.rule_tests.TestsWanted, form: PageFormat, knowledge_dir: Path | None) -> None:
    """Run the examples inside the rules and the case library, or some RULEs or CASEs.

    Both engines conclude each. A case passes when all it expects is concluded. What passed before
    and rests on nothing that changed since is not run again.

    $ screening knowledge test
    $ screening knowledge test hinge-and-squat
    $ screening knowledge test k05-day-10
    $ screening knowledge test --mutants
    $ screening knowledge test hinge-and-squat --mutants --coverage
    """
    found = app.rule_tests.tested(knowledge_dir, wanted, _watched, tell)
    complain(found.trouble)
    show(found.shown, form)


def _watched(rules: tuple[Rule, ...]) -> Iterable[Rule]:
    """Yield the rules, with the progress on stderr where somebody looks."""
    if not sys.stderr.isatty():
        yield from rules
        return
    with click.progressbar(rules, label="Planting mistakes", file=sys.stderr) as watched:
        yield from watched


@command()
@click.argument("rule")
@knowledge_option
def examples(rule: str, knowledge_dir: Path | None) -> None:
    """Show the clients at the boundaries of RULE that no example tests, and write examples.

    For each it asks whether the rule should fire. Your answers are written into the rule's file.
    Without a terminal, or where the knowledge cannot be written, they are only shown.

    $ screening knowledge examples hinge-and-squat
    $ screening knowledge examples my-rule --knowledge my-knowledge
    """
    found = app.examples.untested(knowledge_dir, rule, tell)
    for line in found.said:
        click.echo(line)
    if not at_keyboard():
        for line in found.described:
            click.echo(line)
    elif found.clients:
        click.echo(app.examples.asked(found, knowledge_dir, Terminal()))


@command()
@click.argument("name", metavar="RULE")
@knowledge_option
def activate(name: str, knowledge_dir: Path | None) -> None:
    """Make RULE active: in use, and reviewed as it is.

    $ screening knowledge activate my-rule --knowledge my-knowledge
    """
    tell(app.rule_life.activated(name, knowledge_dir))


@command()
@click.argument("name", metavar="RULE")
@click.option("--reason", type=SENTENCE, required=True, help="Why, in a sentence.")
@knowledge_option
def retire(name: str, reason: str, knowledge_dir: Path | None) -> None:
    """Retire RULE: it stays on file with the reason, and never fires again.

    $ screening knowledge retire my-rule --reason "Replaced by other-rule." --knowledge my-knowledge
    """  # noqa: E501 - as it is typed
    tell(app.rule_life.retired(name, reason, knowledge_dir))
