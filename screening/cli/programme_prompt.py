"""Asking for the current programme, one name after another."""

from __future__ import annotations

from screening.cli.conversation import Conversation, QuitError
from screening.diagnostics import quoted
from screening.interview import wording
from screening.interview.planner import Plan
from screening.interview.programme import Near, find_exercise
from screening.interview.reply import UNKNOWNS, Command, Word, plain, read_command
from screening.records.event import Listed


def ask_programme(talk: Conversation, plan: Plan, names: list[str]) -> None:
    """Ask for the programme, or about the names of one that was given in a file."""
    talk.terminal.say()
    if names:
        while names:
            _name(talk, names[0])
            names.pop(0)
        return _listed(talk, more=False)
    talk.terminal.say("Which exercises are in the current programme?", bold=True)
    before = talk.before
    if before is not None and talk.session.listed() is None:
        talk.terminal.say(f"Last time: {wording.programme(talk.knowledge, before)}.")
        talk.terminal.say("Enter keeps it; or one a line, an empty line ends.")
    else:
        talk.terminal.say("One a line; an empty line ends.")
    while True:
        text = talk.terminal.line(f"{wording.progress(plan)} > ")
        command = read_command(text)
        if not text.strip() and before is not None and talk.session.listed() is None:
            return talk.take(Listed(before.programme, before.other))
        if not text.strip() or plain(text) in UNKNOWNS or command == Command(Word.SKIP):
            return _listed(talk, more=False)
        if command is None:
            _name(talk, text)
        elif talk.command(command):
            return None


def _name(talk: Conversation, text: str) -> None:
    """Note one exercise by name; an unknown name is asked about, never guessed."""
    found = find_exercise(talk.knowledge, text)
    while isinstance(found, Near):
        _offer(talk, found)
        line = talk.terminal.line("? ")
        said = plain(line)
        if said in {"k", "keep"}:
            return _listed(talk, other=found.name)
        if said in {str(place + 1) for place in range(len(found.exercises))}:
            found = found.exercises[int(said) - 1]
        elif not said or read_command(line) == Command(Word.BACK):
            return None
        elif read_command(line) == Command(Word.QUIT):
            raise QuitError
        elif read_command(line) is None:
            found = find_exercise(talk.knowledge, line)
    talk.terminal.say(talk.knowledge.exercises[found].name, indent="  + ")
    return _listed(talk, found)


def _offer(talk: Conversation, near: Near) -> None:
    talk.terminal.say(f"The catalogue has no {quoted(near.name)}.")
    for place, name in enumerate(near.exercises, start=1):
        talk.terminal.say(f"{place} {talk.knowledge.exercises[name].name}", indent="  ")
    talk.terminal.say(
        "k keep it as not covered, Enter leave it out, or type another name", indent="  "
    )


def _listed(talk: Conversation, exercise: str = "", other: str = "", *, more: bool = True) -> None:
    """Note one more exercise, or the end of the list."""
    listed = talk.session.listed() or Listed()
    programme = dict.fromkeys((*listed.programme, *filter(None, [exercise])))
    others = dict.fromkeys((*listed.other, *filter(None, [other])))
    talk.take(Listed(tuple(programme), tuple(others), more))
