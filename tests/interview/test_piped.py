"""Whole interviews on piped lines: what comes out, what is saved, what is refused."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from interview_process import piped, ran, script
from kept_cases import answered, happened, keep, kept
from simulated_clients import gardener, harmless

from screening.interview.planner import Planner
from screening.interview.session import Order
from screening.model.knowledge import KnowledgeBase
from screening.records import clients, latest_cases, open_store
from screening.records.event import Answered


@pytest.fixture(scope="module")
def planner(shipped: KnowledgeBase) -> Planner:
    return Planner(shipped)


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
    assert kept(tmp_path, "g").status == "complete"
    assert not list((tmp_path / "records.db-open").iterdir())


def test_an_emergency_shows_one_action_and_no_exercise(tmp_path: Path, planner: Planner) -> None:
    sheet = harmless(planner.knowledge) | {"saddle": "new_or_worse"}
    lines = script(planner, sheet)
    done = piped(tmp_path, [*lines, "n", "n"], "--client", "e")
    assert done.returncode == 0
    assert "emergency" in done.stdout.lower()
    assert "squat" not in done.stdout.lower()
    assert kept(tmp_path, "e").status == "stopped"
    assert happened(tmp_path, "e")[-4:] == ["FlagRaised", "Concluded", "Closed", "Printed"]


def test_end_of_input_saves_and_says_how_to_go_on(tmp_path: Path) -> None:
    done = piped(tmp_path, ["n", "n"], "--client", "half", "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["status"] == "incomplete"
    assert json.loads(done.stdout)["recommend"] == []
    assert "screening interview --resume half" in done.stderr
    assert "7 answered" in piped(tmp_path, [], "--resume", "half").stderr


def test_no_input_at_all_saves_nothing(tmp_path: Path) -> None:
    done = piped(tmp_path, [])
    assert done.returncode == 0
    assert "nothing is saved" in done.stderr
    with open_store(tmp_path / "records.db", str) as store:
        assert (latest_cases(store), clients(store)) == ((), ())


def test_every_word_works_at_a_prompt(tmp_path: Path, shipped: KnowledgeBase) -> None:
    lines = ["?", "why", "review", "maybe", "n", "back", "n", "skip", "save", "card"]
    lines += ["change saddle", "", "back", "change 1", "", "change blader", "change", "quit"]
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
    entries = kept(tmp_path, "d").session.entries
    assert [type(entry).__name__ for entry in entries] == ["Unsure", *["Answered"] * 7]


def test_unknown_exercise_is_kept_and_a_near_one_offered_never_guessed(
    tmp_path: Path, planner: Planner
) -> None:
    lines = script(planner, gardener(planner.knowledge))
    place = lines.index("")
    lines[place : place + 1] = ["bakc squat", "1", "croquet", "k", "qqq", "plank", ""]
    done = piped(tmp_path, lines, "--format", "json")
    found = json.loads(done.stdout)
    assert [p["exercise"] for p in found["programme"]] == ["back_squat", "plank"]
    assert found["not_covered"] == ["croquet", "qqq"]


def test_a_pasted_programme_loses_nothing(tmp_path: Path, planner: Planner) -> None:
    lines = script(planner, gardener(planner.knowledge))
    place = lines.index("")
    pasted = [
        "1. Back squat 5x5 @ 80kg, rest 2 min",
        "- RDL",
        "croquet 1 x 45 min",
        "plank 3x30s, squat",
    ]
    lines[place : place + 1] = [*pasted, "leg press 3 x 8-10", "5x5", ""]
    done = piped(tmp_path, lines, "--client", "p", "--format", "json")
    found = json.loads(done.stdout)
    named = ["back_squat", "rdl", "plank", "leg_press"]
    assert [p["exercise"] for p in found["programme"]] == named
    assert found["not_covered"] == ["croquet"]
    said = " ".join(done.stderr.split())
    assert "+ back squat (from `squat`)" in said
    assert "= back squat, Romanian deadlift, plank, leg press, croquet" in said
    listed = kept(tmp_path, "p").session.listed()
    assert listed is not None
    assert listed.typed[0] == "1. Back squat 5x5 @ 80kg, rest 2 min"
    assert listed.typed[-1] == "5x5"


def test_programme_file_with_unknown_name_is_asked_about(tmp_path: Path, planner: Planner) -> None:
    (tmp_path / "p.txt").write_text("back squat\ncroquet\n", encoding="utf-8")
    lines = script(planner, gardener(planner.knowledge))
    lines[lines.index("")] = "k"
    options = ("--programme", str(tmp_path / "p.txt"), "--format", "json")
    found = json.loads(piped(tmp_path, lines, *options).stdout)
    assert [p["exercise"] for p in found["programme"]] == ["back_squat"]
    assert found["not_covered"] == ["croquet"]


def test_known_programme_file_is_not_asked_about(tmp_path: Path, planner: Planner) -> None:
    (tmp_path / "p.txt").write_text("back squat\n", encoding="utf-8")
    lines = [*script(planner, harmless(planner.knowledge))]
    lines.remove("")
    done = piped(tmp_path, lines, "--programme", str(tmp_path / "p.txt"), "--format", "json")
    assert [p["exercise"] for p in json.loads(done.stdout)["programme"]] == ["back_squat"]
    assert "Which exercises" not in done.stderr


def test_answers_of_an_intake_are_taken_as_given(tmp_path: Path) -> None:
    (tmp_path / "i.yaml").write_text(
        "client: ina\nanswers: {chest: no, very_unwell: dont_know}\n", encoding="utf-8"
    )
    done = piped(tmp_path, [], "--answers", str(tmp_path / "i.yaml"))
    assert "7 answered" in done.stderr
    assert "accident or a jolt" in done.stderr
    assert kept(tmp_path, "ina").session.client == "ina"


def test_answers_at_odds_are_shown_and_can_be_changed(tmp_path: Path, planner: Planner) -> None:
    sheet = gardener(planner.knowledge) | {"constant": "yes"}
    lines = script(planner, sheet)
    done = piped(tmp_path, lines, "--client", "odd")
    said = " ".join(done.stderr.split())
    assert "do not seem to fit together" in said
    place = said.index("do not seem to fit together")
    assert "1 Pain the same whatever one does: Yes" in said[place:]
    assert "bring" in said[place:]


def test_stale_answer_is_said_and_asked_again(tmp_path: Path, shipped: KnowledgeBase) -> None:
    other = Answered("chest", "no", "0" * 16, "Chest pain: No")
    keep(tmp_path, shipped, "old", {"pulsing": "none"}, other)
    done = piped(tmp_path, ["n", "quit"], "--resume", "old")
    assert "stale_answer:" in done.stderr
    assert "Chest pain: No" in done.stderr
    assert "pain or pressure in your chest" in " ".join(done.stderr.split())
    assert answered(tmp_path, "old") == ["pulsing", "chest"]
    assert "stale_answer:" not in piped(tmp_path, ["quit"], "--resume", "old").stderr
    assert happened(tmp_path, "old").count("Answered") == 3


def test_an_ended_case_is_shown_again_or_corrected(tmp_path: Path, planner: Planner) -> None:
    sheet = harmless(planner.knowledge) | {"saddle": "new_or_worse"}
    piped(tmp_path, script(planner, sheet), "--client", "s")
    shown = piped(tmp_path, [""], "--resume", "s", "--format", "json")
    assert json.loads(shown.stdout)["referral"]["level"] == "emergency"
    corrected = piped(tmp_path, ["change saddle", "1", "quit"], "--resume", "s")
    assert corrected.returncode == 0
    assert kept(tmp_path, "s").status == "open"


REFUSED = [
    (("--resume", "nobody"), "no case `nobody`"),
    (("--resume", "../x"), "no case"),
    (("--resume", "x", "--client", "y"), "leave --client"),
    (("--client", "a" * 10_000), "at most 80 characters is expected, found 10000"),
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
def test_any_client_name_that_can_be_printed_will_do(tmp_path: Path, client: str) -> None:
    done = piped(tmp_path, ["n"], "--client", client)
    assert done.returncode == 0, done.stderr
    assert kept(tmp_path, client).session.client == client
    assert f"--resume {shlex.quote(f'{client}-1')}" in done.stderr


def test_open_case_of_a_client_is_not_begun_anew(tmp_path: Path, planner: Planner) -> None:
    piped(tmp_path, ["n"], "--client", "anna")
    done = piped(tmp_path, ["n"], "--client", "anna")
    assert done.returncode == 2
    assert "--resume anna" in done.stderr
    piped(tmp_path, script(planner, harmless(planner.knowledge))[1:], "--resume", "anna")
    assert piped(tmp_path, ["n"], "--client", "anna").returncode == 0
    assert "--resume anna-2" in piped(tmp_path, ["n"], "--resume", "anna").stderr
    assert kept(tmp_path, "anna-1").status == "complete"


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "pass").write_text("four words that differ", encoding="utf-8")
    (tmp_path / "pass").chmod(0o600)
    options = ("--passphrase-file", str(tmp_path / "pass"))
    done = ran(tmp_path / "file", ["n"], "interview", *options)
    assert done.returncode == 2
    assert "no store can be made" in done.stderr


def test_without_a_key_it_goes_on_and_says_that_nothing_is_saved(tmp_path: Path) -> None:
    done = ran(tmp_path, ["n", "n"], "interview", "--client", "free", "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["status"] == "incomplete"
    said = " ".join(done.stderr.split())
    assert "Nothing is saved, for want of a key." in said
    assert "screening store create" in said
    assert "--resume" not in said
    assert not (tmp_path / "records.db").exists()


def test_undecodable_input_is_asked_again(tmp_path: Path) -> None:
    done = piped(tmp_path, ["\udce9\udcff\x1b[2J", "n", "quit"], "--client", "raw")
    assert done.returncode == 0
    assert "is not an answer here" in done.stderr
    assert "\x1b" not in done.stderr
    assert "1 answered" in done.stderr


def test_follow_up_of_an_answer_taken_back_is_set_aside(tmp_path: Path) -> None:
    lines = ["n", "n", "major", "yes", "change trauma", "no", "quit"]
    done = piped(tmp_path, lines, "--client", "slip")
    assert (
        "No longer applies, set aside: Examined since the accident, fall or knock." in done.stderr
    )
    assert "trauma_assessed" not in answered(tmp_path, "slip")
    assert happened(tmp_path, "slip").count("Withdrawn") == 1


def test_a_programme_gone_back_to_says_what_is_on_it(tmp_path: Path, planner: Planner) -> None:
    lines = script(planner, gardener(planner.knowledge))
    place = lines.index("")
    done = piped(tmp_path, [*lines[:place], "plank, croquet", "", "back", "", "quit"])
    assert "So far: plank, croquet." in done.stderr
    done = piped(tmp_path, [*lines[:place], "plank, zumba", "", "back", "back", "", "quit"])
    assert done.stderr.count("So far: plank.") == 1
