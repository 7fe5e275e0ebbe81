"""Opening what was sealed for a public key: the published vectors, and everything that is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.records.hpke import BrokenSealError, Sealed, new_pair, opened_with

VECTOR = json.loads(Path(__file__).with_name("hpke_vectors.json").read_text("utf-8"))
KEY, INFO = bytes.fromhex(VECTOR["skRm"]), bytes.fromhex(VECTOR["info"])
(FIRST,) = VECTOR["encryptions"]
MESSAGE = Sealed(bytes.fromhex(VECTOR["enc"]), bytes.fromhex(FIRST["ct"]))
BOUND = bytes.fromhex(FIRST["aad"])


def test_the_published_message_is_opened() -> None:
    assert opened_with(KEY, MESSAGE, INFO, BOUND) == bytes.fromhex(FIRST["pt"])


@given(at=st.integers(0, len(MESSAGE.enc + MESSAGE.sealed) - 1), by=st.integers(1, 255))
def test_nothing_changed_is_opened(at: int, by: int) -> None:
    changed = bytearray(MESSAGE.enc + MESSAGE.sealed)
    changed[at] ^= by
    with pytest.raises(BrokenSealError):
        opened_with(KEY, Sealed(bytes(changed[:65]), bytes(changed[65:])), INFO, BOUND)


@given(st.integers(0, len(MESSAGE.sealed) - 1))
def test_nothing_cut_off_is_opened(length: int) -> None:
    with pytest.raises(BrokenSealError):
        opened_with(KEY, MESSAGE._replace(sealed=MESSAGE.sealed[:length]), INFO, BOUND)
    with pytest.raises(BrokenSealError):
        opened_with(KEY, MESSAGE._replace(enc=MESSAGE.enc[:length]), INFO, BOUND)


def test_nothing_is_opened_for_another_purpose_or_key() -> None:
    other, _ = new_pair()
    for key, info, bound in ((other, INFO, BOUND), (KEY, INFO + b"x", BOUND), (KEY, INFO, b"")):
        with pytest.raises(BrokenSealError):
            opened_with(key, MESSAGE, info, bound)


def test_each_pair_is_another() -> None:
    pairs = {new_pair() for _ in range(5)}
    assert len(pairs) == 5
    assert {(len(key), len(public), public[0]) for key, public in pairs} == {(32, 65, 4)}
