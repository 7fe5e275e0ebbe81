"""The clients at a rule's boundaries that no example or case tests yet."""

from __future__ import annotations

from collections.abc import Iterable

from screening.mutation.boundary_search import Boundary
from screening.mutation.verdicts import Verdict


def missing(alive: Iterable[Verdict]) -> tuple[Boundary, ...]:
    """Return the clients who kill a rule's living mutants, each once, the most telling first."""
    unique = {id(one.client): one.client for one in alive if one.client}
    return tuple(sorted(unique.values(), key=lambda client: -len(client.kills)))
