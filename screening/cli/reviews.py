"""`screening knowledge reviewer`, `bundle` and `review`: who signs rules, and what they read."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from screening import app
from screening.cli.common import agrees, command, complain, finish, show, tell
from screening.cli.options import FILE, SENTENCE, knowledge_option
from screening.render.page import Format

DAY = click.DateTime(("%Y-%m-%d",))


@command()
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

    $ screening knowledge review my-rule --by ito --knowledge my-knowledge
    $ screening knowledge review my-rule other-rule --by "A. Ito" --due 2027-06-01 --knowledge kb
    $ screening knowledge review avoid --by ito --knowledge my-knowledge
    $ screening knowledge review --from review.yaml --knowledge my-knowledge
    """
    day = due.date() if due else None
    if bool(names) == bool(answers):
        raise click.UsageError("name rules or topics, or a file with `--from`")
    signing = app.reviews.Signing(complain, tell, _shown, agrees(yes=yes))
    if answers is not None:
        back = app.bundles.taken_back(answers, by, day, knowledge_dir, tell)
        good = back.signed(signing)
        for line in back.points:
            click.echo(line)
    else:
        good = app.reviews.reviews(names, by, day, knowledge_dir, tell).signed(signing)
    finish(good=good)


def _shown(page: app.printout.Printout) -> None:
    show(page, Format.TABLE)


@command()
@click.argument("names", metavar="[RULE|TOPIC]...", nargs=-1)
@click.option("-o", "--output", type=FILE, default="review.html", show_default=True, help="HTML.")
@click.option("--all", "every", is_flag=True, help="Also rules that are signed as they are.")
@knowledge_option
def bundle(
    names: tuple[str, ...], output: Path, *, every: bool, knowledge_dir: Path | None
) -> str:
    """Write rules as one page for a clinician to read and answer, the most urgent first.

    Without a name, all that nobody has signed as they are. Beside the page stands a file for the
    answers, which comes back with `knowledge review --from FILE`.

    $ screening knowledge bundle --knowledge my-knowledge
    $ screening knowledge bundle safety -o safety.html --knowledge my-knowledge
    """
    return app.bundles.bundled(names, output, knowledge_dir, every=every)


@command()
@click.argument("name", metavar="[ID]", required=False, default="")
@click.option("--name", "called", type=SENTENCE, default="", help="Their name.")
@click.option("--profession", type=SENTENCE, default="", help="What they are.")
@click.option(
    "--registration", type=SENTENCE, default="", help="Where they are registered, and as what."
)
@knowledge_option
def reviewer(
    name: str, called: str, profession: str, registration: str, knowledge_dir: Path | None
) -> tuple[str, ...]:
    """Put a person on record who may review rules, under ID; without one, list who may.

    Only somebody with a profession and a registration can sign, and nobody their own rule.

    $ screening knowledge reviewer --knowledge my-knowledge
    $ screening knowledge reviewer ito --name "A. Ito" --profession physiotherapist \
--registration "Register of X, 12345" --knowledge my-knowledge
    """
    if not name:
        return app.reviews.on_record(knowledge_dir)
    said = {"id": name, "name": called, "profession": profession, "registration": registration}
    tell(app.reviews.recorded(knowledge_dir, said))
    return ()
