"""Four drivers of one interview: the state machine alone, a pipe, a terminal, and the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner
from interview_process import Sitting
from interview_scripts import IDLE
from kept_cases import keep, make_store
from page_client import PageClient, site_in

from screening.app.clients.find_case import last_case
from screening.app.conclude import concluded
from screening.app.history import recalled
from screening.app.recorder import Recorder
from screening.app.start_interview import Beginning, FollowUp, opened
from screening.assess import Assessor
from screening.cli import main
from screening.interview import wording
from screening.interview.conversation import Conversation
from screening.interview.planner import Ask, AskList, AskProgramme, Planner, Settle
from screening.interview.reply import Said, read_reply
from screening.interview.session import Entry
from screening.interview.talk import End, Opening, Prompt, Response
from screening.interview.ticks import Ticks, read_ticks
from screening.load import shipped_knowledge
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.vocabularies import Unknown
from screening.records import Store, add_client, find_client, open_store
from screening.records.event import CaseEvent, Closed, Concluded, Listed, Printed, Started
from screening.render.page import Format, Shape
from screening.web.page_interview import PageInterview

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


def by_page(home: Path, wanted: Beginning, script: Script, knowledge: KnowledgeBase) -> Left:
    """Hold an interview on the page: for each line, what shows there that stands for it."""
    site = site_in(home, knowledge)
    browser = PageClient(site).open()
    with open_store(home / "records.db", str) as store:
        found = find_client(store, CLIENT)
        who = add_client(store, CLIENT) if found is None else found.id
    do = "followup" if isinstance(wanted, FollowUp) else "interview"
    browser.get(f"/client/{who}").press(do)
    for line in script.lines:
        interview = next(iter(site.office.interviews.values()))
        _pressed(browser, interview, line)
    if browser.path.startswith("/interview/"):
        browser.follow("Answers").press("so-far")
    return left_in(home)


def _pressed(browser: PageClient, interview: PageInterview, line: str) -> None:
    """Do on the page what a line does in the terminal; nothing where there is no such thing."""
    assert interview.plan is not None
    match interview.plan.step:
        case _ if line == "back":
            browser.press("back")
        case _ if line.startswith("change "):
            _changed(browser, interview, line.removeprefix("change "))
        case Ask() | AskList() if line == "skip":
            browser.press("skip")
        case Ask(name):
            _answered(browser, interview.knowledge.questions[name], interview, line)
        case AskList(_, names):
            items = tuple(interview.knowledge.questions[name] for name in names)
            _ticked(browser, items, interview, line)
        case AskProgramme() if line == "skip":
            there = browser.shown.button("That is all")
            browser.press("That is all" if there else "No programme")
        case AskProgramme() if line not in IDLE:
            browser.press("add", lines=line)
        case Settle(rule) if line == "k":
            browser.press("keep")
        case Settle(rule) if line.isdecimal():
            odd = wording.at_odds(interview.knowledge, rule, interview.standing)
            _change_button(browser, odd[int(line) - 1])


def _changed(browser: PageClient, interview: PageInterview, name: str) -> None:
    standing = list(interview.standing)
    if name.isdecimal() and 0 < int(name) <= len(standing):
        name = standing[int(name) - 1]
    if name == "programme" or name in standing:
        browser.follow("Answers")
        if name == "programme":
            browser.press("programme")
        else:
            _change_button(browser, name)
    elif name in interview.knowledge.questions:  # not answered yet: the page has no button for it
        token = browser.shown.forms[-1].fields["token"]
        browser.post(browser.path, {"token": token, "do": "change", "question": name})


def _change_button(browser: PageClient, question: str) -> None:
    """Press the button that changes the answer to one question."""
    forms = (one for one in browser.shown.forms if one.fields.get("question") == [question])
    form = next(forms)
    browser.post(form.action, {**form.fields, "do": "change"})


def _answered(
    browser: PageClient, question: Question, interview: PageInterview, line: str
) -> None:
    given = interview.standing.get(question.id)
    reply = Said(given) if not line and given is not None else read_reply(question, line)
    if not isinstance(reply, Said):
        return
    match reply.value:
        case Unknown.DONT_KNOW:
            browser.press("dk")
        case Unknown():
            browser.press("pns")
        case value if question.is_number:
            browser.press("Continue", amount=str(value))
        case value:
            browser.press(str(value))


def _ticked(
    browser: PageClient, items: tuple[Question, ...], interview: PageInterview, line: str
) -> None:
    """Tick boxes, and press what goes with them."""
    given = {one.id: interview.standing.get(one.id) for one in items}
    kept = {name: value for name, value in given.items() if value is not None}
    keeps = not line and len(kept) == len(items)
    reply = Ticks(kept) if keeps else read_ticks(items, line)
    if not isinstance(reply, Ticks):
        return
    values = set(reply.values.values())
    if values == {Unknown.DECLINED}:
        browser.press("pns", box=[])
    elif values == {items[0].harmless}:
        browser.press("none", box=[])
    else:
        said = ((n, "dk" if v is Unknown.DONT_KNOW else v) for n, v in reply.values.items())
        boxes = [f"{name} {word}" for name, word in said if word != items[0].harmless]
        browser.press("ticks", box=boxes)


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
