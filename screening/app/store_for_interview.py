"""Opening the records for an interview: one short question at most, once, and never a dead end."""

from __future__ import annotations

from dataclasses import replace

from screening.app.ports import Keyboard
from screening.app.stores import StorePlace, from_file, made, open_records
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


def open_for_interview(place: StorePlace, talk: Keyboard) -> Store | None:
    """Return the store to record an interview in, or None where it is not to be recorded.

    A first store is made with a key from the keyring, or a passphrase that is asked for. Where
    nobody can be asked, the interview goes on unsaved, and says so.

    Raises:
        RecordsError: when there is a store that cannot be opened, or none can be made.

    """
    if exists(place.path):
        return _opened(place, talk)
    if place.passphrase_file:
        file = place.passphrase_file
        return _new(place, Protection.PASSPHRASE, from_file(file), talk)
    if not talk.there():
        talk.say(UNSAVED)
        return None
    if usable():
        return _new(place, Protection.KEYRING, "", talk)
    chosen = _chosen(talk)
    if not chosen:
        talk.say("Nothing is saved this time.")
        return None
    place.asker.chose(chosen)
    return _new(place, Protection.PASSPHRASE, chosen, talk)


def _opened(place: StorePlace, talk: Keyboard) -> Store | None:
    """Return the store there is, or None where Enter alone is typed for its passphrase."""
    try:
        return open_records(replace(place, enter=" (Enter: nothing is saved)"))
    except NoPassphraseError:
        talk.say("Nothing is saved this time.")
        return None


def _new(place: StorePlace, protection: Protection, passphrase: str, talk: Keyboard) -> Store:
    store = create_store(place.path, protection, lambda: passphrase)
    talk.say(made(store))
    return store


def _chosen(talk: Keyboard) -> str:
    """Return a passphrase typed twice, unseen; empty when none is wanted."""
    talk.say(ONCE)
    while True:
        first = talk.hidden("Passphrase: ")
        if not first:
            return ""
        if long(first) < SHORTEST:
            talk.say(SHORT)
        elif talk.hidden("Once more:  ") == first:
            return first
        else:
            talk.say("The two differ; again.")
