"""A day at the desk of a terminal: who is due, found by typing, with the records unlocked once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Protocol

from screening.app import desk
from screening.app.desk import AtDesk
from screening.app.knowledge import open_knowledge
from screening.app.ports import LineTalk
from screening.app.printout import Printout
from screening.app.stores import (
    Asker,
    from_surroundings,
    in_plain_sight,
    open_records,
    place,
    practice_place,
)
from screening.app.who_asks import choose_trainer
from screening.errors import UnknownTargetError
from screening.records import Store

LEGEND = "A number or part of a name chooses · n new client · t trainer · l lock · q quit"
CLIENT = (
    "f follow up · p plan · w why · s session · h sheet · l letter · "
    "r referral cleared · c consent · g goal · n note · b back"
)


class DeskTerminal(LineTalk, Asker, Protocol):
    """Where a trainer sits; every command runs as if it were typed there."""

    def clear(self) -> None:
        """Clear the screen."""

    def page(self, shown: str) -> None:
        """Show a result that was laid out before."""

    def show(self, found: Printout) -> None:
        """Show a result."""

    def run(self, asker: Asker, *words: str) -> None:
        """Run a command, with who types passphrases; whatever it ends with, the desk goes on."""


class Unlocked:
    """Asks for the passphrase once, until it is locked."""

    def __init__(self, asker: Asker) -> None:
        self.asker = asker
        self.there = asker.there
        self.tell = asker.tell
        self.right = ""
        self.last = ""

    def passphrase(self, prompt: str, *, twice: bool) -> str:
        """Return the passphrase that was right before, or one typed unseen."""
        if self.right and not twice:
            return self.right
        self.last = self.asker.passphrase(prompt, twice=twice)
        return self.last

    def chose(self, passphrase: str) -> None:
        """Keep the passphrase of a store that was made just now."""
        self.right = passphrase


class Desk:
    """A trainer's day at one terminal."""

    def __init__(self, terminal: DeskTerminal, *, practice: bool, trainer: str = "") -> None:
        self.terminal = terminal
        self.trainer = trainer
        self.asker = asker = Unlocked(terminal)
        self.words = ("--practice",) if practice else ()
        self.place = practice_place(asker) if practice else place(*from_surroundings(), asker)

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
                if plain := in_plain_sight(store):
                    self.terminal.tell(plain)
                found = desk.at_desk(store, self.terminal.tell)
        self.terminal.show(desk.on_show(found))
        return found

    @contextmanager
    def _open(self) -> Iterator[Store]:
        """Yield the records; a passphrase that opened them is not asked for again."""
        with open_records(self.place) as store:
            self.asker.right = self.asker.right or self.asker.last
            yield store

    @property
    def _asking(self) -> tuple[str, ...]:
        """The words that say who is asking, where that is not the one of the settings."""
        return ("--trainer", self.trainer) if self.trainer else ()

    def _change_trainer(self) -> None:
        """Let another trainer ask from now on, at this desk; a new one is kept in the settings."""
        knowledge = open_knowledge(None)
        trainer = choose_trainer(self.terminal, knowledge, self.trainer)
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
                client = desk.whose(store, found, typed)
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
            words = desk.how_to_go_on(store, label)
        self._do(*words, *self._asking)

    def _plan(self, label: str) -> None:
        with self._open() as store:
            report = desk.last_report(store, label)
        self.terminal.page(report or "No result yet.\n")

    def _why(self, label: str) -> None:
        target = self._asked(
            "Why what? An exercise, `referral`, or a name on the page; Enter: all."
        )
        self._do("explain", label, *(("--why", target) if target else ()))

    def _consent(self, label: str) -> None:
        for purpose, words in desk.purposes():
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
        """Run a command in these records."""
        end = words.index("--") if "--" in words else len(words)
        self.terminal.run(self.asker, *words[:end], *self.words, *words[end:])


def _plain(typed: str) -> str:
    return " ".join(typed.lower().split())
