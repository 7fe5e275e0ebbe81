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
MOST_COST = 21  # log2 n; a store that asks for more memory than 2 GiB is not ours


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

    Raises:
        BrokenSealError: when the derivation is none this program uses.

    """
    name, *numbers = derivation.split(":")
    if name != "scrypt" or len(numbers) != len("nrp") or not all(n.isdecimal() for n in numbers):
        raise BrokenSealError("the way the key is derived is unknown")
    cost, size, lanes = (int(number) for number in numbers)
    if not (1 <= cost <= MOST_COST and 1 <= size <= KEY and 1 <= lanes <= KEY):
        raise BrokenSealError("the way the key is derived is out of bounds")
    room = 256 * 2**cost * size * lanes
    text = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(
        text, salt=salt, n=2**cost, r=size, p=lanes, maxmem=min(room, 2**31 - 1), dklen=KEY
    )


def keyed_hash(key: bytes, text: str) -> bytes:
    """Return a hash of a text that nobody can look up without the key."""
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
