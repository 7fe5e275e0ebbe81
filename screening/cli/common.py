"""What commands share: printing a result, and turning errors into exits.

Exit codes: 0 ok, 1 findings (broken rules, failed tests), 2 bad usage or input, 3 our bug.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import cleandoc
from typing import TYPE_CHECKING, Any

import click

from screening.diagnostics import Diagnostic, lines
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
from screening.render.page import PageFormat

if TYPE_CHECKING:
    from screening.app.printout import Printout

FINDINGS, BAD_INPUT, OUR_BUG = 1, 2, 3
TOLD = (UnknownTargetError, NoPaperError, UnwritableError, LostClusterError, RecordsError)
WIDEST = 110  # longer lines are harder to read


class ScreeningCommand(click.Command):
    """A command that ends with a message and an exit code when something is refused.

    Lines of its help that begin with `$` are examples, and are written after the options.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - click's signature
        said, *examples = cleandoc(kwargs["help"] or "").split("\n$")
        if examples:
            shown = (f" {one}" for one in examples)
            kwargs |= {"help": said.rstrip(), "epilog": "\n".join(("\b", "Examples:", *shown))}
        super().__init__(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run the command, and print the words it returns."""
        with exits():
            said = super().invoke(ctx)
            if said:
                say(said if isinstance(said, str) else "\n".join(said))


class ScreeningGroup(click.Group):
    """A group of such commands."""

    command_class = ScreeningCommand


def command(
    name: str | None = None, **said: str
) -> Callable[[Callable[..., Any]], ScreeningCommand]:
    """Make a command of a function; its help is the docstring."""
    return click.command(name, cls=ScreeningCommand, **said)


def page_width() -> int:
    """Return how wide to print: the terminal, within reason, or 80 columns without one."""
    return min(shutil.get_terminal_size().columns, WIDEST)


def at_keyboard() -> bool:
    """Tell whether somebody is there who sees what is asked, and can type."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ascii_only() -> bool:
    """Tell whether stdout takes ASCII only."""
    return "utf" not in (getattr(sys.stdout, "encoding", "") or "").lower()


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


def agrees(*, yes: bool) -> Callable[[str], bool]:
    """Return what asks whether to go on; nobody is asked where it was said before."""
    return lambda question: yes or click.confirm(question, err=True)


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
        tell("\n".join(error.said))
        sys.exit(OUR_BUG)


def _usage_error(error: MisuseError) -> click.UsageError:
    """Return click's error for the command that is run, so that its usage is said as well."""
    context = click.get_current_context()
    if error.option is None:
        return click.UsageError(error.message, context)
    return click.BadParameter(error.message, context, param_hint=error.option)


def complain(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Print diagnostics to stderr."""
    for line in lines(diagnostics):
        tell(line)
