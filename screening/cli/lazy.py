"""A click group that imports a command only when it is used or listed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from screening.cli.std_streams import streams

INTERRUPTED = 130  # what a shell makes of Ctrl-C


class LazyGroup(click.Group):
    """Loads commands from `module:name` on first use, so that no command pays for another's."""

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

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order written: the main job first."""
        return [*self.commands_at, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing it if need be."""
        if cmd_name not in self.commands_at:
            return super().get_command(ctx, cmd_name)
        module, name = self.commands_at[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command
