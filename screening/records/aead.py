"""Keys and seals: AES-256-GCM and scrypt, the only door to `cryptography`."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata

from screening.errors import ScreeningError

KEY = 32  # bytes
NONCE = 12
SALT = 16
DERIVATION = "scrypt:17:8:1"  # log2 n, r, p: 128 MiB and some 0.3 s (OWASP, password storage)


class BrokenSealError(ScreeningError):
    """What is sealed was changed, belongs elsewhere, or the key is another."""


def new_key() -> bytes:
    """Return a random key."""
    return secrets.token_bytes(KEY)


def seal(key: bytes, plain: bytes, bound: bytes) -> bytes:
    """Return `plain` sealed under a key; it opens only with that key and the same `bound`."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - 13 ms

    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound)


def unseal(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    """Return what was sealed.

    Raises:
        BrokenSealError: when it was sealed otherwise, or changed since.

    """
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - 13 ms
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - same

    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound)
    except (InvalidTag, ValueError) as error:
        raise BrokenSealError("the seal is broken") from error


def stretched(passphrase: str, salt: bytes, derivation: str) -> bytes:
    """Return the key that a passphrase stands for.

    `derivation` is one this program wrote: whoever reads it from a file makes sure of that.

    Raises:
        BrokenSealError: when the memory for it is not to be had.

    """
    cost, size, lanes = (int(number) for number in derivation.removeprefix("scrypt:").split(":"))
    room = 256 * 2**cost * size * lanes
    text = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    try:
        return hashlib.scrypt(text, salt=salt, n=2**cost, r=size, p=lanes, maxmem=room, dklen=KEY)
    except (ValueError, MemoryError) as error:
        raise BrokenSealError(
            f"{room >> 21} MB of memory are needed to work out the key, and not to be had"
        ) from error


def keyed_hash(key: bytes, text: str) -> bytes:
    """Return a hash of a text that nobody can look up without the key."""
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
