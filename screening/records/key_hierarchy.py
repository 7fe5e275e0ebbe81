"""How a store's bytes are protected: the master key, the clients' keys, and what they seal.

The master key wraps one data key per client; a data key seals that client's events and labels.
Whoever destroys a wrapped key destroys all that it sealed.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import Enum

from screening.records import os_keyring
from screening.records.aead import (
    DERIVATION,
    KEY,
    SALT,
    BrokenSealError,
    keyed_hash,
    new_key,
    seal,
    stretched,
    unseal,
)
from screening.records.chain import COVER, body_digest
from screening.records.errors import LockedStoreError, WrongPassphraseError

PassphraseSource = Callable[[], str]
BINDS = "lookup, and the head is bound"
SHORTEST = 10  # characters of a new passphrase
WRONG = "the passphrase is wrong for this store"
TRY_AGAIN = "nothing was changed; try again. Without it the answers cannot be read by anybody"


class Protection(Enum):
    """How the keys of a store are kept."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - a word, not one
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Lock:
    """What the store says about its master key, which it does not hold.

    `generation` counts how often the keys were wrapped anew; `lookup` is the wrapped key for
    finding labels, and by opening shows that the master key is the right one.
    """

    store: str
    protection: Protection
    generation: int
    derivation: str
    salt: bytes
    lookup: bytes

    @property
    def entry(self) -> str:
        """The name of the master key in the keyring."""
        return f"{self.store}/{self.generation}"

    @property
    def as_written(self) -> bool:
        """Whether its parts are such as this program writes them."""
        sizes = {Protection.PASSPHRASE: (SALT, DERIVATION), Protection.KEYRING: (0, "")}
        salt, derivation = sizes.get(self.protection, (0, ""))
        parts = isinstance(self.salt, bytes) and isinstance(self.lookup, bytes)
        return (
            parts
            and isinstance(self.store, str)
            and isinstance(self.generation, int)
            and (len(self.salt), self.derivation) == (salt, derivation)
            and (self.protection is Protection.NONE) is (len(self.lookup) == KEY)
        )

    def bound(self, *place: str) -> bytes:
        """Return what a seal at a place is bound to."""
        return "\0".join(("screening", self.store, *place)).encode()


@dataclass(slots=True)
class Vault:
    """The open or still closed lock of a store. The master key is fetched when first needed.

    `binds` tells, once it is open, that the head of the store is bound by a key: that is sealed
    with the key for finding labels, so that nobody can take it back without the master key.
    """

    lock: Lock
    source: PassphraseSource
    master: bytes = field(default=b"", repr=False)
    finder: bytes = field(default=b"", repr=False)
    binds: bool = False

    @property
    def sealed(self) -> bool:
        """Whether the store is encrypted."""
        return self.lock.protection is not Protection.NONE

    def unlock(self) -> None:
        """Fetch the master key, if it is not there yet.

        Raises:
            LockedStoreError: when it cannot be had, or is the wrong one.

        """
        if self.finder:
            return
        if not self.sealed:
            self.finder = self.lock.lookup
            return
        master = _master(self.lock, self.source)
        try:
            self.finder, self.binds = _found(master, self.lock)
        except BrokenSealError as error:
            raise _refused(self.lock) from error
        self.master = master

    def bind(self) -> bytes:
        """Return the wrapped key for finding labels, as it says that the head is bound."""
        lookup = seal(self.master, self.finder, self.lock.bound(BINDS))
        self.lock, self.binds = replace(self.lock, lookup=lookup), True
        return lookup

    def code(self, events: int, head: bytes) -> bytes:
        """Return what binds the head of the store after so many events."""
        return keyed_hash(self.finder, f"{self.lock.store} {events} {head.hex()}")

    def wrapped(self, client: str, key: bytes) -> bytes | None:
        """Return a client's data key as it is stored; nothing in a store without encryption."""
        self.unlock()
        return seal(self.master, key, self.lock.bound("key", client)) if self.sealed else None

    def data_key(self, client: str, wrapped: bytes | None) -> bytes:
        """Return a client's data key.

        Raises:
            BrokenSealError: when what is stored is not what was wrapped.

        """
        self.unlock()
        if not self.sealed:
            return b""
        return unseal(self.master, wrapped or b"", self.lock.bound("key", client))


def shut(key: bytes, plain: bytes, bound: bytes) -> bytes:
    """Return a body to store: sealed, or (without a key) plain behind random bytes."""
    return seal(key, plain, bound) if key else secrets.token_bytes(SALT) + plain


