"""The step that asks several questions with one prompt: a tick list."""

from __future__ import annotations

from screening.errors import assert_never
from screening.interview import wording
from screening.interview.planner import AskList, Plan
from screening.interview.reply import Command, Unclear, Word
from screening.interview.session import MOOT
from screening.interview.talk import Card, Paragraph, Prompt, Talk
from screening.interview.ticks import Ticks, TicksReply, expected_ticks, list_keys, read_ticks
from screening.model.question import Value
from screening.model.vocabularies import Unknown
from screening.records.event import Skipped, Withdrawn

CARD_INDENT = "    "
DECLINES = (("n", "None of these"), ("dk", "I don't know"), ("pns", "I would rather not say"))


class AskingList:
    """Several questions at once, until they are answered, put off or left."""

    def __init__(self, talk: Talk, plan: Plan, step: AskList) -> None:
        self.talk = talk
        self.step = step
        self.progress = f"{wording.progress(plan)} > "
        self.tick_list = talk.knowledge.tick_lists[step.tick_list]
        self.items = tuple(talk.knowledge.questions[name] for name in step.questions)
        talk.asked(*self.items, tick_list=self.tick_list)
        talk.keys_shown = False
        talk.open_topic(self.items[0].topic)
        self._show()

    @property
    def prompt(self) -> Prompt:
        """How far it is."""
        return Prompt(self.progress)

    def reply(self, text: str) -> bool:
        """Take a reply; tell whether the step is over."""
        reply = self._read(text)
        match reply:
            case Ticks(values):
                self._take(dict(values))
                return True
            case Unclear(message):
                self.talk.say(message)
                return False
            case Command():
                return self._command(reply)
            case _:
                assert_never(reply)

    def _given(self) -> dict[str, Value]:
        standing = self.talk.standing()
        return {one.id: standing[one.id] for one in self.items if one.id in standing}

    def _read(self, text: str) -> TicksReply:
        """Return what was typed; nothing keeps the answers that are there, if all are."""
        given = self._given()
        if not text.strip() and len(given) == len(self.items):
            return Ticks(given)
        return read_ticks(self.items, text)

    def _take(self, values: dict[str, Value]) -> None:
        """Take an answer to each item, and say what was understood, and what it sets aside."""
        talk = self.talk
        talk.heard(wording.ticked(self.items, values))
        session = talk.session
        unknown = ((q, v) for q in self.items if isinstance(v := values[q.id], Unknown))
        if any(session.wants_card(question, value) for question, value in unknown):
            talk.say(wording.CARD_OFFER)
        events = session.ticked(talk.knowledge, self.tick_list, values)
        for event in events:
            if isinstance(event, Withdrawn) and event.reason == MOOT:
                short = talk.knowledge.questions[event.question].short
                talk.say(f"No longer applies, set aside: {short}.")
        talk.take(*events)

    def _command(self, command: Command) -> bool:
        match command.word:
            case Word.WHY:
                self.talk.say(wording.why(self.talk.knowledge, self.step.could_change))
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

    def _show(self) -> None:
        say, given = self.talk.say, self._given()
        say()
        if self.step.again:
            say("Skipped before; asked once more.")
        if any(one.intimate for one in self.items):
            say("Private: `card` shows it for pointing.")
        say(self.tick_list.ask, bold=True)
        for place, one in enumerate(self.items, start=1):
            before = f" [{one.said(given[one.id])}]" if one.id in given else ""
            say(f"{place} {one.item}{before}", indent="  ", hang=2)
        say(wording.list_footer(self.items, list_keys(self.items)), indent="  ")
        if len(given) == len(self.items):
            say("Enter keeps the answers that are there.")

    def _skip(self) -> None:
        given = self._given()
        if len(given) == len(self.items):
            self.talk.session = self.talk.session.stay()
        else:
            self.talk.take(*(Skipped(one.id) for one in self.items if one.id not in given))

    def _help(self) -> None:
        talk = self.talk
        if self.tick_list.help:
            talk.say(self.tick_list.help)
        for place, one in enumerate(self.items, start=1):
            if one.help:
                talk.say(f"{place} {one.help}", indent="  ", hang=2)
        talk.say(f"Answer with {expected_ticks(self.items)}.")
        talk.help()

    def _card(self) -> Card:
        """Return nothing but the list, for the client to point at."""
        numbered = ((str(place), one.item) for place, one in enumerate(self.items, start=1))
        rows = (
            Paragraph(f"{key:<3} {words}", bold=True, indent=CARD_INDENT, hang=4)
            for key, words in (*numbered, *DECLINES)
        )
        blank = Paragraph()
        below = (line for row in rows for line in (blank, row))
        asked = Paragraph(self.tick_list.ask, bold=True, indent=CARD_INDENT)
        return Card((blank, asked, *below, blank, blank))
