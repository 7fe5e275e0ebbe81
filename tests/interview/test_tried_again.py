"""A follow-up tries again what hurt last time, and reckons on when it began."""

from __future__ import annotations

import pytest
from simulated_clients import asked_by, gardener

from screening.interview.conversation import Conversation
from screening.interview.planner import Ask, AskList, Planner
from screening.interview.session import Session
from screening.interview.talk import Opening, Paragraph
from screening.model.case import Earlier
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.records.event import Answered, Listed


def asked_in_all(knowledge: KnowledgeBase, before: dict[str, Value], *, hurts: str) -> list[str]:
    """Return what a follow-up two weeks later asks; every movement does what `hurts` says."""
    planner, asked = Planner(knowledge), list[str]()
    session = Session(earlier=Earlier(before, days=14), follows="x").after(
        Answered(knowledge.gap, 2), Listed()
    )
    for _ in range(150):
        step = planner.plan(session).step
        if not isinstance(step, Ask | AskList):
            break
        asked += asked_by(step)
        questions = (knowledge.questions[name] for name in asked_by(step))
        values = {one.id: hurts if one.is_movement else one.harmless for one in questions}
        tick_list = None if isinstance(step, Ask) else knowledge.tick_lists[step.tick_list]
        for name, value in values.items():
            session = session.after(*session.reply(knowledge, name, value, tick_list))
    return asked


@pytest.mark.parametrize("hurts", ["provokes", "no_effect"])
def test_each_movement_that_hurt_is_asked_again_once(shipped: KnowledgeBase, hurts: str) -> None:
    before = gardener(shipped)
    session = Session(earlier=Earlier(before, days=14), follows="x")
    carried = session.after(Answered(shipped.gap, 2)).carried(shipped)
    hurt = [name for name, one in carried.items() if one.value == "provokes"]
    assert len(hurt) > 1
    asked = asked_in_all(shipped, before, hurts=hurts)
    for name in hurt:
        assert asked.count(name) == 1, name
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize(
    ("line", "weeks", "note"), [("", 6, False), ("6", 6, False), ("3", 3, True)]
)
def test_how_long_it_has_lasted_is_reckoned_from_last_time(
    shipped: KnowledgeBase, line: str, weeks: int, *, note: bool
) -> None:
    earlier = Earlier({"duration_weeks": 4}, days=14)
    session = Session(earlier=earlier, follows="x").after(Answered(shipped.gap, 2))
    session = session.change("duration_weeks")
    talk = Conversation(Planner(shipped), Opening(session))
    shown = talk.begin()
    said = [one.text for one in shown.said if isinstance(one, Paragraph)]
    assert "By what was said last time: 6 weeks. Enter takes it." in said
    heard = talk.reply(line)
    assert talk.session.answers()["duration_weeks"] == weeks
    said = [one.text for one in heard.said if isinstance(one, Paragraph)]
    assert any("makes it 6 weeks" in text for text in said) is note


def test_enter_keeps_what_a_movement_did_last_time(shipped: KnowledgeBase) -> None:
    earlier = Earlier(gardener(shipped), days=14)
    session = Session(earlier=earlier, follows="x").after(Answered(shipped.gap, 2), Listed())
    talk = Conversation(Planner(shipped), Opening(session.change("bend_forward")))
    talk.begin()
    talk.reply("")
    assert talk.session.answers()["bend_forward"] == "provokes"
