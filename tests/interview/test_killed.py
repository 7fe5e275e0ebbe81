"""An interview that is killed has every answer before the last prompt, and goes on from there."""

from __future__ import annotations

import random
from pathlib import Path

from interview_process import ran
from kept_cases import make_store
from killed_interviews import kill_one

from screening.interview.planner import Planner
from screening.model.knowledge import KnowledgeBase
from screening.records import open_store
from screening.records.verifying import verify_store


def test_killed_interviews_lose_no_answer(tmp_path: Path, shipped: KnowledgeBase) -> None:
    dice = random.Random(9)  # noqa: S311 - reproducible, not secret
    make_store(tmp_path)
    planner = Planner(shipped)
    tolls = [kill_one(tmp_path, planner, f"client {number}", dice) for number in range(4)]
    assert sum(one.saved for one in tolls) > 4
    assert not [one for one in tolls if one.lost]
    with open_store(tmp_path / "records.db", str) as store:
        assert verify_store(store).bad == ""
    went_on = ran(tmp_path, [], "interview", "--resume", "client 3")
    assert went_on.returncode == 0, went_on.stderr
