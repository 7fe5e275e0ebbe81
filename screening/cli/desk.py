"""`screening` alone on a terminal: who is due, found by typing, with the records unlocked once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

import click

from screening import app
from screening.cli.common import command, page_width, tell, trainer_option
from screening.cli.records import AtTerminal, practice_option
from screening.cli.terminal import Terminal
from screening.errors import UnknownTargetError
from screening.render.page import Format

if TYPE_CHECKING:
    from screening.app.desk import AtDesk
    from screening.records import Store

LEGEND = "A number or part of a name chooses · n new client · t trainer · l lock · q quit"
CLIENT = (
    "f follow up · p plan · w why · s session · h sheet · l letter · "
    "r referral cleared · c consent · g goal · n note · b back"
)
Run = Callable[[tuple[str, ...], object], None]


class Unlocked(AtTerminal):
    """Asks for the passphrase once, until it is locked."""

    def __init__(self) -> None:
        self.right = ""
        self.last = ""

    def passphrase(self, prompt: str, *, twice: bool) -> str:
        """Return the passphrase that was right before, or one typed unseen."""
        if self.right and not twice:
            return self.right
        self.last = super().passphrase(prompt, twice=twice)
        return self.last

    def chose(self, passphrase: str) -> None:
        """Keep the passphrase of a store that was made just now."""
        self.right = passphrase


class Desk:
    """A trainer's day at one terminal; every command runs as if it were typed."""

    def __init__(self, run: Run, *, practice: bool, trainer: str = "") -> None:
        self.run = run
        self.trainer = trainer
        self.words = ("--practice",) if practice else ()
        self.terminal = Terminal()
        self.asker = Unlocked()
        self.place = (
            app.stores.practice_place(self.asker)
            if practice
            else app.stores.place(*app.stores.from_surroundings(), self.asker)
        )

    def sit(self) -> None:
        """Show who is due and do what is typed, until it is quit."""
        while True:
            found = self._show()
            self.terminal.say(LEGEND)
            try:
                typed = self.terminal.line()
            except EOFError:
                return
            match _plain(typed):
                case "q" | "quit" | "exit":
                    return
                case "n" | "new":
                    self._do("interview", *self._asking)
                case "t" | "trainer":
                    self._change_trainer()
                case "l" | "lock":
                    self._lock()
                case "":
                    continue
                case _:
                    self._choose(found, typed)

    def _show(self) -> tuple[AtDesk, ...]:
        found: tuple[AtDesk, ...] = ()
        if self.place.there:
            with self._open() as store:
                if plain := app.stores.in_plain_sight(store):
                    tell(plain)
                found = app.desk.at_desk(store, tell)
        shown = app.desk.on_show(found)
        click.echo(shown.laid_out(Format.TABLE, page_width()), nl=False)
        return found

    @contextmanager
    def _open(self) -> Iterator[Store]:
        """Yield the records; a passphrase that opened them is not asked for again."""
        with app.stores.open_records(self.place) as store:
            self.asker.right = self.asker.right or self.asker.last
            yield store

    @property
    def _asking(self) -> tuple[str, ...]:
        """The words that say who is asking, where that is not the one of the settings."""
        return ("--trainer", self.trainer) if self.trainer else ()

    def _change_trainer(self) -> None:
        """Let another trainer ask from now on, at this desk; a new one is kept in the settings."""
        knowledge = app.knowledge.open_knowledge(None)
        trainer = app.who_asks.choose_trainer(self.terminal, knowledge, self.trainer)
        if trainer is not None:
            self.trainer = trainer.initials
            self.terminal.say(f"Asking from now on: {trainer.called}.")

    def _lock(self) -> None:
        self.asker.right = self.asker.last = ""
        self.terminal.clear()
        self.terminal.say("Locked. Enter unlocks.")
        self.terminal.line("")

    def _choose(self, found: tuple[AtDesk, ...], typed: str) -> None:
        """Go to the client of a number, or of a part of a name."""
        if not found:
            self.terminal.say("There is nobody to choose yet: n begins with a new client.")
            return
        try:
            with self._open() as store:
                client = app.desk.whose(store, found, typed)
        except UnknownTargetError as error:
            self.terminal.say(str(error))
            return
        self._with(client)

    def _with(self, client: AtDesk) -> None:
        """Do what is typed about one client, until it is left."""
        label = client.client
        while True:
            self.terminal.say()
            self.terminal.say(f"{label} {client.name}".strip(), bold=True)
            self.terminal.say(CLIENT)
            typed = _plain(self.terminal.line())
            if typed in {"b", "back", "q", "quit", ""}:
                return
            act = self._acts.get(typed.replace(" ", ""))
            if act is None:
                self.terminal.say("Expected one of the letters above.")
            else:
                act(label)

    @cached_property
    def _acts(self) -> dict[str, Callable[[str], None]]:
        """What can be done with a client, by what is typed for it."""
        acts = (
            ("f followup", self._go_on),
            ("p plan", self._plan),
            ("w why", self._why),
            ("s session", self._session),
            ("h sheet", self._sheet),
            ("l letter", self._letter),
            ("r referral referralcleared", self._cleared),
            ("c consent", self._consent),
            ("g goal", self._goal),
            ("n note", self._note),
        )
        return {typed: act for words, act in acts for typed in words.split()}

    def _cleared(self, label: str) -> None:
        self._do("referral", "cleared", label)

    def _go_on(self, label: str) -> None:
        with self._open() as store:
            words = app.desk.how_to_go_on(store, label)
        self._do(*words, *self._asking)

    def _plan(self, label: str) -> None:
        with self._open() as store:
            report = app.desk.last_report(store, label)
        self.terminal.page(report or "No result yet.\n")

    def _why(self, label: str) -> None:
        target = self._asked(
            "Why what? An exercise, `referral`, or a name on the page; Enter: all."
        )
        self._do("explain", label, *(("--why", target) if target else ()))

    def _consent(self, label: str) -> None:
        for purpose, words in app.desk.purposes():
            said = _plain(self._asked(f"{words} y agrees · n takes it back · Enter leaves it"))
            if said in {"y", "yes"}:
                self._do("clients", "consent", label, purpose)
            elif said in {"n", "no"}:
                self._do("clients", "consent", label, purpose, "--withdraw")

    def _session(self, label: str) -> None:
        minutes = self._asked("How many minutes? Enter: 45.")
        self._do("session", label, *(("--minutes", minutes) if minutes else ()))

    def _sheet(self, label: str) -> None:
        said = _plain(self._asked("For whom? c the client · t you, the trainer"))
        reader = "client" if said in {"c", "client", "the client", ""} else "trainer"
        self._written("sheet", label, f"{label}-{reader}.html", "--for", reader)

    def _letter(self, label: str) -> None:
        self._written("letter", label, f"{label}-letter.html")

    def _written(self, paper: str, label: str, file: str, *words: str) -> None:
        """Write a paper into a file that a browser prints."""
        into = self._asked(f"Into which file? Enter: {file}") or file
        self._do(paper, label, *words, "--output", into)

    def _goal(self, label: str) -> None:
        goal = self._asked("What do they want to be able to do? Enter: as last time.")
        score = self._asked("How well does it go now, 0 to 10? 10 is as before. Enter: not said.")
        words = ("--score", score) if score else ()
        self._do("clients", "goal", *words, "--", label, *((goal,) if goal else ()))

    def _note(self, label: str) -> None:
        words = self._asked("What is to be noted? No rule reads it.")
        if words:
            self._do("clients", "note", "--", label, words)

    def _asked(self, words: str) -> str:
        self.terminal.say(words)
        return self.terminal.line().strip()

    def _do(self, *words: str) -> None:
        """Run a command; whatever it ends with, the desk goes on."""
        end = words.index("--") if "--" in words else len(words)
        try:
            self.run((*words[:end], *self.words, *words[end:]), self.asker)
        except click.ClickException as error:
            error.show()
        except (SystemExit, click.exceptions.Exit):
            pass


def _plain(typed: str) -> str:
    return " ".join(typed.lower().split())


@command()
@practice_option
@trainer_option
@click.pass_context
def desk(ctx: click.Context, *, practice: bool = False, trainer: str = "") -> None:
    """See who is due and who waits, and go on from there; `screening` alone does it too."""
    screening = ctx.find_root().command

    def run(words: tuple[str, ...], asker: object) -> None:
        with screening.make_context("screening", [*words], obj=asker) as inner:
            screening.invoke(inner)

    app.settings.who_asks(trainer)  # who is not there is said before the desk is shown
    Desk(run, practice=practice, trainer=trainer).sit()
