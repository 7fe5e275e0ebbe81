"""What a change of the knowledge does to the clients of the case library."""

from __future__ import annotations

from typing import NamedTuple

from screening.assess import Assessor
from screening.assess.difference import Change, difference
from screening.model.knowledge import KnowledgeBase
from screening.testing.run_cases import client_of


class Changed(NamedTuple):
    """A case that is concluded otherwise, and how."""

    case: str
    changes: tuple[Change, ...]


def changed_cases(before: KnowledgeBase, after: KnowledgeBase) -> tuple[Changed, ...]:
    """Return the cases of the library that other knowledge concludes otherwise, in their order."""
    old, new = Assessor(before), Assessor(after)
    found = []
    for case in before.cases.values():
        client, _ = client_of(old, case)
        was, now = old.preview(client).assessment, new.preview(client).assessment
        found.append(Changed(case.id, difference(was, now, before, after)))
    return tuple(one for one in found if one.changes)
