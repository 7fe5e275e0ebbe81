"""An interview with tick lists: one prompt, an answer for each item, all of it to be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from simulated_clients import gardener, harmless, interviewed

from screening.app.start_interview import given
from screening.assess import Assessor
from screening.interview.conversation import Conversation
from screening.interview.planner import Ask, AskList, Planner
from screening.interview.recall import recall, rechecked
from screening.interview.session import Order, Session
from screening.interview.talk import Card, End, Opening, Paragraph, Response
from screening.load import load, shipped_knowledge
from screening.load.intake import read_intake
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.tick_list import TickList
from screening.model.vocabularies import Level, Unknown
from screening.records.event import Answered, Skipped, TakenBack, Unsure

LEGS = ("leg_swollen", "constant")
LIST = "tried"


@pytest.fixture(scope="module")
def shipped() -> KnowledgeBase:
    return load(shipped_knowledge())


def listing(knowledge: KnowledgeBase, *items: str) -> KnowledgeBase:
    """Return the knowledge with one tick list of these, and no other."""
    topic = knowledge.questions[items[0]].topic
    tried = TickList(LIST, "Does one of these fit?", "What fits", items, "Take your time.", topic)
    return replace(knowledge, tick_lists={LIST: tried})


class Sitting:
    """A conversation that answers harmlessly until a list is asked."""

    def __init__(self, knowledge: KnowledgeBase, **other: Value) -> None:
        self.sheet: Mapping[str, Value] = {**harmless(knowledge), **other}
        self.talk = Conversation(Planner(knowledge), Opening(Session()))
        self.turn = self.talk.begin()
        while not isinstance(self.step, AskList) and self.turn.next is not End.FINISHED:
            step = self.step
            self.say(str(self.sheet[step.question]) if isinstance(step, Ask) else "done")

    @property
    def step(self) -> object:
        return None if self.talk.plan is None else self.talk.plan.step

    def say(self, text: str) -> Response:
        self.turn = self.talk.reply(text)
        return self.turn

    @property
    def words(self) -> str:
        said = (one.text for one in self.turn.said if isinstance(one, Paragraph))
        return "\n".join(said)

    @property
    def answers(self) -> dict[str, Value]:
        return self.talk.session.answers()


@pytest.fixture
def sitting(shipped: KnowledgeBase) -> Sitting:
    return Sitting(listing(shipped, "fever", "constant"))


def test_one_prompt_gives_each_item_an_answer_of_its_own(sitting: Sitting) -> None:
    assert "Does one of these fit?" in sitting.words
    assert "1 2 these fit · n none · ? 2 not sure about 2 · dk not sure about any" in sitting.words
    turn = sitting.say("2")
    assert [type(one) for one in turn.events[:2]] == [Answered, Answered]
    assert "Yes: The pain is exactly the same" in sitting.words
    assert (sitting.answers["fever"], sitting.answers["constant"]) == ("no", "yes")


def test_both_items_were_shown(sitting: Sitting) -> None:
    assert [one.question for one in sitting.turn.asked] == ["fever", "constant"]


def test_back_takes_the_whole_list_back_and_asks_it_again(sitting: Sitting) -> None:
    asked = sitting.step
    sitting.say("1 2")
    turn = sitting.say("back")
    assert turn.events == (TakenBack(), TakenBack())
    assert sitting.step == asked
    assert not {"fever", "constant"} & set(sitting.answers)


def test_one_item_is_changed_by_itself(sitting: Sitting) -> None:
    sitting.say("n")
    sitting.say("change constant")
    assert isinstance(sitting.step, Ask)
    sitting.say("yes")
    assert (sitting.answers["fever"], sitting.answers["constant"]) == ("no", "yes")


def test_the_list_is_changed_as_a_whole_and_enter_keeps_it(sitting: Sitting) -> None:
    sitting.say("2")
    sitting.say(f"change {LIST}")
    assert "2 The pain is exactly the same whatever I do: moving, sitting or lying [Yes]" in (
        sitting.words
    )
    sitting.say("")
    assert sitting.answers["constant"] == "yes"
    sitting.say("change What fits")
    sitting.say("1")
    assert (sitting.answers["fever"], sitting.answers["constant"]) == ("yes", "no")


def test_a_change_is_left_by_back(sitting: Sitting) -> None:
    sitting.say("2")
    after = sitting.step
    sitting.say(f"change {LIST}")
    assert sitting.say("back").events == ()
    assert sitting.step == after


def test_skip_puts_all_of_it_off_and_it_comes_once_more(sitting: Sitting) -> None:
    turn = sitting.say("skip")
    assert [e for e in turn.events if isinstance(e, Skipped)] == [
        Skipped("fever"),
        Skipped("constant"),
    ]
    sitting.say("back")
    assert isinstance(sitting.step, AskList)


def test_it_is_pointed_at_and_explained(sitting: Sitting) -> None:
    shown = sitting.say("card").said
    assert isinstance(shown[0], Card)
    rows = [line.text for line in shown[0].lines]
    assert any(row.startswith("n   None of these") for row in rows)
    sitting.say("?")
    assert "Take your time." in sitting.words
    sitting.say("why")
    assert "It can still change" in sitting.words


def test_an_item_that_is_not_known_stays_open_to_rules(shipped: KnowledgeBase) -> None:
    sitting = Sitting(listing(shipped, "fever", "constant"))
    sitting.say("? 1")
    assert sitting.answers["fever"] is Unknown.DONT_KNOW
    assert sitting.answers["constant"] == "no"


def emergencies(knowledge: KnowledgeBase) -> KnowledgeBase:
    """Return the knowledge with a list whose second item is an emergency by itself."""
    chest = knowledge.questions["chest"]
    first = replace(chest, id="chest_first", short="pain in the chest")
    questions: dict[str, Question] = {"chest_first": first, **knowledge.questions}
    return listing(replace(knowledge, questions=questions), "chest_first", "chest")


def test_an_emergency_that_is_ticked_stops_at_once(shipped: KnowledgeBase) -> None:
    sitting = Sitting(emergencies(shipped))
    assert sitting.say("2").next is End.FINISHED
    found = Planner(shipped).plan(Session().after(Answered("chest", "yes")))
    assert found.level is Level.EMERGENCY


def test_an_emergency_that_is_not_known_is_asked_again_with_its_card(
    shipped: KnowledgeBase,
) -> None:
    sitting = Sitting(emergencies(shipped))
    turn = sitting.say("? 2")
    assert any(isinstance(one, Unsure) and one.question == "chest" for one in turn.events)
    step = sitting.step
    assert isinstance(step, Ask)
    assert (step.question, step.card) == ("chest", True)
    sitting.say("dk")
    assert sitting.answers["chest"] is Unknown.DONT_KNOW


def test_emergencies_that_are_not_known_are_asked_again_one_by_one(shipped: KnowledgeBase) -> None:
    sitting = Sitting(emergencies(shipped))
    sitting.say("dk")
    asked = []
    for _ in range(2):
        assert isinstance(sitting.step, Ask)
        assert sitting.step.card
        asked.append(sitting.step.question)
        sitting.say("no")
    assert sorted(asked) == ["chest", "chest_first"]


def test_what_is_said_in_a_list_is_the_same_as_one_by_one(shipped: KnowledgeBase) -> None:
    alone = replace(shipped, tick_lists={})
    for sheet in (gardener(shipped), {**harmless(shipped), "fever": "yes", "run": "provokes"}):
        together = interviewed(Planner(shipped), sheet, Order.FIXED)
        apart = interviewed(Planner(alone), sheet, Order.FIXED)
        assert together[0].answers() == apart[0].answers()
        assert len(together[1]) < len(apart[1])
        conclude = Assessor(shipped).conclude
        assert conclude(together[0].case()).assessment == conclude(apart[0].case()).assessment


def test_how_much_is_left_never_grows(shipped: KnowledgeBase) -> None:
    _, plans = interviewed(Planner(shipped), gardener(shipped), Order.ADAPTIVE)
    left = [plan.left for plan in plans]
    assert left == sorted(left, reverse=True)


def test_a_list_in_other_words_is_asked_again(shipped: KnowledgeBase) -> None:
    knowledge = listing(shipped, "fever", "constant")
    tried = knowledge.tick_lists[LIST]
    values: dict[str, Value] = {"fever": "no", "constant": "no"}
    events = Session().ticked(knowledge, tried, values)
    session = recall(events).session
    assert rechecked(session, knowledge)[1] == ()
    reworded = replace(knowledge, tick_lists={LIST: replace(tried, ask="Is one of these new?")})
    assert [one.question for one in rechecked(session, reworded)[1]] == ["fever", "constant"]
    alone = replace(knowledge, tick_lists={})
    assert [one.question for one in rechecked(session, alone)[1]] == ["fever", "constant"]


def test_an_answer_given_alone_still_counts_in_a_list(shipped: KnowledgeBase) -> None:
    knowledge = listing(shipped, "fever", "constant")
    session = Session().after(*Session().reply(knowledge, "fever", "no"))
    assert rechecked(session, knowledge)[1] == ()
    assert session.last_said(knowledge) == 1


def test_two_things_said_in_an_intake_are_told_before_the_first_question(
    shipped: KnowledgeBase,
) -> None:
    text = b"answers: {heat_and_rest: [none], fever: yes}"
    case = read_intake(text, "intake", shipped)
    opening = given(shipped, None, case, Order.ADAPTIVE)
    (told,) = opening.stale
    assert "`heat_and_rest` and `fever` say two things; what is ticked counts" in told.message
    assert opening.session.answers() == {"fever": "yes", "constant": "no"}
