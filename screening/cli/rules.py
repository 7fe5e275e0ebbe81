"""`screening knowledge new`, `test`, `examples`, `review` and more: rules and their tests."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening import app
from screening.cli.author_prompt import TerminalAuthor
from screening.cli.common import (
    BAD_INPUT,
    FILE,
    command,
    complain,
    finish,
    format_option,
    knowledge_option,
    show,
    tell,
)
from screening.cli.line_param import SENTENCE
from screening.cli.records import sources, store_options
from screening.cli.terminal import HangUpError, Terminal, hang_ups
from screening.render.page import Format, PageFormat

if TYPE_CHECKING:
    from screening.model.rule import Rule

KINDS = (
    *("rule", "question", "exercise", "category", "finding", "advice", "flag", "case", "source"),
)
DAY = click.DateTime(("%Y-%m-%d",))
NEW = """\b
Examples:
  screening knowledge new --knowledge my-knowledge
  screening knowledge new source --knowledge my-knowledge
  screening knowledge new case --from intake.yaml --knowledge my-knowledge
  screening knowledge new --knowledge my-knowledge --from intake.yaml --expect "avoid deadlift"
  screening knowledge new --knowledge my-knowledge < answers.txt
"""
TEST = """\b
Examples:
  screening knowledge test
  screening knowledge test hinge-and-squat
  screening knowledge test k05-day-10
  screening knowledge test --mutants
  screening knowledge test hinge-and-squat --mutants --coverage
"""
EXAMPLES = """\b
Examples:
  screening knowledge examples hinge-and-squat
  screening knowledge examples my-rule --knowledge my-knowledge
"""
REVIEW = """\b
Examples:
  screening knowledge review my-rule --by ito --knowledge my-knowledge
  screening knowledge review my-rule other-rule --by "A. Ito" --due 2027-06-01 --knowledge kb
  screening knowledge review avoid --by ito --knowledge my-knowledge
  screening knowledge review --from review.yaml --knowledge my-knowledge
"""
BUNDLE = """\b
Examples:
  screening knowledge bundle --knowledge my-knowledge
  screening knowledge bundle safety -o safety.html --knowledge my-knowledge
"""
REVIEWER = """\b
Examples:
  screening knowledge reviewer --knowledge my-knowledge
  screening knowledge reviewer ito --name "A. Ito" --profession physiotherapist \
--registration "Register of X, 12345" --knowledge my-knowledge
"""
ACTIVATE = """\b
Examples:
  screening knowledge activate my-rule --knowledge my-knowledge
"""
RETIRE = """\b
Examples:
  screening knowledge retire my-rule --reason "Replaced by other-rule." --knowledge my-knowledge
