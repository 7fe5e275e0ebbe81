"""`screening sheet`, as a person runs it: files, refusals, and what is kept of it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from command_line import typed
from kept_cases import happened
from recorded_screenings import two_to_be_seen

from screening.assess import Assessor

INTAKES = Path(__file__).parents[1] / "intakes"
READERS = pytest.mark.parametrize("reader", ["trainer", "client"])


@pytest.fixture
def home(tmp_path: Path, assessor: Assessor) -> Path:
    return two_to_be_seen(tmp_path, assessor)


@READERS
def test_an_emergency_has_no_sheet_but_what_to_do(reader: str, tmp_path: Path) -> None:
    file = tmp_path / "sheet.html"
    found = typed("sheet", INTAKES / "emergency.yaml", "--for", reader, "-o", file)
    assert found.exit_code == 2
    assert "an emergency waits for no sheet" in found.stderr
    assert "do now:" in found.stderr
    assert not file.exists()


@READERS
def test_before_emergencies_are_asked_about_there_is_no_sheet(reader: str) -> None:
    found = typed("sheet", INTAKES / "incomplete.yaml", "--for", reader)
    assert found.exit_code == 2
    assert "help: ask first:" in found.stderr


def test_for_today_there_is_a_sheet_for_the_client_alone() -> None:
    found = typed("sheet", INTAKES / "same_day.yaml")
    assert found.exit_code == 2
    assert "there is no session" in found.stderr
    found = typed("sheet", INTAKES / "same_day.yaml", "--for", "client")
    assert found.exit_code == 0
    assert "MEDICAL ASSESSMENT TODAY" in found.stdout
    assert "DO\n" not in found.stdout


@READERS
def test_within_days_it_is_walking_only(reader: str) -> None:
    found = typed("sheet", INTAKES / "within_days.yaml", "--for", reader)
    assert found.exit_code == 0, found.output
    assert "alk" in found.stdout
    assert "APPOINTMENT WITHIN DAYS" in found.stdout
    for other in ("plank", "deadlift", "row"):
        assert not re.search(rf"\b{other}\b", found.stdout.lower())


def test_a_file_is_new_undated_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "sheet.html"
    words = ("sheet", INTAKES / "gardener.yaml", "--for", "client", "-o", file)
    assert typed(*words).exit_code == 0
    assert os.name == "nt" or file.stat().st_mode & 0o777 == 0o600
    assert "undated" in file.read_text("utf-8")
    assert typed(*words).exit_code == 2  # it is there already


def test_another_ending_is_refused(tmp_path: Path) -> None:
    found = typed("sheet", INTAKES / "gardener.yaml", "-o", tmp_path / "sheet.doc")
    assert found.exit_code == 2
    assert ".html or .pdf" in found.stderr


@pytest.mark.parametrize("ending", ["html", "pdf"])
@READERS
def test_a_sheet_on_record_is_kept_verified_and_replayed(
    home: Path, reader: str, ending: str
) -> None:
    file = home / f"sheet.{ending}"
    result = typed("sheet", "blue-bike", "--for", reader, "--minutes", 30, "-o", file, home=home)
    assert result.exit_code == 0, result.stderr
    assert happened(home, "blue-bike")[-1] == "PaperMade"
    assert "paper made" in typed("audit", "show", "blue-bike", home=home).stdout
    verified = typed("audit", "verify", home=home)
    assert verified.exit_code == 0, verified.stdout
    replayed = typed("audit", "replay", "blue-bike", home=home)
    assert replayed.exit_code == 0
    if ending == "html":
        assert replayed.stdout.endswith(file.read_text("utf-8"))
        assert "other-client" not in file.read_text("utf-8")
    else:
        assert "A sheet as PDF, SHA-256" in replayed.stderr


def test_a_sheet_that_does_not_come_out_again_is_found(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert typed("sheet", "blue-bike", "-o", home / "a.html", home=home).exit_code == 0
    monkeypatch.setattr("screening.render.trainer_sheet.POINTS", 11)
    verified = typed("audit", "verify", home=home)
    assert verified.exit_code != 0


def test_a_recorded_case_takes_no_day(home: Path) -> None:
    result = typed("sheet", "blue-bike", "--date", "2026-03-02", home=home)
    assert result.exit_code == 2
    assert "--date: a recorded case has its own days" in result.stderr
