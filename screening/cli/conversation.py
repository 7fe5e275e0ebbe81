"""What every step of an interview shares: the session, recording it, and the commands."""

from __future__ import annotations

from typing import Protocol

from screening.cli.terminal import Terminal
from screening.interview import wording
from screening.interview.planner import Plan, Planner
from screening.interview.reply import Command, Word, find_question
from screening.interview.session import Session
from screening.model.question import Question, Value
from screening.model.vocabularies import Level
from screening.records.event import CaseEvent, FlagRaised, Listed, TakenBack


class QuitError(Exception):
    """The trainer stops here, to go on later."""


class Keeping(Protocol):
    """Where an interview is kept."""

    @property
    def where(self) -> str:
        """What `save` says: that it is kept and how to go on, or that it is not."""

    def asked(self, question: Question) -> None:
        """Note that a question is shown."""

    def record(self, *events: CaseEvent) -> None:
        """Make what happened durable."""


class Conversation:
    """One interview under way, kept as it goes.

    `level` is the highest referral recorded so far; `before` the programme of last time.
    """

    def __init__(
        self, planner: Planner, terminal: Terminal, session: Session, keeping: Keeping
    ) -> None:
        self.planner = planner
        self.knowledge = planner.knowledge
        self.terminal = terminal
        self.session = session
        self.keeping = keeping
        self.level = Level.NONE
        self.before: Listed | None = None
        self.topic = ""
        self.led_in: set[str] = set()
        self.keys_shown = False

    def take(self, *events: CaseEvent) -> None:
        """Go on once what happened is on disk."""
        self.keeping.record(*events)
        self.session = self.session.after(*events)

    def plan(self) -> Plan:
        """Return what comes next; a referral that comes up higher than before is recorded."""
        plan = self.planner.plan(self.session)
        if plan.level > self.level and self.session.entries:
            self.keeping.record(FlagRaised(plan.level.word, plan.flagged))
            self.level = plan.level
        return plan

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
                self.terminal.say(self.keeping.where)
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
            self.take(TakenBack())
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
            said = wording.programme(self.knowledge, listed)
            self.terminal.say(f"Programme: {said}", indent="  ")
