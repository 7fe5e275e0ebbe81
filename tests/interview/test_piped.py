"""Whole interviews on piped lines: what comes out, what is saved, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from clients import gardener, harmless
from sitting import piped, script

from screening.interview.planner import Planner
from screening.interview.events import Order
from screening.model.knowledge import KnowledgeBase


@pytest.fixture(scope="module")
def planner(shipped: KnowledgeBase) -> Planner:
    return Planner(shipped)


def draft(home: Path, case: str) -> dict[str, object]:
    tree: dict[str, object] = json.loads((home / "drafts" / f"{case}.json").read_text("utf-8"))
    return tree


@pytest.mark.parametrize("order", list(Order))
def test_the_gardener_from_end_to_end(tmp_path: Path, planner: Planner, order: Order) -> None:
    lines = script(planner, gardener(planner.knowledge), order)
    place = lines.index("")
    lines[place : place + 1] = ["back squat", "sit up", "rowing machine", ""]
    done = piped(tmp_path, lines, "--client", "g", "--order", order.value, "--format", "json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["status"] == "complete"
    assert [(p["exercise"], p["verdict"]) for p in found["programme"]] == [
        ("back_squat", "modify"),
        ("sit_up", "avoid"),
        ("rowing_machine", "avoid"),
    ]
    assert draft(tmp_path, "g")["status"] == "complete"
    assert not (tmp_path / "drafts" / "g.lock").exists()


def test_an_emergency_shows_one_action_and_no_exercise(tmp_path: Path, planner: Planner) -> None:
    sheet = harmless(planner.knowledge) | {"saddle": "new_or_worse"}
    lines = script(planner, sheet)
    done = piped(tmp_path, [*lines, "n", "n"], "--client", "e")
    assert done.returncode == 0
    assert "emergency" in done.stdout.lower()
    assert "squat" not in done.stdout.lower()
    assert draft(tmp_path, "e")["status"] == "stopped"


def test_end_of_input_saves_and_says_how_to_go_on(tmp_path: Path) -> None:
    done = piped(tmp_path, ["n", "n"], "--client", "half", "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["status"] == "incomplete"
    assert json.loads(done.stdout)["recommend"] == []
    assert "screening interview --resume half" in done.stderr
    assert "2 answered" in piped(tmp_path, [], "--resume", "half").stderr


def test_no_input_at_all_saves_nothing(tmp_path: Path) -> None:
    done = piped(tmp_path, [])
    assert done.returncode == 0
    assert "nothing is saved" in done.stderr
    assert not list((tmp_path / "drafts").glob("*"))


def test_every_word_works_at_a_prompt(tmp_path: Path, shipped: KnowledgeBase) -> None:
    lines = ["?", "why", "review", "n", "back", "n", "skip", "save", "card", "change saddle"]
    lines += ["", "back", "change 1", "", "change blader", "change", "maybe", "quit"]
    done = piped(tmp_path, lines, "--client", "w")
    assert done.returncode == 0
    said = " ".join(done.stderr.split())
    for expected in (
        "It can still change: referral (emergency)",
        "Nothing is answered yet.",
        "Saved in ",
        shipped.questions["saddle"].ask,
        "Answered: No. Enter keeps it.",
        "`change bladder`",
        "`maybe` is not an answer here",
        "--resume w",
    ):
        assert expected in said, expected
    assert done.stdout == ""


def test_dont_know_on_an_emergency_question_is_asked_again_then_taken(tmp_path: Path) -> None:
    done = piped(tmp_path, ["dk", "dk", "n", "quit"], "--client", "d")
    assert "you can point to the card" in " ".join(done.stderr.split())
    entries = draft(tmp_path, "d")["entries"]
    assert [next(iter(entry)) for entry in entries] == ["unsure", "answer", "answer"]  # type: ignore[attr-defined]


def test_unknown_exercise_is_offered_never_guessed(tmp_path: Path, planner: Planner) -> None:
    lines = script(planner, gardener(planner.knowledge))
    place = lines.index("")
    lines[place : place + 1] = ["bakc squat", "1", "zumba", "k", "qqq", "plank", ""]
    done = piped(tmp_path, lines, "--format", "json")
    found = json.loads(done.stdout)
    assert [p["exercise"] for p in found["programme"]] == ["back_squat", "plank"]
    assert found["not_covered"] == ["zumba"]


def test_programme_file_with_unknown_name_is_asked_about(tmp_path: Path, planner: Planner) -> None:
    (tmp_path / "p.txt").write_text("back squat\nzumba\n", encoding="utf-8")
    lines = script(planner, gardener(planner.knowledge))
    lines[lines.index("")] = "k"
    options = ("--programme", str(tmp_path / "p.txt"), "--format", "json")
    found = json.loads(piped(tmp_path, lines, *options).stdout)
    assert [p["exercise"] for p in found["programme"]] == ["back_squat"]
    assert found["not_covered"] == ["zumba"]


def test_known_programme_file_is_not_asked_about(tmp_path: Path, planner: Planner) -> None:
    (tmp_path / "p.txt").write_text("back squat\n", encoding="utf-8")
    lines = [*script(planner, harmless(planner.knowledge))]
    lines.remove("")
    done = piped(tmp_path, lines, "--programme", str(tmp_path / "p.txt"), "--format", "json")
    assert [p["exercise"] for p in json.loads(done.stdout)["programme"]] == ["back_squat"]
    assert "Which exercises" not in done.stderr


def test_answers_of_an_intake_are_taken_as_given(tmp_path: Path) -> None:
    (tmp_path / "i.yaml").write_text(
        "client: ina\nanswers: {chest: no, tearing: dont_know}\n", encoding="utf-8"
    )
    done = piped(tmp_path, [], "--answers", str(tmp_path / "i.yaml"))
    assert "2 answered" in done.stderr
    assert "pulsing" in done.stderr
    assert draft(tmp_path, "ina")["client"] == "ina"


def test_answers_at_odds_are_shown_and_can_be_changed(tmp_path: Path, planner: Planner) -> None:
    sheet = gardener(planner.knowledge) | {"constant": "yes"}
    lines = script(planner, sheet)
    done = piped(tmp_path, lines, "--client", "odd")
    said = " ".join(done.stderr.split())
    assert "do not seem to fit together" in said
    place = said.index("do not seem to fit together")
    assert "1 Pain the same whatever one does: Yes" in said[place:]
    assert "bring" in said[place:]


def test_stale_answer_is_said_and_asked_again(tmp_path: Path) -> None:
    piped(tmp_path, ["n", "n"], "--client", "old")
    path = tmp_path / "drafts" / "old.json"
    tree = json.loads(path.read_text("utf-8"))
    tree["entries"][0]["asked"] = "0" * 16
    path.write_text(json.dumps(tree), encoding="utf-8")
    done = piped(tmp_path, ["n", "quit"], "--resume", "old")
    assert "stale_answer" in done.stderr
    assert "pain or pressure in your chest" in " ".join(done.stderr.split())
    assert len(draft(tmp_path, "old")["entries"]) == 2  # type: ignore[arg-type]
    assert len(draft(tmp_path, "old")["set_aside"]) == 1  # type: ignore[arg-type]


def test_an_ended_case_is_shown_again_or_corrected(tmp_path: Path, planner: Planner) -> None:
    sheet = harmless(planner.knowledge) | {"saddle": "new_or_worse"}
    piped(tmp_path, script(planner, sheet), "--client", "s")
    shown = piped(tmp_path, [""], "--resume", "s", "--format", "json")
    assert json.loads(shown.stdout)["referral"]["level"] == "emergency"
    corrected = piped(tmp_path, ["change saddle", "1", "quit"], "--resume", "s")
    assert corrected.returncode == 0
    assert draft(tmp_path, "s")["status"] == "open"


REFUSED = [
    (("--resume", "nobody"), "no case `nobody`"),
    (("--resume", "../x"), "no case"),
    (("--resume", "x", "--client", "y"), "leave --client"),
    (("--client", "a" * 10_000), "at most 80 characters, found 10000"),
    (("--client", "a\x07b"), "can be printed"),
    (("--programme", "/nonexistent"), "missing_file"),
    (("--answers", "/"), "not_a_file"),
    (("--order", "random"), "random"),
]


@pytest.mark.parametrize(("options", "message"), REFUSED, ids=range(len(REFUSED)))
def test_bad_options_are_refused(tmp_path: Path, options: tuple[str, ...], message: str) -> None:
    done = piped(tmp_path, ["n"], *options)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr) < 1000


@pytest.mark.parametrize("client", ["../../etc/passwd", "🦴🦴", "a/b", ".hidden", "con"])
def test_client_that_is_no_file_name_gets_a_short_case(tmp_path: Path, client: str) -> None:
    done = piped(tmp_path, ["n"], "--client", client)
    assert done.returncode == 0, done.stderr
    (path,) = (tmp_path / "drafts").iterdir()
    assert path.name.startswith("case-")
    assert json.loads(path.read_text("utf-8"))["client"] == client


def test_open_case_of_a_client_is_not_begun_anew(tmp_path: Path, planner: Planner) -> None:
    piped(tmp_path, ["n"], "--client", "anna")
    done = piped(tmp_path, ["n"], "--client", "anna")
    assert done.returncode == 2
    assert "--resume anna" in done.stderr
    piped(tmp_path, script(planner, harmless(planner.knowledge))[1:], "--resume", "anna")
    assert piped(tmp_path, ["n"], "--client", "anna").returncode == 0
    assert {p.name for p in (tmp_path / "drafts").iterdir()} == {"anna.json", "anna-2.json"}


def test_damaged_draft_exits_2_and_stays(tmp_path: Path) -> None:
    piped(tmp_path, ["n"], "--client", "hurt")
    path = tmp_path / "drafts" / "hurt.json"
    path.write_bytes(path.read_bytes()[:100])
    done = piped(tmp_path, ["n"], "--resume", "hurt")
    assert done.returncode == 2
    assert "damaged_draft" in done.stderr
    assert len(path.read_bytes()) == 100


def test_a_home_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = piped(tmp_path / "file", ["n"])
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_undecodable_input_is_asked_again(tmp_path: Path) -> None:
    done = piped(tmp_path, ["\udce9\udcff\x1b[2J", "n", "quit"], "--client", "raw")
    assert done.returncode == 0
    assert "is not an answer here" in done.stderr
    assert "\x1b" not in done.stderr
    assert "1 answered" in done.stderr


def test_follow_up_of_an_answer_taken_back_is_set_aside(tmp_path: Path) -> None:
    lines = ["n", "n", "1", "major", "yes", "change trauma", "no", "quit"]
    done = piped(tmp_path, lines, "--client", "slip")
    assert "No longer applies, set aside: Seen by a doctor since the accident." in done.stderr
    entries = draft(tmp_path, "slip")["entries"]
    assert "trauma_assessed" not in json.dumps(entries)
