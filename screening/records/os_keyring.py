"""Keys in the keyring of the operating system: the only door to `keyring`."""

from __future__ import annotations

import base64
import binascii

from screening.records.errors import LockedStoreError

SERVICE = "screening"
MISSING = (
    "unlock the keyring, or sign in as the user who made the store; "
    "the key is entry `{name}` of service `screening`"
)


def usable() -> bool:
    """Tell whether there is a keyring that keeps what it is given."""
    import keyring  # noqa: PLC0415 - 50 ms, only for stores that use it

    try:
        return float(keyring.get_keyring().priority) > 0
    except Exception:  # noqa: BLE001 - a backend may raise anything of its own
        return False


def fetch(name: str) -> bytes:
    """Return a key.

    Raises:
        LockedStoreError: when the keyring is locked, missing, or has no such key.

    """
    import keyring  # noqa: PLC0415 - 50 ms, only for stores that use it

    remedy = MISSING.format(name=name)
    try:
        found = keyring.get_password(SERVICE, name)
    except Exception as error:  # a backend may raise anything of its own
        message = f"the keyring cannot be read: {_reason(error)}"
        raise LockedStoreError(message, remedy) from error
    if not found:
        raise LockedStoreError("the keyring has no key for this store", remedy)
    try:
        return base64.b64decode(found, validate=True)
    except binascii.Error as error:
        raise LockedStoreError("the keyring's entry for this store is no key", remedy) from error


def keep(name: str, key: bytes) -> None:
    """Put a key into the keyring, and make sure that it is there.

    Raises:
        LockedStoreError: when it cannot be kept.

    """
    import keyring  # noqa: PLC0415 - 50 ms, only for stores that use it

    remedy = "unlock the keyring, or protect the store with a passphrase instead"
    try:
        keyring.set_password(SERVICE, name, base64.b64encode(key).decode())
        kept = keyring.get_password(SERVICE, name)
    except Exception as error:
        message = f"the keyring takes no key: {_reason(error)}"
        raise LockedStoreError(message, remedy) from error
    if kept != base64.b64encode(key).decode():
        raise LockedStoreError("the keyring does not keep what it is given", remedy)


def forget(name: str) -> None:
    """Take a key out of the keyring; one that is not there is no trouble."""
    import keyring  # noqa: PLC0415 - 50 ms, only for stores that use it

    try:
        keyring.delete_password(SERVICE, name)
    except Exception:  # noqa: BLE001 - it opens nothing any more
        return


def _reason(error: Exception) -> str:
    if type(error).__name__ == "NoKeyringError":
        return "this system has none"
    text = str(error).strip() or type(error).__name__
    return " ".join(text.split())[:200]
