"""Lines of programmes as trainers write and paste them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.interview.programme import find_exercise, names_in
from screening.model.knowledge import KnowledgeBase

LINES = [
    ("Back squat", ("Back squat",)),
    ("Back squat 5x5", ("Back squat",)),
    ("5x5 back squat @ 80 kg", ("back squat",)),
    ("Back squat 3 x 8-10 @ 60%, rest 2 min", ("Back squat",)),
    ("4 sets of 8 leg press", ("leg press",)),
    ("3×12 leg press rpe 8", ("leg press",)),
    ("plank 3x30s", ("plank",)),
    ("plank 3 x 30 sec", ("plank",)),
    ("plank for 60 seconds", ("plank",)),
    ("- bird dog 3x8 per side", ("bird dog",)),
    ("2) sit-ups, plank; RDL", ("sit-ups", "plank", "RDL")),
    ("back squat / RDL / plank", ("back squat", "RDL", "plank")),
    ("running 5 km", ("running",)),
    ("3x8", ()),
    ("rest 90 s", ()),
    ("croquet 1x45 min", ("croquet",)),
]


@pytest.mark.parametrize(("line", "names"), LINES)
def test_a_line_names_its_exercises(
    shipped: KnowledgeBase, line: str, names: tuple[str, ...]
) -> None:
    assert names_in(shipped, line) == names


DOSES = ("3x8", "5 x 5", "3x30s", "4 sets of 8", "3 x 8-10 @ 60%", "20 min", "@ 80kg", "rpe 8", "")


@given(data=st.data())
def test_every_exercise_is_found_with_any_dose(
    shipped: KnowledgeBase, data: st.DataObject
) -> None:
    exercise = data.draw(st.sampled_from(list(shipped.exercises.values())))
    name = data.draw(st.sampled_from((exercise.name, *sorted(exercise.aliases))))
    dose = data.draw(st.sampled_from(DOSES))
    line = data.draw(st.sampled_from((f"{name} {dose}", f"{dose} {name}", f"- {name}: {dose}")))
    assert [find_exercise(shipped, one) for one in names_in(shipped, line)] == [
        find_exercise(shipped, name)
    ]


@given(line=st.text(max_size=60))
def test_any_line_can_be_read(shipped: KnowledgeBase, line: str) -> None:
    assert all(name.strip() for name in names_in(shipped, line))
