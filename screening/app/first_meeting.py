"""What is asked before a new client's first question: what to call them, what they agree to."""

from __future__ import annotations

from screening.app.clients.look_alikes import hint
from screening.app.introduced import ASKED, introduced, known
from screening.app.ports import LineTalk
from screening.diagnostics import quoted, word
from screening.interview.reply import NOES, YESES, plain
from screening.records import Store, usable_label
from screening.records.consent import Purpose
from screening.records.errors import BadLabelError

WHAT = "What is the client called here? A pseudonym such as blue-bike; Enter gives a number."
NAME = "The client's own name, kept apart from the answers; Enter for none."
AGREES = YESES | {"sure", "ok", "okay", "of course", "i agree", "agreed"}
UNSAVED = "Then nothing is saved. The result can still be shown."


def meet(talk: LineTalk, store: Store) -> str | None:
    """Return what a new client goes by; None where nothing of theirs may be kept.

    Raises:
        EOFError: at the end of input.

    """
    talk.say(WHAT)
    label = _label(talk, store)
    talk.say(NAME)
    name = _usable(talk)
    agreed: dict[Purpose, bool] = {}
    for purpose in ASKED:
        talk.say(f"The client says: {quoted(purpose.words)} y or n?")
        agreed[purpose] = _yes(talk)
        if purpose is Purpose.KEEP and not agreed[purpose]:
            talk.say(UNSAVED)
            return None
    return introduced(store, label, name, agreed)


def _label(talk: LineTalk, store: Store) -> str:
    """Return a label that nobody has, said twice where it looks like one that somebody has."""
    label = _usable(talk)
    while True:
        if known(store, label):
            again = f"`screening followup {word(label)}`"
            talk.say(f"There is a client {quoted(label)} already: {again}. Another name:")
            label = _usable(talk)
            continue
        looks = hint(store, label)
        if looks is None:
            return label
        talk.say(f"{looks}. Another name; Enter for a new client {quoted(label)}:")
        before, label = label, _usable(talk)
        if label in {"", before}:
            return before


def _usable(talk: LineTalk) -> str:
    """Return a label, asked for until it can be used; "" for none."""
    try:
        return usable_label(talk.line())
    except BadLabelError as error:
        talk.say(f"{error}")
        return _usable(talk)


def _yes(talk: LineTalk) -> bool:
    while True:
        said = plain(talk.line())
        if said in AGREES or said in NOES:
            return said in AGREES
        talk.say("Expected y or n.")
