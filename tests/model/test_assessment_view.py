"""An assessment on record is read back as the types it was written from."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import decided_cases, knowledge_bases

from screening.assess import Assessor
from screening.model.assessment_view import (
    AssessmentView,
    ReferralView,
    UnreadableAssessmentError,
    assessment_of,
    view_of,
)
from screening.model.vocabularies import Level
from screening.storage.codec import tree_of

# as written before there were types for it, by hand
OLD = (
    '{"format":"assessment/1","knowledge":{"pack":"p","version":"1","digest":"d"},'
    '"status":"stopped","referral":{"level":"same_day","to":"gp","rules":["r"]},"clearance":null,'
    '"findings":[{"id":"f","strength":"supported","rules":["r"]}],"stage":[],'
    '"limits":[{"id":"l","at_most":3,"unit":"kg","rules":[],"set_by":"A (GP), 2026-03-02"}],'
    '"recommend":[],"avoid":[{"target":"t","kind":"category","strength":"hard","rules":[]}],'
    '"withheld":[{"target":"w","by":["b"],"rules":["r"]}],'
    '"programme":[{"exercise":"e","verdict":"avoid","instead":["i"],"rules":[],"open":["q"]},'
    '{"exercise":"g","verdict":"modify","instead":"less","rules":[]},'
    '{"exercise":"h","verdict":"keep","instead":null,"rules":[]}],"advice":[],'
    '"progress":[{"category":"c","verdict":"hold","rules":[]}],'
    '"open":[{"question":"q","could_change":["x"]}],"not_covered":["croquet"],'
    '"agreement":{"by":"A","role":"GP","on":"2026-03-02","limits":[{"id":"l","at_most":3}],'
    '"leave_out":[],"note":null},"overrides":[{"by":"B","on":"2026-03-03","reason":"é",'
    '"rules":["r"],"lifts":[]}],"review":{"says":"none","unreviewed_rules":2}}'
)


@settings(max_examples=30)
@given(data=st.data())
def test_every_assessment_is_read_back_as_it_was(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases())
    made = Assessor(knowledge).preview(data.draw(decided_cases(knowledge)))
    view = view_of(made.assessment, knowledge)
    assert assessment_of(view.text) == view
    assert json.loads(view.text) == tree_of(view)
    assert view.referral.level is made.assessment.referral.level


def test_what_is_on_record_is_read_and_written_as_it_is() -> None:
    view = assessment_of(OLD)
    assert view.text == OLD
    assert view.referral == ReferralView(Level.SAME_DAY, "gp", ("r",))
    assert [plan.instead for plan in view.programme] == [("i",), "less", None]


def test_what_is_not_said_is_empty() -> None:
    assert assessment_of("{}") == AssessmentView()
    assert assessment_of('{"referral":{"level":"routine"}}').referral.level is Level.ROUTINE


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "null", "{", "[" * 100_000, '{"format":"assessment/2"}', '{"referral":null}',
        '{"referral":{"level":"soon"}}', '{"referral":{"level":3}}', '{"findings":[{}]}',
    ],
)  # fmt: skip
def test_what_is_no_assessment_is_refused(text: str) -> None:
    with pytest.raises(UnreadableAssessmentError):
        assessment_of(text)
