"""What `session.yaml` may have wrong is found at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.diagnostics import Code
from screening.errors import BadInputError
from screening.load import load_snapshot, shipped_knowledge
from screening.load.knowledge import take_snapshot

FILE = "session.yaml"
LONGEST_ENTRY = 30  # lines: a slot that is missing is said where its stage begins
PLANTED = (
    ("phases: [3, 5, 6, 6, 5, 3, 2]", "phases: [3, 5, 6, 6, 5, 3, 3]", Code.bad_number),
    ("phases: [3, 5, 6, 6, 5, 3, 2]", "phases: [3, 5, 6, 6, 5, 5]", Code.bad_number),
    ("some: [movement_control]", "some: [movement_controll]", Code.dangling_target),
    ("control: [CF, CS, CB, AR]", "control: [CF, CS, CB, AX]", Code.dangling_target),
    ("clearance: stop_and_clear", "clearance: stop_and_go", Code.dangling_target),
    ("general: strength_around", "general: strength_all", Code.dangling_target),
    ("  - back-to-lifting\n", "  - back-to-lifts\n", Code.dangling_target),
    (
        "- {exercise: farmer_hold, stage: control_stage}",
        "- {exercise: farmer_hol, stage: control_stage}",
        Code.dangling_target,
    ),
    (
        "- {exercise: clamshell, stage: calm_stage}",
        "- {exercise: hip_thrust, stage: control_stage}",
        Code.bad_number,
    ),
    (
        "{exercise: goblet_squat, stage: control_stage",
        "{exercise: goblet_squat, stage: calm_stag",
        Code.dangling_target,
    ),
    (
        "{exercise: rdl, stage: build_stage",
        "{exercise: rdl, stage: control_stage",
        Code.bad_number,
    ),
    (
        "{exercise: side_plank_knees, stage: calm_stage}",
        "{exercise: side_plank_knees, stage: build_stage}",
        Code.bad_number,
    ),
    ("trained: active is yes", "trained: activ is yes", Code.dangling_question),
    (
        "phase: warm_up, setup: 0}\n  - {id: RE",
        "phase: warm, setup: 0}\n  - {id: RE",
        Code.bad_word,
    ),
)


@pytest.mark.parametrize(("old", "new", "code"), PLANTED, ids=[new for _, new, _ in PLANTED])
def test_a_fault_is_found_where_it_stands(old: str, new: str, code: Code) -> None:
    snapshot = take_snapshot(shipped_knowledge())
    text = snapshot.files[FILE].decode()
    assert text.count(old) == 1
    snapshot.files[FILE] = text.replace(old, new).encode()  # type: ignore[index]
    with pytest.raises(BadInputError) as caught:
        load_snapshot(snapshot)
    (found,) = caught.value.diagnostics
    assert found.code is code
    assert Path(found.at.path).name == FILE
    line = text[: text.index(old)].count("\n") + 1
    assert line - LONGEST_ENTRY < found.at.line <= line
