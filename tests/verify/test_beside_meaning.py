"""What no single screening shows is named all the same, question by question and flag by flag."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import knowledge_base as tiny
import pytest

from screening.load import load, shipped_knowledge
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Validity
from screening.model.rule import Refer, Rule
from screening.model.vocabularies import Level
from screening.verify.accept import accept, acceptance
from screening.verify.beside_meaning import all_that_is_compared, beside_meaning

TODAY = datetime.date(2026, 11, 1)


@pytest.fixture(scope="module")
def whole() -> KnowledgeBase:
    return load(shipped_knowledge(), library=True)


def with_question(whole: KnowledgeBase, question: Question) -> KnowledgeBase:
    return replace(whole, questions={**whole.questions, question.id: question})


def with_rule(whole: KnowledgeBase, rule: Rule) -> KnowledgeBase:
    return replace(whole, rules={**whole.rules, rule.id: rule})


EDITS: tuple[tuple[Callable[[Question], Question], str], ...] = (
    (lambda q: replace(q, ask=f"Is all well? {q.ask}"), "its words"),
    (lambda q: replace(q, help=f"{q.help} Hardly ever."), "its words"),
    (lambda q: replace(q, safety=Level.MONITOR), "marked monitor, no longer"),
    (lambda q: replace(q, valid=Validity(8)), "how long an answer counts"),
    (lambda q: replace(q, sums_up=(*q.sums_up, "age")), "it sums up age as well"),
    (lambda q: replace(q, harmless="another"), "the harmless answer, from"),
)


@pytest.mark.parametrize(("edit", "says"), EDITS)
def test_every_urgent_question_that_is_edited_is_named(
    whole: KnowledgeBase, edit: Callable[[Question], Question], says: str
) -> None:
    urgent = [q for q in whole.questions.values() if q.safety >= Level.SAME_DAY]
    assert len(urgent) > 30
    for question in urgent:
        (said,) = beside_meaning(whole, with_question(whole, edit(question)))
        assert said.startswith(f"question {question.id}: {says}")


def test_two_answers_whose_words_are_swapped_are_named(whole: KnowledgeBase) -> None:
    first, second, *rest = (bladder := whole.questions["bladder"]).answers
    swapped = (replace(first, say=second.say), replace(second, say=first.say), *rest)
    said = beside_meaning(whole, with_question(whole, replace(bladder, answers=swapped)))
    assert [*said] == ["question bladder: its words"]


def test_other_questions_may_be_worded_better_without_a_word(whole: KnowledgeBase) -> None:
    walk = whole.questions["walk"]
    assert [*beside_meaning(whole, with_question(whole, replace(walk, ask="A walk?")))] == []


def test_what_an_urgent_rule_tells_is_named(whole: KnowledgeBase) -> None:
    rule = whole.rules["saddle-change"]
    then = tuple(
        replace(c, tell="Do not worry.") if isinstance(c, Refer) else c for c in rule.then
    )
    said = beside_meaning(whole, with_rule(whole, replace(rule, then=then)))
    assert [*said] == ["rule saddle-change: what the client is told"]


def test_every_flag_and_promise_that_asks_for_less_is_named(whole: KnowledgeBase) -> None:
    safety = whole.safety
    assert safety is not None
    for at, flag in enumerate(safety.flags):
        rest = (*safety.flags[:at], *safety.flags[at + 1 :])
        for flags, says in (
            (rest, "it is gone"),
            ((*rest, replace(flag, level=Level.NONE)), "it refers none"),
        ):
            less = replace(whole, safety=replace(safety, flags=flags))
            assert [*beside_meaning(whole, less)] == [
                one for one in beside_meaning(whole, less) if f"flag “{flag.words}”: {says}" in one
            ]
            assert [*beside_meaning(whole, less)]
    for at, promise in enumerate(safety.invariants):
        rest_ = (*safety.invariants[:at], *safety.invariants[at + 1 :])
        less = replace(whole, safety=replace(safety, invariants=rest_))
        assert [*beside_meaning(whole, less)] == [f"promise {promise.id}: it is gone"]


def test_nothing_is_named_of_what_is_the_same_or_stricter(whole: KnowledgeBase) -> None:
    safety = whole.safety
    assert safety is not None
    assert [*beside_meaning(whole, whole)] == []
    higher = tuple(replace(flag, level=Level.EMERGENCY) for flag in safety.flags)
    assert [*beside_meaning(whole, replace(whole, safety=replace(safety, flags=higher)))] == []


def test_who_answered_for_other_words_did_not_answer_for_the_next(
    whole: KnowledgeBase, tmp_path: Path
) -> None:
    """The logic is the same before and after: an acceptance by logic would count for ever."""
    said = {level: replace(one, act="Go.") for level, one in whole.levels.items()}
    once = replace(whole, levels=said)
    twice = replace(whole, levels={k: replace(one, exercise="Go on.") for k, one in said.items()})
    digests = {all_that_is_compared(one) for one in (whole, once, twice)}
    assert len(digests) == 3
    root, beside = tiny.write(tmp_path / "new"), [*beside_meaning(whole, once)]
    accept(root, (whole, once), ("A. Ito", "Clearer.", TODAY), [], beside)
    accepted = load(root, library=True).accepted
    found = acceptance(whole, replace(once, accepted=accepted), beside)
    assert found is not None
    assert found.looser == tuple(beside)
    again = [*beside_meaning(whole, twice)]
    assert acceptance(whole, replace(twice, accepted=accepted), again) is None
