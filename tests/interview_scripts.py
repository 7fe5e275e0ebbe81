"""Random interviews: what a trainer types, and the session that `Session.reply` alone makes of it.

Nobody answers in order only: answers are changed, taken back, put off and mistyped.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from interview_process import typed
from simulated_clients import random_sheet

from screening.interview import wording
from screening.interview.amount import YEARS
from screening.interview.planner import Ask, AskList, AskProgramme, Finish, Planner, Settle
from screening.interview.session import Session
from screening.interview.ticks import typed_ticks
from screening.model.question import Question, Value
from screening.model.vocabularies import Unknown
from screening.records.event import Kept, Listed, Skipped, TakenBack

LONGEST = 70  # replies before an interview is cut off
IDLE = ("maybe", "why", "?", "review", "card", "save", "back to front")


@dataclass(frozen=True)
class Script:
    """What is typed, line by line."""

    lines: tuple[str, ...]
    session: Session
    ended: bool

    @property
    def text(self) -> str:
        """All of it, as a pipe delivers it."""
        return "".join(f"{line}\n" for line in self.lines)


@dataclass
class _Writer:
    """Types at random, and keeps a session by nothing but `Planner` and `Session.reply`."""

    planner: Planner
    session: Session
    dice: random.Random
    sheet: dict[str, Value]
    lines: list[str] = field(default_factory=list)

    def type(self, line: str) -> None:
        self.lines.append(line)

    def standing(self) -> list[str]:
        return list(self.session.standing(self.planner.knowledge))

    def step(self) -> bool:
        """Type what one step of the plan takes; tell whether there was one."""
        step = self.planner.plan(self.session).step
        match step:
            case Finish():
                return False
            case Ask(name):
                self._ask(self.planner.knowledge.questions[name])
            case AskList():
                self._tick(step)
            case AskProgramme():
                self._list()
            case Settle(rule):
                self._settle(rule)
        return True

    def _ask(self, question: Question) -> None:
        roll = self.dice.random()
        if roll < 0.1:
            self.type(self.dice.choice(IDLE))
        if roll < 0.72:
            self._answer(question, self.sheet[question.id])
        elif roll < 0.8:
            values: list[Value] = [*question.words] or [question.low, question.high]
            self._answer(question, self.dice.choice(values))
        elif roll < 0.86:
            self._skip(question)
        elif roll < 0.93:
            self._back()
        else:
            self._change()

    def _tick(self, step: AskList) -> None:
        roll = self.dice.random()
        if roll < 0.1:
            self.type(self.dice.choice((*IDLE, "1 none", "99")))
        if roll < 0.8:
            self._ticked(step)
        elif roll < 0.86:
            self._skip_all(step)
        elif roll < 0.93:
            self._back()
        else:
            self._change()

    def _ticked(self, step: AskList) -> None:
        knowledge = self.planner.knowledge
        items = tuple(knowledge.questions[name] for name in step.questions)
        drawn = {one.id: self.sheet[one.id] for one in items}
        if self.dice.random() < 0.3:
            drawn[self.dice.choice(step.questions)] = self.dice.choice(items[0].words)
        known = Unknown.DONT_KNOW  # the page has a box for this, for each item
        values = {n: known if isinstance(v, Unknown) else v for n, v in drawn.items()}
        if self.dice.random() < 0.05:
            values = dict.fromkeys(values, Unknown.DECLINED)
        given = self.session.standing(knowledge)
        same = all(given.get(name) == value for name, value in values.items())
        self.type("" if same else typed_ticks(items, values))
        tick_list = knowledge.tick_lists[step.tick_list]
        self.session = self.session.after(*self.session.ticked(knowledge, tick_list, values))

    def _skip_all(self, step: AskList) -> None:
        self.type("skip")
        there = [name for name in step.questions if name in self.standing()]
        if len(there) == len(step.questions):
            self.session = self.session.stay()
        else:
            left = (name for name in step.questions if name not in there)
            self.session = self.session.after(*map(Skipped, left))

    def _answer(self, question: Question, value: Value) -> None:
        given = self.session.standing(self.planner.knowledge).get(question.id)
        self.type("" if given == value else typed(question, value))
        self.session = self.session.after(
            *self.session.reply(self.planner.knowledge, question.id, value)
        )

    def _skip(self, question: Question) -> None:
        self.type("skip")
        if question.id in self.standing():
            self.session = self.session.stay()
        else:
            self.session = self.session.after(Skipped(question.id))

    def _back(self) -> None:
        self.type("back")
        if self.session.focus in self.standing():
            self.session = self.session.stay()
        elif self.session.entries:
            together = self.session.last_said(self.planner.knowledge)
            self.session = self.session.after(*(TakenBack(),) * together)

    def _change(self) -> None:
        names = self.standing() or ["saddle"]
        name = self.dice.choice(names)
        if self.session.listed() and self.dice.random() < 0.1:
            self.type("change programme")
            self.session = self.session.after(Listed(more=True))
        else:
            place = str(names.index(name) + 1) if self.standing() else name
            self.type(f"change {self.dice.choice((name, place))}")
            self.session = self.session.change(name)

    def _list(self) -> None:
        listed = self.session.listed() or Listed()
        roll = self.dice.random()
        if roll < 0.5:
            exercise = self.dice.choice(sorted(self.planner.knowledge.exercises))
            self.type(self.planner.knowledge.exercises[exercise].name)
            programme = tuple(dict.fromkeys((*listed.programme, exercise)))
            self.session = self.session.after(Listed(programme, listed.other, more=True))
        elif roll < 0.6:
            self.type("croquet croquet")
            other = tuple(dict.fromkeys((*listed.other, "croquet croquet")))
            self.session = self.session.after(Listed(listed.programme, other, more=True))
        elif roll < 0.7:
            self._back()
        else:
            self.type("skip")
            self.session = self.session.after(Listed(listed.programme, listed.other))

    def _settle(self, rule: str) -> None:
        knowledge = self.planner.knowledge
        odd = wording.at_odds(knowledge, rule, self.session.standing(knowledge))
        if self.dice.random() < 0.5:
            self.type("k")
            self.session = self.session.after(Kept(rule))
        else:
            place = self.dice.randrange(len(odd))
            self.type(str(place + 1))
            self.session = self.session.change(odd[place])


def script(planner: Planner, session: Session, seed: int, *, settled: bool = False) -> Script:
    """Return a random interview that begins with a session.

    One that is `settled` does not break off while an answer is being changed or asked for again.
    """
    dice = random.Random(seed)  # noqa: S311 - reproducible, not secret
    sheet = random_sheet(planner.knowledge, seed)
    numbers = {name: value for name, value in sheet.items() if isinstance(value, int)}
    years = {name: value - YEARS.start for name, value in numbers.items() if value in YEARS}
    writer = _Writer(planner, session, dice, sheet | years)  # a keyboard asks about a bare year
    longest = dice.randrange(5, LONGEST)
    while (len(writer.lines) < longest or (settled and writer.session.focus)) and writer.step():
        pass
    ended = isinstance(planner.plan(writer.session).step, Finish)
    return Script(tuple(writer.lines), writer.session, ended)