"""


@command(epilog=NEW)
@click.argument("kind", metavar=f"[{'|'.join(KINDS)}]", type=click.Choice(KINDS), default="rule")
@click.option(
    "--from",
    "screened",
    metavar="CASE|INTAKE",
    help="The screening a rule is to change, or a case to hold: an intake, or a case.",
)
@click.option("--expect", metavar="CLAIM", help="What should have been concluded there.")
@click.option("--author", type=SENTENCE, help="Who writes the rule: they cannot review it.")
@click.option("--resume", is_flag=True, help="Go on with the answers of last time.")
@knowledge_option
@store_options
def new(  # noqa: PLR0913 - one for each option
    kind: str,
    *,
    screened: str | None,
    expect: str | None,
    author: str | None,
    resume: bool,
    knowledge_dir: Path | None,
    place: app.stores.StorePlace,
) -> None:
    """Write a rule by being asked for it, or a question, an exercise, a case and more.

    Words search, numbers choose, `?` lists, `<` goes back, Tab completes. Ctrl-C keeps what was
    answered.
    A CLAIM reads as in a case: `avoid deadlift`, `recommend walk`, `advise stay-active`.
    `new case --from` takes an intake, a case of the library or a case on record.
    """
    wanted = app.authoring.wanted(kind, screened, expect, resume=resume, author=author or "")
    talk = TerminalAuthor()
    with sources(place) as found:
        sitting = app.authoring.Sitting.at(knowledge_dir, wanted, talk, found)
        made = _written(sitting)
    onward = None if made is None else made.onward(talk)
    if onward is not None:
        made = _written(onward)
    if made is not None:
        _show(made)


def _written(sitting: app.authoring.Sitting) -> app.authoring.Written | None:
    """Return what an author wrote; one who leaves is told what is kept."""
    try:
        return sitting.write(tell)
    except (EOFError, KeyboardInterrupt):
        tell(f"\n{sitting.kept}")
        sys.exit(BAD_INPUT)


def _show(made: app.authoring.Written) -> None:
    """Print the page of what was written, what is wrong with it, and what it changes."""
    complain(made.trouble)
    show(made.shown, Format.TABLE)
    for line in made.changes():
        click.echo(line)
    if made.next:
        tell(made.next)


@command(epilog=TEST)
@click.argument("names", metavar="[RULE|CASE]...", nargs=-1)
@click.option("--mutants", is_flag=True, help="Also plant each small mistake, and say which live.")
@click.option("--coverage", is_flag=True, help="Also list conditions never shown to decide.")
@format_option(Format.TABLE, Format.JSON)
@knowledge_option
def test(
    names: tuple[str, ...],
    form: PageFormat,
    knowledge_dir: Path | None,
    *,
    mutants: bool,
    coverage: bool,
) -> None:
    """Run the examples inside the rules and the case library, or some RULEs or CASEs.

    Both engines conclude each. A case passes when all it expects is concluded. What passed before
    and rests on nothing that changed since is not run again.
    """
    wanted = app.rule_tests.TestsWanted(names, mutants=mutants, coverage=coverage)
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


@command(epilog=EXAMPLES)
@click.argument("rule")
@knowledge_option
def examples(rule: str, knowledge_dir: Path | None) -> None:
    """Show the clients at the boundaries of RULE that no example tests, and write examples.

    For each it asks whether the rule should fire. Your answers are written into the rule's file.
    Without a terminal, or where the knowledge cannot be written, they are only shown.
    """
    found = app.examples.untested(knowledge_dir, rule, tell)
    for line in found.said:
        click.echo(line)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        for line in found.described:
            click.echo(line)
    elif found.clients:
        asking = app.examples.Examining.begun(found, knowledge_dir, Terminal())
        with suppress(EOFError, KeyboardInterrupt, HangUpError), hang_ups():
            asking.run()
        click.echo(found.written(asking.examples))


@command(epilog=REVIEW)
@click.argument("names", metavar="[RULE|TOPIC]...", nargs=-1)
@click.option(
    "--by", type=SENTENCE, default="", help="Who has read them: an id or name on record."
)
@click.option("--from", "answers", type=FILE, help="Answers that came back with a bundle.")
@click.option("--due", type=DAY, help="To be read again by this day; in a year if not said.")
@click.option("--yes", is_flag=True, help="They have read each as it is; do not ask.")
@knowledge_option
def review(  # noqa: PLR0913 - one for each option
    names: tuple[str, ...],
    by: str,
    *,
    answers: Path | None,
    due: datetime.datetime | None,
    yes: bool,
    knowledge_dir: Path | None,
) -> None:
    """Record that somebody on record has read RULE as it is, or each rule of a TOPIC.

    Its check, sources, examples, cases, mutants and promises come first, then it is shown. What
    they saw is kept: logic and words, of the rule and of all it asks, cites and rests on. When
    any of it changes, the review no longer counts, and `check` and `show` say what changed.
    """
    day = due.date() if due else None
    if bool(names) == bool(answers):
        raise click.UsageError("name rules or topics, or a file with `--from`")
    if answers is not None:
        _taken_back(app.bundles.taken_back(answers, by, day, knowledge_dir, tell), yes=yes)
        return
    found = app.reviews.reviews(names, by, day, knowledge_dir, tell)
    signed = [_reviewed(one, yes=yes) for one in found.pending()]
    finish(good=all(signed))


def _reviewed(one: app.reviews.PendingReview, *, yes: bool) -> bool:
    """Show a rule and sign it where nothing stands in the way; tell whether it was signed."""
    complain(one.trouble)
    if one.trouble:
        return False
    for line in one.notes:
        tell(line)
    show(one.shown, Format.TABLE)
    if not (yes or click.confirm(one.question, err=True)):
        return False
    tell(one.sign())
    return True


def _taken_back(found: app.bundles.ReturnedBundle, *, yes: bool) -> None:
    """Sign what was agreed to, and print what stays open."""
    complain(found.refused)
    agreed = bool(found.reviews.rules)
    sure = agreed and (yes or click.confirm(found.question, err=True))
    good = not found.refused and sure is agreed
    for one in found.reviews.pending() if sure else ():
        complain(one.trouble)
        good = good and not one.trouble
        if not one.trouble:
            tell(one.sign())
    for line in found.points:
        click.echo(line)
    finish(good=good)


@command(epilog=BUNDLE)
@click.argument("names", metavar="[RULE|TOPIC]...", nargs=-1)
@click.option("-o", "--output", type=FILE, default="review.html", show_default=True, help="HTML.")
@click.option("--all", "every", is_flag=True, help="Also rules that are signed as they are.")
@knowledge_option
def bundle(
    names: tuple[str, ...], output: Path, *, every: bool, knowledge_dir: Path | None
) -> None:
    """Write rules as one page for a clinician to read and answer, the most urgent first.

    Without a name, all that nobody has signed as they are. Beside the page stands a file for the
    answers, which comes back with `knowledge review --from FILE`.
    """
    click.echo(app.bundles.bundled(names, output, knowledge_dir, every=every))


@command(epilog=REVIEWER)
@click.argument("name", metavar="[ID]", required=False, default="")
@click.option("--name", "called", type=SENTENCE, default="", help="Their name.")
@click.option("--profession", type=SENTENCE, default="", help="What they are.")
@click.option(
    "--registration", type=SENTENCE, default="", help="Where they are registered, and as what."
)
@knowledge_option
def reviewer(
    name: str, called: str, profession: str, registration: str, knowledge_dir: Path | None
) -> None:
    """Put a person on record who may review rules, under ID; without one, list who may.

    Only somebody with a profession and a registration can sign, and nobody their own rule.
    """
    if not name:
        click.echo("\n".join(app.reviews.on_record(knowledge_dir)))
        return
    said = {"id": name, "name": called, "profession": profession, "registration": registration}
    tell(app.reviews.recorded(knowledge_dir, said))


@command(epilog=ACTIVATE)
@click.argument("name", metavar="RULE")
@knowledge_option
def activate(name: str, knowledge_dir: Path | None) -> None:
    """Make RULE active: in use, and reviewed as it is."""
    tell(app.rule_life.activated(name, knowledge_dir))


@command(epilog=RETIRE)
@click.argument("name", metavar="RULE")
@click.option("--reason", type=SENTENCE, required=True, help="Why, in a sentence.")
@knowledge_option
def retire(name: str, reason: str, knowledge_dir: Path | None) -> None:
    """Retire RULE: it stays on file with the reason, and never fires again."""
    tell(app.rule_life.retired(name, reason, knowledge_dir))
