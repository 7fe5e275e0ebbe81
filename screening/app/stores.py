"""The store of records: where it is, opening it, and looking after it."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from screening.app.history import Records
from screening.app.home import home
from screening.app.ports import Tell
from screening.app.printout import Printout
from screening.errors import MisuseError, RecordsError
from screening.records import Protection, Store, create_store, open_store
from screening.records.beside_the_chains import all_there
from screening.records.copying import backup, changes, restore
from screening.records.database import exists
from screening.records.erasing import ErasureReason, due, erase, keep_for, kept_for
from screening.records.errors import (
    RESTORE,
    DamagedStoreError,
    LockedStoreError,
    NoPassphraseError,
    NoStoreError,
    WrongPassphraseError,
)
from screening.records.opening import for_practice
from screening.records.os_keyring import usable
from screening.records.protecting import copies_in_plain_sight, protect
from screening.records.rekeying import rekey
from screening.records.summary import summary
from screening.render.page import counted
from screening.render.store_page import protected, store_form, store_page

TRIES = 3
FORGOTTEN = (
    "nothing was changed. Forgotten? Nobody can read these records then. `screening store create "
    "--passphrase --store FILE` begins others; an interview can go on without saving: press Enter"
)
PRACTICE = "PRACTICE: invented clients, not encrypted. Add --practice to commands shown."
CHECKED = (
    "Every record was sealed as it was written, and checked; printed head digests still hold."
)
COPIES = "Copies made before can still be read by whoever has them."
DISK = (
    "What was written in plain sight until now may remain where no program sees it: on a "
    "solid-state disk, in snapshots, in what the system or a sync service backed up."
)
LONGEST_FILE = 4096
HEADLESS = """nothing was changed; one of these will do:
    a terminal, where the passphrase is asked for
    --passphrase-file FILE, or SCREENING_PASSPHRASE_FILE: its first line is the passphrase
    a keyring of the system, unlocked before (`screening store create --keyring`)
    for a store that holds no real client: `screening store create --no-encryption`"""


class Asker(Protocol):
    """Who types a passphrase, if anybody is there."""

    def there(self) -> bool:
        """Tell whether somebody can be asked."""

    def passphrase(self, prompt: str, *, twice: bool) -> str:
        """Return a passphrase typed unseen, once or twice."""

    def chose(self, passphrase: str) -> None:
        """Hear the passphrase of a store that was made just now."""

    def tell(self, words: str) -> None:
        """Say something."""


@dataclass(frozen=True)
class StorePlace:
    """Where the store is, the file with its passphrase, if there is one, and else who is asked.

    `enter` says what typing nothing does, where it does something.
    """

    path: Path
    passphrase_file: Path | None
    asker: Asker
    enter: str = ""

    @property
    def there(self) -> bool:
        """Whether there is a store."""
        return exists(self.path)

    def known(self) -> str:
        """Return the passphrase of the store.

        Raises:
            LockedStoreError: when it cannot be had, or nothing is typed.

        """
        typed = self._passphrase(f"Passphrase of the records{self.enter}", twice=False)
        if not typed:
            raise NoPassphraseError("no passphrase was typed", FORGOTTEN)
        return typed

    def new(self) -> str:
        """Return a passphrase for a new store; it is asked for twice."""
        return self._passphrase("Choose a passphrase for the records", twice=True)

    def _passphrase(self, prompt: str, *, twice: bool) -> str:
        if self.passphrase_file:
            return from_file(self.passphrase_file)
        if not self.asker.there():
            raise LockedStoreError(
                "the passphrase cannot be asked for: there is no terminal", HEADLESS
            )
        return self.asker.passphrase(prompt, twice=twice)


def place(path: Path | None, passphrase_file: Path | None, asker: Asker) -> StorePlace:
    """Return the place of the store in a file, or of this user's own."""
    return StorePlace(path or home() / "records.db", passphrase_file, asker)


def practice_place(asker: Asker) -> StorePlace:
    """Return the place of the records for practice, which are made if there are none.

    Raises:
        RecordsError: when they cannot be made.

    """
    path = home() / "practice.db"
    if not exists(path):
        create_store(path, Protection.NONE, str, practice=True).close()
    return StorePlace(path, None, asker)


def from_surroundings() -> tuple[Path | None, Path | None]:
    """Return the store and the passphrase file that the environment names."""
    named = (os.environ.get(f"SCREENING_{what}") for what in ("STORE", "PASSPHRASE_FILE"))
    store, passphrase = (Path(one) if one else None for one in named)
    return store, passphrase


