"""A form that goes home with a client, and what comes back: filed once, for them, as an intake."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from home_forms import data_of, locked, reply
from kept_cases import happened, kept, make_store
from never_said import never_said

from screening.app.receive import CALL_NOW, CALL_TODAY
from screening.cli import main
from screening.load import load_intake
from screening.load.knowledge import shipped_knowledge
from screening.model.knowledge import KnowledgeBase
from screening.records import find_client, open_store
from screening.records.event import FormMade, FormReceived

GARDENER = Path(__file__).parents[1] / "intakes" / "gardener.yaml"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two forms of one client, and one of another."""
    folder = tmp_path_factory.mktemp("begun")
    with pytest.MonkeyPatch.context() as patch:
        at_home(patch, folder)
        make_store(folder)
        for name, client in (("one", "blue-bike"), ("two", "blue-bike"), ("red", "red-car")):
            result = run("form", client, "-o", folder / f"{name}.html")
            assert result.exit_code == 0, result.output
    return folder


def at_home(patch: pytest.MonkeyPatch, folder: Path) -> None:
    patch.setenv("SCREENING_HOME", str(folder))
    patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture(autouse=True)
def home(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    shutil.copytree(begun, folder)
    at_home(monkeypatch, folder)
    return folder


def run(*words: str | Path, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, [*map(str, words)], input=typed)


def sent(home: Path, text: str) -> Path:
    file = home / "answers.screening"
    file.write_text(text, "utf-8")
    return file


def received(home: Path, form: Path, answers: dict[str, object], *more: str) -> Result:
    return run("receive", sent(home, reply(form, answers)), *more)


def words_of(result: Result) -> str:
    return " ".join(result.output.split())


def test_a_client_who_is_not_recorded_is_opened(home: Path) -> None:
    with open_store(home / "records.db", str) as store:
        client = find_client(store, "blue-bike")
        assert client is not None
        form = next(one.event for one in store.events(client.id))
        assert isinstance(form, FormMade)
        assert len(form.key) == 64


def test_a_name_like_another_is_said(home: Path) -> None:
    result = run("form", "blue-bikes", "-o", home / "x.html")
    assert "looks like `blue-bike`" in words_of(result)


def test_a_form_holds_no_name_and_no_key(home: Path) -> None:
    assert run("clients", "rename", "red-car", "--name", "Alma García").exit_code == 0
    assert run("form", "red-car", "-o", home / "alma.html").exit_code == 0
    text = (home / "alma.html").read_text("utf-8")
    with open_store(home / "records.db", str) as store:
        client = find_client(store, "red-car")
        assert client is not None
        kept_keys = [
            one.event.key for one in store.events(client.id) if isinstance(one.event, FormMade)
        ]
    assert len(kept_keys) == 2
    assert not [key for key in kept_keys if key in text]
    assert "red-car" not in text
    assert "Alma" not in text
    assert "http" not in text.replace("http-equiv", "").replace("begins with https", "")


def test_the_words_of_a_form_are_never_those_that_are_never_said(home: Path) -> None:
    data = data_of(home / "one.html")
    said = [one for one in data["words"].values() if isinstance(one, str)]
    said += [line for one in data["words"].values() if isinstance(one, list) for line in one]
    assert never_said(" ".join(said)) == []


def test_the_trainers_own_questions_are_not_in_it(home: Path) -> None:
    asked = {one["id"] for one in data_of(home / "one.html")["questions"]}
    assert "trainer_level" not in asked
    assert not asked & {"follow_up", "weeks_since", "quick_legs", "pain_change"}
    assert {"chest", "saddle", "walk", "age"} <= asked


def test_an_odd_file_or_client_is_refused(home: Path) -> None:
    for words in (("form", "blue-bike", "-o", "form.pdf"), ("form", " ")):
        result = run(*words)
        assert result.exit_code == 2
        assert "expected" in result.output
    form = home / "one.html"
    result = run("form", "blue-bike", "-o", form)
    assert result.exit_code == 2
    assert "cannot be written" in result.output


def gardener(shipped: KnowledgeBase) -> dict[str, object]:
    return dict(load_intake(GARDENER, shipped).answers)


def test_what_came_back_is_an_open_screening_of_the_client(
    home: Path, shipped: KnowledgeBase
) -> None:
    answers = gardener(shipped)
    result = received(home, home / "one.html", answers)
    assert result.exit_code == 0, result.output
    assert "filed as blue-bike-1" in result.output
    assert "written on 2026-03-02" in result.output
    assert "screening interview --resume blue-bike-1" in result.output
    assert kept(home, "blue-bike-1").session.answers() == answers
    assert kept(home, "blue-bike-1").status == "open"
    assert "Closed" not in happened(home, "blue-bike-1")


def test_an_intake_of_the_same_answers_says_the_same(home: Path, shipped: KnowledgeBase) -> None:
    answers = gardener(shipped)
    came = received(home, home / "one.html", answers, "--format", "json")
    intake = home / "intake.json"
    intake.write_text(json.dumps({"answers": answers}), "utf-8")
    ran = run("run", intake, "--format", "json")
    found, expected = json.loads(came.stdout), json.loads(ran.stdout)
    for said in ("referral", "recommend", "avoid", "advice"):
        assert found[said] == expected[said]


def test_an_emergency_is_said_before_all_else(home: Path) -> None:
    result = received(home, home / "one.html", {"chest": "yes"})
    assert result.exit_code == 0
    assert result.output.lstrip().startswith(("caution", CALL_NOW))
    assert CALL_NOW in result.stderr
    assert "EMERGENCY" in result.stdout
    assert "FlagRaised" in happened(home, "blue-bike-1")
    assert kept(home, "blue-bike-1").status != "open"


def test_what_is_for_today_is_said_first(home: Path) -> None:
    result = received(home, home / "one.html", {"chest": "no", "leg_weak": "new_or_worse"})
    assert CALL_TODAY in result.stderr


def test_a_client_under_way_is_refused_but_not_their_emergency(home: Path) -> None:
    first, second = home / "one.html", home / "two.html"
    received(home, first, {"chest": "no"})
    result = received(home, second, {"chest": "yes"})
    assert result.exit_code == 2
    assert CALL_NOW in result.output
    assert "under way" in result.output


def test_a_form_counts_once_unless_wanted(home: Path) -> None:
    form = home / "one.html"
    received(home, form, {"chest": "yes"})
    result = received(home, form, {"chest": "yes"})
    assert result.exit_code == 2
    assert "came back before" in result.output
    assert received(home, form, {"chest": "yes"}, "--again").exit_code == 0
    assert "Closed" in happened(home, "blue-bike-2")


def test_what_is_otherwise_than_last_time_is_said(home: Path, shipped: KnowledgeBase) -> None:
    received(home, home / "one.html", {"chest": "yes", "age": 40})
    result = received(home, home / "two.html", {"chest": "no", "age": 40, "leg_swollen": "yes"})
    said = words_of(result)
    chest, leg = shipped.questions["chest"], shipped.questions["leg_swollen"]
    assert f"Otherwise than last time: {chest.short}: No (was: Yes)" in said
    assert f"Not asked last time: {leg.short}: Yes" in said
    assert shipped.questions["age"].short not in said.split("Not asked")[0]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:0],
        lambda text: f"hello {len(text)}",
        lambda text: text.replace("SCREENING ANSWERS END", ""),
        lambda text: text + text,
        lambda text: text[:200] + "\n" + text[-23:],
        lambda text: text.replace("A", "é"),
        lambda text: text[:300] + ("x" if text[300] != "x" else "y") + text[301:],
        lambda text: text * 200,
        lambda text: text.replace("BEGIN\nA", "BEGIN\nB"),
    ],
)
def test_what_is_damaged_is_refused_with_its_place(home: Path, spoil: object) -> None:
    assert callable(spoil)
    file = sent(home, spoil(reply(home / "one.html", {"chest": "no"})))
    result = run("receive", file)
    assert result.exit_code == 2, result.output
    assert "damaged_file" in result.output
    assert f"{file}:" in result.output
    assert "Traceback" not in result.output
    assert run("clients", "show", "blue-bike", "--format", "json").output.count("blue-bike-1") == 0


