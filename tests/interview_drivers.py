"""Three drivers of one interview, the state machine alone, a pipe, a terminal; what each leaves.

The page and the form are driven by `page_drivers` and `form_driver`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner
from interview_process import Sitting
from kept_cases import keep, make_store

from screening.app.clients.find_case import last_case
from screening.app.conclude import concluded
from screening.app.history import recalled
from screening.app.recorder import Recorder
from screening.app.start_interview import Beginning, FollowUp, opened
from screening.assess import Assessor
from screening.cli import main
from screening.interview.conversation import Conversation
from screening.interview.planner import Planner
from screening.interview.session import Entry
from screening.interview.talk import End, Opening, Prompt, Response
from screening.load import shipped_knowledge
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.records import Store, open_store
from screening.records.event import CaseEvent, Closed, Concluded, Listed, Printed, Started
from screening.render.page import Format, Shape

if TYPE_CHECKING:
    from interview_scripts import Script

CLIENT = "gina"
CTRL_D = "\x04"


@dataclass(frozen=True)
class Left:
    """What an interview leaves: the entries of its session, its record, and its assessment."""

    entries: tuple[Entry, ...]
    record: tuple[CaseEvent, ...]
    assessment: str


def make_ready(home: Path, knowledge: KnowledgeBase, before: dict[str, Value] | None) -> None:
    """Make a home with a store, in which the client was screened before or not."""
    home.mkdir()
    make_store(home)
    if before is not None:
        plan = Listed(("back_squat", "sit_up"), ("croquet",))
        keep(home, knowledge, CLIENT, before, plan, Closed("complete"))


def opening_in(home: Path, knowledge: KnowledgeBase, wanted: Beginning) -> Opening:
    """Return how an interview in a home begins."""
    with open_store(home / "records.db", str) as store:
        return opened(knowledge, store, wanted, None)


def by_machine(home: Path, wanted: Beginning, assessor: Assessor, script: Script) -> Left:
    """Hold an interview with the state machine, and nothing that reads or writes a screen."""
    knowledge = assessor.knowledge
    with open_store(home / "records.db", str) as store:
        opening = opened(knowledge, store, wanted, None)
        with Recorder(store, knowledge, shipped_knowledge(), opening) as recorder:
            talk = Conversation(Planner(knowledge), opening)
            turn = _recorded(recorder, talk.begin())
            for line in script.lines:
                assert isinstance(turn.next, Prompt)
                turn = _recorded(recorder, talk.reply(line))
            if isinstance(turn.next, Prompt):
                turn = _recorded(recorder, talk.cut_off())
            ended = turn.next is End.FINISHED
            concluded(assessor, talk.session, recorder, Shape(Format.JSON, 80), ended=ended)
    return left_in(home)


def _recorded(recorder: Recorder, turn: Response) -> Response:
    if turn.events:
        recorder.record(*turn.events)
    if turn.asked:
        recorder.asked(turn.asked)
    return turn


def by_pipe(home: Path, wanted: Beginning, script: Script) -> Left:
    """Hold an interview on piped lines."""
    env = {"SCREENING_HOME": str(home.parent)}
    done = CliRunner().invoke(main, _words(home, wanted), input=script.text, env=env)
    assert done.exit_code == 0, done.output
    return left_in(home)


def by_terminal(home: Path, wanted: Beginning, script: Script) -> Left:
    """Hold an interview on a pseudo-terminal, in a process of its own that never outlives it."""
    sitting = Sitting(home.parent, *_words(home, wanted), verb="", first=True)
    try:
        for line in script.lines:
            sitting.enter(line)
        if not script.ended:
            sitting.press(CTRL_D)
        assert sitting.end() == 0, sitting.shown
    except BaseException:
        sitting.kill()
        raise
    return left_in(home)


def _words(home: Path, wanted: Beginning) -> list[str]:
    verb = ["followup"] if isinstance(wanted, FollowUp) else ["interview", "--client"]
    return [*verb, CLIENT, "--format", "json", "--store", str(home / "records.db")]


def left_in(home: Path) -> Left:
    """Return what the last case of the client holds, without what times and chance decide."""
    with open_store(home / "records.db", str) as store:
        if not _has_case(store):
            return Left((), (), "")
        case = last_case(store, CLIENT)
        events = [one.event for one in store.events(case) if isinstance(one.event, CaseEvent)]
        entries = recalled(store, case).session.entries
    texts = [one.assessment for one in events if isinstance(one, Concluded)]
    return Left(entries, tuple(map(_masked, events)), "".join(texts[-1:]))


def _masked(event: CaseEvent) -> CaseEvent:
    match event:
        case Printed():  # the page records what a terminal of 80 columns would show
            return replace(event, form="json", width=80, head="", text="")
        case Started(follows=follows):
            return replace(event, follows="another" if follows else "")
    return event


def _has_case(store: Store) -> bool:
    return store.row("SELECT 1 FROM ledgers WHERE number > 0") is not None
