"""Who stands behind a rule: sources, and reviews with a name and a date."""

from __future__ import annotations

import datetime

from screening.diagnostics import Code, Problems, Severity
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Rule
from screening.model.vocabularies import Status

GRACE = datetime.timedelta(days=90)  # an overdue review is warned of, then fails (decision 38)
REVIEW = "let a named clinician read it: `screening knowledge review RULE --by NAME`"
REVIEWED = (Status.REVIEWED, Status.ACTIVE)


def missing_evidence(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each live rule without a source."""
    for rule in knowledge.live_rules:
        if not rule.evidence:
            message = f"`{rule.id}` names no source"
            problems.add(Code.missing_evidence, rule.at, message, "add `evidence:`")


def reviews(knowledge: KnowledgeBase, today: datetime.date, problems: Problems) -> None:
    """Note reviewed rules without a reviewer, and reviews that are outdated or overdue."""
    for rule in knowledge.live_rules:
        if rule.status in REVIEWED and not rule.review.by:
            message = f"`{rule.id}` is {rule.status.value} but names no clinician"
            problems.add(Code.unnamed_review, rule.at, message, REVIEW)
        if rule.status in REVIEWED and not rule.review.stands:
            _unseen(rule, problems)
        if rule.review.due and datetime.date.fromisoformat(rule.review.due) < today:
            _overdue(rule, today, problems)


def _unseen(rule: Rule, problems: Problems) -> None:
    """Warn of a review of another logic: the rule counts as reviewed by nobody."""
    seen = "has changed since" if rule.review.logic else "they saw is not on record"
    message = f"`{rule.id}` was reviewed by {rule.review.by}, but the logic {seen}"
    problems.add(Code.unseen_logic, rule.at, message, REVIEW, severity=Severity.WARNING)


def _overdue(rule: Rule, today: datetime.date, problems: Problems) -> None:
    """Note an overdue review: a warning at first, an error once the grace period has passed."""
    due = datetime.date.fromisoformat(rule.review.due)
    late = today > due + GRACE
    severity = Severity.ERROR if late else Severity.WARNING
    message = f"the review of `{rule.id}` was due on {due}"
    more = f", over {GRACE.days} days ago" if late else ""
    problems.add(Code.overdue_review, rule.at, message + more, severity=severity)


def missing_reasons(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each retired rule that does not say why it is."""
    for rule in knowledge.rules.values():
        if rule.status is Status.RETIRED and not rule.retired:
            message = f"`{rule.id}` is retired and does not say why"
            problems.add(Code.missing_reason, rule.at, message, "add `retired: …`")
