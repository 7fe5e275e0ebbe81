"""Clients who answered everything: what must hold for every one of them.

A sample of 200 is drawn each time. A thousand of them:

    SCREENING_CLIENTS=1000 python -m pytest tests/test_thousand.py
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable

import pytest
from clearance_oracle import clearance_breaches
from complete_clients import complete_clients
from never_said import never_shown, quoted_in

from screening.assess import Assessor, ConcludedCase
from screening.engines.reference import evaluate
from screening.model.assessment import Progress
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Head, Reading, Refer
from screening.model.vocabularies import Level, Truth, Verdict
from screening.render.formats import assessment_output
from screening.render.page import FORMATS, PageFormat

COUNT = int(os.environ.get("SCREENING_CLIENTS", "200"))
CLIENTS = range(COUNT)
WIDE = 100_000  # columns: no line is broken, so no phrase is


@pytest.fixture(scope="module")
def thousand(shipped: KnowledgeBase, assessor: Assessor) -> list[ConcludedCase]:
    """Return what is concluded about each client; a crash or a disagreement ends it here."""
    return [assessor.conclude(case) for case in complete_clients(shipped, CLIENTS)]


def highest_fired(knowledge: KnowledgeBase, concluded: ConcludedCase) -> Level:
    """Return the highest level a fired rule refers at, from the rules and nothing else."""
    highest = Level.NONE
    for rule in knowledge.live_rules:
        for conclusion in rule.then:
            if isinstance(conclusion, Refer):
                if concluded.outcome.heads[Head(rule.id)] is Truth.TRUE:
                    highest = max(highest, conclusion.level)
                possible = concluded.outcome.heads.get(Head(rule.id, Reading.POSSIBLE))
                if rule.unknown is not None and possible is Truth.TRUE:
                    highest = max(highest, rule.unknown.level)
    return highest


def decided_by_doubt(knowledge: KnowledgeBase, concluded: ConcludedCase) -> bool:
    """Tell whether the level is one that a rule declares for unknown answers."""
    certain = [
        knowledge.rules[h.rule].level(h.reading)
        for h, truth in concluded.outcome.heads.items()
        if truth is Truth.TRUE and h.reading is Reading.CERTAIN
    ]
    return max(certain, default=Level.NONE) < highest_fired(knowledge, concluded)


def positive(concluded: ConcludedCase) -> bool:
    """Tell whether there is something to do: a category on offer, an exercise kept or changed."""
    made = concluded.assessment
    return bool(made.recommend) or any(p.verdict is not Verdict.AVOID for p in made.programme)


def test_the_clients_are_of_every_kind(
    thousand: list[ConcludedCase],
    shipped: KnowledgeBase,
    record_property: Callable[[str, object], None],
) -> None:
    levels = Counter(one.assessment.referral.level for one in thousand)
    said = ", ".join(f"{level.word} {levels[level]}" for level in Level)
    record_property(f"{COUNT} clients, by level", said)
    assert min(levels[level] for level in Level) >= COUNT // 100
    assert sum(decided_by_doubt(shipped, one) for one in thousand) >= COUNT // 200
    assert sum(not one.case.programme for one in thousand) > COUNT // 10
    assert len({str(one.case) for one in thousand}) > COUNT * 0.95


def test_nobody_has_anything_left_to_answer(thousand: list[ConcludedCase]) -> None:
    for one in thousand:
        assert one.assessment.open == ()
        assert one.assessment.status is not Progress.INCOMPLETE


def test_both_engines_decide_every_rule_alike(
    thousand: list[ConcludedCase], shipped: KnowledgeBase
) -> None:
    for one in thousand[::10]:  # `conclude` has compared all; here without its help
        again = evaluate(shipped, one.case.answers)
        assert dict(one.outcome.heads) == dict(again.heads)
        assert dict(one.outcome.findings) == dict(again.findings)


def test_referral_is_that_of_the_highest_fired_rule(
    thousand: list[ConcludedCase], shipped: KnowledgeBase
) -> None:
    for seed, one in enumerate(thousand):
        assert one.assessment.referral.level is highest_fired(shipped, one), seed


def test_no_exercise_under_an_emergency_or_for_today(
    thousand: list[ConcludedCase], shipped: KnowledgeBase
) -> None:
    for seed, one in enumerate(thousand):
        assert clearance_breaches(shipped, one) == [], seed
        made = one.assessment
        if highest_fired(shipped, one) >= Level.SAME_DAY:
            assert (made.recommend, made.programme, made.avoid, made.limits) == ((), (), (), ()), (
                seed
            )
            assert made.status is Progress.STOPPED


def test_only_light_activity_within_days(
    thousand: list[ConcludedCase], shipped: KnowledgeBase
) -> None:
    seen = 0
    for seed, one in enumerate(thousand):
        if highest_fired(shipped, one) is Level.WITHIN_DAYS:
            seen += 1
            offered = [r.category for r in one.assessment.recommend]
            assert all(shipped.categories[name].light for name in offered), seed
            going_on = [p for p in one.assessment.programme if p.verdict is not Verdict.AVOID]
            assert all(shipped.exercises[p.exercise].light for p in going_on), seed
    assert seen


def test_there_is_something_to_do_unless_a_referral_or_a_clearance_withholds_it(
    thousand: list[ConcludedCase], shipped: KnowledgeBase
) -> None:
    free = [s for s, one in enumerate(thousand) if highest_fired(shipped, one) <= Level.ROUTINE]
    assert len(free) > COUNT * 0.3
    left = [seed for seed in free if not positive(thousand[seed])]
    assert [seed for seed in left if not held_by_clearance(shipped, thousand[seed])] == []
    assert len(left) < len(free) / 100


def held_by_clearance(knowledge: KnowledgeBase, concluded: ConcludedCase) -> bool:
    """Tell whether something was to be offered and a clearance leaves light activity only."""
    made = concluded.assessment
    if made.clearance is None or not knowledge.clearances[made.clearance.id].only_light:
        return False
    return any(set(w.by) & set(made.clearance.rules) for w in made.withheld)


@pytest.mark.parametrize("form", FORMATS)
def test_no_result_says_what_is_never_said(
    thousand: list[ConcludedCase], shipped: KnowledgeBase, form: PageFormat
) -> None:
    quoted = quoted_in(shipped)
    for seed, one in enumerate(thousand):
        shown = assessment_output(one.assessment, shipped, form, "x.yaml", width=WIDE)
        assert never_shown(shown, quoted) == [], seed
