"""The steps of an interview: each says what it is about as it begins, and takes replies."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from screening.diagnostics import quoted
from screening.errors import assert_never
from screening.interview import wording
from screening.interview.planner import Ask, Plan
from screening.interview.programme import Near, find_exercise, names_in
from screening.interview.question_step import QuestionStep, card_of
from screening.interview.reply import (
    UNKNOWNS,
    Command,
    Reply,
    Said,
    Unclear,
    Word,
    expected,
    keys,
    plain,
    read_command,
    read_reply,
)
from screening.interview.talk import Card, Prompt, Talk
from screening.model.name_matching import folded
from screening.model.question import Value
from screening.records.event import Kept, Listed, Skipped

ENDED = "Enter shows the result · `change QUESTION` corrects an answer · `review`"
NOTHING_MORE = frozenset(("", "none", "nothing", "no", "n", "done", *UNKNOWNS))


class InterviewStep(Protocol):
    """One thing an interview is about until a reply ends it."""

    @property
    def prompt(self) -> Prompt:
        """What a reply is waited for with."""

    def reply(self, text: str) -> bool:
        """Take a reply; tell whether the step is over."""


class Ended:
    """A case that has ended: it can be shown again, or an answer in it be corrected."""

    prompt = Prompt()

    def __init__(self, talk: Talk, status: str) -> None:
        self.talk = talk
        talk.say(f"This case has ended ({status}).")
        talk.say(ENDED)

    def reply(self, text: str) -> bool:
        """Take a reply; tell whether the step is over."""
        command = read_command(text)
        if command is None:
            if text.strip():
                self.talk.say(f"{quoted(text)} is not clear: {ENDED}")
            return not text.strip()
        return command.word is not Word.BACK and self.talk.command(command)


class Asking(QuestionStep):
    """A question, until it is answered, skipped or left."""

    def __init__(self, talk: Talk, plan: Plan, step: Ask) -> None:
        super().__init__(talk, plan, step)
        self.step = step
        self.question = talk.knowledge.questions[step.question]
        self.moving = self.question.is_movement
        talk.asked(self.question)
        talk.open_topic(self.question.topic)
        self._show()

    def reply(self, text: str) -> bool:
        """Take a reply; tell whether the step is over."""
        reply = self._read(text)
        match reply:
            case Said(value):
                self._take(value)
                return True
            case Unclear(message):
                self.talk.say(message)
                return False
            case Command():
                return self._command(reply)
            case _:
                assert_never(reply)

    def _given(self) -> Value | None:
        return self.talk.standing().get(self.question.id)

    def _offered(self) -> Value | None:
        """Return the answer that Enter gives: the one that is there, or can be reckoned."""
        given = self._given()
        return self._reckoned() if given is None else given

    def _reckoned(self) -> int | None:
        return self.talk.session.reckoned(self.talk.knowledge, self.question)

    def _read(self, text: str) -> Reply:
        """Return what was typed; nothing keeps an answer that is there."""
        given = None if text.strip() else self._offered()
        if given is not None:
            return Said(given)
        return read_reply(self.question, text, self.talk.today)

    def _take(self, value: Value) -> None:
        """Take an answer, and say what it sets aside."""
        talk = self.talk
        talk.heard(self.question.said(value))
        if talk.session.wants_card(self.question, value):
            talk.say(wording.CARD_OFFER)
        reckoned = self._reckoned()
        if isinstance(value, int) and reckoned is not None and abs(value - reckoned) > 1:
            by_then = self.question.said(reckoned)
            talk.say(f"Last time's answer makes it {by_then}. Today's counts; `back` changes it.")
        self._go_on_with(talk.session.reply(talk.knowledge, self.question.id, value))

    def _show(self) -> None:
        say, question = self.talk.say, self.question
        self._keys()
        if not self.moving:
            say()
        if self.step.again:
            say("Skipped before; asked once more.")
        if question.intimate and not self.step.card:
            say("Private: `card` shows it for pointing.")
        say(question.ask, bold=True)
        if self.step.card and question.help:
            say(question.help)
        if not self.moving:
            for line in wording.choices(question):
                say(line, indent="  ", hang=2)
        given = self._given()
        if given is not None:
            when = "Answered" if question.id in self.talk.session.answers() else "Last time"
            say(f"{when}: {question.said(given)}. Enter keeps it.")
        elif (reckoned := self._reckoned()) is not None:
            say(f"By what was said last time: {question.said(reckoned)}. Enter takes it.")

    def _keys(self) -> None:
        """Say the keys of movements before the first of several."""
        talk = self.talk
        if self.moving and not talk.keys_shown:
            talk.say()
            talk.say(f"{wording.footer(self.question)} · dk don't know · ? help · back")
        talk.keys_shown = self.moving

    def _skip(self) -> None:
        if self._given() is not None:
            self.talk.session = self.talk.session.stay()
        else:
            self.talk.take(Skipped(self.question.id))

    def _help(self) -> None:
        talk = self.talk
        if self.question.help:
            talk.say(self.question.help)
        talk.say(f"Answer with {expected(self.question)}.")
        talk.help()
        if self.moving:
            talk.say(wording.footer(self.question), indent="  ")

    def _card(self) -> Card:
        question = self.question
        return card_of(question.ask, ((k, question.said(a)) for k, a in keys(question).items()))


class Listing:
    """The current programme, as many names as there are; `names` were given in a file.

    A name the catalogue lacks is kept as it was typed, and said; a number takes a near one.
    """

    def __init__(self, talk: Talk, plan: Plan, names: tuple[str, ...]) -> None:
        self.talk = talk
        self.progress = f"{wording.progress(plan)} > "
        self.near: Near | None = None
        self.begun = False
        self.from_file = bool(names)
        talk.say()
        if names:
            for name in names:
                self._look_up(name)
            talk.say("Enter goes on; or more names, `back` takes the last one away.")
        else:
            self._show()

    @property
    def prompt(self) -> Prompt:
        """How far it is; lines may be pasted."""
        return Prompt(self.progress, more=self.begun)

    def reply(self, text: str) -> bool:
        """Take a reply; tell whether the step is over."""
        command, before, said = read_command(text), self._before(), plain(text)
        self.begun = True
        if not said and before is not None:
            self.talk.take(Listed(before.programme, before.other, typed=before.typed))
            self.talk.heard(wording.programme(self.talk.knowledge, before))
        elif said in NOTHING_MORE or command == Command(Word.SKIP):
            self._end()
        elif command is not None:
            return self.talk.command(command)
        elif said in {"k", "keep"}:  # a name that was kept already, or all those of a file
            return self._end() if self.from_file else False
        else:
            self._take(text)
            return False
        return True

    def _show(self) -> None:
        talk = self.talk
        talk.say("Which exercises are in the current programme?", bold=True)
        before, so_far = self._before(), talk.session.listed()
        if so_far is not None:
            talk.say(f"So far: {wording.programme(talk.knowledge, so_far)}.")
            talk.say("More names, or an empty line; `back` takes the last one away.")
        elif before is None:
            talk.say("One a line or with commas, sets and loads as they are; an empty line ends.")
        else:
            talk.say(f"Last time: {wording.programme(talk.knowledge, before)}.")
            talk.say("Enter keeps it; or one a line, an empty line ends.")

    def _before(self) -> Listed | None:
        """Return the programme of last time, while nothing is said of it."""
        return self.talk.before if self.talk.session.listed() is None else None

    def _take(self, text: str) -> None:
        """Take a line: a number for a near name, or names."""
        near, place = self.near, plain(text).rstrip(".")
        if near is not None and place.isdecimal() and 0 < int(place[:3]) <= len(near.exercises):
            self._instead(near, near.exercises[int(place) - 1])
            return
        names = names_in(self.talk.knowledge, text)
        if not names:
            self.talk.say(f"{quoted(text)} names no exercise; it is noted with the programme.")
        if names != (" ".join(text.split()),):
            self._note(typed=text.strip())
        for name in names:
            self._look_up(name)

    def _look_up(self, name: str) -> None:
        found = find_exercise(self.talk.knowledge, name)
        if isinstance(found, Near):
            self._keep(found)
        else:
            self.near = None
            self._say(found, name)
            self._note(found)

    def _say(self, exercise: str, typed: str) -> None:
        """Say an exercise; where it was called otherwise, by what."""
        name = self.talk.knowledge.exercises[exercise].name
        called = "" if folded(typed) == folded(name) else f" (from {quoted(typed)})"
        self.talk.say(f"{name}{called}", indent="  + ", hang=2)

    def _keep(self, near: Near) -> None:
        """Keep a name that the catalogue lacks, and offer what is near."""
        self.near = near if near.exercises else None
        exercises = self.talk.knowledge.exercises
        offers = " · ".join(f"{n} {exercises[e].name}" for n, e in enumerate(near.exercises, 1))
        meant = f" Did you mean: {offers}?" if offers else ""
        kept = f"{quoted(near.name)} is not in the catalogue: kept as not covered.{meant}"
        self.talk.say(kept, indent="  ? ", hang=2)
        self._note(other=near.name)

    def _instead(self, near: Near, exercise: str) -> None:
        """Take a near exercise in place of the name that was kept."""
        self.near = None
        listed = self.talk.session.listed() or Listed()
        others = tuple(name for name in listed.other if name != near.name)
        self.talk.take(replace(listed, other=others, more=True))
        self._say(exercise, near.name)
        self._note(exercise)

    def _end(self) -> bool:
        self._note(more=False)
        listed = self.talk.session.listed() or Listed()
        self.talk.heard(wording.programme(self.talk.knowledge, listed))
        return True

    def _note(
        self,
        exercise: str | None = None,
        *,
        other: str | None = None,
        typed: str | None = None,
        more: bool = True,
    ) -> None:
        """Note one more exercise or line, or the end of the list."""
        listed = self.talk.session.listed() or Listed()
        programme = dict.fromkeys((*listed.programme, *([exercise] if exercise else ())))
        others = dict.fromkeys((*listed.other, *([other] if other else ())))
        lines = dict.fromkeys((*listed.typed, *([typed] if typed else ())))
        self.talk.take(Listed(tuple(programme), tuple(others), more, tuple(lines)))


class Settling:
    """Answers that a rule finds at odds: one is changed, or all are kept."""

    prompt = Prompt()

    def __init__(self, talk: Talk, rule: str) -> None:
        self.talk = talk
        self.rule = rule
        answers = talk.standing()
        self.odd = wording.at_odds(talk.knowledge, rule, answers)
        talk.say()
        talk.say("These answers do not seem to fit together:", bold=True)
        for place, name in enumerate(self.odd, start=1):
            question = talk.knowledge.questions[name]
            talk.say(f"{place} {question.short}: {question.said(answers[name])}", indent="  ")
        talk.say(f"{self._expected()}; the more urgent counts")

    def reply(self, text: str) -> bool:
        """Take a reply; tell whether the step is over."""
        said, command = plain(text), read_command(text)
        if said in {"k", "keep", "keep all", "keeps all"}:
            self.talk.heard("all kept")
            self.talk.take(Kept(self.rule))
        elif said in {str(place + 1) for place in range(len(self.odd))}:
            self.talk.session = self.talk.session.change(self.odd[int(said) - 1])
        elif command is not None:
            return self.talk.command(command)
        else:
            found = f"{quoted(text)} is not clear. " if said else ""
            self.talk.say(f"{found}{self._expected()}.")
            return False
        return True

    def _expected(self) -> str:
        numbers = " or ".join(str(place + 1) for place in range(len(self.odd)))
        return f"{numbers} changes that answer · k keeps all"
