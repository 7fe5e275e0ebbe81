"""`screening audit` and `screening referral` as typed: what they say, and what they refuse."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from command_line import typed

from screening.load import shipped_knowledge
from screening.records import Protection, create_store

BY = ("--by", "Dr A. Okafor", "--role", "GP")


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """Return a home with a store in which a client was referred within days."""
    home = tmp_path_factory.mktemp("home")
    create_store(home / "records.db", Protection.NONE, str).close()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SCREENING_HOME", str(home))
        intake = root / "tests/intakes/within_days.yaml"
        assert typed("run", str(intake), "--client", "blue-bike").exit_code == 0
    return home


@pytest.fixture
def home(tmp_path: Path, filed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of that home, in use."""
    shutil.copytree(filed, tmp_path / "home")
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def today(home: Path) -> str:
    del home
    listed = json.loads(typed("referral", "list", "--format", "json").stdout)
    return str(listed["referrals"][0]["on"])


def refused(result: Result, *words: str) -> None:
    assert result.exit_code == 2, result.output
    for word in words:
        assert word in result.stderr
    assert result.stdout == ""


@pytest.mark.usefixtures("home")
def test_the_loop_from_referral_to_agreement(home: Path) -> None:
    day = today(home)
    shown = typed("referral", "list").stdout
    assert "within days" in shown
    done = typed(
        "referral", "cleared", "blue-bike", *BY, "--date", day, "--limit", "pain_during=2"
    )
    assert done.exit_code == 0
    assert "Dr A. Okafor (GP) agreed that blue-bike may exercise" in done.stdout
    assert "None on record." in typed("referral", "list").stdout
    again = typed(
        "referral", "cleared", "blue-bike", *BY, "--date", day, "--leave-out", "Deadlift"
    )
    assert "takes the place of the one before" in again.stdout
    history = json.loads(typed("audit", "show", "blue-bike", "--format", "json").stdout)
    agreed = [one["said"] for one in history["events"] if one["what"] == "clinician agreed"]
    assert ["pain_during=2" in one for one in agreed] == [True, False]
    assert ["deadlift" in one for one in agreed] == [False, True]


@pytest.mark.usefixtures("home")
def test_override_prints_the_plan_and_every_later_look_names_it() -> None:
    words = ("--by", "J. Smith", "--reason", "Seen by her doctor on Monday")
    done = typed("referral", "override", "blue-bike", *words)
    assert done.exit_code == 0
    assert "Seen by her doctor on Monday" in done.stdout
    why = typed("audit", "show", "blue-bike", "--target", "referral")
    assert "overridden by J. Smith" in " ".join(why.stdout.split())
    assert "overridden" in typed("referral", "list").stdout
    assert "J. Smith" in typed("explain", "blue-bike", "--why", "referral").stdout
    replayed = typed("audit", "replay", "blue-bike")
    assert replayed.exit_code == 0
    assert replayed.stdout.endswith(done.stdout)
    assert typed("audit", "verify").exit_code == 0


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), ("--by", "there is no terminal")),
        (("--by", "Dr A. Okafor"), ("--role",)),
        (BY, ("--date",)),
        ((*BY, "--date", "soon"), ("expected a day like", "`soon`")),
        ((*BY, "--date", "2026-02-30"), ("expected a day like",)),
        ((*BY, "--date", "9999-01-01"), ("still to come",)),
        ((*BY, "--date", "2001-01-01"), ("older than the referral", "ask the clinician again")),
        ((*BY, "--limit", "pain_during"), ("expected LIMIT=N",)),
        ((*BY, "--limit", "pain_durin=2"), ("did you mean `pain_during`?",)),
        ((*BY, "--limit", "pain_during=-1"), ("expected a whole number",)),
        ((*BY, "--limit", "pain_during=²"), ("expected a whole number",)),
        ((*BY, "--limit", "pain_during=1" + "0" * 5000), ("expected a whole number",)),
        ((*BY, "--limit", "pain_during=1", "--limit", "pain_during=2"), ("given twice",)),
        ((*BY, "--leave-out", "dedlift"), ("no category or exercise `dedlift`", "deadlift")),
        ((*BY, "--note", "\x1b[2J"), ("words that can be printed",)),
        (("--by", " "), ("words that can be printed",)),
        (("--by", "x" * 201), ("at most 200 characters",)),
    ],
)
def test_bad_agreement_is_refused(words: tuple[str, ...], said: tuple[str, ...]) -> None:
    refused(typed("referral", "cleared", "blue-bike", *words), *said)
    assert "within days" in typed("referral", "list").stdout


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), ("--by",)),
        (("--by", "J. Smith"), ("--reason",)),
        (("--by", "J. Smith", "--reason", "because"), ("a sentence is expected",)),
        (("--by", "", "--reason", "a good long reason"), ("words that can be printed",)),
        (("--by", "J. Smith", "--reason", "x" * 201), ("at most 200 characters",)),
    ],
)
def test_bad_override_is_refused(words: tuple[str, ...], said: tuple[str, ...]) -> None:
    refused(typed("referral", "override", "blue-bike", *words), *said)


