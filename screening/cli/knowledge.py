"""`screening knowledge`: look at the knowledge, check it, compare it and prove it."""

from __future__ import annotations

from pathlib import Path

import click

from screening import app
from screening.cli.common import command, complain, finish, page_width, show, tell
from screening.cli.lazy import LazyGroup
from screening.cli.options import (
    FILE,
    SENTENCE,
    format_option,
    gathered,
    knowledge_option,
    prints,
    store_options,
)
from screening.render.page import Format, PageFormat

COMMANDS = {
    "test": "rules:test",
    "examples": "rules:examples",
    "new": "rules:new",
    "init": "knowledge:init",
    "reviewer": "reviews:reviewer",
    "review": "reviews:review",
    "bundle": "reviews:bundle",
    "activate": "rules:activate",
    "retire": "rules:retire",
    "edit": "pack_changes:edit",
    "rename": "pack_changes:rename",
    "delete": "pack_changes:delete",
    "unretire": "pack_changes:unretire",
    "format": "knowledge:format_",
    "schema": "knowledge:schema",
    "diff": "knowledge:diff",
    "prove": "knowledge:prove",
    "check": "knowledge:check",
    "doc": "knowledge:doc",
    "picture": "knowledge:picture",
    "figures": "knowledge:figures",
    "list": "knowledge:list_",
    "show": "knowledge:show_",
}
LISTS = (
    "questions",
    "findings",
    "categories",
    "exercises",
    "rules",
    "parameters",
    "clearances",
    "trainer-questions",
    "cases",
)


@click.group(cls=LazyGroup, commands_at=COMMANDS)
def knowledge() -> None:
    """Look at the knowledge base, check it and run its examples and cases."""


@command()
@knowledge_option
def check(knowledge_dir: Path | None) -> None:
    """Check every file, and report all that is wrong at once.

    $ screening knowledge check
    $ screening knowledge check --knowledge my-knowledge
    """
    found = app.knowledge_pages.examined(knowledge_dir)
    complain(found.trouble)
    click.echo(found.summary)
    finish(good=found.good)


@command("show")
@click.argument("name", metavar="ID")
@knowledge_option
def show_(name: str, knowledge_dir: Path | None) -> None:
    """Show an ID: a rule, question, exercise, clearance, source, case of the library and more.

    A case is concluded first, so that what was expected stands beside what was found. Under
    `pack`, show what this knowledge is for, what it is not for, and who has reviewed it.

    $ screening knowledge show pack
    $ screening knowledge show hinge-and-squat
    $ screening knowledge show deadlift.provokes
    $ screening knowledge show saddle
    $ screening knowledge show k05-day-10
    $ screening knowledge show chronic_from
    """
    show(app.knowledge_pages.page_of(knowledge_dir, name), Format.TABLE)


@command("list")
@click.argument("what", type=click.Choice(LISTS))
@prints(Format.TABLE, Format.JSON)
@knowledge_option
def list_(what: str, knowledge_dir: Path | None) -> app.printout.Printout:
    """List what the knowledge holds: questions (in asking order), rules, exercises and more.

    `trainer-questions` are five a client should ask any trainer.

    $ screening knowledge list exercises
    $ screening knowledge list questions --format json
    $ screening knowledge list trainer-questions
    $ screening knowledge list cases
    """
    return app.knowledge_pages.list_of(knowledge_dir, what)


@command()
@click.option(
    "--output",
    type=FILE,
    default="rule-book",
    show_default=True,
    help="The folder to write; a new one, an empty one, or an earlier rule book.",
)
@knowledge_option
def doc(output: Path, knowledge_dir: Path | None) -> str:
    """Write the rule book: every rule, question and source as pages anybody can read.

    $ screening knowledge doc
    $ screening knowledge doc --output ~/rule-book --knowledge my-knowledge
    """
    return app.rule_book.written(knowledge_dir, output)


@command()
@click.argument("target")
@click.option("-o", "--output", type=FILE, help="The file; TARGET.svg if not said.")
@knowledge_option
def picture(target: str, output: Path | None, knowledge_dir: Path | None) -> str:
    """Draw the rules that lead to TARGET: a finding, level, category or rule, as SVG.

    Answers stand on the left, rules and findings between, what is concluded on the right.

    $ screening knowledge picture emergency
    $ screening knowledge picture within_days -o picture.svg
    $ screening knowledge picture my-rule --knowledge my-knowledge
    """
    return app.pictures.picture_written(knowledge_dir, target, output)


@command()
@click.option(
    "-o",
    "--output",
    type=FILE,
    metavar="DIR",
    default="figures",
    show_default=True,
    help="The folder to write; a new one, an empty one, or earlier figures.",
)
@knowledge_option
def figures(output: Path, knowledge_dir: Path | None) -> str:
    """Write every figure, and sheets of all of them to look at, as HTML and SVG.

    `figures.html` has names and words, `unnamed.html` neither, in another order: for people to
    guess. What each shows is in `answers.html`. Whether a body can be so is what `check` says.
    Exercises of a session that have no figure are named.

    $ screening knowledge figures
    $ screening knowledge figures -o ~/figures --knowledge my-knowledge
    """
    return app.figures.figures_written(knowledge_dir, output)


