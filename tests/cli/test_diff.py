"""`screening knowledge diff` says who is newly cleared, and wants somebody to answer for it."""

from __future__ import annotations

import json
from pathlib import Path

import knowledge_base as tiny
import pytest
from click.testing import CliRunner, Result

from screening.cli import main

RULE = "rules/t/numb-now.yaml"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path / "home"))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return tiny.write(tmp_path / "old")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    root = tiny.write(tmp_path / "new")
    rule = root / RULE
    text = rule.read_text("utf-8")
    assert "treat_as: same_day" in text
    rule.write_text(text.replace("treat_as: same_day", "treat_as: routine"), "utf-8")
    return root


def diff(*words: object) -> Result:
    return CliRunner().invoke(main, ["knowledge", "diff", *map(str, words)])


def test_newly_cleared_exits_with_one_and_shows_the_client(old: Path, new: Path) -> None:
    result = diff(old, new)
    assert result.exit_code == 1, result.output
    assert "looser: referral same_day or sooner" in result.stdout
    assert "(numb)" in result.stdout
    assert "referral: same_day (numb-now) → routine (numb-now)" in result.stdout
    assert "--accept-looser NAME REASON" in " ".join(result.stdout.split())


def test_only_answers_that_tell_are_listed_of_a_screening_in_full(
    old: Path, tmp_path: Path
) -> None:
    new = tiny.write(tmp_path / "less")
    rule = new / "rules/t/easy-when-stiff.yaml"
    rule.write_text(rule.read_text("utf-8").replace("  - {recommend: easy}\n", ""), "utf-8")
    shown = diff(old, new).stdout
    assert "stricter: category easy" in shown
    for line in ("Bending brings it on (bend)", "all else: the harmless answer"):
        assert f"- {line}\n" in shown
    assert "Numb?" not in shown
    form = json.loads(diff(old, new, "--format", "json").stdout)
    (client,) = (d["clients"]["stricter"] for d in form["differences"] if "easy" in d["what"])
    assert client["answers"]["numb"] == "no"
    assert client["telling"] == ["fall", "bend", "sit"]


def test_stricter_is_no_finding(old: Path, new: Path) -> None:
    result = diff(new, old)
    assert result.exit_code == 0, result.output
    assert "stricter: referral same_day or sooner" in result.stdout


def test_answers_that_only_one_version_takes_want_somebody_to_answer(old: Path) -> None:
    new = tiny.write(old.parent / "more")
    asked = new / "questions/10-first.yaml"
    big = "      - {id: big, say: Big}\n"
    more = asked.read_text("utf-8").replace(big, f"{big}{big.replace('big', 'huge')}")
    asked.write_text(more, "utf-8")
    result = diff(old, new)
    assert result.exit_code == 1, result.output
    said = " ".join(result.stdout.split())
    assert "not compared, answers that only one version takes: fall" in said
    assert "are the same for every client whose answers both take." in said
    assert "Somebody could be newly cleared" in said
    assert diff(old, new, "--accept-looser", "A. Ito", "A new answer.").exit_code == 0
    assert "not compared: answers to fall" in (new / "accepted.yaml").read_text("utf-8")


def test_the_same_is_said_to_be_the_same(old: Path) -> None:
    result = diff(old, old)
    assert result.exit_code == 0
    assert "are the same for every client" in result.stdout


def test_an_acceptance_is_recorded_and_stands_until_the_logic_changes(
    old: Path, new: Path
) -> None:
    result = diff(old, new, "--accept-looser", "A. Ito", "Seen in clinic.")
    assert result.exit_code == 0, result.output
    assert "Accepted by A. Ito" in result.stdout
    assert diff(old, new).exit_code == 0
    assert CliRunner().invoke(main, ["knowledge", "check", "--knowledge", str(new)]).exit_code == 0
    rule = new / RULE
    rule.write_text(
        rule.read_text("utf-8").replace("treat_as: routine", "treat_as: monitor"), "utf-8"
    )
    assert diff(old, new).exit_code == 1


@pytest.mark.parametrize(("name", "reason"), [("", "why"), ("A. Ito", " "), ("A", "\x1b[2J")])
def test_an_acceptance_needs_a_name_and_a_reason(
    name: str, reason: str, old: Path, new: Path
) -> None:
    result = diff(old, new, "--accept-looser", name, reason)
    assert result.exit_code == 2
    assert not (new / "accepted.yaml").exists()


def test_nothing_is_written_when_there_is_nothing_to_accept(old: Path, new: Path) -> None:
    result = diff(new, old, "--accept-looser", "A. Ito", "why")
    assert result.exit_code == 0
    assert "nothing to accept" in result.stderr
    assert not (old / "accepted.yaml").exists()


def test_newly_cleared_intakes_are_counted(old: Path, new: Path, tmp_path: Path) -> None:
    (tmp_path / "client.yaml").write_text("answers: {numb: dont_know}", "utf-8")
    result = diff(old, new, "--on", tmp_path / "client.yaml", "--format", "json")
    form = json.loads(result.stdout)
    assert (form["format"], form["on"]["newly_cleared"]) == ("diff/1", 1)
    assert form["on"]["moved"][0]["before"] == "same_day"
    assert form["differences"][0]["clients"]["looser"]["answers"] == {"numb": "dont_know"}
    assert form["accepted"] is None


@pytest.mark.parametrize("name", ["nosuch", "0123456789ab"])
def test_what_is_not_there_is_said(name: str, old: Path) -> None:
    result = diff(name, old)
    assert result.exit_code == 2
    assert "no revision git knows" in result.stderr
    assert "Traceback" not in result.output


def test_a_damaged_acceptance_is_found_when_checking(old: Path) -> None:
    entry = "  - {before: short, after: 0123456789abcdef, by: A, on: 2026-11-01, because: b}\n"
    (old / "accepted.yaml").write_text(f"accepted:\n{entry}", "utf-8")
    result = CliRunner().invoke(main, ["knowledge", "check", "--knowledge", str(old)])
    assert result.exit_code == 2
    assert "accepted.yaml:2:14: bad_id" in result.stderr
