"""A tick list on the page: boxes, none of these, not sure; what is odd is said and kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kept_cases import make_store
from page_client import PageClient, interview_of, met, site_in
from simulated_clients import harmless

from screening.interview.planner import Ask, AskList
from screening.model.knowledge import KnowledgeBase
from screening.model.question import MOVEMENT, YES_NO, Question, Value
from screening.model.vocabularies import Kind, Unknown
from screening.web.boxes import BOTH, NOTHING, of_boxes, rows_of

FEVER, CONSTANT = "fever", "constant"
SIGNS = tuple(Question(n, "t", "A?", n, Kind.YES_NO, "no", YES_NO) for n in ("a", "b"))
MOVES = tuple(Question(n, "t", "A?", n, Kind.MOVEMENT, "no_effect", MOVEMENT) for n in ("c", "d"))


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shipped: KnowledgeBase) -> PageClient:
    """A browser at the list of fever and pain that nothing changes."""
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    make_store(tmp_path)
    browser = met(PageClient(site_in(tmp_path, shipped)).open())
    sheet = harmless(shipped)
    while True:
        plan = interview_of(browser).plan
        assert plan is not None
        if isinstance(plan.step, AskList):
            if FEVER in plan.step.questions:
                return browser
            browser.press("None of these", box=[])
            continue
        assert isinstance(plan.step, Ask)
        value, number = sheet[plan.step.question], shipped.questions[plan.step.question].is_number
        _ = browser.press("Continue", amount=str(value)) if number else browser.press(str(value))


def given_so_far(browser: PageClient) -> dict[str, Value]:
    standing = interview_of(browser).standing
    return {name: standing[name] for name in (FEVER, CONSTANT) if name in standing}


def test_a_tick_and_a_not_sure_are_answers_of_their_own(listed: PageClient) -> None:
    assert listed.heading == "Do you have one of these two?"
    listed.press("Continue", box=[f"{FEVER} dk", f"{CONSTANT} yes"])
    assert given_so_far(listed) == {FEVER: Unknown.DONT_KNOW, CONSTANT: "yes"}


def test_none_of_these_is_an_answer_and_nothing_ticked_is_none(listed: PageClient) -> None:
    listed.press("Continue", box=[])
    assert NOTHING in listed.text
    assert given_so_far(listed) == {}
    listed.press("None of these", box=[])
    assert given_so_far(listed) == {FEVER: "no", CONSTANT: "no"}


def test_none_with_a_tick_is_asked_again_with_the_tick_still_there(listed: PageClient) -> None:
    listed.press("None of these", box=[f"{FEVER} yes"])
    assert BOTH in listed.text
    assert listed.shown.button("Continue")[0].fields["box"] == [f"{FEVER} yes"]  # type: ignore[index]
    listed.press("Continue")
    assert given_so_far(listed) == {FEVER: "yes", CONSTANT: "no"}


def test_the_rest_may_be_not_known(listed: PageClient) -> None:
    listed.press("I don’t know the rest", box=[f"{FEVER} yes"])
    assert given_so_far(listed) == {FEVER: "yes", CONSTANT: Unknown.DONT_KNOW}


def test_going_back_shows_the_ticks_and_takes_others(listed: PageClient) -> None:
    here = listed.path
    listed.press("Continue", box=[f"{FEVER} yes"])
    listed.get(here)
    assert "You went back" in listed.text
    assert listed.shown.button("Continue")[0].fields["box"] == [f"{FEVER} yes"]  # type: ignore[index]
    listed.press("Continue", box=[f"{CONSTANT} yes"])
    assert given_so_far(listed) == {FEVER: "no", CONSTANT: "yes"}


def test_what_somebody_wrote_themselves_ticks_nothing(listed: PageClient) -> None:
    for box in ("age yes", f"{FEVER} perhaps", f"{FEVER}", "1; quit"):
        listed.press("Continue", box=[box])
        assert NOTHING in listed.text
        assert given_so_far(listed) == {}


def test_two_boxes_for_one_movement_are_a_problem() -> None:
    _, problem = of_boxes(MOVES, frozenset({"c provokes", "c relieves"}), None)
    assert problem == "Two boxes are ticked for “c”. Leave one."


@given(st.data())
def test_the_boxes_that_are_on_say_the_answers_that_were_given(data: st.DataObject) -> None:
    items = data.draw(st.sampled_from((SIGNS, MOVES)))
    known: tuple[Value, ...] = (*items[0].words, Unknown.DONT_KNOW)
    values: dict[str, Value] = {one.id: data.draw(st.sampled_from(known)) for one in items}
    on = frozenset(
        box.sent for row in rows_of(items, values, frozenset()) for box in row.boxes if box.on
    )
    rest = None if on else items[0].harmless
    assert of_boxes(items, on, rest) == (values, "")
