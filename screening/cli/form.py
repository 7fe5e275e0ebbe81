"""`screening form` and `screening receive`: a client answers before the session, at home."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from screening import app
from screening.cli.common import command, complain, page_width, say, tell
from screening.cli.options import (
    FILE,
    STDIN,
    format_option,
    knowledge_option,
    output_option,
    store_options,
    typed_in,
)
from screening.render.page import Format, PageFormat, Shape

PASTE = "Paste the whole text, then Enter and Ctrl-D (on Windows: Ctrl-Z, Enter)."


@command()
@click.argument("client")
@output_option("Write it to a new FILE.html.")
@knowledge_option
@store_options
def form(
    client: str, file: Path | None, knowledge_dir: Path | None, place: app.stores.StorePlace
) -> tuple[str, ...]:
    """Write the form a CLIENT answers before the session: one file that works offline.

    It stops at an emergency, shows no result, and gives back a text that only these records open.
    A CLIENT who is not recorded yet is opened.

    $ screening form blue-bike
    $ screening form blue-bike -o before-friday.html
    """
    wanted = app.forms.ClientForm(client, file, knowledge_dir)
    with app.stores.open_for_screenings(place) as store:
        return app.forms.form(store, wanted, tell)


@command()
@click.argument("file", type=FILE)
@click.option("--again", is_flag=True, help="Take a form that came back before.")
@knowledge_option
@store_options
@format_option()
def receive(
    file: Path,
    knowledge_dir: Path | None,
    place: app.stores.StorePlace,
    form: PageFormat,
    *,
    again: bool,
) -> None:
    """File what came back from a form as a screening of its client; FILE `-` reads stdin.

    It says first what presses, then what is new since last time, and how to go on.

    $ screening receive answers-2026-03-02.screening
    $ screening receive -          (then paste the text, Enter, Ctrl-D)
    """
    if file == STDIN and sys.stdin.isatty():
        tell(PASTE)
    wanted = app.receive.ReplyWanted(file, typed_in(file), again, knowledge_dir)
    shape = Shape(form, page_width(), country=app.settings.country())
    with app.stores.open_records(place) as store:
        made = app.receive.received(store, wanted, shape, tell)
    tell("\n".join(made.first))
    complain(made.doubts)
    click.echo(made.report, nl=False)
    if made.then and form is not Format.JSON:
        say(made.then)
