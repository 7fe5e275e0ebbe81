"""A client screened in full again: answers begin anew, and what people decided does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from kept_cases import make_store

from screening.commands import main

REFERRED, HARMLESS = "tests/intakes/within_days.yaml", "tests/intakes/gardener.yaml"
REASON = ("--by", "J. Smith", "--reason", "Seen by her doctor on Monday")


@pytest.fixture
def home(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(root)
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    make_store(tmp_path)
    return tmp_path


def typed(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, list(words), input=stdin)


def run(intake: str, *options: str) -> dict[str, Any]:
    result = typed("run", intake, "--client", "anna", "--format", "json", *options)
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def agree(*options: str) -> None:
    day = json.loads(typed("referral", "list", "--format", "json").stdout)["referrals"][0]["on"]
    words = ("--by", "Dr A. Okafor", "--role", "GP", "--date", day, *options)
    assert typed("referral", "cleared", "anna", *words).exit_code == 0


@pytest.mark.usefixtures("home")
def test_an_open_referral_stays_open() -> None:
    run(REFERRED)
    again = run(HARMLESS)
    assert again["referral"] == {
        "level": "within_days",
        "to": again["referral"]["to"],
        "rules": ["referral-still-open"],
    }
    assert all(one["verdict"] != "keep" for one in again["programme"])
    assert "anna-2" in typed("referral", "list").stdout
    why = " ".join(typed("explain", "anna-2", "--why", "referral-still-open").stdout.split())
    assert "Referral of the last screening: An appointment within days" in why
    assert run(HARMLESS)["referral"]["level"] == "within_days"
    verified = typed("audit", "verify")
    assert verified.exit_code == 0, verified.stdout
    assert typed("audit", "replay", "anna").exit_code == 0


@pytest.mark.usefixtures("home")
def test_what_a_clinician_agreed_to_counts_with_its_limits() -> None:
    run(REFERRED)
    agree("--limit", "pain_during=0", "--leave-out", "plank")
    again = run(HARMLESS)
    assert again["referral"]["level"] == "none"
    assert again["agreement"]["by"] == "Dr A. Okafor"
    assert [(one["id"], one["at_most"]) for one in again["limits"]] == [("pain_during", 0)]
    assert {one["exercise"]: one["verdict"] for one in again["programme"]}["plank"] == "avoid"
    third = run(HARMLESS)
    assert third["agreement"] == again["agreement"]


@pytest.mark.usefixtures("home")
def test_an_override_is_still_named_and_lifts_nothing() -> None:
    run(REFERRED)
    assert typed("referral", "override", "anna", *REASON).exit_code == 0
    again = run(HARMLESS)
    assert again["referral"]["level"] == "within_days"
    assert [one["by"] for one in again["overrides"]] == ["J. Smith"]


@pytest.mark.usefixtures("home")
def test_a_follow_up_of_it_keeps_them_too(tmp_path: Path, root: Path) -> None:
    run(REFERRED)
    agree("--limit", "pain_during=0")
    run(HARMLESS)
    second = (root / "docs/examples/blue-bike-2.yaml").read_text("utf-8")
    path = tmp_path / "second.yaml"
    path.write_text(second.replace("blue-bike-1.yaml", "anna-2"), "utf-8")
    assert run(str(path))["agreement"]["by"] == "Dr A. Okafor"


@pytest.mark.usefixtures("home")
def test_an_interview_says_what_is_open_and_keeps_it() -> None:
    run(REFERRED)
    done = typed("interview", "--client", "anna", stdin="n\nn\n1\n")
    assert "referral of the last screening is still open" in " ".join(done.stderr.split())
    assert "Kept from last time" not in done.stderr
    resumed = typed("interview", "--resume", "anna-2", stdin="review\nquit\n")
    assert "referral of the last screening is still open" in " ".join(resumed.stderr.split())
    assert "Weeks since" not in resumed.stderr


@pytest.mark.usefixtures("home")
def test_where_nothing_was_decided_all_begins_anew() -> None:
    first, second = run(HARMLESS), run(HARMLESS)
    for one in (first, second):
        del one["record"]
    assert first == second
