"""Ids that must differ from each other, because one word must mean one thing."""

from __future__ import annotations

from screening.diagnostics import Code, Problems, Span
from screening.model.knowledge import KnowledgeBase


def shared_ids(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note ids used for two things that `--why` takes, or that a condition can name."""
    explained = (
        *(("direction", name, Span("")) for name in knowledge.pack.directions),
        *(("finding", f.id, f.at) for f in knowledge.findings.values()),
        *(("stage", s.id, s.at) for s in knowledge.stages.values()),
        *(("limit", m.id, m.at) for m in knowledge.limits.values()),
        *(("category", c.id, c.at) for c in knowledge.categories.values()),
        *(("exercise", e.id, e.at) for e in knowledge.exercises.values()),
        *(("clearance", c.id, c.at) for c in knowledge.clearances.values()),
    )
    named = (
        *(("finding", f.id, f.at) for f in knowledge.findings.values()),
        *(("question", q.id, q.at) for q in knowledge.questions.values()),
        *(("parameter", p.id, p.at) for p in knowledge.parameters.values()),
    )
    for things in (explained, named):
        _differ(things, problems)


def _differ(things: tuple[tuple[str, str, Span], ...], problems: Problems) -> None:
    first: dict[str, str] = {}
    for kind, name, at in things:
        other = first.setdefault(name, kind)
        if other != kind:
            message = f"the id `{name}` is used twice: {other} and {kind}"
            problems.add(Code.duplicate_id, at, message, "give one of them another id")
