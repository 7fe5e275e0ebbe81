"""One sitting of an interview: talks until it ends, in whichever way it ends."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import click

from screening.app.recorder import Recorder, Unsaved
from screening.app.start_interview import Opening, begun, followed, resumed
from screening.app.stores import Place, open_records
from screening.cli.conflict_prompt import settle
from screening.cli.conversation import Conversation, QuitError
from screening.cli.programme_prompt import ask_programme
from screening.cli.question_prompt import ask
from screening.cli.store_prompt import open_for_interview
from screening.cli.terminal import HangUpError, Terminal, hang_ups
from screening.diagnostics import word
from screening.interview import wording
from screening.interview.planner import Ask, AskProgramme, Finish, Planner, Settle
from screening.interview.programme import find_exercise, read_programme
from screening.interview.recall import OPEN
from screening.interview.reply import Word, read_command
from screening.interview.session import Order
from screening.model.case import Earlier
from screening.model.knowledge import KnowledgeBase
from screening.records import Store
from screening.records.event import Listed
from screening.render.page import Format, PageFormat

SIGNALLED = 128  # what a shell adds to the number of the signal that ended a process
INTERRUPT = 2


@dataclass(frozen=True)
class Wanted:
    """What was asked for on the command line; `follow_up` takes up the client's last screening."""

    client: str = ""
    programme: Path | None = None
    order: str | None = None
    resume: str = ""
    answers: Path | None = None
    form: PageFormat = Format.TABLE
    follow_up: bool = False


class Sitting:
    """One interview under way, and the record of it, if there is one."""

    def __init__(self, talk: Conversation, recorder: Recorder | None, opening: Opening) -> None:
        self.talk = talk
        self.recorder = recorder
        self.opening = opening


def sit(knowledge: KnowledgeBase, root: Path, place: Place, wanted: Wanted) -> int:
    """Hold an interview; return the exit code. `root` is the directory of the knowledge.

    Raises:
        UsageError: when options do not go together.
        BadInputError: when a file cannot be used.
        RecordsError: when the records cannot be opened or written.

    """
    if wanted.resume and (wanted.client or wanted.answers):
        raise click.UsageError("--resume goes on with a saved case: leave --client, --answers out")
    names = read_programme(wanted.programme) if wanted.programme else ()
    terminal = Terminal()
    with ExitStack() as stack:
        known = wanted.resume or wanted.follow_up
        store = open_records(place) if known else open_for_interview(place, terminal)
        if store is not None:
            stack.enter_context(store)
        opening = _opening(knowledge, store, wanted)
        recorder = None
        if store is not None:
            recorder = stack.enter_context(Recorder(store, knowledge, root, opening))
        keeping = recorder or Unsaved()
        talk = Conversation(Planner(knowledge), terminal, opening.session, keeping)
        talk.level, talk.before = opening.level, opening.listed
        if wanted.answers and opening.session.entries:
            keeping.record()
        return _until_it_ends(Sitting(talk, recorder, opening), list(names), wanted.form)


def _opening(knowledge: KnowledgeBase, store: Store | None, wanted: Wanted) -> Opening:
    order = Order(wanted.order) if wanted.order else None
    if wanted.resume and store is not None:
        return resumed(knowledge, store, wanted.resume, order)
    if wanted.follow_up and store is not None:
        return followed(knowledge, store, wanted.client, order or Order.ADAPTIVE)
    return begun(knowledge, store, wanted.client, order or Order.ADAPTIVE, wanted.answers)


def _until_it_ends(sitting: Sitting, names: list[str], form: PageFormat) -> int:
    """Talk until the interview ends, and say how it ended."""
    talk = sitting.talk
    try:
        with hang_ups():
            _welcome(sitting)
            if sitting.opening.status != OPEN:
                _ended_before(talk, sitting.opening.status)
            _converse(talk, _matched(talk, names))
            _show(sitting, form, ended=True)
    except QuitError:
        _say_saved(sitting)
    except EOFError:
        _show(sitting, form, ended=False)
        _say_saved(sitting)
    except KeyboardInterrupt:
        talk.terminal.say()
        _say_saved(sitting)
        return SIGNALLED + INTERRUPT
    except HangUpError as error:
        _say_saved(sitting)
        return SIGNALLED + error.number
    return 0


def _welcome(sitting: Sitting) -> None:
    """Say where answers go, what is kept from last time, and the words that work everywhere."""
    talk, opening = sitting.talk, sitting.opening
    if sitting.recorder is not None:
        if sitting.recorder.caution:
            talk.terminal.say(sitting.recorder.caution, bold=True)
        called = sitting.recorder.name or opening.called
        talk.terminal.say(
            f"Case {called}: each answer is saved." if called else "Each answer is saved."
        )
    if talk.session.earlier is not None:
        _say_what_was_before(talk, talk.session.earlier, opening.days)
    talk.terminal.say("? help · why · back · dk don't know · pns prefer not to say · quit")


def _say_what_was_before(talk: Conversation, earlier: Earlier, days: int | None) -> None:
    """Say what screenings before this one leave to it: what is open, and what is kept."""
    for line in wording.still_open(talk.knowledge, earlier, talk.session.client):
        talk.terminal.say(line, bold=True)
    if not earlier.anew:
        for line in wording.taken_up(len(talk.session.carried(talk.knowledge)), days):
            talk.terminal.say(line)


def _converse(talk: Conversation, names: list[str]) -> None:
    """Ask until nothing is left to ask."""
    while True:
        plan = talk.plan()
        match plan.step:
            case Finish():
                return
            case Ask():
                ask(talk, plan, plan.step)
            case AskProgramme():
                ask_programme(talk, plan, names)
            case Settle(rule):
                settle(talk, rule)


def _show(sitting: Sitting, form: PageFormat, *, ended: bool) -> None:
    from screening.cli.result import show  # noqa: PLC0415 - slow imports, not needed to ask

    show(sitting.talk, sitting.recorder, form, ended=ended)


def _matched(talk: Conversation, names: list[str]) -> list[str]:
    """Take a programme whose every name is known; return the names if some are not."""
    found = [find_exercise(talk.knowledge, name) for name in names]
    known = [name for name in found if isinstance(name, str)]
    if not names or len(known) < len(found):
        return names
    listed = talk.session.listed() or Listed()
    programme = tuple(dict.fromkeys((*listed.programme, *known)))
    talk.take(Listed(programme, listed.other))
    return []


def _ended_before(talk: Conversation, status: str) -> None:
    """Let a case that has ended be shown again, or an answer in it be corrected."""
    talk.terminal.say(f"This case has ended ({status}).")
    talk.terminal.say("Enter shows the result · `change QUESTION` corrects an answer · `review`")
    while True:
        try:
            text = talk.terminal.line()
        except EOFError:
            return
        command = read_command(text)
        if command is None and not text.strip():
            return
        if command is not None and command.word is not Word.BACK and talk.command(command):
            return


def _say_saved(sitting: Sitting) -> None:
    say, recorder = sitting.talk.terminal.say, sitting.recorder
    if recorder is None or not recorder.name:
        say(sitting.talk.keeping.where)
        return
    say("Saved. Go on with:")
    say(f"screening interview --resume {word(recorder.name)}", indent="  ")