def test_a_pasted_message_is_taken(home: Path) -> None:
    text = reply(home / "one.html", {"chest": "yes"})
    result = run("receive", "-", typed=f"Hi,\nhere it is:\n\n> {text}\nBye")
    assert result.exit_code == 0, result.output
    assert CALL_NOW in result.stderr


def test_another_store_does_not_open_it(home: Path, tmp_path: Path) -> None:
    text = reply(home / "one.html", {"chest": "no"})
    other = tmp_path / "other"
    other.mkdir()
    make_store(other)
    result = run("receive", sent(home, text), "--store", other / "records.db")
    assert result.exit_code == 2
    assert "answers no form of these records" in words_of(result)


def test_a_reply_moved_to_another_form_is_refused(home: Path) -> None:
    mine, other = home / "one.html", home / "red.html"
    moved = locked(mine, "{}", invitation=data_of(other)["invitation"])
    result = run("receive", sent(home, moved))
    assert result.exit_code == 2
    assert "the lock is broken" in words_of(result)


def test_an_erased_client_takes_the_key_along(home: Path) -> None:
    text = reply(home / "one.html", {"chest": "no"})
    assert run("clients", "erase", "blue-bike", "--yes").exit_code == 0
    assert "answers no form of these records" in words_of(run("receive", sent(home, text)))