def test_emergency_is_not_overridden(home: Path, root: Path) -> None:
    del home
    assert (
        typed("run", str(root / "tests/intakes/emergency.yaml"), "--client", "red").exit_code == 0
    )
    words = ("--by", "J. Smith", "--reason", "The client wants to train")
    refused(typed("referral", "override", "red", *words), "an emergency cannot be overridden")


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--rule", "a", "--target", "b"), ("cannot be combined",)),
        (("--at", "2026-03"), ("--rule or --target",)),
        (("--conclusion", "1"), ("--rule or --target",)),
        (("--rule", "constant-pain", "--at", "March"), ("expected a day or month",)),
        (("--rule", "constant-pain", "--at", "2026-13"), ("expected a day or month",)),
        (("--rule", "constant-pain", "--at", "2026-02-29"), ("expected a day or month",)),
        (("--rule", ""), ("an id is expected",)),
        (("--target", " "), ("an id is expected",)),
        (("--rule", "constant-pain", "--at", "2001"), ("nothing was concluded by 2001",)),
        (
            ("--rule", "constant-pain", "--at", "2001", "--conclusion", "1"),
            ("cannot be combined",),
        ),
        (("--rule", "constant-pain", "--conclusion", "2"), ("no conclusion 2",)),
        (("--rule", "constant-pain", "--conclusion", "0"), ("0",)),
        (("--rule", "constant-pane"), ("in the knowledge of then", "`constant-pain`")),
        (("--target", "constant-pane"), ("did you mean",)),
    ],
)
def test_bad_question_to_the_record_is_refused(
    words: tuple[str, ...], said: tuple[str, ...]
) -> None:
    refused(typed("audit", "show", "blue-bike", *words), *said)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "words",
    [
        ("audit", "verify", "nobody"),
        ("audit", "show", "nobody"),
        ("audit", "replay", "nobody"),
        ("referral", "cleared", "nobody"),
        ("referral", "override", "nobody"),
    ],
)
def test_unknown_case_is_refused_with_those_there_are(words: tuple[str, ...]) -> None:
    refused(typed(*words), "nobody", "blue-bike")


@pytest.mark.parametrize("words", [("audit", "verify"), ("referral", "list")])
def test_without_records_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    refused(typed(*words), "there is no store")


@pytest.mark.usefixtures("home")
def test_head_that_is_not_in_the_records_is_a_finding() -> None:
    done = typed("audit", "verify", "blue-bike", "--head", "aaaaaaaaaaaa")
    assert done.exit_code == 1
    assert "is not in these records" in " ".join(done.stdout.split())
    assert "WHAT THIS CANNOT SHOW" in done.stdout


def test_why_a_rule_fired_is_answered_with_the_words_of_then(home: Path) -> None:
    new = home / "new"
    shutil.copytree(shipped_knowledge(), new)
    rule = new / "rules/safety/constant-pain.yaml"
    text = rule.read_text()
    title = next(line for line in text.splitlines() if line.startswith("title: "))
    rule.write_text(text.replace(title, "title: Quite another title"))
    shown = typed("audit", "show", "blue-bike", "--rule", "constant-pain")
    assert shown.exit_code == 0
    assert "QUITE ANOTHER TITLE" not in shown.stdout
    assert "Source" in shown.stdout
    silent = typed("audit", "show", "blue-bike", "--rule", "fever", "--format", "json")
    said = json.loads(silent.stdout)
    assert (said["verdict"], said["record"]["conclusion"]) == ("refuted", 1)
    assert said["blocked_by"]
    same = typed("audit", "replay", "blue-bike", "--knowledge", str(new))
    assert (same.exit_code, "Nothing would change." in same.stdout) == (0, True)
    rule.write_text(text.replace("status: draft", "status: retired"))
    other = typed("audit", "replay", "blue-bike", "--knowledge", str(new))
    assert other.exit_code in {1, 2}, other.output
