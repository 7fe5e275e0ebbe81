"""Two versions of a rule are the same exactly when no client tells them apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from exhaustive_intakes import SMALL, every_sheet, sheets
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from strategies import knowledge_bases

from screening.engines.reference import evaluate
from screening.engines.solver.meaning import Differences
from screening.follow import in_force
from screening.model.case import Case
from screening.model.expr import Compare, Not
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Head, Reading, Refer, Rule
from screening.model.vocabularies import Level, Truth


def _told(
    knowledge: KnowledgeBase, rule: Rule, sheet: Mapping[str, Value]
) -> dict[Reading, Truth]:
    given = in_force(knowledge, Case(dict(sheet)))  # with what nobody can know yet
    heads = evaluate(replace(knowledge, rules={**knowledge.rules, rule.id: rule}), given).heads
    return {reading: heads.get(Head(rule.id, reading), Truth.FALSE) for reading in Reading}


@settings(max_examples=30, suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data())
def test_versions_differ_exactly_when_an_intake_tells_them_apart(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases(most=3))
    assume(knowledge.live_rules and sheets(knowledge.questions) <= SMALL)
    old = data.draw(st.sampled_from(knowledge.live_rules))
    others = [r.when for r in knowledge.live_rules if r.id <= old.id]  # makes no circle
    new = replace(old, when=data.draw(st.sampled_from([Not(old.when), *others])))
    found = Differences(knowledge).between(old, new)
    every = list(every_sheet(knowledge.questions))
    apart = [s for s in every if _told(knowledge, old, s) != _told(knowledge, new, s)]
    assert (found is None) is (not apart)
    if found is not None:
        assert found.before is _told(knowledge, old, found.answers)[found.reading]
        assert found.after is _told(knowledge, new, found.answers)[found.reading]
        assert found.before is not found.after
        assert found.answers in apart


def test_the_client_has_no_more_answers_than_needed(shipped: KnowledgeBase) -> None:
    rule = shipped.rules["saddle-change"]
    found = Differences(shipped).between(rule, replace(rule, when=Not(rule.when)))
    assert found is not None
    assert list(found.answers) == ["saddle"]


def test_same_condition_and_other_level_differ_where_the_rule_fires(
    shipped: KnowledgeBase,
) -> None:
    rule = shipped.rules["saddle-change"]
    milder = replace(rule, then=(Refer(Level.ROUTINE, "doctor"),))
    found = Differences(shipped).between(rule, milder)
    assert found is not None
    assert found.answers == {"saddle": "new_or_worse"}
    assert found.before is found.after is Truth.TRUE


def test_other_level_for_unknown_answers_differs(shipped: KnowledgeBase) -> None:
    rule = shipped.rules["weak-leg"]
    assert rule.unknown is not None
    milder = replace(rule, unknown=replace(rule.unknown, level=Level.MONITOR))
    found = Differences(shipped).between(rule, milder)
    assert found is not None
    assert found.reading is Reading.POSSIBLE


def test_another_spelling_of_a_number_is_no_difference(shipped: KnowledgeBase) -> None:
    seven = replace(shipped.rules["pain-seven-or-more"], when=Compare("pain_worst", ">=", 7))
    same = replace(seven, when=Compare("pain_worst", ">", 6))
    differences = Differences(shipped)
    assert differences.between(seven, same) is None
    found = differences.between(seven, replace(seven, when=Compare("pain_worst", ">=", 8)))
    assert found is not None
    assert found.answers == {"pain_worst": 7}
