"""What commands share: options, printing a result, and turning errors into exits.

Exit codes: 0 ok, 1 findings (broken rules, failed tests), 2 bad usage or input, 3 our bug.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from screening.diagnostics import Diagnostic
from screening.errors import (
    BadInputError,
    DisagreementError,
    LostClusterError,
    MisuseError,
    NoPaperError,
    RecordsError,
    UnknownTargetError,
    UnwritableError,
)
from screening.render.page import FORMATS, Format, PageFormat, PaperSize

if TYPE_CHECKING:
    from screening.app.printout import Printout

FINDINGS, BAD_INPUT, OUR_BUG = 1, 2, 3
TOLD = (UnknownTargetError, NoPaperError, UnwritableError, LostClusterError, RecordsError)
SHOWN = 50  # diagnostics; more than a person reads at once
WIDEST = 110  # longer lines are harder to read
FILE = click.Path(path_type=Path)
C = TypeVar("C", bound=Callable[..., Any])


class ScreeningCommand(click.Command):
    """A command that ends with a message and an exit code when something is refused.

    Lines of its help that begin with `$` are examples, and are written after the options.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - click's signature
        said, *examples = cleandoc(kwargs["help"]).split("\n$")
        if examples:
            shown = (f" {one}" for one in examples)
            kwargs |= {"help": said.rstrip(), "epilog": "\n".join(("\b", "Examples:", *shown))}
        super().__init__(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run the command."""
        with exits():
            return super().invoke(ctx)


class ScreeningGroup(click.Group):
    """A group of such commands."""

    command_class = ScreeningCommand


def command(
    name: str | None = None, **said: str
) -> Callable[[Callable[..., Any]], ScreeningCommand]:
    """Make a command of a function; its help is the docstring."""
    return click.command(name, cls=ScreeningCommand, **said)


def knowledge_option(command: C) -> C:
    """Add `--knowledge DIR`."""
    return click.option(
        "--knowledge",
        "knowledge_dir",
        type=FILE,
        envvar="SCREENING_KNOWLEDGE",
        show_envvar=True,
        help="Use the knowledge in this directory instead of the shipped one.",
    )(command)


def format_option(*formats: Format) -> Callable[[C], C]:
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


def row_options(command: C) -> C:
    """Add `--row N` and `--map FILE`: whom a command is about may be a row of a table."""
    row = click.option(
        "--row", metavar="N", type=int, help="Row N of a table, read as by `batch`."
    )
    return row(map_option(command))


def map_option(command: C) -> C:
    """Add `--map FILE`."""
    return click.option(
        "--map",
        "map_file",
        type=FILE,
        help="Rename columns and values as this YAML file says.",
    )(command)


def output_option(command: C) -> C:
    """Add `-o FILE`, for a paper."""
    return click.option(
        "-o",
        "--output",
        "file",
        type=FILE,
        metavar="FILE",
        help="Write it to a new FILE.html or FILE.pdf, yours alone.",
    )(command)


def paper_option(command: C) -> C:
    """Add `--paper`."""
    return click.option(
        "--paper",
        "size",
        type=click.Choice([size.value for size in PaperSize]),
        default=PaperSize.A4.value,
        show_default=True,
        callback=lambda _context, _option, word: PaperSize(word),
        help="The size of the sheet.",
    )(command)


def trainer_option(command: C) -> C:
    """Add `--trainer`."""
    return click.option(
        "--trainer",
        metavar="INITIALS",
        default="",
        envvar="SCREENING_TRAINER",
        show_envvar=True,
        help="Say who is asking: the initials of a trainer in the settings.",
    )(command)


def full_option(command: C) -> C:
    """Add `--full`."""
    return click.option(
        "--full",
        is_flag=True,
        help="Print all of it at once; else a terminal shows the first screen, and the rest on "
        "Enter.",
    )(command)


def page_width() -> int:
    """Return how wide to print: the terminal, within reason, or 80 columns without one."""
    return min(shutil.get_terminal_size().columns, WIDEST)


def at_keyboard() -> bool:
    """Tell whether somebody is there who sees what is asked, and can type."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def tell(words: str) -> None:
    """Say something beside the result."""
    click.echo(printable(words), err=True)


def say(words: str) -> None:
    """Say what was done, on stdout."""
    click.echo(printable(words))


def printable(words: str) -> str:
    """Return words of which nothing moves a terminal, whatever a file is called."""
    return "\n".join(
        "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)
        for line in words.split("\n")
    )


def show(found: Printout, form: PageFormat) -> None:
    """Print a result, and exit with 1 when something was found."""
    click.echo(found.laid_out(form, page_width()), nl=False)
    finish(good=found.good)


def finish(*, good: bool) -> None:
    """Exit with 1 unless all is well."""
    if not good:
        sys.exit(FINDINGS)


def sure(words: str, *, to: str = "erase") -> None:
    """Say what will be done, and go on only when a person says so.

    Raises:
        UsageError: when nobody can be asked.
        Abort: when the answer is no.

    """
    tell(words)
    if not sys.stdin.isatty():
        raise click.UsageError(f"nobody can be asked here: say --yes to {to}")
    if not click.confirm(f"{to.capitalize()}?", err=True):
        raise click.Abort


@contextmanager
def exits() -> Iterator[None]:
    """Turn what this package raises on purpose into a message and an exit code."""
    try:
        yield
    except MisuseError as error:
        raise _usage_error(error) from error
    except BadInputError as error:
        complain(error.diagnostics)
        sys.exit(BAD_INPUT)
    except TOLD as error:
        tell(f"error: {error}")
        sys.exit(BAD_INPUT)
    except DisagreementError as error:
        disagree(error)


def _usage_error(error: MisuseError) -> click.UsageError:
    """Return click's error for the command that is run, so that its usage is said as well."""
    context = click.get_current_context()
    if error.option is None:
        return click.UsageError(error.message, context)
    return click.BadParameter(error.message, context, param_hint=error.option)


def complain(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Print diagnostics to stderr."""
    for diagnostic in diagnostics[:SHOWN]:
        tell(str(diagnostic))
    if len(diagnostics) > SHOWN:
        tell(f"and {len(diagnostics) - SHOWN} more")


def disagree(error: DisagreementError) -> NoReturn:
    """Print a disagreement of the engines, and nothing else, and exit."""
    tell("The two engines disagree, so nothing is concluded. This is our bug:")
    for difference in error.differences:
        tell(f"  {difference}")
    tell("Please report it with the answers that led here.")
    sys.exit(OUR_BUG)
