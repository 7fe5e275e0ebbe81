"""Simulated clients: one complete answer sheet answers an interview in any order."""

from __future__ import annotations

import random
from collections.abc import Mapping

from screening.interview.planner import (
    Ask,
    AskList,
    AskProgramme,
    Finish,
    Plan,
    Planner,
    Settle,
    Step,
)
from screening.interview.session import Order, Session
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.vocabularies import Kind, Unknown
from screening.records.event import Kept, Listed

GARDENER = ("bend_forward", "sitting_slouched", "gardening_floor_work")


def harmless(knowledge: KnowledgeBase) -> dict[str, Value]:
    return {q.id: q.harmless for q in knowledge.questions.values()}


def gardener(knowledge: KnowledgeBase) -> dict[str, Value]:
    return {**harmless(knowledge), **dict.fromkeys(GARDENER, "provokes")}


def random_sheet(knowledge: KnowledgeBase, seed: int) -> dict[str, Value]:
    """A client who is ill now and then, and does not know everything."""
    draw = random.Random(seed)  # noqa: S311 - reproducible, not secret
    worry, doubt, pain = draw.choice([0, 0.02, 0.05, 0.3]), draw.choice([0, 0.05]), draw.random()
    return {q.id: _drawn(q, draw, worry, doubt, pain) for q in knowledge.questions.values()}


def _drawn(
    question: Question, draw: random.Random, worry: float, doubt: float, pain: float
) -> Value:
    if draw.random() < doubt:
        return draw.choice([Unknown.DONT_KNOW, Unknown.DECLINED])
    if question.kind is Kind.NUMBER:
        return draw.choice([question.harmless, draw.randint(question.low, question.high)])
    safety = question.kind is not Kind.MOVEMENT
    if draw.random() < (worry if safety and question.safety else pain * 0.7):
        return draw.choice(question.words)
    return question.harmless


def random_programme(knowledge: KnowledgeBase, seed: int) -> tuple[str, ...]:
    draw = random.Random(seed)  # noqa: S311 - reproducible, not secret
    return tuple(draw.sample(sorted(knowledge.exercises), draw.choice([0, 3, 10])))


def taken(
    session: Session,
    plan: Plan,
    knowledge: KnowledgeBase,
    sheet: Mapping[str, Value],
    programme: tuple[str, ...],
) -> Session:
    """Return the session after a client with this sheet did what was asked."""
    match plan.step:
        case Ask(question):
            return session.after(*session.reply(knowledge, question, sheet[question]))
        case AskList(name, questions):
            values = {one: sheet[one] for one in questions}
            return session.after(*session.ticked(knowledge, knowledge.tick_lists[name], values))
        case AskProgramme():
            return session.after(Listed(programme))
        case Settle(rule):
            return session.after(Kept(rule))
        case Finish():
            return session


def asked_by(step: Step) -> tuple[str, ...]:
    """Return the questions that a step asks."""
    match step:
        case Ask(name):
            return (name,)
        case AskList(_, names):
            return names
        case _:
            return ()


def interviewed(
    planner: Planner, sheet: Mapping[str, Value], order: Order, programme: tuple[str, ...] = ()
) -> tuple[Session, list[Plan]]:
    """Return the finished session and every plan on the way."""
    session = Session(order=order)
    plans: list[Plan] = []
    while not plans or not isinstance(plans[-1].step, Finish):
        plans.append(planner.plan(session))
        session = taken(session, plans[-1], planner.knowledge, sheet, programme)
    return session, plans
