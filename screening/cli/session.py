"""`screening session`: the next hour for a client."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from screening import app
from screening.cli.common import FILE, command, format_option, knowledge_option, show
from screening.cli.records import case_options, sources, store_options
from screening.cli.session_options import asked, may_ask, session_options, told
from screening.render.page import FORMATS_OF_ONE, Format, PageFormat


@command()
@click.argument("intake", type=FILE)
@session_options
@click.option("--ask", is_flag=True, help="Ask what is not said, also what was said last time.")
@click.option("--swap", metavar="EXERCISE", help="Put the next best in its place.")
@click.option("--without", multiple=True, metavar="EXERCISE", help="Leave it out.")
@case_options
@format_option(*FORMATS_OF_ONE)
@knowledge_option
@store_options
def session(  # noqa: PLR0913 - one for each option
    subject: app.chosen_case.ChosenCase,
    *,
    ask: bool,
    swap: str | None,
    without: tuple[str, ...],
    form: PageFormat,
    knowledge_dir: Path | None,
    place: app.stores.StorePlace,
    **session_said: Any,  # noqa: ANN401 - what `session_options` adds
) -> None:
    """Plan the next hour from an INTAKE file: exercises, how much, how hard, and why.

    INTAKE is a YAML or JSON file, `-` for stdin, a recorded case, a client (the last one), or
    with `--row` a table. On a terminal it asks what it does not know of the session; what is said
    of a client on record is kept for next time.

    $ screening session client.yaml
    $ screening session blue-bike --minutes 60 --equipment gym
    $ screening session blue-bike --experience years --weight deadlift=100x5
    $ screening session client.yaml --equipment home --swap plank
    $ screening session client.yaml --without "back squat" --format json
    $ screening session members.csv --row 17
    """
    session_told = told(session_said)
    with sources(place) as found:
        new = app.sessions.never_said(subject, found)
        if ask or (new and form is Format.TABLE and may_ask()):
            session_told = asked(session_told)
        wish = app.sessions.Wish(session_told, without, swap)
        show(app.sessions.next_session(knowledge_dir, subject, wish, found), form)
