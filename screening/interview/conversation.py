"""The interview as a state machine: replies in; events, what to say and the next prompt out.

Nothing here reads a clock, a file or a keyboard. A terminal, a web page and a test drive it alike:
`begin`, then `reply` until a response ends it. The events of a response belong on disk before its
words are shown; a driver that cannot record them drops the conversation, and takes the case up
again.
"""

from __future__ import annotations

import datetime

from screening.errors import assert_never
from screening.interview import wording
from screening.interview.asking_list import AskingList
from screening.interview.planner import Ask, AskList, AskProgramme, Finish, Plan, Planner, Settle
from screening.interview.programme import find_exercise
from screening.interview.recall import OPEN
from screening.interview.session import Session
from screening.interview.steps import Asking, Ended, InterviewStep, Listing, Settling
from screening.interview.talk import End, Opening, Prompt, Response, Talk
from screening.records.event import Listed

WORDS = "? help · why · back · dk don't know · pns prefer not to say · quit"


class Conversation:
    """One interview, from its opening to its end.

    `names` are the exercises of the programme that are known before. With `today`, a day answers
    what asks how long ago.
    """

    def __init__(
        self,
        planner: Planner,
        opening: Opening,
        *,
        names: tuple[str, ...] = (),
        today: datetime.date | None = None,
    ) -> None:
        self._talk = Talk(planner, opening, today)
        self._opening = opening
        self._names = names
        self._step: InterviewStep | None = None
        self._plan: Plan | None = None

    @property
    def plan(self) -> Plan | None:
        """What is asked now, and how much is left; None before it begins, and of an ended case."""
        return self._plan

    @property
    def session(self) -> Session:
        """The session as it stands, with all that was replied."""
        return self._talk.session

    def begin(self) -> Response:
        """Return the first turn: what is kept from last time, and the first question."""
        self._say_what_was_before()
        self._talk.say(WORDS)
        if self._opening.status == OPEN:
            self._start()
        else:
            self._step = Ended(self._talk, self._opening.status)
        return self._turn()

    def reply(self, text: str) -> Response:
        """Return what a reply leads to."""
        step = self._step
        if step is not None and step.reply(text) and self._talk.end is None:
            if isinstance(step, Ended):
                self._start()
            else:
                self._next()
        return self._turn()

    def cut_off(self) -> Response:
        """Return what the end of all replies leads to; a case that had ended is shown again."""
        if isinstance(self._step, Ended):
            return self.reply("")
        self._talk.end = End.CUT_OFF
        return self._turn()

    def _start(self) -> None:
        self._names = self._unmatched()
        self._next()

    def _turn(self) -> Response:
        return self._talk.turn(Prompt() if self._step is None else self._step.prompt)

    def _next(self) -> None:
        """Begin the next step, or end where nothing is left to ask."""
        plan = self._plan = self._talk.plan()
        match plan.step:
            case Finish():
                self._step, self._talk.end = None, End.FINISHED
            case Ask():
                self._step = Asking(self._talk, plan, plan.step)
            case AskList():
                self._step = AskingList(self._talk, plan, plan.step)
            case AskProgramme():
                names, self._names = self._names, ()
                self._step = Listing(self._talk, plan, names)
            case Settle(rule):
                self._step = Settling(self._talk, rule)
            case _:
                assert_never(plan.step)

    def _say_what_was_before(self) -> None:
        """Say what screenings before this one leave to it: what is open, and what is kept."""
        talk, session = self._talk, self._talk.session
        if session.earlier is None:
            return
        for line in wording.still_open(talk.knowledge, session.earlier, session.client):
            talk.say(line, bold=True)
        if not session.earlier.anew:
            carried = len(session.carried(talk.knowledge))
            for line in wording.taken_up(carried, self._opening.days):
                talk.say(line)

    def _unmatched(self) -> tuple[str, ...]:
        """Take a programme whose every name is known; return the names if some are not."""
        found = [find_exercise(self._talk.knowledge, name) for name in self._names]
        known = [name for name in found if isinstance(name, str)]
        if not found or len(known) < len(found):
            return self._names
        listed = self.session.listed() or Listed()
        programme = tuple(dict.fromkeys((*listed.programme, *known)))
        self._talk.take(Listed(programme, listed.other))
        return ()
