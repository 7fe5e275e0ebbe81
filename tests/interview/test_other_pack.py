"""An interview about another domain, on piped lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from interview_process import piped, script
from simulated_clients import harmless

from screening.interview.planner import Planner
from screening.load import load

PACK = Path(__file__).parents[1] / "packs" / "bicycle-fit"


@pytest.fixture(scope="module")
def planner() -> Planner:
    return Planner(load(PACK))


def test_a_rider_is_asked_and_gets_a_plan(tmp_path: Path, planner: Planner) -> None:
    sheet = harmless(planner.knowledge) | {"drops": "provokes", "hours": 12}
    lines = script(planner, sheet)
    place = lines.index("")
    lines[place : place + 1] = ["aero position", ""]
    options = ("--client", "rider", "--format", "json", "--knowledge", str(PACK))
    done = piped(tmp_path, lines, *options)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["status"], found["knowledge"]["pack"]) == ("complete", "bicycle-fit")
    assert found["programme"][0]["exercise"] == "time_trial"
    assert {one["category"] for one in found["recommend"]} == {"shorten_reach", "short_rides"}
    assert "Riding with the hands low in the drops" in done.stderr + done.stdout


def test_a_crash_ends_the_interview(tmp_path: Path, planner: Planner) -> None:
    lines = script(planner, harmless(planner.knowledge) | {"head_knock": "yes"})
    done = piped(tmp_path, [*lines, "n", "n"], "--client", "crash", "--knowledge", str(PACK))
    assert done.returncode == 0
    assert "I crashed, and now have a headache" in done.stdout
    assert "time trial" not in done.stdout
