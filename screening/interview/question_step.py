"""What the steps of a question and of a tick list share: commands, card, what is set aside."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable

from screening.errors import assert_never
from screening.interview import wording
from screening.interview.planner import Ask, AskList, Plan
from screening.interview.reply import Command, Word
from screening.interview.session import MOOT
from screening.interview.talk import Card, Paragraph, Prompt, Talk
from screening.records.event import CaseEvent, Withdrawn

CARD_INDENT = "    "
DECLINES = (("dk", "I don't know"), ("pns", "I would rather not say"))
"""What can be pointed at on every card besides the answers."""


class QuestionStep(ABC):
    """Something that is asked, until it is answered, put off or left."""

    def __init__(self, talk: Talk, plan: Plan, step: Ask | AskList) -> None:
        self.talk = talk
        self.could_change = step.could_change
        self.progress = f"{wording.progress(plan)} > "

    @property
    def prompt(self) -> Prompt:
        """How far it is."""
        return Prompt(self.progress)

    @abstractmethod
    def _help(self) -> None:
        """Say what is meant, and what can be answered."""

    @abstractmethod
    def _card(self) -> Card:
        """Return nothing but what is asked and its answers, for the client to point at."""

    @abstractmethod
    def _skip(self) -> None:
        """Put it off."""

    def _command(self, command: Command) -> bool:
        match command.word:
            case Word.WHY:
                self.talk.say(wording.why(self.talk.knowledge, self.could_change))
            case Word.HELP:
                self._help()
            case Word.CARD:
                self.talk.show(self._card())
            case Word.SKIP:
                self._skip()
                return True
            case Word.BACK | Word.CHANGE | Word.REVIEW | Word.SAVE | Word.QUIT:
                return self.talk.command(command)
            case _:
                assert_never(command.word)
        return False

    def _go_on_with(self, events: tuple[CaseEvent, ...]) -> None:
        """Go on with what was answered, and say what no longer applies by it."""
        for event in events:
            if isinstance(event, Withdrawn) and event.reason == MOOT:
                short = self.talk.knowledge.questions[event.question].short
                self.talk.say(f"No longer applies, set aside: {short}.")
        self.talk.take(*events)


def card_of(ask: str, answers: Iterable[tuple[str, str]]) -> Card:
    """Return a card of what is asked and its answers, each with the key that stands for it."""
    rows = (
        Paragraph(f"{key:<3} {words}", bold=True, indent=CARD_INDENT, hang=4)
        for key, words in (*answers, *DECLINES)
    )
    blank = Paragraph()
    below = (line for row in rows for line in (blank, row))
    asked = Paragraph(ask, bold=True, indent=CARD_INDENT)
    return Card((blank, asked, *below, blank, blank))
