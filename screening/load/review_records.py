"""From `reviews/*.yaml` to what the reviewer of each rule saw."""

from __future__ import annotations

from collections.abc import Mapping

from screening.diagnostics import Code, quoted
from screening.load.entries import Reader
from screening.load.files import REVIEWS, Files
from screening.model.seen_part import SeenRule
from screening.schema.rules import RECORD


def read_records(files: Files) -> Mapping[str, SeenRule]:
    """Return what was seen, by rule; a second record of one is noted."""
    reader = Reader(files.problems)
    found: dict[str, SeenRule] = {}
    for record in (reader.file(tree, RECORD) for _, tree in files.below(REVIEWS)):
        if record.rule in found:
            message = f"a second record of {quoted(record.rule)}"
            files.problems.add(Code.duplicate_id, record.at, message)
        found[record.rule] = record
    return found
