"""Ids that mean two things, vocabulary that nothing uses, and alternatives that are avoided."""

from __future__ import annotations

from screening.diagnostics import Code, Problems, Span, quoted
from screening.errors import CircularFindingsError
from screening.model.dependency_order import in_dependency_order
from screening.model.expr import asked_in
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Advise, AvoidExercise, Confirm, Find


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
        *(("tick list", one.id, one.at) for one in knowledge.tick_lists.values()),
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


def unused(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note questions nobody asks about, and findings, advice and parameters without a use."""
    for name in knowledge.questions.keys() - asked_questions(knowledge):
        question = knowledge.questions[name]
        problems.add(Code.unused_question, question.at, f"no rule asks about `{name}`")
    said = {c for rule in knowledge.live_rules for c in rule.then}
    derived = {c.finding for c in said if isinstance(c, Find)}
    for name in knowledge.findings.keys() - derived:
        at = knowledge.findings[name].at
        problems.add(Code.unused_finding, at, f"no rule derives `{name}`")
    given = {c.advice for c in said if isinstance(c, Advise)}
    for name in knowledge.advice.keys() - given:
        problems.add(Code.unused_advice, knowledge.advice[name].at, f"no rule gives `{name}`")
    for name, users in knowledge.parameter_users.items():
        if not users:
            at = knowledge.parameters[name].at
            problems.add(Code.unused_parameter, at, f"nothing uses the parameter `{name}`")


def asked_questions(knowledge: KnowledgeBase) -> set[str]:
    """Return the questions some condition or confirmation names, or counts."""
    named: set[str] = set()
    for _, condition in knowledge.conditions():
        named.update(asked_in(condition, knowledge.members))
    for rule in knowledge.live_rules:
        for conclusion in rule.then:
            if isinstance(conclusion, Confirm):
                named.update(conclusion.questions)
    return named


def silenced_advice(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note sentences that give way to what is no sentence, or to each other."""
    for one in knowledge.advice.values():
        for name in one.gives_way_to:
            if name not in knowledge.advice:
                problems.add(Code.dangling_target, one.at, f"no advice {quoted(name)}")
    try:
        in_dependency_order(
            {
                one.id: tuple(name for name in one.gives_way_to if name in knowledge.advice)
                for one in knowledge.advice.values()
            }
        )
    except CircularFindingsError as error:
        way = [str(name) for name in (*error.circle, error.circle[0])]
        message = f"each of these gives way to the one before it: {' ← '.join(way)}"
        problems.add(Code.circular_advice, knowledge.advice[way[0]].at, message)


def avoided_alternatives(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each alternative of the catalogue that is itself avoided for the same finding."""
    avoided: set[tuple[str, str]] = set()
    offers = []
    for rule in knowledge.live_rules:
        for conclusion in rule.then:
            if isinstance(conclusion, AvoidExercise) and conclusion.follows:
                avoided.add((conclusion.exercise, conclusion.follows))
                offers.append((rule, conclusion))
    for rule, offer in offers:
        for alternative in offer.instead:
            if (alternative, offer.follows) in avoided:
                message = f"`{rule.id}` offers `{alternative}`, which `{offer.follows}` avoids too"
                problems.add(Code.avoided_alternative, rule.at, message)
