"""Forms to answer at home, without a browser: what a form locks, locked in Python."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from screening.records import hpke
from screening.records.aead import agreed_secret, new_pair, public_key

DATA = re.compile(r'id="form">(.*?)</script>', re.DOTALL)
BLOCK = 1024


def data_of(form: Path) -> dict[str, Any]:
    """Return what the scripts of a form read."""
    found = DATA.search(form.read_text("utf-8"))
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def reply(form: Path, answers: Mapping[str, object], on: str = "2026-03-02") -> str:
    """Return what a form gives back for these answers."""
    return locked(form, json.dumps({"form": 1, "on": on, "answers": answers}))


def locked(form: Path, text: str, **instead: str) -> str:
    """Return any text locked as a form locks it; `instead` of what the form itself says."""
    data = {**data_of(form), **instead}
    info = (
        data["purpose"].encode() + bytes.fromhex(data["invitation"]) + data["knowledge"].encode()
    )
    message = sealed(new_pair()[0], bytes.fromhex(data["key"]), info, padded(text))
    whole = b"\x01" + bytes.fromhex(data["invitation"]) + message.enc + message.sealed
    letters = base64.b64encode(whole).decode()
    lines = [letters[at : at + 64] for at in range(0, len(letters), 64)]
    return "\n".join((data["words"]["opens"], *lines, data["words"]["closes"], ""))


def padded(text: str) -> bytes:
    return text.encode() + b" " * (-len(text.encode()) % BLOCK)


def sealed(own: bytes, point: bytes, info: bytes, plain: bytes, bound: bytes = b"") -> hpke.Sealed:
    """Return a message sealed for a public key with a key of the sender's own (RFC 9180, 5.1)."""
    enc = public_key(own)
    prk = hpke._extract(hpke.IN_KEM, b"", b"eae_prk", agreed_secret(own, point))
    shared = hpke._expand(hpke.IN_KEM, prk, b"shared_secret", enc + point, 32)
    key, nonce = hpke._schedule(shared, info)
    return hpke.Sealed(enc, AESGCM(key).encrypt(nonce, plain, bound))
