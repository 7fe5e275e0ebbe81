"""Who stands behind a rule: sources, and reviews with a name and a date."""

from __future__ import annotations

import datetime

from screening.diagnostics import Code, Problems, Severity
from screening.model.knowledge import KnowledgeBase
from screening.model.words import Status

REVIEWED = (Status.REVIEWED, Status.ACTIVE)


def missing_evidence(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each live rule without a source."""
    for rule in knowledge.live_rules:
        if not rule.evidence:
            message = f"`{rule.id}` names no source"
            problems.add(Code.missing_evidence, rule.at, message, "add `evidence:`")


def reviews(knowledge: KnowledgeBase, today: datetime.date, problems: Problems) -> None:
    """Note reviewed rules without a reviewer, and warn of overdue reviews."""
    for rule in knowledge.live_rules:
        if rule.status in REVIEWED and not rule.review.by:
            message = f"`{rule.id}` is {rule.status.value} but names no clinician"
            problems.add(Code.unnamed_review, rule.at, message, "add `review: {by: …}`")
        if rule.review.due and datetime.date.fromisoformat(rule.review.due) < today:
            message = f"the review of `{rule.id}` was due on {rule.review.due}"
            problems.add(Code.overdue_review, rule.at, message, severity=Severity.WARNING)
