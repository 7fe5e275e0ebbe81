"""Who answers for what became looser: read from the newer knowledge, and written into it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from screening.load.files import ACCEPTED
from screening.model.case_library import Acceptance
from screening.model.knowledge import KnowledgeBase
from screening.model.logic_digest import logic_digest
from screening.verify.beside_meaning import all_that_is_compared
from screening.write import Plain, form_of, with_entry
from screening.write.disk import put, read_text

EMPTY = "accepted: []\n"


def acceptance(
    old: KnowledgeBase, new: KnowledgeBase, beside: Sequence[str] = ()
) -> Acceptance | None:
    """Return who accepted this very change, from this logic to this one; None if nobody did.

    With something `beside` the logic, such as other words, it is of all that is compared.
    """
    change = _change(old, new, beside)
    matching = (one for one in new.accepted if (one.before, one.after) == change)
    return next(matching, None)


def _change(old: KnowledgeBase, new: KnowledgeBase, beside: Sequence[str]) -> tuple[str, str]:
    digest = all_that_is_compared if beside else logic_digest
    return digest(old), digest(new)


def accept(
    root: Path,
    change: tuple[KnowledgeBase, KnowledgeBase],
    signed: tuple[str, str, datetime.date],
    looser: Sequence[str],
    beside: Sequence[str] = (),
) -> Path:
    """Record who accepts a change to the knowledge in a directory, why and when; return the file.

    Raises:
        UnwritableError: when it cannot be written.

    """
    path = root / ACCEPTED
    text = read_text(path) if path.exists() else EMPTY
    by, because, on = signed
    before, after = _change(*change, beside)
    entry: dict[str, Plain] = {
        "before": before,
        "after": after,
        "by": by,
        "on": on.isoformat(),
        "because": because,
        "looser": [*looser, *beside],
    }
    form = form_of(path.relative_to(root))
    put(path, with_entry(text, str(path), "accepted", entry, form))
    return path
