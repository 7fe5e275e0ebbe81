"""One sitting of an interview: opens the case, talks, and ends it in whichever way it ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import click

from screening.commands.asking import ask
from screening.commands.cases import checked_client, drafts_folder, new_case
from screening.commands.common import complain
from screening.commands.conversation import Conversation, QuitError
from screening.commands.listing import ask_programme
from screening.commands.settling import settle
from screening.commands.terminal import HangUpError, Terminal, hang_ups
from screening.interview.draft import OPEN, Draft, Store, read
from screening.interview.lock import locked
from screening.interview.planner import Ask, AskProgramme, Finish, Planner, Settle
from screening.interview.programme import find_exercise, read_programme
from screening.interview.reply import Word, read_command
from screening.interview.session import Listed, Order, from_case
from screening.load import load_intake
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase

SIGNALLED = 128  # what a shell adds to the number of the signal that ended a process
INTERRUPT = 2


@dataclass(frozen=True)
class Wanted:
    """What was asked for on the command line."""

    client: str
    programme: Path | None
    order: str | None
    resume: str
    answers: Path | None
    form: str


def sit(knowledge: KnowledgeBase, wanted: Wanted) -> int:
    """Hold an interview; return the exit code.

    Raises:
        UsageError: when options do not go together.
        BadInputError: when a file cannot be used.

    """
    folder = drafts_folder()
    if wanted.resume and (wanted.client or wanted.answers):
        raise click.UsageError("--resume goes on with a saved case: leave --client, --answers out")
    names = read_programme(wanted.programme) if wanted.programme else ()
    new = None if wanted.resume else _new(knowledge, wanted, folder)
    case = wanted.resume if new is None else new.case
    if new is None:
        read(folder, case, knowledge)  # an unknown case is said before it is locked
    with locked(folder, case):
        draft = new or _resumed(knowledge, wanted, folder)
        store = Store(folder, draft, knowledge)
        talk = Conversation(Planner(knowledge), Terminal(), draft.session, store.keep)
        if new and draft.session.entries:
            store.keep(draft.session)
        return _until_it_ends(talk, store, list(names), wanted.form)


def _new(knowledge: KnowledgeBase, wanted: Wanted, folder: Path) -> Draft:
    case = load_intake(wanted.answers, knowledge) if wanted.answers else Case()
    if case.follows:
        raise click.UsageError(
            "an interview does not take up an earlier case: leave `follows` out, or conclude the "
            "follow-up with `screening run`"
        )
    client = checked_client(wanted.client) if wanted.client else case.client
    order = Order(wanted.order or Order.ADAPTIVE.value)
    session = from_case(replace(case, client=client), order)
    return Draft(new_case(client, folder, knowledge), session)


def _resumed(knowledge: KnowledgeBase, wanted: Wanted, folder: Path) -> Draft:
    """Return a saved case, re-checked; what was skipped may be asked again."""
    resumed = read(folder, wanted.resume, knowledge)
    complain(resumed.stale)
    if resumed.changed and not resumed.stale:
        click.echo("The knowledge has changed since; every answer still stands.", err=True)
    session = resumed.draft.session.unskipped()
    if wanted.order:
        session = replace(session, order=Order(wanted.order))
    status = OPEN if resumed.stale else resumed.draft.status
    return replace(resumed.draft, session=session, status=status)


def _until_it_ends(talk: Conversation, store: Store, names: list[str], form: str) -> int:
    """Talk until the interview ends, and say how it ended."""
    terminal = talk.terminal
    try:
        with hang_ups():
            terminal.say(f"Case {store.draft.case}: each answer is saved.")
            terminal.say("? help · why · back · dk don't know · pns prefer not to say · quit")
            if store.draft.status != OPEN:
                _ended_before(talk, store.draft.status)
            _converse(talk, _matched(talk, names))
            _show(store, talk, form, ended=True)
    except QuitError:
        _say_saved(talk, store)
    except EOFError:
        _show(store, talk, form, ended=False)
        _say_saved(talk, store)
    except KeyboardInterrupt:
        terminal.say()
        _say_saved(talk, store)
        return SIGNALLED + INTERRUPT
    except HangUpError as error:
        _say_saved(talk, store)
        return SIGNALLED + error.number
    return 0


def _converse(talk: Conversation, names: list[str]) -> None:
    """Ask until nothing is left to ask."""
    while True:
        plan = talk.planner.plan(talk.session)
        match plan.step:
            case Finish():
                return
            case Ask():
                ask(talk, plan, plan.step)
            case AskProgramme():
                ask_programme(talk, plan, names)
            case Settle(rule):
                settle(talk, rule)


def _show(store: Store, talk: Conversation, form: str, *, ended: bool) -> None:
    from screening.commands.result import show  # noqa: PLC0415 - slow imports, not needed to ask

    show(store, talk, form, ended=ended)


def _matched(talk: Conversation, names: list[str]) -> list[str]:
    """Take a programme whose every name is known; return the names if some are not."""
    found = [find_exercise(talk.knowledge, name) for name in names]
    known = [name for name in found if isinstance(name, str)]
    if not names or len(known) < len(found):
        return names
    listed = talk.session.listed() or Listed()
    programme = tuple(dict.fromkeys((*listed.programme, *known)))
    talk.take(talk.session.add(Listed(programme, listed.other)))
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


def _say_saved(talk: Conversation, store: Store) -> None:
    if not talk.session.entries:
        talk.terminal.say("Nothing was answered, so nothing is saved.")
        return
    talk.terminal.say("Saved. Go on with:")
    talk.terminal.say(f"screening interview --resume {store.draft.case}", indent="  ")
