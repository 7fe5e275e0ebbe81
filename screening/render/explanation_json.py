"""From explanations to JSON: the contract `explanation/1`, key order fixed."""

from __future__ import annotations

from collections.abc import Iterable

from screening.explain.explain import Full
from screening.explain.explanation import Explanation, Reason, WhatIf
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value, plain
from screening.render.explanation_page import (
    REFUSAL,
    rules_behind,
    rules_changing,
    rules_in,
    unreviewed,
)
from screening.render.json_form import Json, knowledge_form, review_form, texts

FORMAT = "explanation/1"


def explanation_form(explanation: Explanation, knowledge: KnowledgeBase) -> dict[str, Json]:
    """Return one explanation; `rather_than` holds the other one where two are compared."""
    form: dict[str, Json] = {
        "format": FORMAT,
        "knowledge": knowledge_form(knowledge),
        **_one(explanation, knowledge),
    }
    if explanation.rather_than is not None:
        form["rather_than"] = _one(explanation.rather_than, knowledge)
    return form | {"review": _review(rules_in(explanation), knowledge)}


def how_form(explanations: tuple[Explanation, ...], knowledge: KnowledgeBase) -> dict[str, Json]:
    """Return everything concluded or withheld, with every reason once."""
    reasons = {one.rule: one for e in explanations for one in e.reasons}
    return {
        "format": FORMAT,
        "knowledge": knowledge_form(knowledge),
        "target": None,
        "verdict": None,
        "reasons": [_reason(one, knowledge) for one in reasons.values()],
        "conclusions": [
            {
                "target": e.target,
                "verdict": e.standing.value,
                "says": e.says,
                "rules": texts(one.rule for one in e.reasons),
            }
            for e in explanations
        ],
        "review": _review(rules_in(*explanations), knowledge),
    }


def full_form(
    everything: Full, explanations: tuple[Explanation, ...], knowledge: KnowledgeBase
) -> dict[str, Json]:
    """Return everything: as `how_form`, with all reasons, answers and the truth of every rule."""
    return {
        **how_form(explanations, knowledge),
        "reasons": [_reason(one, knowledge) for one in everything.reasons],
        "answers": _answered(everything.answers, knowledge),
        "rules": [{"rule": rule, "truth": truth.value} for rule, truth in everything.rules],
        "review": _review(rules_behind(everything), knowledge),
    }


def what_if_form(result: WhatIf, knowledge: KnowledgeBase) -> dict[str, Json]:
    """Return what other answers change; a refusal shows no change."""
    return {
        "format": FORMAT,
        "knowledge": knowledge_form(knowledge),
        "target": None,
        "verdict": None,
        "reasons": [],
        "answers": _answered(result.answers, knowledge),
        "changes": [
            {
                "target": change.target,
                "before": change.before or None,
                "after": change.after or None,
                "rules": texts(change.rules),
            }
            for change in result.changes
        ],
        "refused": REFUSAL if result.refused else None,
        "review": _review(rules_changing(result), knowledge),
    }


def _answered(answers: Iterable[tuple[str, Value]], knowledge: KnowledgeBase) -> Json:
    return [{"question": q, "answer": knowledge.questions[q].written(v)} for q, v in answers]


def _review(rules: set[str], knowledge: KnowledgeBase) -> Json:
    return review_form(knowledge, unreviewed(rules, knowledge))


def _one(explanation: Explanation, knowledge: KnowledgeBase) -> dict[str, Json]:
    return {
        "target": explanation.target,
        "verdict": explanation.standing.value,
        "says": explanation.says,
        "reasons": [_reason(one, knowledge) for one in explanation.reasons],
        "blocked_by": [
            {
                "rule": block.rule,
                "condition": block.condition,
                "state": block.state.value,
                "answer": None if block.answer is None else plain(block.answer),
            }
            for block in explanation.blocked_by
        ],
        "reached": texts(explanation.reached),
        "ranges": [
            {
                "question": r.question,
                "answer": knowledge.questions[r.question].written(r.value),
                "from": knowledge.questions[r.question].written(r.low),
                "to": knowledge.questions[r.question].written(r.high),
            }
            for r in explanation.ranges
        ],
        "open": texts(explanation.open),
    }


def _reason(one: Reason, knowledge: KnowledgeBase) -> Json:
    answers = dict(pair for fact in one.facts for pair in fact.answers)
    return {
        "rule": one.rule,
        "title": one.title,
        "because": one.because,
        "facts": _answered(answers.items(), knowledge),
        "findings": [
            {"id": r.finding, "strength": r.strength.word, "truth": r.truth.value}
            for r in one.findings
        ],
        "sources": [
            {
                "source": c.source.key,
                "at": c.evidence.at or None,
                "grade": c.evidence.grade.value,
                "read": c.source.read.value,
                "citation": c.source.citation,
            }
            for c in one.sources
        ],
        "conflict": one.conflict or None,
    }
