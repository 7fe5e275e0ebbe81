"""What comes back from a form, found in whatever it was sent in."""

from __future__ import annotations

import base64
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.app.form_answers import HEAD, reply_in
from screening.errors import BadInputError
from screening.render.form_page import CLOSES, OPENS

WHOLE = bytes([1]) + bytes(range(16)) + bytes([4]) + bytes(64) + bytes(range(200))
LINES = base64.b64encode(WHOLE).decode()
NOISE = st.lists(
    st.sampled_from(["\n", "\r\n", " ", "\n> ", "\n\t| ", "\u200b", "*"]), min_size=1, max_size=9
)


@given(
    noise=NOISE, before=st.text(max_size=30), after=st.text(max_size=30), size=st.integers(1, 99)
)
def test_what_mail_puts_between_changes_nothing(
    noise: list[str], before: str, after: str, size: int
) -> None:
    pieces = [OPENS, *(LINES[at : at + size] for at in range(0, len(LINES), size)), CLOSES]
    text = "".join(f"{piece}{one}" for piece, one in zip(pieces, cycle(noise), strict=False))
    raw = f"{before}\n{text}{after}".encode("utf-8", "replace")
    found = reply_in(raw, "mail")
    assert found.invitation == bytes(range(16)).hex()
    assert found.message.enc + found.message.sealed == WHOLE[17:]


@given(
    raw=st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=99).map(
            lambda inner: f"{OPENS}\n".encode() + inner + f"\n{CLOSES}".encode()
        ),
    )
)
def test_anything_else_is_refused_in_words(raw: bytes) -> None:
    with pytest.raises(BadInputError) as caught:
        reply_in(raw, "mail")
    (one,) = caught.value.diagnostics
    assert one.at.path == "mail"
    assert one.help


def test_the_place_of_what_does_not_belong_is_said() -> None:
    with pytest.raises(BadInputError, match=r"mail:3:5: .*found `é`"):
        reply_in(f"Hi\n{OPENS}\nabcdéfg\n{CLOSES}".encode(), "mail")


def test_less_than_a_message_is_cut_off() -> None:
    short = base64.b64encode(WHOLE[:HEAD]).decode()
    with pytest.raises(BadInputError, match="it is cut off"):
        reply_in(f"{OPENS}\n{short}\n{CLOSES}".encode(), "mail")
