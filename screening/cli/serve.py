"""`screening serve`: the page, on this computer alone."""

from __future__ import annotations

from _thread import interrupt_main
from pathlib import Path
from threading import Timer

import click

from screening import app, web
from screening.cli.common import command, say, tell
from screening.cli.options import knowledge_option, store_options

LAST_PORT = 65535
WARM = 1.0  # seconds after which it is made ready for the first client, in the background
GRACE = 0.3  # seconds in which the last page goes out
NO_LAN = (
    "the page is not shown to other devices. Nothing encrypts the line to them, so answers about "
    "health and the key of the page could be read by whoever listens. Hand over this screen, or "
    "send a form to answer at home: `screening form CLIENT`."
)


def _no_lan(_: click.Context, __: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's
    """Refuse to be reached from other devices, and say why.

    Raises:
        BadParameter: when it is wanted.

    """
    if wanted:
        raise click.BadParameter(NO_LAN)


@command()
@click.option(
    "--port",
    type=click.IntRange(0, LAST_PORT),
    default=0,
    help="Listen on this port; left out, on a free one.",
)
@click.option("--no-browser", is_flag=True, help="Only print the link; open no browser.")
@click.option(
    "--lan",
    is_flag=True,
    expose_value=False,
    callback=_no_lan,
    help="Refused: the line to another device is not encrypted.",
)
@knowledge_option
@store_options
def serve(
    *,
    port: int,
    no_browser: bool,
    knowledge_dir: Path | None,
    place: app.stores.StorePlace,
) -> None:
    """Show everything as a page in the browser, on this computer alone.

    The link that is printed opens it once, in one browser. It can be handed to a client, who then
    sees the questions and nothing else. Ctrl-C ends it; every answer is kept.

    $ screening serve
    $ screening serve --port 8000 --no-browser
    """
    knowledge = app.knowledge.open_checked_knowledge(knowledge_dir)
    door = web.serving.listening(port)
    office = web.office.Office(place, knowledge, app.knowledge.root_of(knowledge_dir), tell)
    site = web.site.Site(office, door.getsockname()[1], web.site.Host(say, _stop))
    link = site.start_link()

    def ready() -> None:
        say(link)
        warming = Timer(WARM, site.warm_up)
        warming.daemon = True
        warming.start()
        if not no_browser:
            web.serving.show(link)

    web.serving.serve(site, door, ready)


def _stop() -> None:
    """End the program as Ctrl-C does, once the last page went out."""
    Timer(GRACE, interrupt_main).start()
