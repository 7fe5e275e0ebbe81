"""A client who took back that answers may be kept: said before anything more is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import typed
from kept_cases import make_store


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    return make_store(tmp_path)


@pytest.mark.usefixtures("home")
def test_taking_back_is_said_until_it_is_given_again(root: Path) -> None:
    filed = ("run", str(root / "tests/intakes/gardener.yaml"), "--client", "anna")
    assert "took back" not in typed(*filed).stderr  # never asked is not taken back
    typed("clients", "consent", "anna", "clinician", "--withdraw")
    assert "took back" not in typed("followup", "anna").stderr
    typed("clients", "consent", "anna", "keep", "--withdraw")
    for words in (("interview", "--resume", "anna-1"), ("followup", "anna"), filed):
        assert "caution: anna took back on" in typed(*words).stderr
    typed("clients", "consent", "anna", "keep")
    assert "took back" not in typed("followup", "anna").stderr
