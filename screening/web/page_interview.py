"""One interview under way on the page: what is pressed goes in, what is asked comes out.

It drives the same state machine as the terminal, with the same words, and puts every event on
record before the next page is made.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from screening import app
from screening.app.recorder import Recorder, Unsaved, keeping
from screening.assess import Assessor, ConcludedCase
from screening.interview.conversation import Conversation
from screening.interview.planner import Ask, Plan, Planner
from screening.interview.reply import keys, read_command
from screening.interview.session import MOOT, Session
from screening.interview.talk import End, Opening, Paragraph, Prompt, Response
from screening.interview.ticks import typed_ticks
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.vocabularies import Unknown
from screening.records import Store
from screening.records.event import Withdrawn
from screening.render.drawn import Drawings
from screening.render.page import Format, Shape
from screening.render.table import WIDTH
from screening.web.boxes import of_boxes
from screening.web.visits import new_key

ONCE_MORE = "That is fine. It matters, so once more: a tap is enough, nobody says it aloud."
UNKNOWNS = {"dk": Unknown.DONT_KNOW, "pns": Unknown.DECLINED}


class HeldWith(NamedTuple):
    """What an interview is held with: the planner of the knowledge, and where that stands."""

    planner: Planner
    assessor: Assessor
    root: Path
    drawings: Drawings

    @property
    def knowledge(self) -> KnowledgeBase:
        """The knowledge in use."""
        return self.planner.knowledge

    def ahead(self) -> tuple[Callable[[], object], ...]:
        """Return what the first question and the first result would wait for, to do it ahead."""
        return (
            lambda: self.planner.plan(Session()),
            lambda: self.assessor.conclude(Case()),
            lambda: self.drawings.of(""),
        )


class PageInterview:
    """One interview, from its opening until it ends or is left.

    `turn` counts what was asked. `said` is what is to be read before the question, and `problem`
    why the last answer was none. `ticked` are the boxes of such an answer.
    """

    def __init__(self, held: HeldWith, store: Store | None, opening: Opening) -> None:
        self.key = new_key()[:16]
        self.held = held
        self.opening = opening
        self.end: End | None = None
        self.said: tuple[str, ...] = ()
        self.problem = ""
        self.unsaved: ConcludedCase | None = None
        self.ticked: frozenset[str] = frozenset()
        self._asked: list[tuple[str, ...]] = []
        self._before: Plan | None = None
        self._holding = ExitStack()
        self.keeper: Recorder | Unsaved = self._holding.enter_context(
            keeping(store, held.knowledge, held.root, opening)
        )
        today = datetime.datetime.now().astimezone().date()
        self.talk = Conversation(held.planner, opening, today=today)
        self._take(self.talk.begin())

    @property
    def knowledge(self) -> KnowledgeBase:
        """The knowledge in use."""
        return self.held.knowledge

    @property
    def plan(self) -> Plan | None:
        """What is asked now; None of an ended case that is looked at again."""
        return self.talk.plan

    @property
    def turn(self) -> int:
        """How many questions were asked, this one too."""
        return len(self._asked)

    @property
    def case(self) -> str:
        """The case on record; "" before anything was said, and where nothing is kept."""
        return (isinstance(self.keeper, Recorder) and self.keeper.case) or ""

    @property
    def saved(self) -> bool:
        """Whether it is put on record."""
        return isinstance(self.keeper, Recorder)

    @property
    def standing(self) -> dict[str, Value]:
        """The answers that can be looked at and changed, in the order of the review."""
        return self.talk.session.standing(self.knowledge)

    def asked_at(self, turn: int) -> Question | None:
        """Return the question that was asked at a turn, if it was one."""
        names = self._names_at(turn)
        return self.knowledge.questions.get(names[0]) if len(names) == 1 else None

    def items_at(self, turn: int) -> tuple[Question, ...]:
        """Return the questions that were asked in a tick list at a turn; none where it was not."""
        names = self._names_at(turn)
        return tuple(self.knowledge.questions[name] for name in names if len(names) > 1)

    def _names_at(self, turn: int) -> tuple[str, ...]:
        return self._asked[turn - 1] if 0 < turn <= len(self._asked) else ()

    def say(self, text: str) -> None:
        """Pass on what stands for what was pressed; on record on return.

        Raises:
            RecordsError: when it cannot be written. Then the interview is to be taken up again.

        """
        self._take(self.talk.reply(text))

    def answer(self, question: Question, said: str) -> None:
        """Take an answer to the question that is asked: one of its ids, `dk`, `pns`, or an amount.

        What is typed for an amount is never taken for a command.
        """
        text = _typed(question, said)
        if text is None:
            self.problem = "Choose one of the answers."
        else:
            self.say(text)

    def tick(self, turn: int, boxes: frozenset[str], rest: Value | None) -> None:
        """Take the boxes of a tick list, each `ITEM ANSWER`; `rest` is said of all other items."""
        items = self.items_at(turn)
        values, problem = of_boxes(items, boxes, rest)
        if problem:
            self.problem, self.ticked = problem, boxes
            return
        self.ticked = frozenset()
        if turn == self.turn:
            self.say(typed_ticks(items, values))
        elif any(self.standing.get(name) != value for name, value in values.items()):
            self.change(self.knowledge.list_of[items[0].id].id)
            now = self.items_at(self.turn)
            self.say(typed_ticks(now, {**self.standing, **values}))

    def change(self, question: str) -> None:
        """Ask a question again."""
        self.say(f"change {question}")

    def correct(self, question: Question, said: str) -> None:
        """Answer a question again that was answered before; the same answer changes nothing."""
        value = UNKNOWNS.get(said, said)
        if question.id in self.standing and self.standing[question.id] != value:
            self.change(question.id)
            self.answer(question, said)

    def conclude(self, *, ended: bool) -> None:
        """Conclude from what was answered, on record where it is kept.

        Raises:
            DisagreementError: when the engines differ.
            RecordsError: when it cannot be recorded.

        """
        session = self.talk.session
        shape = Shape(Format.TABLE, WIDTH, country=app.settings.country())
        app.conclude.concluded(self.held.assessor, session, self.keeper, shape, ended=ended)
        if not self.case:
            self.unsaved = self.held.assessor.conclude(session.case())

    def so_far(self) -> None:
        """Conclude from what was answered so far; the case stays open."""
        self._take(self.talk.cut_off())
        self.conclude(ended=False)

    def close(self) -> None:
        """Let go of the case."""
        self._holding.close()

    def _take(self, turn: Response) -> None:
        """Put a turn on record, and note what it says."""
        if turn.events:
            self.keeper.record(*turn.events)
        if turn.asked:
            self.keeper.asked(turn.asked)
        moved = self.plan is not self._before
        self._before = self.plan
        self.problem = "" if moved or turn.events else _words(turn)
        self.said = tuple(self._notes(turn))
        if moved:
            self._asked.append(tuple(one.question for one in turn.asked))
        if not isinstance(turn.next, Prompt):
            self.end = turn.next

    def _notes(self, turn: Response) -> Iterator[str]:
        for event in turn.events:
            if isinstance(event, Withdrawn) and event.reason == MOOT:
                short = self.knowledge.questions[event.question].short
                yield f"No longer applies, set aside: {short}."
        step = None if self.plan is None else self.plan.step
        if isinstance(step, Ask) and step.card:
            yield ONCE_MORE


def _typed(question: Question, said: str) -> str | None:
    """Return what a trainer would type for what was pressed; None where it is no answer."""
    if said in UNKNOWNS:
        return said
    if question.is_number:
        return None if read_command(said) else said
    return next((key for key, answer in keys(question).items() if answer == said), None)


def _words(turn: Response) -> str:
    return " ".join(one.text for one in turn.said if isinstance(one, Paragraph) and one.text)
