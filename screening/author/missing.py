"""The clients at a rule's boundaries that no example or case tests yet."""

from __future__ import annotations

from screening.author.boundary import Boundary
from screening.author.judge import Fate, Judge
from screening.model.rule import Rule


def missing(judge: Judge, rule: Rule) -> tuple[Boundary, ...]:
    """Return a client for each mutant that is alive, each client once, the most telling first."""
    clients = [v.client for v in judge.of_rule(rule) if v.fate is Fate.SURVIVED and v.client]
    unique = {id(client): client for client in clients}
    return tuple(sorted(unique.values(), key=lambda client: -len(client.kills)))
