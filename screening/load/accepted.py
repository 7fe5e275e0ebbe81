"""From `accepted.yaml` to who answers for changes that clear clients."""

from __future__ import annotations

import re

from screening.diagnostics import Code, Problems, quoted
from screening.load.mapping_reader import Fields
from screening.load.tree import Node
from screening.model.case_library import Acceptance

DIGEST = re.compile(r"[0-9a-f]{16}")


def read_accepted(node: Node, problems: Problems) -> tuple[Acceptance, ...]:
    """Return the acceptances in the order of the file."""
    fields = Fields.of(node, problems, "accepted.yaml")
    if fields is None:
        return ()
    entries = fields.mappings("accepted", "an acceptance", required=True)
    found = tuple(_acceptance(entry, problems) for entry in entries)
    fields.done()
    return found


def _acceptance(entry: Fields, problems: Problems) -> Acceptance:
    accepted = Acceptance(
        before=_digest(entry, "before", problems),
        after=_digest(entry, "after", problems),
        by=entry.text("by", required=True),
        because=entry.text("because", required=True),
        on=entry.date("on"),
        looser=entry.words("looser"),
        at=entry.node.at,
    )
    entry.done()
    return accepted


def _digest(entry: Fields, key: str, problems: Problems) -> str:
    digest = entry.text(key, required=True)
    if digest and not DIGEST.fullmatch(digest):
        message = f"`{key}` must be the 16 characters of a logic digest, found {quoted(digest)}"
        help_ = "`screening knowledge diff OLD NEW --accept-looser NAME REASON` writes it"
        problems.add(Code.bad_id, entry.value_place(key), message, help_)
    return digest
