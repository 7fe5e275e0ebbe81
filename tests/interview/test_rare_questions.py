"""Questions for the few are asked of the few: an ordinary client never meets them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from simulated_clients import asked_by, gardener, harmless, interviewed

from screening.interview.planner import Planner
from screening.interview.session import Order
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value

RARE = {
    "stuck_bent", "cannot_stand", "effort_signs", "visible_shift", "side_glide_taught",
    "leg_heaviness", "leg_spreads",
    "hips_stiff", "swing", "bent_row", "back_to_normal", "likes", "wants_to_lift",
    "ten_hinges", "ten_squats", "side_bridge_hold", "lifting_agreed",
}  # fmt: skip
WAITER: Mapping[str, Value] = {
    "stand_prolonged": "provokes",
    "bend_backward": "provokes",
    "walk": "provokes",
    "sitting_slouched": "relieves",
    "duration_weeks": 8,
    "pain_worst": 4,
}
FEW: Mapping[str, tuple[Mapping[str, Value], set[str]]] = {
    "stuck": ({"pain_worst": 10, "pain_now": 8}, {"stuck_bent", "cannot_stand", "visible_shift"}),
    "shopper": ({**WAITER, "age": 68}, {"leg_heaviness"}),
    "short of breath on stairs": ({"heart_kidney": "signs"}, {"effort_signs"}),
    "leg": ({"leg_symptom": "yes", "leg_pain": "below_knee"}, {"leg_spreads"}),
    "over it": ({"pain_worst": 0, "pain_now": 0}, {"back_to_normal"}),
    "lifter": (
        {"pain_worst": 2, "pain_now": 1, "wants_to_lift": "yes", "duration_weeks": 20},
        {"likes", "wants_to_lift", "ten_hinges", "ten_squats", "lifting_agreed"},
    ),
}


def asked(knowledge: KnowledgeBase, sheet: Mapping[str, Value]) -> set[str]:
    _, plans = interviewed(Planner(knowledge), sheet, Order.ADAPTIVE)
    return {name for plan in plans for name in asked_by(plan.step)}


def test_gardener_and_waiter_are_asked_none_of_them(shipped: KnowledgeBase) -> None:
    assert asked(shipped, gardener(shipped)) & RARE == set()
    assert asked(shipped, {**harmless(shipped), **WAITER}) & RARE == set()


@pytest.mark.parametrize("who", FEW)
def test_those_it_matters_to_are_asked(shipped: KnowledgeBase, who: str) -> None:
    answers, expected = FEW[who]
    assert expected <= asked(shipped, {**harmless(shipped), **answers})
