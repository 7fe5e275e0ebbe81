"""Names as they stand on gym programmes are found in the catalogue."""

from __future__ import annotations

from typed_names import typed_names

from screening.model.knowledge import KnowledgeBase


def test_names_typed_blind_are_found(shipped: KnowledgeBase) -> None:
    typed = typed_names()
    missed = [name for name in typed if shipped.exercise_called(name) is None]
    assert len(set(typed)) == 150
    assert len(missed) <= 9, missed


def test_names_that_meant_another_exercise_mean_their_own(shipped: KnowledgeBase) -> None:
    own = {
        "crunches": "crunch",
        "db row": "dumbbell_row",
        "t-bar row": "t_bar_row",
        "lying leg raises": "lying_leg_raise",
        "row machine": "machine_row",
        "rower": "rowing_machine",
        "sumo deadlifts": "sumo_deadlift",
        "smith machine squat": "smith_squat",
        "chest press": "chest_press_machine",
    }
    assert {name: shipped.exercise_called(name) for name in own} == own
