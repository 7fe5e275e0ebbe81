"""Options of many commands, and what a command gets of them."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from operator import attrgetter
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from screening import app
from screening.cli.common import show, tell
from screening.cli.terminal import AtTerminal
from screening.render.page import FORMATS, Format, PaperSize

FILE = click.Path(path_type=Path)
STDIN = Path("-")
Decorator = Callable[[Any], Any]


class Sentence(click.ParamType[str]):
    """Reads as one line; a character that no file of knowledge may hold is refused."""

    name = "text"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the text with every space and line break as one space."""
        line = " ".join(str(value).split())
        odd = app.knowledge.odd_in(line)
        if odd is not None:
            self.fail(f"it holds a control character (U+{ord(odd):04X})", param, ctx)
        return line


SENTENCE = Sentence()
knowledge_option = click.option(
    "--knowledge",
    "knowledge_dir",
    type=FILE,
    envvar="SCREENING_KNOWLEDGE",
    show_envvar=True,
    help="Use the knowledge in this directory instead of the shipped one.",
)
row_option = click.option(
    "--row", metavar="N", type=int, help="Row N of a table, read as by `batch`."
)
map_option = click.option(
    "--map", "map_file", type=FILE, help="Rename columns and values as this YAML file says."
)
paper_option = click.option(
    "--paper",
    "size",
    type=click.Choice([size.value for size in PaperSize]),
    default=PaperSize.A4.value,
    show_default=True,
    callback=lambda _context, _option, word: PaperSize(word),
    help="The size of the sheet.",
)
trainer_option = click.option(
    "--trainer",
    metavar="INITIALS",
    default="",
    envvar="SCREENING_TRAINER",
    show_envvar=True,
    help="Say who is asking: the initials of a trainer in the settings.",
)
full_option = click.option(
    "--full",
    is_flag=True,
    help="Print all of it at once; else a terminal shows the first screen, and the rest on Enter.",
)
store_option = click.option(
    "--store",
    "store_path",
    type=FILE,
    envvar="SCREENING_STORE",
    show_envvar=True,
    help="Use the records in this file instead of your own.",
)
passphrase_option = click.option(
    "--passphrase-file",
    type=FILE,
    envvar="SCREENING_PASSPHRASE_FILE",
    show_envvar=True,
    help="Read the passphrase of the records from the first line of a file.",
)
practice_option = click.option(
    "--practice",
    is_flag=True,
    help="Use records of their own for practice: not encrypted, for invented clients.",
)
yes_option = click.option("--yes", is_flag=True, help="Do not ask again.")


def output_option(says: str, metavar: str = "FILE") -> Decorator:
    """Add `-o FILE`."""
    return click.option("-o", "--output", "file", type=FILE, metavar=metavar, help=says)


paper_file_option: Decorator = output_option(
    "Write it to a new FILE.html or FILE.pdf, yours alone."
)


def client_option(says: str) -> Decorator:
    """Add `--client`; left out it is empty, and given it must not be."""
    return click.option("--client", callback=_some, help=says)


def _some(_context: click.Context, _option: click.Parameter, given: str | None) -> str:
    if given is not None and not given.strip():
        raise click.BadParameter("a word is expected; leave the option out for nobody")
    return given or ""


def format_option(*formats: Format) -> Decorator:
    """Add `--format`, the first being the default; without any, those of every page."""
    words = [form.value for form in formats or FORMATS]
    return click.option(
        "--format",
        "form",
        type=click.Choice(words),
        default=words[0],
        show_default=True,
        callback=lambda _context, _option, word: Format(word),
        help="How to print the result.",
    )


def prints(*formats: Format) -> Decorator:
    """Add `--format`, in which the page that the command returns is printed."""

    def add(command: Callable[..., Any]) -> Callable[..., None]:
        @functools.wraps(command)
        def printed(*args: object, form: Any, **kwargs: object) -> None:  # noqa: ANN401 - any format
            show(command(*args, **kwargs), form)

        with_format: Callable[..., None] = format_option(*formats)(printed)
        return with_format

    return add


def gathered(
    name: str,
    make: str | Callable[..., Any],
    *options: Decorator,
    also: tuple[str, ...] = (),
    opens: bool = False,
) -> Decorator:
    """Add options; a command gets what is made of them, and of what it has `also`, by one name.

    `make` is a name in `app`, such as `letters.LetterWanted`, where it is no function. What
    `opens` is closed when the command ends.
    """

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def given(*args: object, **kwargs: Any) -> Any:  # noqa: ANN401 - of any command
            call = attrgetter(make)(app) if isinstance(make, str) else make
            made = call(**{one: kwargs.pop(one) for one in (*also, *added)})
            with made if opens else nullcontext(made) as value:
                return command(*args, **kwargs, **{name: value})

        params: list[click.Parameter] = vars(given).setdefault("__click_params__", [])
        before = len(params)
        for option in reversed(options):
            option(given)
        added = [one.name for one in params[before:]]
        return given

    return add


def _place(
    store_path: Path | None, passphrase_file: Path | None, *, practice: bool
) -> app.stores.StorePlace:
    """Return where the records are, and who types their passphrase: at the desk, once."""
    context = click.get_current_context()
    asker: app.stores.Asker = context.obj or AtTerminal()
    if not practice:
        return app.stores.place(store_path, passphrase_file, asker)
    if context.get_parameter_source("store_path") is ParameterSource.COMMANDLINE:
        raise click.UsageError("--store and --practice cannot be combined: choose one")
    return app.stores.practice_place(asker)


@contextmanager
def sources(place: app.stores.StorePlace) -> Iterator[app.conclude.Sources]:
    """Yield where cases are found; the records are opened when one is looked for in them."""
    with app.stores.records_of(place) as records:
        yield app.conclude.Sources(records, typed_in, tell)


def typed_in(intake: Path) -> bytes | None:
    """Return what stdin holds where `-` names the intake."""
    return sys.stdin.buffer.read(app.conclude.MOST) if intake == STDIN else None


STORE = (store_option, passphrase_option, practice_option)
store_options = gathered("place", _place, *STORE)
with_store = gathered(
    "store", lambda **said: app.stores.open_records(_place(**said)), *STORE, opens=True
)
with_sources = gathered("found", lambda **said: sources(_place(**said)), *STORE, opens=True)
case_options = gathered(
    "subject",
    "chosen_case.ChosenCase",
    row_option,
    map_option,
    also=("intake",),
)
