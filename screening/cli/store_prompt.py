"""Opening the records for an interview: one short question at most, once, and never a dead end."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from screening.app.stores import StorePlace, from_file, made, open_records
from screening.cli.terminal import Terminal
from screening.records import Protection, Store, create_store
from screening.records.database import exists
from screening.records.errors import NoPassphraseError
from screening.records.key_hierarchy import SHORTEST, long
from screening.records.os_keyring import usable

UNSAVED = "Nothing is saved, for want of a key. To save, make a store: `screening store create`."
ONCE = (
    "Only this once: choose a passphrase. It locks the answers on this computer, and nobody can "
    "read them without it, you included. Enter alone saves nothing this time."
)
SHORT = f"Too short: at least {SHORTEST} characters; four or five words are easy to remember."


def open_for_interview(place: StorePlace, terminal: Terminal) -> Store | None:
    """Return the store to record an interview in, or None where it is not to be recorded.

    A first store is made with a key from the keyring, or a passphrase that is asked for. Where
    nobody can be asked, the interview goes on unsaved, and says so.

    Raises:
        RecordsError: when there is a store that cannot be opened, or none can be made.

    """
    if exists(place.path):
        return _opened(place, terminal)
    if place.passphrase_file:
        file = place.passphrase_file
        return _new(place, Protection.PASSPHRASE, from_file(file), terminal)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        terminal.say(UNSAVED)
        return None
    if usable():
        return _new(place, Protection.KEYRING, "", terminal)
    chosen = _chosen(terminal)
    if not chosen:
        terminal.say("Nothing is saved this time.")
        return None
    return _new(place, Protection.PASSPHRASE, chosen, terminal)


def _opened(place: StorePlace, terminal: Terminal) -> Store | None:
    """Return the store there is, or None where Enter alone is typed for its passphrase."""
    try:
        return open_records(replace(place, enter=" (Enter: nothing is saved)"))
    except NoPassphraseError:
        terminal.say("Nothing is saved this time.")
        return None


def _new(place: StorePlace, protection: Protection, passphrase: str, terminal: Terminal) -> Store:
    store = create_store(place.path, protection, lambda: passphrase)
    terminal.say(made(store))
    return store


def _chosen(terminal: Terminal) -> str:
    """Return a passphrase typed twice, unseen; empty when none is wanted."""
    terminal.say(ONCE)
    while True:
        first = _hidden("Passphrase: ")
        if not first:
            return ""
        if long(first) < SHORTEST:
            terminal.say(SHORT)
        elif _hidden("Once more:  ") == first:
            return first
        else:
            terminal.say("The two differ; again.")


def _hidden(prompt: str) -> str:
    typed: str = click.prompt(
        prompt, default="", show_default=False, prompt_suffix="", hide_input=True, err=True
    )
    return typed
