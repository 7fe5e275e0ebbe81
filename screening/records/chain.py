"""The links of a chain: each holds all before it, so that a change shows in every later one."""

from __future__ import annotations

import base64
import hashlib
from typing import NamedTuple

START = bytes(32)
SHOWN = 12  # characters of a head digest: 60 bits


class Link(NamedTuple):
    """What a link binds: its place in a ledger, whose it is, the time as said, and the body."""

    client: str
    ledger: str
    number: int
    at: str
    digest: bytes

    def after(self, before: bytes) -> bytes:
        """Return the link that follows another."""
        place = "\0".join(("event", self.client, self.ledger, str(self.number), self.at, ""))
        return hashlib.sha256(before + place.encode() + self.digest).digest()


def store_link(before: bytes, place: int, link: bytes) -> bytes:
    """Return the link of the whole store's chain that takes up a ledger's link."""
    return hashlib.sha256(before + f"store\0{place}\0".encode() + link).digest()


def digest_of(body: bytes) -> bytes:
    """Return the commitment to a stored body, which begins with random bytes."""
    return hashlib.sha256(body).digest()


class ChainHead(NamedTuple):
    """The last link of a ledger, and how many events it has."""

    ledger: str
    events: int
    link: bytes

    @property
    def digest(self) -> str:
        """The head digest to print on a report: 12 characters.

        >>> ChainHead("case-1", 0, START).digest
        'aaaaaaaaaaaa'
        """
        return shown(self.link)


def shown(link: bytes) -> str:
    """Return a link as 12 letters and digits (RFC 4648 base32, lower case)."""
    return base64.b32encode(link).decode().lower()[:SHOWN]