def from_file(path: Path) -> str:
    """Return the first line of a file.

    Raises:
        RecordsError: when it cannot be read, is empty, or others can read it.

    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):  # /dev/zero would be read for ever
            raise LockedStoreError(f"`{path}` is a device, and no passphrase file")
        with path.open("rb") as file:
            line = file.readline(LONGEST_FILE)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        message = f"the passphrase file `{path}` cannot be used: {reason}"
        raise LockedStoreError(message, "nothing was changed") from error
    if stat.S_ISREG(mode) and mode & 0o077 and sys.platform != "win32":
        message = f"others can read the passphrase file `{path}`"
        raise LockedStoreError(message, f"keep it to yourself: `chmod 600 {path}`")
    return _passphrase_in(line, path)


def _passphrase_in(line: bytes, path: Path) -> str:
    """Return the passphrase that the first line of a file is.

    Raises:
        RecordsError: when it is none.

    """
    if len(line) == LONGEST_FILE:
        message = f"the passphrase file `{path}`: its first line is longer than a passphrase is"
        raise LockedStoreError(message, f"fewer than {LONGEST_FILE} bytes are expected")
    try:
        text = line.decode("utf-8-sig")  # as some editors begin
    except ValueError as error:
        message = f"the passphrase file `{path}` cannot be used: it is no file with UTF-8 text"
        raise LockedStoreError(message, "nothing was changed; save it as UTF-8") from error
    first = text.removesuffix("\n").removesuffix("\r")
    if not first:
        raise RecordsError(f"the passphrase file `{path}` begins with an empty line")
    return first


def open_records(place: StorePlace, *, as_it_is: bool = False) -> Store:
    """Return the store, unlocked; a passphrase typed wrongly may be typed again.

    Only who looks for changes takes it `as_it_is`.

    Raises:
        RecordsError: when it cannot be opened, or was changed without its key.

    """
    store = open_store(place.path, place.known)
    for attempt in range(1, TRIES + 1):
        try:
            store.unlock()
            break
        except WrongPassphraseError as error:
            if attempt == TRIES or place.passphrase_file or not place.asker.there():
                store.close()
                raise WrongPassphraseError(error.message, FORGOTTEN) from error
            place.asker.tell(f"{error.message}; try again.")
        except BaseException:
            store.close()
            raise
    if for_practice(store):
        place.asker.tell(PRACTICE)
    if not as_it_is:
        _as_left(store)
    return store


def _as_left(store: Store) -> None:
    """Make sure that nobody took records out of the file; close it where somebody did.

    Raises:
        DamagedStoreError: when somebody did.

    """
    try:
        wrong = store.unbound
        if not wrong:
            all_there(store)
    except DamagedStoreError as error:
        wrong = error.message
    if wrong:
        store.close()
        raise DamagedStoreError(wrong, f"`screening audit verify` says more; {RESTORE}")


@contextmanager
def records_of(place: StorePlace) -> Iterator[Records]:
    """Yield what opens the records when they are first needed, and close them at the end."""
    opened: list[Store] = []

    def records() -> Store | None:
        if not opened and exists(place.path):
            opened.append(open_records(place))
        return opened[0] if opened else None

    try:
        yield records
    finally:
        for store in opened:
            store.close()


def open_without_key(place: StorePlace) -> Store:
    """Return the store, for what needs no key; it is asked for when one is needed after all."""
    store = open_store(place.path, place.known)
    if for_practice(store):
        place.asker.tell(PRACTICE)
    return store


def open_or_create_records(place: StorePlace) -> Store:
    """Return the store, made if there is none: by the keyring's key, else by a passphrase."""
    try:
        return open_records(place)
    except NoStoreError:
        keyring = place.passphrase_file is None and usable()
        protection = Protection.KEYRING if keyring else Protection.PASSPHRASE
        store = create_store(place.path, protection, place.new)
        place.asker.tell(made(store))
        return store


def open_for_screenings(place: StorePlace) -> Store:
    """Return the store, made if there is none; say first if it is in plain sight."""
    store = open_or_create_records(place)
    if plain := in_plain_sight(store):
        place.asker.tell(plain)
    return store


def in_plain_sight(store: Store | None) -> str | None:
    """Return what to say at every sitting of records that are not encrypted; else None.

    What records for practice say is said as they are opened.
    """
    if store is None or store.vault.sealed or for_practice(store):
        return None
    return f"caution: {store.path} is {protected(store.vault.lock.protection)}"