@command()
@click.argument("folder", metavar="DIR", type=FILE)
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

    $ screening knowledge init my-knowledge
    $ screening knowledge init neck --from empty
    """
    begun = app.knowledge_files.begun(folder, start)
    click.echo("\n".join(begun.said))
    tell(begun.next)


@command("format")
@click.argument("paths", metavar="[PATH]...", type=FILE, nargs=-1)
@click.option(
    "--check", "only_check", is_flag=True, help="Change nothing; name what would change."
)
@knowledge_option
def format_(paths: tuple[Path, ...], *, only_check: bool, knowledge_dir: Path | None) -> None:
    """Lay out knowledge files in one way: order of keys, line breaks, quotes.

    What they say stays, and so does every comment. Without PATH, all files.

    $ screening knowledge format --check
    $ screening knowledge format --knowledge my-knowledge
    $ screening knowledge format my-knowledge/rules/avoid/my-rule.yaml
    """
    laid = app.knowledge_files.formatting(paths, knowledge_dir)
    for name in laid.names if only_check else laid.written():
        click.echo(name)
    done = "to format" if only_check else "formatted"
    tell(f"{laid.found.read} files read, {len(laid.names)} {done}")
    finish(good=not (only_check and laid.names))


@command()
@knowledge_option
def schema(knowledge_dir: Path | None) -> tuple[str, ...]:
    """Write a JSON Schema of rule files, for editors: every legal phrase, and what it means.

    It helps while you type; `knowledge check` decides. Run it again when the vocabulary changes;
    `knowledge new` does so, and puts the line into the rules it writes.

    $ screening knowledge schema --knowledge my-knowledge
    """
    return app.knowledge_files.schema_written(knowledge_dir)


@command()
@click.argument("old")
@click.argument("new")
@gathered(
    "wanted",
    "knowledge_diff.DiffWanted",
    click.option(
        "--on",
        "intakes",
        multiple=True,
        type=click.Path(path_type=Path, exists=True),
        help="Also conclude this intake, or every intake in this folder, with both.",
    ),
    click.option(
        "--accept-looser",
        "accepted",
        nargs=2,
        type=(SENTENCE, SENTENCE),
        metavar="NAME REASON",
        help="Answer for what became looser; recorded in NEW.",
    ),
    also=("old", "new"),
)
@prints()
@store_options
def diff(
    wanted: app.knowledge_diff.DiffWanted, place: app.stores.StorePlace
) -> app.printout.Printout:
    """Say what is stricter or looser in NEW than in OLD, over every client there can be.

    OLD and NEW are directories, git revisions (`HEAD~1`, `HEAD~1:my-knowledge`), or digests of
    knowledge in the records. Each difference comes with a client who shows it, concluded by
    both engines. Exits with 1 when somebody is newly cleared and nobody answers.

    $ screening knowledge diff HEAD my-knowledge
    $ screening knowledge diff knowledge my-knowledge --on intakes
    $ screening knowledge diff HEAD~1:knowledge knowledge --format json
    $ screening knowledge diff knowledge my-knowledge --accept-looser "A. Ito" "Seen in clinic."
    """
    app.extras.need("z3")
    return app.knowledge_diff.compared(wanted, place, tell)


@command()
@click.argument("invariant", metavar="[INVARIANT]", required=False, default="")
@click.option("--save", type=FILE, help="Write the first client who shows a failure as an intake.")
@click.option("--smt2", type=FILE, help="Write what is asked about INVARIANT as SMT-LIB 2.")
@format_option(Format.TABLE, Format.JSON)
@knowledge_option
def prove(
    invariant: str,
    save: Path | None,
    smt2: Path | None,
    form: PageFormat,
    knowledge_dir: Path | None,
) -> None:
    """Prove what `safety.yaml` declares, over all complete and partial intakes, or show who fails.

    A client who shows a failure is the smallest there is, and is concluded by both engines.

    $ screening knowledge prove
    $ screening knowledge prove flags-heard
    $ screening knowledge prove flags-heard --save client.yaml
    """
    app.extras.need("z3")
    promises = app.proofs.promises(knowledge_dir, invariant)
    if smt2 is not None:
        app.proofs.put(smt2, promises.smt2())
    proved = []
    for one in promises.proved(page_width()):
        click.echo(one.text, err=form is Format.JSON)
        proved.append(one)
    end = app.proofs.ending(promises, proved, form)
    if end is not None:
        click.echo(end, nl=False)
    good = all(one.good for one in proved)
    if save is not None and not good:
        app.proofs.put(save, app.proofs.first_client(proved, promises.knowledge))
    finish(good=good)
