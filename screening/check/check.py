"""Every static check, in the order a person would want to read their results."""

from __future__ import annotations

import datetime

from screening.check.dependencies import (
    circular_findings,
    late_parents,
    misfit_follow_ups,
    unknown_policies,
)
from screening.check.evidence import (
    missing_evidence,
    missing_examples,
    missing_reasons,
    uncovered_statements,
)
from screening.check.exercises import (
    circular_ladders,
    long_cues,
    replacing_keeps,
    shared_spellings,
    unequal_alternatives,
    verdicts_against_demands,
)
from screening.check.overruled import overruled_rules
from screening.check.referrals import (
    dangerous_harmless,
    forgotten_referrals,
    pointless_ends,
    slow_targets,
    unflagged_urgency,
    unheard_emergencies,
    unmarked_urgency,
    unseen_flags,
)
from screening.check.reviews import reviews
from screening.check.tick_lists import waiting_items
from screening.check.vocabulary import (
    avoided_alternatives,
    shared_ids,
    silenced_advice,
    unused,
)
from screening.diagnostics import Diagnostic, Problems
from screening.model.knowledge import KnowledgeBase

CHECKS = (
    shared_ids,
    circular_findings,
    late_parents,
    waiting_items,
    unknown_policies,
    unheard_emergencies,
    pointless_ends,
    unmarked_urgency,
    dangerous_harmless,
    unflagged_urgency,
    unseen_flags,
    forgotten_referrals,
    slow_targets,
    overruled_rules,
    missing_examples,
    missing_evidence,
    missing_reasons,
    unused,
    uncovered_statements,
    avoided_alternatives,
    unequal_alternatives,
    verdicts_against_demands,
    replacing_keeps,
    circular_ladders,
    silenced_advice,
    shared_spellings,
    long_cues,
    misfit_follow_ups,
)


def check(knowledge: KnowledgeBase, today: datetime.date) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a knowledge base, in order of place.

    `today` decides only which reviews are overdue.
    """
    problems = Problems()
    for one in CHECKS:
        one(knowledge, problems)
    reviews(knowledge, today, problems)
    return problems.sorted()
