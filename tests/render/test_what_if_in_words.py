"""A what-if is asked in words; what cannot be read gets a command that can."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from screening.assess import Assessor
from screening.errors import UnknownTargetError
from screening.explain import Ground
from screening.load import load_intake
from screening.render.explained import Ask, explained

PLAIN = [
    "bending=no effect",
    "bending stops hurting",
    "what if walking hurts",
    "pain=8",
    "the worst pain was 8",
    "sitting",
]


@pytest.fixture
def here(assessor: Assessor, root: Path) -> Ground:
    case = load_intake(root / "tests/intakes/gardener.yaml", assessor.knowledge)
    return Ground.of(assessor, case)


@pytest.mark.parametrize("text", PLAIN)
def test_what_a_message_suggests_is_answered(here: Ground, text: str) -> None:
    with pytest.raises(UnknownTargetError) as error:
        explained(here, Ask.WHAT_IF, (text,), "x.yaml")
    offered = re.findall(r"`--what-if (.+?)`", str(error.value))
    assert 1 <= len(offered) <= 3
    for one in offered:
        [said] = shlex.split(one)
        page, _ = explained(here, Ask.WHAT_IF, (said,), "x.yaml")
        assert page


def test_what_was_answered_is_offered_first(here: Ground) -> None:
    with pytest.raises(UnknownTargetError, match="bending forward=no effect"):
        explained(here, Ask.WHAT_IF, ("bending=no effect",), "x.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "bending forward=no effect",
        "worst pain in the last day=8",
        "walking on the flat=p",
        "deadlift=fine",
    ],
)
def test_words_on_the_screen_are_read(here: Ground, text: str) -> None:
    page, _ = explained(here, Ask.WHAT_IF, (text,), "x.yaml")
    assert page
