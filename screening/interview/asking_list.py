"""The step that asks several questions with one prompt: a tick list."""

from __future__ import annotations

from screening.errors import assert_never
from screening.interview import wording
from screening.interview.planner import AskList, Plan
from screening.interview.question_step import QuestionStep, card_of
from screening.interview.reply import Command, Unclear
from screening.interview.talk import Card, Talk
from screening.interview.ticks import Ticks, TicksReply, expected_ticks, list_keys, read_ticks
from screening.model.question import Value
from screening.model.vocabularies import Unknown
from screening.records.event import Skipped


class AskingList(QuestionStep):
    """Several questions at once, until they are answered, put off or left."""

    def __init__(self, talk: Talk, plan: Plan, step: AskList) -> None:
        super().__init__(talk, plan, step)
        self.step = step
        self.tick_list = talk.knowledge.tick_lists[step.tick_list]
        self.items = tuple(talk.knowledge.questions[name] for name in step.questions)
        talk.asked(*self.items, tick_list=self.tick_list)
        talk.keys_shown = False
        talk.open_topic(self.items[0].topic)
        self._show()

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
        self._go_on_with(session.ticked(talk.knowledge, self.tick_list, values))

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
        numbered = ((str(place), one.item) for place, one in enumerate(self.items, start=1))
        return card_of(self.tick_list.ask, (*numbered, ("n", "None of these")))
