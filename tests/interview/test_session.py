"""Every state follows from the log: back, change and resume are evaluation again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from simulated_clients import random_sheet

from screening.interview.session import Order, Session, from_case
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Unknown
from screening.records.event import Answered, Kept, Listed, Skipped, TakenBack, Unsure


@given(seed=st.integers(0, 999))
def test_back_undoes_exactly_the_last_answer(shipped: KnowledgeBase, seed: int) -> None:
    states = [Session()]
    for name, value in random_sheet(shipped, seed).items():
        states.append(states[-1].after(*states[-1].reply(shipped, name, value)))
    state = states[-1]
    for before in reversed(states[:-1]):
        state = state.after(TakenBack())
        assert state.entries == before.entries
        assert state.case() == before.case()


def test_changed_answer_replaces_the_first_and_back_restores_it() -> None:
    session = Session().after(Answered("a", "no"), Answered("b", "no"), Answered("a", "yes"))
    assert session.answers() == {"b": "no", "a": "yes"}
    assert session.after(TakenBack()).answers() == {"a": "no", "b": "no"}
    assert session.after(TakenBack()).focus == "a"


def test_answer_withdrawn_for_dont_know_no_longer_counts() -> None:
    session = Session().after(Answered("saddle", "no")).after(Unsure("saddle", Unknown.DONT_KNOW))
    assert session.answers() == {}


def test_back_at_the_start_changes_nothing() -> None:
    assert Session().after(TakenBack()) == Session()


def test_an_answer_ends_a_skip() -> None:
    session = Session().after(Skipped("a")).after(Skipped("b")).after(Answered("a", "no"))
    assert session.skips() == {"b": 1}


def test_the_last_programme_counts() -> None:
    session = Session().after(Listed(("plank",), more=True))
    assert session.wants_programme
    session = session.after(Listed(("plank", "squat"), ("croquet",)))
    assert not session.wants_programme
    assert session.case().programme == ("plank", "squat")
    assert session.case().other_exercises == ("croquet",)


def test_a_case_becomes_a_session_and_back(shipped: KnowledgeBase) -> None:
    case = Case({"age": 40, "cancer": Unknown.DECLINED}, ("plank",), ("croquet",), "anna", "old")
    session = Session(from_case(shipped, case), Order.FIXED, case.client, case.follows)
    assert session.case() == case
    assert Session().after(Kept("r")).kept() == {"r"}
