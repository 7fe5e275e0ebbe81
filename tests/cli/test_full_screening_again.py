"""A client screened in full again: answers begin anew, and what people decided does not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from command_line import typed
from kept_cases import keep, make_store

from screening.app.history import left_to_anew
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Level
from screening.records import find_client, open_store, start_case
from screening.records.event import Closed, Started

MANY = 400  # more than Python would nest
REFERRED, HARMLESS = "tests/intakes/within_days.yaml", "tests/intakes/gardener.yaml"
STILL_OPEN = "Still open from last time: Appointment within days."
REASON = ("--by", "J. Smith", "--reason", "Seen by her doctor on Monday")


@pytest.fixture
def home(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(root)
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    make_store(tmp_path)
    return tmp_path


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
    assert STILL_OPEN in " ".join(done.stderr.split())
    assert "Kept from last time" not in done.stderr
    resumed = typed("interview", "--resume", "anna-2", stdin="review\nquit\n")
    assert STILL_OPEN in " ".join(resumed.stderr.split())
    assert "Weeks since" not in resumed.stderr


@pytest.mark.usefixtures("home")
def test_a_follow_up_says_what_is_open_until_a_clinician_has_agreed() -> None:
    run(REFERRED)
    begun = typed("followup", "anna", stdin="quit\n")
    assert STILL_OPEN in " ".join(begun.stderr.split())
    assert "`screening referral cleared anna`" in " ".join(begun.stderr.split())
    agree()
    resumed = typed("interview", "--resume", "anna-2", stdin="quit\n")
    assert "Still open" not in resumed.stderr


@pytest.mark.usefixtures("home")
def test_where_nothing_was_decided_all_begins_anew() -> None:
    first, second = run(HARMLESS), run(HARMLESS)
    for one in (first, second):
        del one["record"]
    assert first == second


# what must not lose a referral: knowledge that changed, a file of an earlier version, another
# earlier case, an emergency left open


def reworded(tmp_path: Path, root: Path) -> str:
    """Return the shipped knowledge in which the question that referred is asked differently."""
    changed = tmp_path / "knowledge"
    shutil.copytree(root / "knowledge", changed)
    path = changed / "questions" / "20-urgent.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("Is the pain exactly", "Is the pain really exactly"), "utf-8")
    return str(changed)


@pytest.mark.usefixtures("home")
def test_a_referral_stays_open_when_its_question_is_asked_differently(
    tmp_path: Path, root: Path
) -> None:
    run(REFERRED)
    other = reworded(tmp_path, root)
    again = run(HARMLESS, "--knowledge", other)
    assert again["referral"]["rules"] == ["referral-still-open"]
    assert run(HARMLESS, "--knowledge", other)["referral"]["level"] == "within_days"


@pytest.mark.usefixtures("home")
def test_a_follow_up_keeps_a_referral_whose_question_is_asked_differently(
    tmp_path: Path, root: Path
) -> None:
    run(REFERRED)
    other = reworded(tmp_path, root)
    done = typed("followup", "anna", "--knowledge", other, "--format", "json", stdin="n\n")
    assert json.loads(done.stdout)["referral"]["rules"] == ["referral-still-open"]


def test_a_referral_in_a_file_of_an_earlier_version_stays_open(
    home: Path, shipped: KnowledgeBase
) -> None:
    keep(home, shipped, "anna", {"saddle": "new_or_worse"}, Closed("stopped"))
    again = run(HARMLESS)
    assert again["referral"]["rules"] == ["urgent-referral-still-open"]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("follows", ["anna-1", "bert-1"])
def test_only_the_last_screening_of_the_client_is_followed(
    tmp_path: Path, root: Path, follows: str
) -> None:
    typed("run", HARMLESS, "--client", "bert")
    run(HARMLESS)
    run(REFERRED)
    second = (root / "docs/examples/blue-bike-2.yaml").read_text("utf-8")
    path = tmp_path / "second.yaml"
    path.write_text(second.replace("blue-bike-1.yaml", follows), "utf-8")
    refused = typed("run", str(path), "--client", "anna")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "the last screening of `anna` is `anna-2`" in " ".join(refused.stderr.split())
    assert "anna-2" in typed("referral", "list").stdout
    assert "a later screening is on record" not in typed("run", HARMLESS).stderr
    seen = " ".join(typed("run", str(path)).stderr.split())
    assert ("`anna-1` is not the last screening" in seen) is (follows == "anna-1")


@pytest.mark.usefixtures("home")
def test_an_emergency_left_open_is_not_overridden_in_the_next_screening() -> None:
    run("tests/intakes/emergency.yaml")
    for _ in range(2):
        assert run(HARMLESS)["referral"]["level"] == "same_day"
        refused = typed("referral", "override", "anna", *REASON)
        assert refused.exit_code == 2
        assert "an emergency cannot be overridden" in refused.stderr
    agree()
    assert run(HARMLESS)["referral"]["level"] == "none"


def test_many_full_screenings_are_no_trouble(home: Path, shipped: KnowledgeBase) -> None:
    keep(home, shipped, "anna", {"saddle": "new_or_worse"}, Closed("stopped"))
    with open_store(home / "records.db", str) as store:
        owner = find_client(store, "anna")
        assert owner is not None
        begun = Started("adaptive", shipped.digest, "0.1.0")
        for _ in range(MANY):
            start_case(store, owner.id, begun, Closed("stopped"))
        left = left_to_anew(shipped, store, owner.id, MANY + 2)
    assert left is not None
    assert left.level is Level.EMERGENCY
