"""What is asked before a new client's first question: what to call them, what they agree to."""

from __future__ import annotations

from screening.app.clients.look_alikes import hint
from screening.app.introduced import ASKED, introduced, known
from screening.cli.terminal import Terminal
from screening.diagnostics import quoted, word
from screening.interview.reply import NOES, YESES, plain
from screening.records import Store, usable_label
from screening.records.consent import Purpose
from screening.records.errors import BadLabelError

WHAT = "What is the client called here? A pseudonym such as blue-bike; Enter gives a number."
NAME = "The client's own name, kept apart from the answers; Enter for none."
UNSAVED = "Then nothing is saved. The result can still be shown."


def meet(terminal: Terminal, store: Store) -> str | None:
    """Return what a new client goes by; None where nothing of theirs may be kept.

    Raises:
        EOFError: at the end of input.

    """
    terminal.say(WHAT)
    label = _label(terminal, store)
    terminal.say(NAME)
    name = _usable(terminal)
    agreed: dict[Purpose, bool] = {}
    for purpose in ASKED:
        terminal.say(f"The client says: {quoted(purpose.words)} y or n?")
        agreed[purpose] = _yes(terminal)
        if purpose is Purpose.KEEP and not agreed[purpose]:
            terminal.say(UNSAVED)
            return None
    return introduced(store, label, name, agreed)


def _label(terminal: Terminal, store: Store) -> str:
    """Return a label that nobody has, said twice where it looks like one that somebody has."""
    label = _usable(terminal)
    while True:
        if known(store, label):
            again = f"`screening followup {word(label)}`"
            terminal.say(f"There is a client {quoted(label)} already: {again}. Another name:")
            label = _usable(terminal)
            continue
        looks = hint(store, label)
        if looks is None:
            return label
        terminal.say(f"{looks}. Another name; Enter for a new client {quoted(label)}:")
        before, label = label, _usable(terminal)
        if label in {"", before}:
            return before


def _usable(terminal: Terminal) -> str:
    """Return a label, asked for until it can be used; "" for none."""
    try:
        return usable_label(terminal.line())
    except BadLabelError as error:
        terminal.say(f"{error}")
        return _usable(terminal)


def _yes(terminal: Terminal) -> bool:
    while True:
        said = plain(terminal.line())
        if said in YESES or said in NOES:
            return said in YESES
        terminal.say("Expected y or n.")
