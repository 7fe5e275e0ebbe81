"""What other knowledge would change of a conclusion, and which rules make it so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from recorded_screenings import CONSTANT, new_store, screen, sheet

from screening.app.audit.rederivation import Drawn, Library, kept_in
from screening.app.audit.replay import Fate, replay
from screening.assess import Assessor
from screening.model.expr import All, AnyOf
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Rule
from screening.model.vocabularies import Status
from screening.records import Store

RULE = "constant-pain"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as made:
        yield made


def drawn(store: Store, assessor: Assessor) -> Drawn:
    case = screen(store, assessor, sheet(assessor, CONSTANT))
    (kept,) = kept_in(store, (case,))
    return kept.drawn(Library(store, {assessor.knowledge.digest: assessor.knowledge}.get))


def with_rule(knowledge: KnowledgeBase, rule: Rule) -> KnowledgeBase:
    return replace(knowledge, rules={**knowledge.rules, rule.id: rule})


def test_same_knowledge_changes_nothing(store: Store, assessor: Assessor) -> None:
    found = replay(drawn(store, assessor), assessor)
    assert (found.changes, found.fates, found.dropped) == ((), (), ())


@pytest.mark.parametrize(
    ("change", "fate"),
    [
        ({"when": AnyOf(())}, Fate.REWRITTEN),
        ({"status": Status.RETIRED}, Fate.RETIRED),
        (None, Fate.GONE),
    ],
)
def test_rule_that_no_longer_fires_is_named_with_its_fate(
    store: Store, assessor: Assessor, change: dict[str, object] | None, fate: Fate
) -> None:
    was = assessor.knowledge
    if change is None:
        rules = {name: rule for name, rule in was.rules.items() if name != RULE}
        now = replace(was, rules=rules)
    else:
        now = with_rule(was, replace(was.rules[RULE], **change))  # type: ignore[arg-type]
    found = replay(drawn(store, assessor), Assessor(now))
    changes = {one.target: one for one in found.changes}
    assert changes["referral"].before == "within_days"
    assert changes["referral"].rules_before == (RULE,)
    assert dict(found.fates)[RULE] is fate


def test_new_rule_is_named(store: Store, assessor: Assessor) -> None:
    was = assessor.knowledge
    urgent = replace(was.rules["fever"], id="new", when=All(()))
    found = replay(drawn(store, assessor), Assessor(with_rule(was, urgent)))
    assert dict(found.fates)["new"] is Fate.NEW
    assert {one.target: one.after for one in found.changes}["referral"] == "same_day"


def test_what_other_knowledge_does_not_take_is_said(store: Store, assessor: Assessor) -> None:
    was = assessor.knowledge
    questions = {
        name: replace(asked, answers=asked.answers[1:]) if name == "constant" else asked
        for name, asked in was.questions.items()
    }
    exercises = {name: one for name, one in was.exercises.items() if name != "deadlift"}
    rules = {name: rule for name, rule in was.rules.items() if "deadlift" not in name}
    now = replace(was, questions=questions, exercises=exercises, rules=rules)
    found = replay(drawn(store, assessor), Assessor(now))
    assert found.dropped == (
        "`constant` takes no `yes` any more",
        "no exercise `deadlift` any more",
    )
    assert found.concluded.assessment.not_covered == ("deadlift",)
