"""`screening session` as typed: formats, places, what is swapped, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from recorded_screenings import CONSTANT, new_store, screen, sheet

from screening.assess import Assessor
from screening.cli import main

GARDENER = "tests/intakes/gardener.yaml"
KEYS = (
    "minutes equipment status by phases pain_rule one_step take_home rules stage says changed "
    "left_out unfilled moved often road ahead knowledge review"
)
ITEM = "exercise verdict sets amount unit effort rest cues easier harder instead because"


@pytest.fixture(autouse=True)
def _here(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)


def typed(*words: str) -> Result:
    return CliRunner().invoke(main, ["session", *words])


def told(*words: str) -> dict[str, object]:
    result = typed(*words, "--format", "json")
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


def exercises(found: dict[str, object]) -> list[str]:
    phases: list[dict[str, list[dict[str, str]]]] = found["phases"]  # type: ignore[assignment]
    return [item["exercise"] for phase in phases for item in phase["items"]]


@pytest.mark.parametrize("form", ["table", "markdown"])
@pytest.mark.parametrize("intake", ["gardener", "emergency", "same_day", "within_days"])
def test_every_intake_is_printed_and_says_who_has_reviewed_it(intake: str, form: str) -> None:
    result = typed(f"tests/intakes/{intake}.yaml", "--format", form)
    assert result.exit_code == 0, result.output
    assert "No clinician has reviewed" in " ".join(result.stdout.split())


def test_json_is_the_contract() -> None:
    found = told(GARDENER)
    assert list(found) == KEYS.split()
    phases: list[dict[str, object]] = found["phases"]  # type: ignore[assignment]
    items = [item for phase in phases for item in phase["items"]]  # type: ignore[attr-defined]
    assert items
    assert all(list(item) == ITEM.split() for item in items)


def test_the_gardener_squats_without_load_and_nobody_bends() -> None:
    page = " ".join(typed(GARDENER).stdout.split())
    assert "Body weight or an empty bar" in page
    assert {"sit_up", "rowing_machine", "deadlift"}.isdisjoint(exercises(told(GARDENER)))


@pytest.mark.parametrize("minutes", [30, 50, 120])
def test_the_phases_make_the_minutes(minutes: int) -> None:
    found = told(GARDENER, "--minutes", str(minutes), "--equipment", "home")
    phases: list[dict[str, int]] = found["phases"]  # type: ignore[assignment]
    assert sum(phase["minutes"] for phase in phases) == minutes


def test_a_swapped_exercise_has_another_in_its_place_and_a_reason() -> None:
    first, second = told(GARDENER), told(GARDENER, "--swap", "Planks")
    assert "plank" in exercises(first)
    assert "plank" not in exercises(second)
    assert "takes the place of plank" in str(second["changed"])


def test_what_is_left_out_is_said_to_be(root: Path) -> None:
    found = told(str(root / GARDENER), "--without", "back squat")
    assert "back_squat" not in exercises(found)
    assert any(one["exercise"] == "back_squat" for one in found["left_out"])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--swap", "plnk"), "did you mean `plank`?"),
        (("--without", "deadlift"), "`deadlift` is not in this session: it has"),
        (("--minutes", "29"), "29 is not in the range"),
        (("--equipment", "beach"), "'beach' is not one of"),
    ],
)
def test_what_cannot_be_done_is_refused(words: tuple[str, ...], says: str) -> None:
    result = typed(GARDENER, *words)
    assert result.exit_code == 2
    assert says in result.stderr


def test_knowledge_without_sessions_says_so(root: Path, tmp_path: Path) -> None:
    pack = root / "tests" / "packs" / "bicycle-fit"
    (tmp_path / "i.yaml").write_text("answers: {}\n", "utf-8")
    result = typed(str(tmp_path / "i.yaml"), "--knowledge", str(pack))
    assert result.exit_code == 2
    assert "no `session.yaml`" in result.stderr


def test_the_last_case_of_a_client_is_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, assessor: Assessor
) -> None:
    store = new_store(tmp_path)
    screen(store, assessor, sheet(assessor, {}))
    screen(store, assessor, sheet(assessor, CONSTANT))
    store.close()
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    found = typed("blue-bike")
    assert found.exit_code == 0, found.output
    assert "Ask the client to book a medical appointment" in found.stdout


def test_an_intake_is_named_without_its_folder(root: Path) -> None:
    assert "GYM: GARDENER\n" in typed(str(root / GARDENER)).stdout
