"""What commands share: options, loading knowledge, and turning errors into exits.

Exit codes: 0 ok, 1 findings (broken rules, failed tests), 2 bad usage or input, 3 our bug.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from screening.diagnostics import Diagnostic, Severity
from screening.errors import (
    BadInputError,
    DisagreementError,
    LostClusterError,
    MisuseError,
    RecordsError,
    UnknownTargetError,
    UnwritableError,
)
from screening.load import digest, load, shipped_knowledge
from screening.model.knowledge import KnowledgeBase

FINDINGS, BAD_INPUT, OUR_BUG = 1, 2, 3
TOLD = (UnknownTargetError, UnwritableError, LostClusterError, RecordsError)
SHOWN = 50  # diagnostics; more than a person reads at once
C = TypeVar("C", bound=Callable[..., Any])


def knowledge_option(command: C) -> C:
    """Add `--knowledge DIR`."""
    return click.option(
        "--knowledge",
        "knowledge_dir",
        type=click.Path(path_type=Path),
        envvar="SCREENING_KNOWLEDGE",
        show_envvar=True,
        help="Use the knowledge in this directory instead of the shipped one.",
    )(command)


def format_option(*formats: str) -> Callable[[C], C]:
    """Add `--format`, the first being the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to print the result.",
    )


def needs_extra(*modules: str) -> None:
    """Refuse to go on without the libraries that batches or proofs take.

    Raises:
        UsageError: when one is not installed.

    """
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        extra = "prove" if missing == ["z3"] else "batch"
        raise click.UsageError(
            f"this command needs {' and '.join(missing)}: {installed_by(extra)}"
        )


def installed_by(extra: str) -> str:
    """Return how to install an extra; no package index has the project under its name."""
    return f'pip install ".[{extra}]" in the folder of its README.md'


def map_option(command: C) -> C:
    """Add `--map FILE`."""
    return click.option(
        "--map",
        "map_file",
        type=click.Path(path_type=Path),
        help="Rename columns and values as this YAML file says.",
    )(command)


def open_knowledge(directory: Path | None, *, library: bool = False) -> KnowledgeBase:
    """Return the knowledge as loaded, to look at; with cases and statements if asked for."""
    return load(directory or shipped_knowledge(), library=library)


def open_checked_knowledge(directory: Path | None, *, library: bool = False) -> KnowledgeBase:
    """Return the knowledge to conclude with.

    Raises:
        BadInputError: when it fails its check; nobody is screened with such knowledge.

    """
    from screening.app.knowledge_cache import shelf  # noqa: PLC0415 - only commands that conclude

    if library:
        return checked(open_knowledge(directory, library=True))
    root, kept = directory or shipped_knowledge(), shelf()
    knowledge = kept.take(digest(root))
    if knowledge is None:
        knowledge = checked(load(root))
        kept.put(knowledge)
    return knowledge


def checked(knowledge: KnowledgeBase) -> KnowledgeBase:
    """Return the knowledge, which can be concluded with.

    Raises:
        BadInputError: when it fails its check.

    """
    from screening.check import check  # noqa: PLC0415 - only commands that conclude pay for it

    problems = check(knowledge, datetime.date.min)  # overdue reviews do not stop anybody
    errors = tuple(found for found in problems if found.severity is Severity.ERROR)
    if errors:
        raise BadInputError(errors)
    return knowledge


def sure(words: str) -> None:
    """Say what will be erased, and go on only when a person says so.

    Raises:
        UsageError: when nobody can be asked.
        Abort: when the answer is no.

    """
    click.echo(words, err=True)
    if not sys.stdin.isatty():
        raise click.UsageError("nobody can be asked here: say --yes to erase")
    if not click.confirm("Erase?", err=True):
        raise click.Abort


@contextmanager
def exits() -> Iterator[None]:
    """Turn what this package raises on purpose into a message and an exit code."""
    try:
        yield
    except BadInputError as error:
        complain(error.diagnostics)
        sys.exit(BAD_INPUT)
    except MisuseError as error:
        raise click.UsageError(str(error)) from error
    except TOLD as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(BAD_INPUT)
    except DisagreementError as error:
        disagree(error)


def tell(text: str) -> None:
    """Say what a person should know beside the result."""
    click.echo(text, err=True)


def complain(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Print diagnostics to stderr."""
    for diagnostic in diagnostics[:SHOWN]:
        click.echo(str(diagnostic), err=True)
    if len(diagnostics) > SHOWN:
        click.echo(f"and {len(diagnostics) - SHOWN} more", err=True)


def disagree(error: DisagreementError) -> NoReturn:
    """Print a disagreement of the engines, and nothing else, and exit."""
    click.echo("The two engines disagree, so nothing is concluded. This is our bug:", err=True)
    for difference in error.differences:
        click.echo(f"  {difference}", err=True)
    click.echo("Please report it with the answers that led here.", err=True)
    sys.exit(OUR_BUG)
