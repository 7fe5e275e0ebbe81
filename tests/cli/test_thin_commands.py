"""Commands parse, call the application, print and exit; and `--help` waits for nothing."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any

import click
import pytest

from screening import app
from screening.cli import main
from screening.cli.clients import PURPOSES
from screening.cli.lazy import LazyGroup
from screening.cli.session import USUAL
from screening.model.session import SessionInputs
from screening.records.consent import Purpose

ROOT = Path(__file__).parents[2]
CLI = sorted((ROOT / "screening" / "cli").glob("*.py"))
LONGEST = 25  # lines of a function, without decorators and docstring
MOST = 3000  # lines of all of it
HEAVY = {
    "cryptography",
    "distributed",
    "experta",
    "jinja2",
    "keyring",
    "polars",
    "sqlite3",
    "typst",
    "waitress",
    "werkzeug",
    "yaml",
    "z3",
}
LIGHT = {"screening.app", "screening.diagnostics", "screening.errors", "screening.render.page"}
LIGHT |= {"screening.web"}


def commands(
    command: click.Command, *words: str
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield a command and all below it, with the words it is typed with."""
    yield words, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for word in command.list_commands(context):
            below = command.get_command(context, word)
            assert below is not None
            yield from commands(below, *words, word)


ALL = dict(commands(main))


def length(function: ast.FunctionDef) -> int:
    """Return how many lines a function has, without decorators and docstring."""
    said = function.body[0]
    doc = ast.get_docstring(function) is not None
    lines = (said.end_lineno or said.lineno) - said.lineno + 1 if doc else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - lines


@pytest.mark.parametrize("path", CLI, ids=[path.stem for path in CLI])
def test_functions_are_short_and_import_nothing_of_ours(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            assert length(node) <= LONGEST, node.name
            inner = [one for one in ast.walk(node) if isinstance(one, ast.ImportFrom)]
            assert [one.module for one in inner if "screening" in (one.module or "")] == []


def test_the_command_line_is_small() -> None:
    assert sum(len(path.read_text("utf-8").splitlines()) for path in CLI) <= MOST


def test_every_command_is_in_the_reference() -> None:
    page = (ROOT / "docs" / "cli.md").read_text("utf-8").splitlines()
    missing = [words for words in ALL if f"## {' '.join(('screening', *words))}" not in page]
    assert missing == []


@pytest.mark.parametrize(
    "group", [one for one in ALL.values() if isinstance(one, LazyGroup)], ids=lambda one: one.name
)
def test_a_list_of_commands_says_what_their_own_help_says(group: LazyGroup) -> None:
    for name in group.commands_at:
        command = group.get_command(click.Context(group), name)
        assert command is not None
        assert command.name == name
        for room in (20, 40, 60, 80, 200):
            assert group.line(name, room) == command.get_short_help_str(room) != ""


def modules_after(*words: str) -> set[str]:
    """Return the modules that are loaded once a command has been run in a process of its own."""
    program = (
        "import sys\nfrom screening.cli import main\n"
        f"main({list(words)!r}, standalone_mode=False)\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stderr.splitlines())


def test_the_list_of_commands_imports_none_of_them() -> None:
    loaded = modules_after("--help")
    files = {f"screening.cli.{path.stem}" for path in CLI} & loaded
    assert files == {f"screening.cli.{name}" for name in ("common", "lazy", "main", "std_streams")}


@pytest.mark.parametrize("name", [*main.commands_at, "knowledge prove", "knowledge new"])
def test_help_imports_nothing_that_only_running_needs(name: str) -> None:
    loaded = modules_after(*name.split(), "--help")
    assert not HEAVY & loaded
    ours = {one for one in loaded if one.count(".") > 0 and one.startswith("screening.")}
    assert {one for one in ours if not one.startswith("screening.cli")} <= LIGHT | {
        "screening.render"
    }


def steps(command: click.Command) -> Iterator[tuple[Callable[..., object], set[str]]]:
    """Yield what is called on the way into a command, and the names of what it is given."""
    given = {str(one.name) for one in command.params if one.expose_value}
    function: Any = command.callback
    while hasattr(function, "__wrapped__"):
        here = inspect.getclosurevars(function).nonlocals
        if "make" in here:
            taken = {*here["also"], *here["added"]}
            make = here["make"]
            yield (attrgetter(make)(app) if isinstance(make, str) else make), taken
            given = given - taken | {here["name"]}
        elif function.__code__.co_name == "printed":  # in the format it keeps
            given.remove("form")
        else:  # `click.pass_context`
            given |= {"ctx"}
        function = function.__wrapped__
    yield function, given


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_a_command_takes_what_its_options_give(words: tuple[str, ...]) -> None:
    for call, names in steps(ALL[words]):
        inspect.signature(call).bind(**dict.fromkeys(names))


def test_purposes_on_the_command_line_are_those_of_the_records() -> None:
    assert [*PURPOSES] == [purpose.value for purpose in Purpose]


def test_what_a_session_takes_is_the_same_on_the_command_line() -> None:
    types: dict[str | None, Any] = {one.name: one.type for one in ALL["session",].params}
    inputs = app.session_inputs
    assert (types["minutes"].min, types["minutes"].max) == inputs.MINUTES
    assert (types["days"].min, types["days"].max) == inputs.DAYS
    assert [*types["equipment"].choices] == [one.value for one in inputs.Place]
    assert [*types["experience"].choices] == [one.value for one in inputs.Experience]
    assert inputs.USUAL_MINUTES == USUAL == SessionInputs().minutes


def test_every_topic_of_the_application_can_be_imported() -> None:
    assert [name for name in app.__all__ if getattr(app, name).__doc__ is None] == []
    with pytest.raises(AttributeError, match="no attribute 'topic'"):
        app.topic  # noqa: B018 - reading it is what fails