def mark(store: Store | None) -> str | None:
    """Return what every page says of records for practice or in plain sight; else None.

    Where they are is left out: a page may be as narrow as a telephone.
    """
    if store is not None and for_practice(store):
        return PRACTICE
    return in_plain_sight(store) and protected(Protection.NONE)


def made(store: Store) -> str:
    """Return what to say of a new store: where it is, and what opens it."""
    return f"Records are kept in {store.path}: {protected(store.vault.lock.protection)}."


def created(place: StorePlace, protection: str | None) -> str:
    """Make an empty store; return what to say of it.

    Raises:
        MisuseError: when nobody chose how it is protected.
        RecordsError: when it cannot be made.

    """
    if protection is None:
        raise MisuseError("choose one of --keyring, --passphrase and --no-encryption")
    with create_store(place.path, Protection(protection), place.new) as store:
        return made(store)


def rekeyed(place: StorePlace, protection: str | None, new_passphrase_file: Path | None) -> str:
    """Change what opens the store; return what to say of it.

    Raises:
        MisuseError: when nobody chose what it is to be.
        RecordsError: when it cannot be opened or changed.

    """
    if protection is None:
        raise MisuseError("choose one of --keyring and --passphrase")
    with open_records(place) as store:
        rekey(
            store,
            Protection(protection),
            StorePlace(place.path, new_passphrase_file, place.asker).new,
        )
        return made(store)


def protected_later(place: StorePlace, protection: str | None) -> tuple[str, ...]:
    """Encrypt a store that was made without; return what to say of it.

    Raises:
        MisuseError: when nobody chose how.
        RecordsError: when it cannot be opened or encrypted; then nothing is changed.

    """
    if protection is None:
        raise MisuseError("choose one of --keyring and --passphrase")
    with open_records(place) as store:
        if for_practice(store):
            raise MisuseError("records for practice hold invented clients: they stay as they are")
        protect(store, Protection(protection), place.new)
        beside = ", ".join(f"`{path}`" for path in copies_in_plain_sight(store))
        found = f"These beside it are: {beside}. Delete them." if beside else ""
        return tuple(filter(None, (made(store), CHECKED, COPIES, found, DISK)))


def looked_at(store: Store) -> Printout:
    """Return where a store is, how it is protected and how much it holds."""
    found = summary(store)
    return Printout(store_page(found), store_form(found))


def copied(store: Store, file: Path) -> str:
    """Write a checked copy to a new file; return what to say of it."""
    head = backup(store, file)
    return f"{counted(head.events, 'event')} copied to {file}; head {head.digest}"


def put_back(
    place: StorePlace, file: Path, sure: Tell | None
) -> tuple[tuple[str, ...], str | None]:
    """Put a copy in the place of the records; return what to say of it, and a caution.

    `sure` is told before what would be otherwise than now, and raises where that is not meant.
    """
    if sure is not None and (other := changes(file, place.path)):
        sure(". ".join(f"{one[0].upper()}{one[1:]}" for one in other) + ".")
    done = restore(file, place.path)
    count = counted(done.head.events, "event")
    said = [f"{count} restored to {place.path}; head {done.head.digest}"]
    if done.old is not None:
        said.append(f"The records before are in {done.old}; delete them when nothing is missing.")
    if done.erased:
        said.append(f"Erased again: {', '.join(done.erased)}")
    unread = "caution: they cannot be read; erase again whoever was erased since"
    return tuple(said), unread if done.erased is None else None


def retained(
    store: Store, weeks: int | None, sure: Tell | None, *, erase_due: bool
) -> tuple[str, ...]:
    """Set how long clients are kept, 0 for ever, and erase who is due; return what to say.

    `sure` is told who will be erased before anybody is, and raises where that is not meant.
    """
    if weeks is not None:
        keep_for(store, weeks)
    ids = due(store)
    if erase_due and ids and sure is not None:
        sure(f"{counted(len(ids), 'client')} will be erased, for good: {', '.join(ids)}.")
    for client in ids if erase_due else ():
        erase(store, client, ErasureReason.DUE)
    now = kept_for(store)
    kept = f"Clients are kept for {now} weeks after their last event." if now else ""
    state = "erased" if erase_due else "due"
    return (kept or "Clients are kept until they are erased.", *(f"{one}  {state}" for one in ids))
