"""One more answer takes nothing back, whatever applies: on drawn knowledge and the shipped one."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import answer_sheets, intakes, knowledge_bases, values

from screening.assess import Assessor
from screening.engines.applicable import with_inapplicable
from screening.engines.reference import evaluate
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.vocabularies import Truth, Unknown


def plain(question: Question) -> bool:
    """Tell whether a question's answer follows from no others: those can be known before."""
    return question.derived is None and not question.sums_up


def one_more(
    data: st.DataObject, knowledge: KnowledgeBase, sheet: Mapping[str, Value]
) -> dict[str, Value]:
    """Return a sheet with one more answer: to a question that does not apply, if there is one."""
    left = [q for q in knowledge.questions.values() if plain(q) and q.id not in sheet]
    read = with_inapplicable(knowledge, sheet)
    moot = [q for q in left if read.get(q.id) is Unknown.NOT_APPLICABLE]
    asked = data.draw(st.sampled_from(moot or left)) if left else None
    return {**sheet, **({asked.id: data.draw(values(asked))} if asked else {})}


@settings(max_examples=300)
@given(data=st.data())
def test_what_was_true_stays_true(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases())
    before = data.draw(answer_sheets(knowledge))
    after = one_more(data, knowledge, before)
    then, now = evaluate(knowledge, before), evaluate(knowledge, after)
    for head, truth in then.heads.items():
        assert truth is not Truth.TRUE or now.heads[head] is Truth.TRUE
    for finding, truth in then.findings.items():
        assert truth is not Truth.TRUE or now.findings[finding] is Truth.TRUE


@settings(max_examples=200)
@given(data=st.data())
def test_what_did_not_apply_does_not_apply(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases())
    before = data.draw(answer_sheets(knowledge))
    after = one_more(data, knowledge, before)
    then, now = (with_inapplicable(knowledge, sheet) for sheet in (before, after))
    for question in then:
        if question not in before:
            assert question in now


@settings(max_examples=60)
@given(data=st.data())
def test_no_referral_is_lowered_by_the_shipped_rules(
    shipped: KnowledgeBase, assessor: Assessor, data: st.DataObject
) -> None:
    before = data.draw(intakes(shipped)).answers
    after = one_more(data, shipped, before)
    then, now = (assessor.preview(Case(sheet)).assessment for sheet in (before, after))
    assert now.referral.level >= then.referral.level
