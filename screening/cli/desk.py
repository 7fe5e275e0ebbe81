"""`screening` alone on a terminal: who is due, and every command as if it were typed there."""

from __future__ import annotations

import click

from screening import app
from screening.cli.common import command, show
from screening.cli.options import practice_option, trainer_option
from screening.cli.terminal import Terminal
from screening.render.page import Format


class CommandTerminal(Terminal):
    """A terminal at which whole commands are run."""

    def __init__(self, screening: click.Command) -> None:
        super().__init__()
        self.screening = screening

    def show(self, found: app.printout.Printout) -> None:
        """Print a result."""
        show(found, Format.TABLE)

    def run(self, asker: app.stores.Asker, *words: str) -> None:
        """Run a command; whatever it ends with, the desk goes on."""
        try:
            with self.screening.make_context("screening", [*words], obj=asker) as inner:
                self.screening.invoke(inner)
        except click.ClickException as error:
            error.show()
        except (SystemExit, click.exceptions.Exit):
            pass


@command()
@practice_option
@trainer_option
@click.pass_context
def desk(ctx: click.Context, *, practice: bool = False, trainer: str = "") -> None:
    """See who is due and who waits, and go on from there; `screening` alone does it too."""
    app.settings.who_asks(trainer)  # who is not there is said before the desk is shown
    terminal = CommandTerminal(ctx.find_root().command)
    app.desk_day.Desk(terminal, practice=practice, trainer=trainer).sit()
