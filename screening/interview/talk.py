"""What every step of an interview shares: the session, what is said, words that always work."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import Enum

from screening.diagnostics import Diagnostic
from screening.errors import assert_never
from screening.interview import wording
from screening.interview.asked import digest_in_list, digest_of
from screening.interview.planner import Plan, Planner
from screening.interview.recall import OPEN
from screening.interview.reply import Command, Word, find_question
from screening.interview.session import Session
from screening.model.question import Question, Value
from screening.model.tick_list import TickList
from screening.model.vocabularies import Level
from screening.records.event import Asked, CaseEvent, FlagRaised, Listed, TakenBack


@dataclass(frozen=True)
class Opening:
    """An interview as it begins.

    `first` is recorded before the first thing said, `case` is the one it goes on with, `client`
    whose new case it is otherwise, and `called` what that will be called. `level` is the highest
    referral that came up before. `listed` is the programme of last time, and `days` how long ago
    that was, if known. `events` is how many the case had when it was read, and `number` which of
    the client's cases a new one is then; None without a client. `at_once` says that `first` is
    recorded whatever comes. `stale` says which answers the knowledge in use cannot take over, and
    `other_knowledge` that it went on with another one. `asks` is who asks now, and
    `by` who did before.
    """

    session: Session
    first: tuple[CaseEvent, ...] = ()
    case: str | None = None
    client: str | None = None
    called: str | None = None
    status: str = OPEN
    level: Level = Level.NONE
    listed: Listed | None = None
    days: int | None = None
    events: int = 0
    number: int | None = None
    at_once: bool = False
    stale: tuple[Diagnostic, ...] = ()
    other_knowledge: bool = False
    asks: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that is said; its later lines are indented by `hang` columns more."""

    text: str = ""
    bold: bool = False
    indent: str = ""
    hang: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """A question for the client to point at: these lines, and nothing else on the screen."""

    lines: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class WhereKept:
    """Where the interview is kept, and how to go on with it: whoever keeps it says so."""


