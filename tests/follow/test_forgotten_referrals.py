"""`knowledge check` names each level of a referral that the next screening would close."""

from __future__ import annotations

import datetime
import re
import shutil
from itertools import chain, combinations
from pathlib import Path

import pytest

from screening.assess import Assessor
from screening.check import check
from screening.diagnostics import Code
from screening.engines.applicable import with_harmless_rest
from screening.load import load
from screening.model.case import Case, Earlier
from screening.model.decision import Looked
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Level

PACK = Path(__file__).parents[1] / "packs" / "bicycle-fit"
REFERRED = (Level.WITHIN_DAYS, Level.SAME_DAY, Level.EMERGENCY)  # for unknown answers too
SUBSETS = [*chain.from_iterable(combinations(REFERRED, many) for many in range(4))]


def pack_that_reads(levels: tuple[Level, ...], folder: Path) -> KnowledgeBase:
    """Return a pack whose rule refers again what was referred at these levels."""
    pack = folder / "pack"
    shutil.copytree(PACK, pack)
    rule = pack / "rules" / "urgent" / "still-open.yaml"
    if levels:
        text = rule.read_text("utf-8")
        for level in set(REFERRED) - {*levels}:
            text = text.replace(f"        - earlier_referral is {level.word}\n", "")
        rule.write_text(text, "utf-8")
    else:
        rule.unlink()
        (pack / "questions" / "00-open.yaml").unlink()
    return load(pack, library=True)


@pytest.mark.parametrize("read", SUBSETS, ids=lambda levels: "-".join(one.word for one in levels))
def test_what_the_next_screening_would_close_is_named(
    read: tuple[Level, ...], tmp_path: Path
) -> None:
    knowledge = pack_that_reads(read, tmp_path)
    assessor = Assessor(knowledge)
    sheet = with_harmless_rest(knowledge, {})
    closed = set()
    for level in REFERRED:
        earlier = Earlier(sheet, level=level, looked=Looked.NO, anew=True)
        now = assessor.conclude(Case(sheet, earlier=earlier)).assessment.referral.level
        closed |= {level.word} if now < Level.WITHIN_DAYS else set()
    found = check(knowledge, datetime.date(2026, 12, 1))
    said = [one.message for one in found if one.code is Code.forgotten_referral]
    assert [set(re.findall(r"\w+_days?|emergency", words)) for words in said] == [closed] * bool(
        closed
    )
    assert closed == {level.word for level in REFERRED if level not in read}
