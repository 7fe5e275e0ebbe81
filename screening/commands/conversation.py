"""What every step of an interview shares: the session, recording it, and the commands."""

from __future__ import annotations

from collections.abc import Callable

from screening.commands.terminal import Terminal
from screening.interview import wording
from screening.interview.planner import Planner
from screening.interview.reply import Command, Word, find_question
from screening.interview.events import Event, Listed, Undone
from screening.interview.session import Session
from screening.model.question import Value


class QuitError(Exception):
    """The trainer stops here, to go on later."""


class Conversation:
    """One interview under way. `record` makes what happened durable; `kept` says where."""

    def __init__(
        self,
        planner: Planner,
        terminal: Terminal,
        session: Session,
        record: Callable[[tuple[Event, ...]], None],
        kept: str,
    ) -> None:
        self.planner = planner
        self.knowledge = planner.knowledge
        self.terminal = terminal
        self.session = session
        self.record = record
        self.kept = kept
        self.topic = ""
        self.led_in: set[str] = set()
        self.keys_shown = False

    def take(self, *events: Event) -> None:
        """Go on once what happened is on disk."""
        self.record(events)
        self.session = self.session.after(*events)

    def standing(self) -> dict[str, Value]:
        """Return the answers that can be looked at and changed, the carried ones last."""
        return self.session.standing(self.knowledge)

    def command(self, command: Command) -> bool:
        """Do what a command says; tell whether the step is over.

        Raises:
            QuitError: when told to stop.

        """
        match command.word:
            case Word.BACK:
                return self._back()
            case Word.CHANGE:
                return self._change(command.rest)
            case Word.REVIEW:
                self._review()
            case Word.SAVE:
                self.terminal.say(self.kept)
            case Word.QUIT:
                raise QuitError
            case Word.HELP | Word.CARD | Word.WHY | Word.SKIP:
                self.help()
        return False

    def help(self) -> None:
        """Say which words work everywhere."""
        for line in wording.HELP:
            self.terminal.say(line, indent="  ")

    def _back(self) -> bool:
        if self.session.focus in self.standing():
            self.session = self.session.stay()
        elif self.session.entries:
            self.take(Undone())
        else:
            self.terminal.say("There is nothing to undo.")
            return False
        return True

    def _change(self, text: str) -> bool:
        if text == "programme" and self.session.listed():
            self.take(Listed(more=True))
            return True
        found = self._named(text)
        if isinstance(found, str):
            self.session = self.session.change(found)
            return True
        near = " or ".join(f"`change {name}`" for name in found)
        self.terminal.say(f"Which question? {near or '`review` numbers the answers so far.'}")
        return False

    def _named(self, text: str) -> str | tuple[str, ...]:
        """Return the question a text or a number of the review names, or near ones."""
        answered = tuple(self.standing())
        if text.isdecimal() and len(text) <= len(str(len(answered))):
            place = int(text) - 1
            return answered[place] if 0 <= place < len(answered) else ()
        return find_question(self.knowledge.questions, text) if text else ()

    def _review(self) -> None:
        carried = self.session.carried(self.knowledge)
        lines = wording.review(self.knowledge, self.session.answers(), carried)
        for line in lines or ("Nothing is answered yet.",):
            self.terminal.say(line, indent="  ")
        listed = self.session.listed()
        if listed is not None:
            names = [self.knowledge.exercises[name].name for name in listed.programme]
            said = ", ".join((*names, *listed.other)) or "none"
            self.terminal.say(f"Programme: {said}", indent="  ")
