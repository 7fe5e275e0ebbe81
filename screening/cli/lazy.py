"""A group that imports a command only when it is used."""

from __future__ import annotations

from importlib import import_module
from importlib.abc import InspectLoader
from importlib.util import find_spec
from types import CodeType
from typing import Any

import click

from screening.cli.common import ScreeningGroup
from screening.cli.std_streams import streams

INTERRUPTED = 130  # what a shell makes of Ctrl-C
AROUND = 6  # columns of space around the names in a list of commands


class LazyGroup(ScreeningGroup):
    """Imports a command on first use; the list of commands is written without any of them.

    `commands_at` says where each is, as `module:function`.
    """

    def __init__(self, *args: Any, commands_at: dict[str, str], **kwargs: Any) -> None:  # noqa: ANN401 - click's signature
        super().__init__(*args, **kwargs)
        self.commands_at = commands_at

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - click's signature
        """Run a command; a stream that is closed or full is said, never a traceback."""
        with streams():
            return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run a command; one that a person broke off has found nothing, and exits with 130."""
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, EOFError, click.Abort):
            click.echo("\nStopped.", err=True)
            ctx.exit(INTERRUPTED)

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the names in the order written: the main job first."""
        return [*self.commands_at]

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing it if need be."""
        if cmd_name not in self.commands_at:
            return None
        module, function = self._place(cmd_name)
        command: click.Command = getattr(import_module(module), function)
        return command

    def _place(self, name: str) -> tuple[str, str]:
        """Return the module of a command, and its function there."""
        module, function = self.commands_at[name].split(":")
        return f"{__package__}.{module}", function

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each name with its line, as click would from the commands themselves."""
        room = formatter.width - AROUND - max(map(len, self.commands_at))
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.line(name, room)) for name in self.commands_at])

    def line(self, name: str, room: int) -> str:
        """Return the first sentence of a command's help, as much as there is room for."""
        return click.Command(name, help=_docstring(*self._place(name))).get_short_help_str(room)


def _docstring(module: str, function: str) -> str:
    """Return what a function says of itself; its module is read, and not run."""
    spec = find_spec(module)
    if spec is None or not isinstance(spec.loader, InspectLoader):
        return ""
    code = spec.loader.get_code(module)
    inside = code.co_consts if code else ()
    found = next(o for o in inside if isinstance(o, CodeType) and o.co_name == function)
    return str(found.co_consts[0] or "")
