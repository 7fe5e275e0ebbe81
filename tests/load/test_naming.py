"""Exercises are found however people type them, and never mistaken for another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.interview.programme import Near, find_exercise
from screening.model.knowledge import KnowledgeBase
from screening.model.name_matching import folded, spellings

TYPED = {
    "DL": "deadlift",
    "Dead-lift": "deadlift",
    "RDLs": "rdl",
    "BSS": "split_squat",
    "situps": "sit_up",
    "Sit-Ups": "sit_up",
    "rower": "rowing_machine",
    "OHP": "overhead_press",
    "KB swing": "kettlebell_swing",
    "kettlebell-swings": "kettlebell_swing",
    "pull ups": "pull_up",
    "PullUps": "pull_up",
    "bench": "bench_press",
    "hip thrusts": "hip_thrust",
    "good mornings": "good_morning",
    "bird-dogs": "bird_dog",
    "push-presses": "push_press",
    "trap-bar deadlifts": "trap_bar",
    "farmers’ carries": "farmer_carry",
    "childs poses": "childs_pose",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "exercise"), TYPED.items())
def test_exercise_is_found_as_people_type_it(
    shipped: KnowledgeBase, typed: str, exercise: str
) -> None:
    assert find_exercise(shipped, typed) == exercise


@pytest.mark.parametrize("typed", ["press", "axe throwing", "deadlift squat", ""])
def test_name_that_is_none_of_them_is_offered_and_not_taken(
    shipped: KnowledgeBase, typed: str
) -> None:
    assert isinstance(find_exercise(shipped, typed), Near)


def test_no_two_exercises_share_a_spelling(shipped: KnowledgeBase) -> None:
    names = shipped.exercise_names
    assert {folded(name) for name in names} == set(spellings(names))


@given(st.text(max_size=30))
def test_folding_ignores_case_hyphens_and_spaces(name: str) -> None:
    assert folded(f" {name} ") == folded(name)
    assert folded(name.replace("-", " ")) == folded(name)


def test_spelling_that_could_mean_two_things_means_neither() -> None:
    assert spellings({"step up": "a", "step-ups": "b", "row": "c"}) == {"row": "c"}
