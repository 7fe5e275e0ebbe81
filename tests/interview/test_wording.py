"""What is said first of a referral that is open."""

from __future__ import annotations

import pytest

from screening.interview.wording import still_open
from screening.model.case import Earlier
from screening.model.decision import Looked
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Level


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("looked", list(Looked))
def test_only_what_withholds_and_no_clinician_agreed_about_is_said_to_be_open(
    shipped: KnowledgeBase, level: Level, looked: Looked
) -> None:
    said = still_open(shipped, Earlier({}, level=level, looked=looked), "blue bike")
    assert bool(said) is (level >= Level.WITHIN_DAYS and looked is Looked.NO)
    for line in said:
        assert shipped.levels[level].title in line
        assert "`screening referral cleared 'blue bike'`" in line
