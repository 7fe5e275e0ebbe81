"""A recorded interview comes back as it was, without answers to other wordings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulated_clients import random_sheet

from screening.interview.asked import digest_of
from screening.interview.recall import OPEN, recall, rechecked
from screening.interview.session import Order, Session, from_case
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Level, Unknown
from screening.records.event import (
    Answered,
    Asked,
    CaseEvent,
    Changed,
    Closed,
    Concluded,
    FlagRaised,
    Kept,
    Listed,
    Printed,
    Resumed,
    Skipped,
    Started,
    TakenBack,
    Unsure,
    Withdrawn,
)

BEGUN = Started("fixed", "k" * 64, "0.1.0", "case-before")
CONCLUDED = Concluded("{}", "{}", "n" * 64, "0.1.0")


def reworded(knowledge: KnowledgeBase, **asks: str) -> KnowledgeBase:
    questions = dict(knowledge.questions)
    for name, ask in asks.items():
        questions[name] = replace(questions[name], ask=ask)
    return replace(knowledge, questions=questions, digest="other")


def said(knowledge: KnowledgeBase, **answers: str | int | Unknown) -> tuple[CaseEvent, ...]:
    return from_case(knowledge, Case(answers))


def test_state_is_the_fold_of_the_events() -> None:
    events = (
        BEGUN,
        Asked("chest", "w"),
        Answered("chest", "no"),
        Unsure("saddle", Unknown.DONT_KNOW),
        Answered("saddle", Unknown.DECLINED),
        FlagRaised("same_day", ("r",)),
        Answered("age", 40),
        Changed("age", 41, 40),
        Skipped("cancer"),
        Listed(("plank",), ("croquet",)),
        Kept("confirm-constant"),
        TakenBack(),
    )
    found = recall(events, "anna")
    assert found.session.answers() == {"chest": "no", "saddle": Unknown.DECLINED, "age": 41}
    assert (found.session.client, found.session.order) == ("anna", Order.FIXED)
    assert found.session.follows == "case-before"
    assert found.session.kept() == frozenset()
    assert found.session.skips() == {"cancer": 1}
    assert (found.status, found.level, found.knowledge) == (OPEN, Level.SAME_DAY, "k" * 64)


@settings(max_examples=5)
@given(seed=st.integers(0, 999))
def test_taking_back_restores_the_state_before(shipped: KnowledgeBase, seed: int) -> None:
    events: list[CaseEvent] = [BEGUN]
    session = recall(events).session
    for name, value in random_sheet(shipped, seed).items():
        events += session.reply(shipped, name, value)
        after = recall(events).session
        assert recall([*events, TakenBack()]).session.entries == session.entries
        session = after
    for count in range(len(events)):
        assert recall(events[:count]).session.after(*events[count:]).answers() == session.answers()


def test_what_only_shows_changes_no_answer() -> None:
    quiet = (Asked("a", "w"), CONCLUDED, Printed("table", 80, "anna", "h" * 12, "text"))
    answers = (BEGUN, Answered("a", "no"))
    assert recall((*answers, *quiet)).session == recall(answers).session


@pytest.mark.parametrize(
    "after",
    [
        Resumed("adaptive", "k", "0.1.0"),
        Answered("a", "no"),
        Changed("a", "no", "yes"),
        TakenBack(),
        Withdrawn("a", "moot"),
    ],
)
def test_a_case_that_has_ended_is_open_once_more_is_said(after: CaseEvent) -> None:
    ended = (BEGUN, Answered("b", "no"), CONCLUDED, Closed("complete"))
    assert recall(ended).status == "complete"
    assert recall((*ended, Printed("table", 80, "a", "h", "t"))).status == "complete"
    assert recall((*ended, after)).status == OPEN


def test_withdrawn_and_resumed_leave_the_rest() -> None:
    session = Session((Answered("a", "no"), Skipped("b"), Answered("c", 1)))
    assert session.after(Withdrawn("a", "")).answers() == {"c": 1}
    resumed = session.after(Resumed("fixed", "", ""))
    assert (resumed.skips(), resumed.order) == ({}, Order.FIXED)
    assert resumed.answers() == session.answers()


def test_every_answer_stands_in_the_same_knowledge(shipped: KnowledgeBase) -> None:
    events = said(shipped, chest="no", age=40, cancer=Unknown.DONT_KNOW)
    session = recall((BEGUN, *events)).session
    assert rechecked(session, shipped) == (session, ())


def test_answer_to_another_wording_is_set_aside(shipped: KnowledgeBase) -> None:
    session = recall((BEGUN, *said(shipped, chest="no", age=40))).session
    found, stale = rechecked(session, reworded(shipped, chest="Any chest trouble?"))
    assert found.answers() == {"age": 40}
    assert [(one.question, one.gone) for one in stale] == [("chest", False)]
    assert "No" in stale[0].said


def test_stale_answer_uncovers_no_older_one(shipped: KnowledgeBase) -> None:
    stands, stale = said(shipped, chest="no"), Answered("chest", "yes", "0" * 16, "Chest: Yes")
    found, aside = rechecked(recall((BEGUN, *stands, stale)).session, shipped)
    assert found.answers() == {}
    assert [one.said for one in aside] == ["Chest: Yes"]


def test_answer_given_anew_stands_over_a_stale_one(shipped: KnowledgeBase) -> None:
    stale = Answered("chest", "yes", "0" * 16, "Chest: Yes")
    found, aside = rechecked(recall((BEGUN, stale, *said(shipped, chest="no"))).session, shipped)
    assert (found.answers(), aside) == ({"chest": "no"}, ())


def test_question_rule_and_exercise_that_are_gone_are_left_out(shipped: KnowledgeBase) -> None:
    more = (Skipped("age"), Listed(("plank", "deadlift"), ("croquet",)), Kept("no-such-rule"))
    session = recall((BEGUN, *said(shipped, chest="no", age=40), *more)).session
    questions = {k: v for k, v in shipped.questions.items() if k != "age"}
    exercises = {k: v for k, v in shipped.exercises.items() if k != "plank"}
    other = replace(shipped, questions=questions, exercises=exercises)
    found, stale = rechecked(session, other)
    assert found.answers() == {"chest": "no"}
    assert {one.question for one in stale if one.gone} == {"age", "plank"}
    assert found.wants_programme
    assert found.case().programme == ("deadlift",)
    assert (found.kept(), found.skips()) == (frozenset(), {})


def test_digest_follows_everything_an_answer_can_mean(shipped: KnowledgeBase) -> None:
    question = shipped.questions["age"]
    digests = {
        digest_of(q)
        for q in (
            question,
            replace(question, ask="Age?"),
            replace(question, high=99),
            replace(question, unit="months"),
        )
    }
    assert len(digests) == 4
    assert digest_of(replace(question, help="New help.")) == digest_of(question)
