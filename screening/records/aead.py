"""Keys and seals: AES-256-GCM, P-256 and scrypt, the only door to `cryptography`."""

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
    return unseal_at(key, sealed[:NONCE], sealed[NONCE:], bound)


def unseal_at(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    """Return what was sealed with a nonce that is known otherwise.

    Raises:
        BrokenSealError: when it was sealed otherwise, or changed since.

    """
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - 13 ms
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - same

    try:
        return AESGCM(key).decrypt(nonce, sealed, bound)
    except (InvalidTag, ValueError) as error:
        raise BrokenSealError("the seal is broken") from error


def new_pair() -> tuple[bytes, bytes]:
    """Return a new private key of P-256, and its public key as a point."""
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - as above

    made = ec.generate_private_key(ec.SECP256R1())
    key = made.private_numbers().private_value.to_bytes(KEY, "big")
    return key, public_key(key)


def public_key(key: bytes) -> bytes:
    """Return the public key of a private one of P-256, as a point that is not compressed."""
    from cryptography.hazmat.primitives import serialization as form  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - as above

    public = ec.derive_private_key(int.from_bytes(key, "big"), ec.SECP256R1()).public_key()
    return public.public_bytes(form.Encoding.X962, form.PublicFormat.UncompressedPoint)


def agreed_secret(key: bytes, point: bytes) -> bytes:
    """Return the secret that a private key of P-256 shares with the owner of a public one.

    Raises:
        BrokenSealError: when the point is none of the curve.

    """
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - as above

    try:
        other = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError as error:
        raise BrokenSealError("the public key is none") from error
    own = ec.derive_private_key(int.from_bytes(key, "big"), ec.SECP256R1())
    return own.exchange(ec.ECDH(), other)


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