def test_an_erased_client_gets_no_form(home: Path) -> None:
    with open_store(home / "records.db", str) as store:
        client = find_client(store, "blue-bike")
        assert client is not None
    run("clients", "erase", "blue-bike", "--yes")
    result = run("form", client.id, "-o", home / "late.html")
    assert result.exit_code == 2
    assert "erased" in result.output
    assert not (home / "late.html").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense", "not what a form writes"),
        ('{"form": 2, "on": "2026-03-02", "answers": {}}', "not what a form writes"),
        ('{"form": 1, "on": "yesterday", "answers": {}}', "not what a form writes"),
        ('{"form": 1, "on": "2026-03-02", "answers": {"chest": [1]}}', "not what a form writes"),
        ('{"form": 1, "on": "2026-03-02", "answers": {"chest": true}}', "not what a form writes"),
        ("[" * 900, "not what a form writes"),
        ('{"form": 1, "on": "2026-03-02", "answers": {}, "programme": 3}', "not what a form"),
        ('{"form": 1, "on": "2026-03-02", "answers": {}, "programme": [3]}', "not what a form"),
        (
            json.dumps({"form": 1, "on": "2026-03-02", "answers": {}, "programme": ["a\nb"]}),
            "not what a form",
        ),
        (
            json.dumps({"form": 1, "on": "2026-03-02", "answers": {}, "programme": ["x" * 121]}),
            "not what a form",
        ),
        (
            json.dumps({"form": 1, "on": "2026-03-02", "answers": {}, "programme": ["x"] * 41}),
            "not what a form",
        ),
        ('{"form": 1, "on": "2026-03-02", "answers": {"chezt": "no"}}', "did you mean `chest`"),
        ('{"form": 1, "on": "2026-03-02", "answers": {"chest": "nope"}}', "nope"),
        ('{"form": 1, "on": "2026-03-02", "answers": {"age": 900}}', "900"),
        ('{"form": 1, "on": "2026-03-02", "answers": {"follow_up": "yes"}}', "follow_up"),
    ],
)
def test_whoever_locked_it_is_trusted_no_further_than_an_intake(
    home: Path, text: str, said: str
) -> None:
    result = run("receive", sent(home, locked(home / "one.html", text)))
    assert result.exit_code == 2, result.output
    assert said in words_of(result)
    assert "Traceback" not in result.output


def test_an_export_holds_no_key(home: Path) -> None:
    form = home / "one.html"
    with open_store(home / "records.db", str) as store:
        client = find_client(store, "blue-bike")
        assert client is not None
        event = next(one.event for one in store.events(client.id))
        assert isinstance(event, FormMade)
    shown = run("clients", "export", "blue-bike")
    assert shown.exit_code == 0
    assert event.key not in shown.output
    assert data_of(form)["invitation"] in shown.output


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """Knowledge in which a question is asked differently, one is renamed and one stays."""
    folder = tmp_path / "knowledge"
    shutil.copytree(shipped_knowledge(), folder)
    asked = folder / "questions" / "10-emergency.yaml"
    text = asked.read_text("utf-8")
    assert "Now, or since yesterday: pain or pressure" in text
    asked.write_text(text.replace("Now, or since yesterday: pain", "Now, is there pain"), "utf-8")
    return folder


def test_an_answer_to_other_words_is_set_aside_and_asked_again(home: Path, changed: Path) -> None:
    form = home / "one.html"
    result = received(home, form, {"chest": "no", "age": 40}, "--knowledge", str(changed))
    assert result.exit_code == 0, result.output
    assert "`chest` is asked differently now" in words_of(result)
    assert kept(home, "blue-bike-1").session.answers() == {"age": 40}


def test_a_renamed_answer_is_taken_as_what_it_stands_for(home: Path, tmp_path: Path) -> None:
    before = tmp_path / "before"
    shutil.copytree(shipped_knowledge(), before)
    renamed = before / "renamed.yaml"
    text = renamed.read_text("utf-8")
    lines = text.splitlines(keepends=True)
    renamed.write_text("".join(one for one in lines if "self_harm, answer" not in one), "utf-8")
    asked = before / "questions" / "70-outlook.yaml"
    text = asked.read_text("utf-8")
    at = text.index("      - {id: ", text.index("- id: self_harm"))
    asked.write_text(text[:at] + '      - {id: yes, say: "Yes"}\n' + text[at:], "utf-8")
    form = home / "before.html"
    assert run("form", "green-hat", "-o", form, "--knowledge", before).exit_code == 0
    result = received(home, form, {"self_harm": "yes", "age": 40})
    assert result.exit_code == 0, result.output
    assert "renamed_answer" in result.output
    assert kept(home, "green-hat-1").session.answers() == {"self_harm": "recent", "age": 40}


def test_a_clients_page_says_which_forms_came_back(home: Path) -> None:
    assert words_of(run("clients", "show", "blue-bike")).count("not back yet") == 2
    received(home, home / "one.html", {"chest": "yes"})
    shown = words_of(run("clients", "show", "blue-bike"))
    assert (shown.count("came back"), shown.count("not back yet")) == (1, 1)
    found = json.loads(run("clients", "show", "blue-bike", "--format", "json").stdout)
    assert [len(one["cases"]) for one in found["forms"]] == [1, 0]


def test_what_is_kept_of_a_form_is_that_it_came_back(home: Path) -> None:
    form = home / "one.html"
    received(home, form, {"chest": "yes"})
    with open_store(home / "records.db", str) as store:
        client = find_client(store, "blue-bike")
        assert client is not None
        events = [one.event for one in store.events(client.id)]
    assert [type(one) for one in events] == [FormMade, FormMade, FormReceived]
    assert isinstance(events[2], FormReceived)
    assert events[2].invitation == data_of(form)["invitation"]
