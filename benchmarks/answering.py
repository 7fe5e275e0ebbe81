"""From one answer to the next question, over whole interviews."""

from __future__ import annotations

import time
from collections.abc import Mapping

from measure import RUNS, Row, Section

from screening.engines.applicable import with_harmless_rest
from screening.interview.planner import Ask, AskProgramme, Planner
from screening.interview.session import Session
from screening.load import load, shipped_knowledge
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.records.event import Kept, Listed

HURTS = ("gardening_floor_work", "sitting_slouched", "bend_forward")


def sections() -> list[Section]:
    """Return the median and the 99th percentile."""
    knowledge = load(shipped_knowledge())
    times = sorted(t for _ in range(RUNS) for t in interview(knowledge))
    spread = f"{times[0]:.1f} to {times[-1]:.1f}"
    rows = [
        Row(f"{name} of {len(times)} answers", f"{at:.1f} ms", spread, budget=budget)
        for name, at, budget in (
            ("p50", times[len(times) // 2], ""),
            ("p99", times[int(len(times) * 0.99)], "≤ 50 ms"),
        )
    ]
    return [
        Section("Answer to next question", rows, "What the planner needs; saving comes apart.")
    ]


def gardener(knowledge: KnowledgeBase) -> dict[str, Value]:
    """Return the answers of the reference case."""
    return with_harmless_rest(knowledge, dict.fromkeys(HURTS, "provokes"))


def interview(knowledge: KnowledgeBase) -> list[float]:
    """Return the time from each answer of one interview to the next question, in milliseconds."""
    planner, answers = Planner(knowledge), gardener(knowledge)
    session, times = Session(), []
    while True:
        start = time.perf_counter()
        step = planner.plan(session).step
        times.append((time.perf_counter() - start) * 1000)
        match step:
            case Ask(name):
                value = _said(answers, name, knowledge)
                session = session.after(session.reply(knowledge.questions[name], value))
            case AskProgramme():
                session = session.after(Listed(("back_squat", "deadlift")))
            case _ if hasattr(step, "rule"):
                session = session.after(Kept(step.rule))
            case _:
                return times


def _said(answers: Mapping[str, Value], name: str, knowledge: KnowledgeBase) -> Value:
    return answers.get(name, knowledge.questions[name].harmless)
