"""What differs between two assessments, and by which rules."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import cases, knowledge_bases

from screening.assess import Assessor, Change, difference
from screening.assess.difference import Part, sayings
from screening.engines.applicable import with_harmless_rest
from screening.model.case import Case
from screening.model.vocabularies import Status


@settings(max_examples=40)
@given(data=st.data())
def test_a_difference_is_exactly_where_something_else_is_said(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases())
    assessor = Assessor(knowledge)
    one = assessor.preview(data.draw(cases(knowledge))).assessment
    other = assessor.preview(data.draw(cases(knowledge))).assessment
    assert difference(one, one, knowledge) == ()
    there, back = difference(one, other, knowledge), difference(other, one, knowledge)
    assert {(c.target, c.before, c.after) for c in there} == {
        (c.target, c.after, c.before) for c in back
    }
    old, new = sayings(one, knowledge), sayings(other, knowledge)
    changed = {change.target: change for change in there}
    for target in {*old, *new}:
        words = tuple(side[target].words if target in side else "" for side in (old, new))
        assert (target in changed) is (words[0] != words[1])
        if target in changed:
            assert (changed[target].before, changed[target].after) == words


def test_change_names_the_rules_on_each_side(assessor: Assessor) -> None:
    knowledge = assessor.knowledge
    case = Case(with_harmless_rest(knowledge, {"walk": "relieves"}), ("deadlift",))
    worse = replace(case, answers={**case.answers, "constant": "yes"})
    one, other = (assessor.conclude(each).assessment for each in (case, worse))
    changes = {change.target: change for change in difference(one, other, knowledge)}
    referral = changes["referral"]
    assert (referral.part, referral.before, referral.after) == (
        Part.REFERRAL,
        one.referral.level.word,
        "within_days",
    )
    assert referral.rules == referral.rules_after == other.referral.decisive
    assert changes["deadlift"].part is Part.PROGRAMME
    assert changes["deadlift"].rules_before == one.programme[0].rules


def test_other_knowledge_is_worded_in_its_own_words(assessor: Assessor) -> None:
    was = assessor.knowledge
    rule = "flexion-sensitive-suspected"
    retired = replace(was.rules[rule], status=Status.RETIRED)
    now = replace(was, rules={**was.rules, rule: retired})
    answers = {"bend_forward": "provokes", "sitting_slouched": "provokes"}
    case = Case(with_harmless_rest(was, answers), ("sit_up",))
    before, after = (Assessor(base).conclude(case).assessment for base in (was, now))
    changes = {change.target: change for change in difference(before, after, was, now)}
    found = changes["flexion_sensitive"]
    assert found == Change(
        "flexion_sensitive", Part.FINDING, "suspected", "", found.rules_before, ()
    )
    assert rule in found.rules_before
