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
    ("- {exercise: farmer_hold}", "- {exercise: farmer_hol}", Code.dangling_target),
    ("- {exercise: clamshell}", "- {exercise: hip_thrust}", Code.bad_number),
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
