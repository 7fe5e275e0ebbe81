"""Who is asking: said once, on record with every screening, and the one answer it spares."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from interview_process import Sitting, environment, ran
from kept_cases import kept, make_store
from simulated_clients import harmless

from screening.app import settings, trainers
from screening.app.clients.find_case import last_case
from screening.app.start_interview import New, Resume, opened
from screening.cli import main
from screening.interview.session import Order
from screening.model.knowledge import KnowledgeBase
from screening.records import open_store
from screening.records.event import Answered, Changed, Resumed, Started

BASIC = trainers.TrainerAnswer("trainer_level", "basic")
ADVANCED = trainers.TrainerAnswer("trainer_level", "advanced")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    monkeypatch.delenv("SCREENING_TRAINER", raising=False)
    make_store(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def events(home: Path, client: str) -> list[object]:
    with open_store(home / "records.db", str) as store:
        return [one.event for one in store.events(last_case(store, client))]


def begun(home: Path, client: str) -> Started:
    return next(one for one in events(home, client) if isinstance(one, Started))


def test_a_first_client_asks_who_is_asking_and_the_next_does_not(home: Path) -> None:
    first = Sitting(home, NO_COLOR="1", rows=24)
    for line in ("AG", "maybe", "no", "blue-bike", "", "y", "n", "n", "n", "quit"):
        first.enter(line)
    assert first.end() == 0
    assert "Who is asking?" in first.shown
    assert "Asking: AG." in first.shown
    assert begun(home, "blue-bike").by == "AG"
    assert kept(home, "blue-bike").session.answers()["trainer_level"] == "basic"
    second = Sitting(home, NO_COLOR="1", rows=24)
    for line in ("red-kite", "", "y", "n", "n", "n", "quit"):
        second.enter(line)
    assert second.end() == 0
    assert "Who is asking?" not in second.shown
    assert begun(home, "red-kite").by == "AG"


def test_enter_names_nobody_and_is_not_asked_again(home: Path) -> None:
    for client in ("one", "two"):
        sitting = Sitting(home, NO_COLOR="1", rows=24)
        lines = (*(("",) if client == "one" else ()), client, "", "y", "n", "n", "n", "quit")
        for line in lines:
            sitting.enter(line)
        assert sitting.end() == 0
        assert begun(home, client).by == ""
        assert "trainer_level" not in kept(home, client).session.answers()


def test_a_trainer_who_said_their_level_is_not_asked_for_it(
    home: Path, shipped: KnowledgeBase
) -> None:
    settings.keep_trainer(shipped, "AG", None, (BASIC,))
    sheet = harmless(shipped) | {"pain_worst": 6}
    lines = "".join(f"  {q}: {v}\n" for q, v in sheet.items() if q != "trainer_level")
    (home / "i.yaml").write_text(f"client: sore\nanswers:\n{lines}", encoding="utf-8")
    done = ran(home, [], "interview", "--answers", str(home / "i.yaml"))
    assert done.returncode == 0, done.stderr
    assert "trained to work with clients in pain" not in done.stderr
    found = kept(home, "sore").session
    assert found.answers()["trainer_level"] == "basic"
    verified = ran(home, [], "audit", "verify", "sore")
    assert verified.returncode == 0, verified.stdout
    assert "from the settings" in ran(home, [], "audit", "show", "sore").stdout


def test_a_trainer_can_be_named_for_one_client(home: Path, shipped: KnowledgeBase) -> None:
    settings.keep_trainer(shipped, "AG", "Alma García", (BASIC,))
    settings.keep_trainer(shipped, "BT", None, (ADVANCED,))
    ran(home, ["n"], "interview", "--client", "one", "--trainer", "bt")
    ran(home, ["n"], "interview", "--client", "two", SCREENING_TRAINER="BT")
    ran(home, ["n"], "interview", "--client", "three")
    assert [begun(home, name).by for name in ("one", "two", "three")] == ["BT", "BT", "AG"]
    refused = ran(home, ["n"], "interview", "--client", "four", "--trainer", "BU")
    assert refused.returncode == 2
    assert "no trainer `BU`" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_another_trainer_who_takes_a_case_up_answers_for_themselves(
    home: Path, shipped: KnowledgeBase
) -> None:
    ag = settings.keep_trainer(shipped, "AG", None, (BASIC,))
    bt = settings.keep_trainer(shipped, "BT", None, (ADVANCED,))
    ran(home, ["n"], "interview", "--client", "one")
    with open_store(home / "records.db", str) as store:
        same = opened(shipped, store, Resume("one"), None, ag)
        other = opened(shipped, store, Resume("one"), None, bt)
    assert [type(one) for one in same.first] == [Resumed]
    (taken_up, changed) = other.first
    assert isinstance(taken_up, Resumed)
    assert taken_up.by == "BT"
    assert isinstance(changed, Changed)
    assert (changed.before, changed.value) == ("basic", "advanced")
    assert other.session.answers()["trainer_level"] == "advanced"


def test_what_the_settings_say_is_not_taken_back(home: Path, shipped: KnowledgeBase) -> None:
    settings.keep_trainer(shipped, "AG", None, (BASIC,))
    sitting = Sitting(home, "--client", "one", NO_COLOR="1", rows=24)
    sitting.enter("back")
    sitting.until("There is nothing to undo.")
    sitting.enter("n")
    sitting.enter("back")
    sitting.enter("back")
    sitting.until("There is nothing to undo.")
    sitting.enter("quit")
    assert sitting.end() == 0


def test_an_answer_the_knowledge_does_not_have_is_passed_over(shipped: KnowledgeBase) -> None:
    gone = trainers.TrainerAnswer("no_such_question", "yes")
    other = trainers.TrainerAnswer("trainer_level", "wizard")
    clients_own = trainers.TrainerAnswer("chest", "yes")
    trainer = trainers.Trainer("AG", "", (gone, other, clients_own))
    opening = opened(shipped, None, New(), Order.ADAPTIVE, trainer)
    assert not opening.session.answers()
    assert not any(isinstance(one, Answered) for one in opening.first)


def test_initials_stand_in_the_record_the_list_of_cases_and_on_the_sheet(
    home: Path, root: Path, shipped: KnowledgeBase
) -> None:
    settings.keep_trainer(shipped, "AG", None, (BASIC,))
    intake = str(root / "tests/intakes/gardener.yaml")
    assert run("run", intake, "--client", "blue-bike").exit_code == 0
    assert "asked by AG" in " ".join(run("audit", "show", "blue-bike").stdout.split())
    assert "AG" in run("clients", "show", "blue-bike").stdout
    form = json.loads(run("clients", "show", "blue-bike", "--format", "json").stdout)
    assert form["cases"][0]["by"] == "AG"
    sheet = home / "sheet.html"
    written = run("sheet", "blue-bike", "--for", "trainer", "-o", str(sheet))
    assert written.exit_code == 0, written.output
    assert "asked by AG" in sheet.read_text("utf-8")
    verified = run("audit", "verify", "blue-bike")
    assert verified.exit_code == 0, verified.output


def test_an_intake_on_file_says_all_itself(root: Path, shipped: KnowledgeBase) -> None:
    intake = str(root / "tests/intakes/gardener.yaml")
    before = run("run", intake).stdout
    settings.keep_trainer(shipped, "AG", None, (BASIC,))
    assert run("run", intake).stdout == before


def test_trainers_are_listed_changed_and_forgotten() -> None:
    assert "Who is asking" not in run("settings", "show").stdout
    level = "trainer_level=advanced"
    kept_ = run("settings", "trainer", "AG", "--name", "Alma García", "--answer", level)
    assert (kept_.exit_code, kept_.stdout) == (0, "Kept: AG (Alma García).\n")
    assert run("settings", "trainer", "BT").exit_code == 0
    assert run("settings", "set", "--trainer", "bt").exit_code == 0
    shown = json.loads(run("settings", "show", "--format", "json").stdout)
    assert shown["trainer"] == "BT"
    assert [one["initials"] for one in shown["trainers"]] == ["AG", "BT"]
    assert run("settings", "set", "--country", "uk").exit_code == 0
    assert json.loads(run("settings", "show", "--format", "json").stdout)["trainer"] == "BT"
    assert run("settings", "trainer", "BT", "--forget").exit_code == 0
    assert "BT" not in run("settings", "show").stdout
    assert "Alma García" in run("settings", "show").stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("trainer", "  "), "expected initials"),
        (("trainer", "x" * 21), "1 to 20 characters"),
        (("trainer", "AG", "--answer", "trainer_level"), "expected QUESTION=ANSWER"),
        (("trainer", "AG", "--answer", "trainer_level=advance"), "did you mean `advanced`"),
        (("trainer", "AG", "--answer", "chest=yes"), "no question `chest` for trainers"),
        (("set", "--trainer", "AG"), "none is set yet"),
        (("set",), "say what to set"),
        (("trainer", "AG", "--forget"), "no trainer `AG`"),
    ],
)
def test_what_cannot_be_set_is_said(words: tuple[str, ...], says: str) -> None:
    refused = run("settings", *words)
    assert refused.exit_code == 2
    assert says in refused.output


def test_settings_of_an_earlier_program_still_load(home: Path) -> None:
    (home / "settings.json").write_text('{"country": "uk"}', "utf-8")
    assert settings.kept() == settings.Settings("uk")
    assert not settings.was_asked()


def test_another_trainer_asks_at_the_desk(home: Path, shipped: KnowledgeBase) -> None:
    settings.keep_trainer(shipped, "AG", None, (BASIC,))
    desk = Sitting(home, verb="desk", NO_COLOR="1", rows=24)
    for line in ("t", "BT", "yes", "n", "blue-bike", "", "y", "n", "n", "n", "quit", "q"):
        desk.enter(line)
    assert desk.end() == 0
    assert "Asking from now on: BT." in desk.shown
    assert begun(home, "blue-bike").by == "BT"
    assert environment(home)["SCREENING_HOME"] == str(home)
    assert settings.kept().trainer == "AG"
