"""Who has signed a rule, and whether what they saw is still what it says."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from screening.diagnostics import Code, Problems, Severity, suggestion
from screening.errors import assert_never
from screening.model.knowledge import KnowledgeBase
from screening.model.reviewing import Doubt, doubts
from screening.model.rule import Rule
from screening.model.seen_part import ChangedPart, changed_parts, digests
from screening.model.vocabularies import Status
from screening.model.what_is_seen import seen

GRACE = datetime.timedelta(days=90)  # an overdue review is warned of, then fails (decision 38)
REVIEW = "let a named clinician read it: `screening knowledge review RULE --by REVIEWER`"
REVIEWED = (Status.REVIEWED, Status.ACTIVE)
SHOWN = 6  # changes named in one message


def reviews(knowledge: KnowledgeBase, today: datetime.date, problems: Problems) -> None:
    """Note reviewed rules without a reviewer, and reviews that are outdated, odd or overdue."""
    for rule in knowledge.live_rules:
        if rule.status in REVIEWED and not rule.review.by:
            message = f"`{rule.id}` is {rule.status.value} but names no clinician"
            problems.add(Code.unnamed_review, rule.at, message, REVIEW)
        if rule.status in REVIEWED:
            for doubt in doubts(knowledge, rule):
                _doubted(knowledge, rule, doubt, problems)
        if rule.review.due and datetime.date.fromisoformat(rule.review.due) < today:
            _overdue(rule, today, problems)
    _stray(knowledge, problems)


def _stray(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Warn of records of what was seen of rules that are not there."""
    for name, record in knowledge.records.items():
        if name not in knowledge.rules:
            message, help_ = f"no rule `{name}`", suggestion(name, knowledge.rules)
            severity = Severity.WARNING
            problems.add(Code.stray_record, record.at, message, help_, severity=severity)


def _doubted(knowledge: KnowledgeBase, rule: Rule, doubt: Doubt, problems: Problems) -> None:
    """Warn of what is to be said against a review."""
    by = f"`{rule.id}` was reviewed by {rule.review.by}"
    code, message, help_ = _words(knowledge, rule, doubt)
    problems.add(code, rule.at, f"{by}, {message}", help_, severity=Severity.WARNING)


def _words(knowledge: KnowledgeBase, rule: Rule, doubt: Doubt) -> tuple[Code, str, str]:
    """Return what is said of a doubt: its code, the message, and the way out."""
    match doubt:
        case Doubt.LOGIC_ALONE:
            message = "but only its own logic: words and what lies beneath are not on record"
            return Code.partial_review, message, REVIEW
        case Doubt.LOGIC:
            named = changes_named(knowledge, rule, logic=True)
            said = "has changed since" if rule.review.logic else "they saw is not on record"
            return Code.unseen_logic, f"but the logic {said}{named}", REVIEW
        case Doubt.WORDS:
            named = changes_named(knowledge, rule, logic=False)
            return Code.unseen_words, f"but words have changed since{named}", REVIEW
        case Doubt.UNLISTED:
            near = suggestion(rule.review.by or "", knowledge.reviewers)
            help_ = near if knowledge.reviewers else "`screening knowledge reviewer` adds a person"
            return Code.unlisted_reviewer, "who is not in `reviewers.yaml`", help_
        case Doubt.EARLY:
            who = knowledge.reviewers[rule.review.by or ""]
            message = f"on {rule.review.on}, who may review since {who.since} only"
            return Code.unlisted_reviewer, message, REVIEW
        case Doubt.OWN:
            return Code.own_review, "who wrote it", "somebody else must read it"
    assert_never(doubt)


def changed_since(knowledge: KnowledgeBase, rule: Rule) -> tuple[ChangedPart, ...] | None:
    """Return what is not as the reviewer of a rule saw it; None where that is not on record.

    A record that does not have the digests of the review is no record of it.
    """
    record = knowledge.records.get(rule.id)
    signed = (rule.review.logic, rule.review.words)
    if record is None or digests(record.saw) != signed:
        return None
    return changed_parts(record.saw, seen(knowledge, rule))


def changes_named(knowledge: KnowledgeBase, rule: Rule, *, logic: bool) -> str:
    """Return the changes in a few words after a colon; of logic, or of words."""
    if rule.review.words is None:
        return ""
    changed = changed_since(knowledge, rule)
    if changed is None:
        where = f"`reviews/{rule.id}.yaml`"
        lost = "is not what was signed" if rule.id in knowledge.records else "is missing"
        return f"; what they saw cannot be shown: {where} {lost}"
    return f": {_listed([one.named for one in changed if one.of_logic is logic])}"


def _listed(names: Iterable[str]) -> str:
    every = [*names]
    more = f"; and {len(every) - SHOWN} more" if len(every) > SHOWN else ""
    return "; ".join(every[:SHOWN]) + more


def _overdue(rule: Rule, today: datetime.date, problems: Problems) -> None:
    """Note an overdue review: a warning at first, an error once the grace period has passed."""
    due = datetime.date.fromisoformat(rule.review.due)
    late = today > due + GRACE
    severity = Severity.ERROR if late else Severity.WARNING
    message = f"the review of `{rule.id}` was due on {due}"
    more = f", over {GRACE.days} days ago" if late else ""
    problems.add(Code.overdue_review, rule.at, message + more, severity=severity)