Display = Paragraph | Card | WhereKept


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a reply is waited for with; `more` of a list may have been typed, or pasted, before."""

    text: str = "> "
    more: bool = False


class End(Enum):
    """How an interview ends: with nothing left to ask, told to stop, or without more replies."""

    FINISHED = "finished"
    QUIT = "quit"
    CUT_OFF = "cut off"


@dataclass(frozen=True, slots=True)
class Response:
    """What a reply leads to: `events` to record, then what is said, then `next`.

    `asked` are the questions that are shown now, to be recorded with whatever is said to them.
    """

    events: tuple[CaseEvent, ...]
    said: tuple[Display, ...]
    next: Prompt | End
    asked: tuple[Asked, ...] = ()


class Talk:
    """One interview under way. Its session goes ahead of the record by the turn in hand."""

    def __init__(self, planner: Planner, opening: Opening, today: datetime.date | None) -> None:
        self.planner = planner
        self.knowledge = planner.knowledge
        self.session = opening.session
        self.level = opening.level
        self.before = opening.listed
        self.today = today
        self.topic: str | None = None
        self.led_in: set[str] = set()
        self.keys_shown = False
        self.end: End | None = None
        self._said: list[Display] = []
        self._events: list[CaseEvent] = []
        self._asked: tuple[Asked, ...] = ()

    def say(self, text: str = "", *, bold: bool = False, indent: str = "", hang: int = 0) -> None:
        """Say a paragraph."""
        self._said.append(Paragraph(text, bold, indent, hang))

    def heard(self, words: str) -> None:
        """Say what a reply was taken for."""
        self.say(words, indent="  = ")

    def show(self, card: Card) -> None:
        """Show a card."""
        self._said.append(card)

    def take(self, *events: CaseEvent) -> None:
        """Go on with what happened."""
        self._events += events
        self.session = self.session.after(*events)

    def asked(self, *questions: Question, tick_list: TickList | None = None) -> None:
        """Note that a question is shown, or several in a tick list."""
        self._asked = tuple(
            Asked(one.id, digest_of(one) if tick_list is None else digest_in_list(tick_list, one))
            for one in questions
        )

    def open_topic(self, name: str) -> None:
        """Say the title and lead-in of a topic that begins."""
        if name == self.topic:
            return
        self.topic = name
        topic = next(one for one in self.knowledge.topics if one.id == name)
        self.say()
        self.say(topic.title, bold=True)
        if topic.lead_in and topic.id not in self.led_in:
            self.led_in.add(topic.id)
            self.say(topic.lead_in)

    def turn(self, prompt: Prompt) -> Response:
        """Return what has come of it since the last turn."""
        events, said = tuple(self._events), tuple(self._said)
        made = Response(events, said, self.end or prompt, self._asked)
        self._events, self._said, self._asked = [], [], ()
        return made

    def plan(self) -> Plan:
        """Return what comes next; a referral that comes up higher than before is an event."""
        plan = self.planner.plan(self.session)
        if plan.level > self.level and self.session.entries:
            self.take(FlagRaised(plan.level.word, plan.flagged))
            self.level = plan.level
        return plan

    def standing(self) -> dict[str, Value]:
        """Return the answers that can be looked at and changed, the carried ones last."""
        return self.session.standing(self.knowledge)

    def command(self, command: Command) -> bool:
        """Do what a command says; tell whether the step is over."""
        match command.word:
            case Word.BACK:
                return self._back()
            case Word.CHANGE:
                return self._change(command.rest)
            case Word.QUIT:
                self.end = End.QUIT
                return True
            case Word.REVIEW:
                self._review()
            case Word.SAVE:
                self._said.append(WhereKept())
            case Word.HELP | Word.CARD | Word.WHY | Word.SKIP:
                self.help()
            case _:
                assert_never(command.word)
        return False

    def help(self) -> None:
        """Say which words work everywhere."""
        for line in wording.HELP:
            self.say(line, indent="  ")

    def _back(self) -> bool:
        if self._is_changing():
            self.session = self.session.stay()
        elif self.session.said_here:
            self.take(*(TakenBack(),) * self.session.last_said(self.knowledge))
        else:
            self.say("There is nothing to undo.")
            return False
        return True

    def _is_changing(self) -> bool:
        """Tell whether what is asked out of turn is answered already."""
        standing, lists = self.standing(), self.knowledge.tick_lists
        focus = self.session.focus or ""
        names = lists[focus].items if focus in lists else (focus,)
        return all(name in standing for name in names)

    def _change(self, text: str) -> bool:
        if text == "programme" and self.session.listed():
            self.take(Listed(more=True))
            return True
        found = self._named(text)
        if isinstance(found, str):
            self.session = self.session.change(found)
            return True
        near = " or ".join(f"`change {name}`" for name in found)
        self.say(f"Which question? {near or '`review` numbers the answers so far.'}")
        return False

    def _named(self, text: str) -> str | tuple[str, ...]:
        """Return the question a text or a number of the review names, or near ones."""
        answered = tuple(self.standing())
        if text.isdecimal() and len(text) <= len(str(len(answered))):
            place = int(text) - 1
            return answered[place] if 0 <= place < len(answered) else ()
        asked: dict[str, Question | TickList] = {**self.knowledge.questions}
        asked |= self.knowledge.tick_lists
        return find_question(asked, text) if text else ()

    def _review(self) -> None:
        carried = self.session.carried(self.knowledge)
        lines = wording.review(self.knowledge, self.session.answers(), carried)
        for line in lines or ("Nothing is answered yet.",):
            self.say(line, indent="  ")
        listed = self.session.listed()
        if listed is not None:
            self.say(f"Programme: {wording.programme(self.knowledge, listed)}", indent="  ")
