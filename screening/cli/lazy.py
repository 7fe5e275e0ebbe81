"""Groups of commands, and a group that imports a command only when it is used."""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple

import click

from screening.cli.common import ScreeningGroup
from screening.cli.std_streams import streams

INTERRUPTED = 130  # what a shell makes of Ctrl-C
AROUND = 6  # columns of space around the names in a list of commands


class At(NamedTuple):
    """Where a command is, as `module:name`, and the first sentence of its help."""

    place: str
    line: str


class LazyGroup(ScreeningGroup):
    """Imports a command on first use; the list of commands is written without any of them."""

    def __init__(self, *args: Any, commands_at: dict[str, At], **kwargs: Any) -> None:  # noqa: ANN401 - click's signature
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
        module, name = self.commands_at[cmd_name].place.split(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each name with its line, as click would from the commands themselves."""
        room = formatter.width - AROUND - max(map(len, self.commands_at))
        stand_ins = (click.Command(name, help=at.line) for name, at in self.commands_at.items())
        with formatter.section("Commands"):
            formatter.write_dl(
                [(str(one.name), one.get_short_help_str(room)) for one in stand_ins]
            )