def opened(key: bytes, body: bytes, bound: bytes) -> bytes:
    """Return what a stored body holds.

    Raises:
        BrokenSealError: when it was not sealed with this key for this place.

    """
    return unseal(key, body, bound) if key else body[SALT:]


def covered(key: bytes, body: bytes, bound: bytes) -> bytes:
    """Return a body that was stored plain, sealed whole: the chain commits to what is inside.

    A digest goes before the seal, so that a damaged one is found without the key.
    """
    sealed = seal(key, body, bound)
    return COVER + body_digest(body_digest(body) + sealed) + sealed


def uncovered(key: bytes, body: bytes, bound: bytes, digest: bytes) -> bytes:
    """Return what a stored body holds, also one that was sealed later than it was written.

    Raises:
        BrokenSealError: when it was not sealed with this key for this place.

    """
    if not body.startswith(COVER):
        return opened(key, body, bound)
    inside = unseal(key, body[len(COVER) + KEY :], bound)
    if body_digest(inside) != digest:
        raise BrokenSealError("it is not what was written")
    return inside[SALT:]


def new_vault(store: str, protection: Protection, source: PassphraseSource) -> Vault:
    """Return a vault with new keys; a key for the keyring is in it when this returns.

    Raises:
        LockedStoreError: when the keyring takes no key, or the passphrase is too short.

    """
    lock = Lock(store, protection, 1, "", b"", new_key())
    if protection is Protection.NONE:
        return Vault(lock, source, finder=lock.lookup)
    fresh = Vault(lock, source, finder=lock.lookup, binds=True)
    return renewed(fresh, protection, source, generation=1)


def _found(master: bytes, lock: Lock) -> tuple[bytes, bool]:
    """Return the key for finding labels, and whether the head of the store is bound.

    Raises:
        BrokenSealError: when the master key is another.

    """
    try:
        return unseal(master, lock.lookup, lock.bound(BINDS)), True
    except BrokenSealError:  # a store of version 1, which nobody has written to since
        return unseal(master, lock.lookup, lock.bound("lookup")), False


def renewed(
    vault: Vault, protection: Protection, source: PassphraseSource, *, generation: int
) -> Vault:
    """Return a vault with a new master key and the same finder; the old one stays as it is.

    Raises:
        LockedStoreError: when the keyring takes no key, or the passphrase is too short.

    """
    salt = secrets.token_bytes(SALT) if protection is Protection.PASSPHRASE else b""
    derivation = DERIVATION if protection is Protection.PASSPHRASE else ""
    lock = replace(
        vault.lock,
        protection=protection,
        generation=generation,
        derivation=derivation,
        salt=salt,
    )
    if protection is Protection.PASSPHRASE:
        master = stretched(_long_enough(source()), salt, derivation)
    else:
        master = new_key()
        os_keyring.keep(lock.entry, master)
    lookup = seal(master, vault.finder, lock.bound(BINDS if vault.binds else "lookup"))
    return Vault(replace(lock, lookup=lookup), source, master, vault.finder, vault.binds)


@contextmanager
def kept_or_forgotten(vault: Vault) -> Iterator[None]:
    """Take a new key out of the keyring again when what it was made for fails."""
    try:
        yield
    except Exception:  # broken off, what it is for may be there: then it stays
        if vault.lock.protection is Protection.KEYRING:
            os_keyring.forget(vault.lock.entry)
        raise


def long(passphrase: str) -> int:
    """Return how long a passphrase is; blanks at its ends are nothing to guess."""
    return len(passphrase.strip())


def _long_enough(passphrase: str) -> str:
    if (found := long(passphrase)) < SHORTEST:
        raise LockedStoreError(
            f"the passphrase has {found} characters; at least {SHORTEST} are expected",
            "take four or five words that do not belong together",
        )
    return passphrase


def _master(lock: Lock, source: PassphraseSource) -> bytes:
    if lock.protection is Protection.KEYRING:
        return os_keyring.fetch(lock.entry)
    try:
        return stretched(source(), lock.salt, lock.derivation)
    except BrokenSealError as error:
        raise LockedStoreError(f"the store cannot be opened: {error}", TRY_AGAIN) from error


def _refused(lock: Lock) -> LockedStoreError:
    if lock.protection is Protection.KEYRING:
        message = f"the keyring's entry `{lock.entry}` is not the key of this store"
        return LockedStoreError(message, "restore the keyring it was made with")
    return WrongPassphraseError(WRONG, TRY_AGAIN)
