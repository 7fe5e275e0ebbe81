"""Opening what was sealed for a public key: HPKE (RFC 9180) in base mode, one message a key.

DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. Anybody who has the public key can seal: it
keeps a message secret, and does not say who wrote it.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import NamedTuple

from screening.records.aead import (
    KEY,
    NONCE,
    BrokenSealError,
    agreed_secret,
    new_pair,
    public_key,
    unseal_at,
)

POINT = 65  # bytes of a public key of P-256: 4, x, y
TAG = 16
KEM, KDF, AEAD = b"\x00\x10", b"\x00\x01", b"\x00\x02"
IN_KEM, IN_ALL = b"KEM" + KEM, b"HPKE" + KEM + KDF + AEAD
BASE = b"\x00"

__all__ = ["BrokenSealError", "Sealed", "new_pair", "opened_with"]


class Sealed(NamedTuple):
    """A sealed message: the public key made for it, and what is sealed."""

    enc: bytes
    sealed: bytes


def opened_with(key: bytes, message: Sealed, info: bytes, bound: bytes = b"") -> bytes:
    """Return what was sealed for the public half of a private key, for the same `info`.

    Raises:
        BrokenSealError: when it was sealed otherwise, or changed since.

    """
    if len(message.enc) != POINT or len(message.sealed) < TAG:
        raise BrokenSealError("the seal is cut off")
    context = message.enc + public_key(key)
    prk = _extract(IN_KEM, b"", b"eae_prk", agreed_secret(key, message.enc))
    shared = _expand(IN_KEM, prk, b"shared_secret", context, KEY)
    sealing, nonce = _schedule(shared, info)
    return unseal_at(sealing, nonce, message.sealed, bound)


def _schedule(shared: bytes, info: bytes) -> tuple[bytes, bytes]:
    """Return the key and the nonce of the first message (RFC 9180, 5.1)."""
    hashes = (
        _extract(IN_ALL, b"", b"psk_id_hash", b""),
        _extract(IN_ALL, b"", b"info_hash", info),
    )
    context = BASE + b"".join(hashes)
    secret = _extract(IN_ALL, shared, b"secret", b"")
    return (
        _expand(IN_ALL, secret, b"key", context, KEY),
        _expand(IN_ALL, secret, b"base_nonce", context, NONCE),
    )


def _extract(suite: bytes, salt: bytes, label: bytes, ikm: bytes) -> bytes:
    """Return `LabeledExtract` (RFC 9180, 4)."""
    return hmac.digest(salt, b"HPKE-v1" + suite + label + ikm, hashlib.sha256)


def _expand(suite: bytes, prk: bytes, label: bytes, info: bytes, length: int) -> bytes:
    """Return `LabeledExpand` (RFC 9180, 4); one block of SHA-256 is enough for all of it here."""
    said = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(prk, said + b"\x01", hashlib.sha256)[:length]
