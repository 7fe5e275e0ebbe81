"""A form made on the page, waited for at the desk, and what came back filed there."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from home_forms import data_of, locked, reply
from kept_cases import kept, make_store
from never_said import never_said
from page_client import HOST, PageClient, site_in

from screening.app.desk import OnDesk, at_desk
from screening.app.receive import CALL_NOW
from screening.cli import main
from screening.load import shipped_knowledge
from screening.model.knowledge import KnowledgeBase
from screening.records import add_client, open_store

CLIENTS = ("blue-bike", "red-car")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, shipped: KnowledgeBase) -> Path:
    """A home with two clients, and a form of each that was saved from the page."""
    home = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCREENING_HOME", str(home))
        make_store(home)
        with open_store(home / "records.db", str) as store:
            for name in CLIENTS:
                add_client(store, name)
        browser = PageClient(site_in(home, shipped)).open()
        for name in CLIENTS:
            browser.get("/").follow(name).follow("Form to answer at home")
            assert "On an iPhone or iPad: not at all." in browser.text
            browser.press("Save the form")
            said = browser.answer.headers["Content-Disposition"]
            assert said.startswith("attachment; filename=form-")
            (home / f"{name}.html").write_bytes(browser.answer.get_data())
        browser.site.office.lock()
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    shutil.copytree(made, folder)
    monkeypatch.setenv("SCREENING_HOME", str(folder))
    return folder


@pytest.fixture
def desk(home: Path, shipped: KnowledgeBase) -> PageClient:
    return PageClient(site_in(home, shipped)).open()


def came(browser: PageClient, text: str, do: str = "once", **files: str) -> PageClient:
    """Send what came back, as pasted text or as a file."""
    browser.get("/receive")
    sent = {one: (io.BytesIO(held.encode()), f"{one}.txt") for one, held in files.items()}
    fields = browser.shown.forms[-1].fields
    data = {"token": fields["token"][0], "text": text, "do": do, **sent}
    return browser.post("/receive", data)


def test_a_form_that_is_out_stands_at_the_desk_until_it_is_back(
    desk: PageClient, home: Path
) -> None:
    assert "Form at home" in desk.text
    assert desk.text.count("form made today, not back yet") == 2
    with open_store(home / "records.db", str) as store:
        assert {one.due for one in at_desk(store, print)} == {OnDesk.FORM}
    ran = CliRunner().invoke(main, ["calendar", "--format", "json"])
    due = [(one["client"], one["what"]) for one in json.loads(ran.stdout)["due"]]
    assert sorted(due) == [(name, "answers") for name in CLIENTS]
    came(desk, reply(home / "blue-bike.html", {"chest": "no", "age": 40}))
    desk.get("/")
    assert desk.text.count("not back yet") == 1
    assert "2 answers from home, to go through" in desk.text


def test_a_screening_makes_an_older_form_moot(desk: PageClient) -> None:
    desk.follow("blue-bike").press("Ask the questions").press("No")
    desk.get("/")
    assert "interrupted, 1 answered" in desk.text
    assert desk.text.count("not back yet") == 1


@pytest.mark.parametrize("way", ["file", "text"])
def test_what_came_back_is_filed_and_the_rest_is_asked(
    desk: PageClient, home: Path, way: str
) -> None:
    text = reply(home / "blue-bike.html", {"chest": "no", "age": 40})
    came(desk, text if way == "text" else "", **({"file": text} if way == "file" else {}))
    assert "2 answers of blue-bike" in desk.text
    assert kept(home, "blue-bike").session.answers() == {"chest": "no", "age": 40}
    desk.press("Ask the rest, with the client")
    assert desk.path.startswith("/interview/")
    assert never_said(desk.text) == []


def test_an_emergency_from_home_is_said_before_all_else(desk: PageClient, home: Path) -> None:
    came(desk, reply(home / "blue-bike.html", {"chest": "yes"}))
    assert desk.text.index(CALL_NOW) < desk.text.index("1 answer of blue-bike")
    assert desk.shown.button("Ask the rest") is None
    assert desk.follow("What follows so far").heading == "Emergency"


def test_an_emergency_is_said_although_the_form_is_refused(desk: PageClient, home: Path) -> None:
    desk.follow("blue-bike").press("Ask the questions").press("No")
    came(desk, reply(home / "blue-bike.html", {"chest": "yes"}))
    assert CALL_NOW in desk.text
    assert "is under way (1 answered)" in desk.text


def test_a_form_is_taken_once_unless_it_is_wanted(desk: PageClient, home: Path) -> None:
    text = reply(home / "blue-bike.html", {"chest": "yes"})
    came(desk, text)
    came(desk, text)
    assert "came back before, and counts once" in desk.text
    assert "`screening" not in desk.text
    assert desk.shown.title.startswith("Error: ")
    assert came(desk, text, do="again").heading == "Answers from home"
    assert "1 answer of blue-bike" in desk.text


def cases_in(home: Path) -> int:
    with open_store(home / "records.db", str) as store:
        found = store.row("SELECT COUNT(*) FROM ledgers WHERE number > 0")
    assert found is not None
    return int(str(found[0]))


@pytest.mark.parametrize(
    ("forge", "said"),
    [
        (lambda *_: "", "Choose the file, or paste the text."),
        (lambda *_: "hello", "no answers of a form are in it"),
        (lambda *_: "x" * 60_000, "no answers of a form are in it"),
        (lambda mine, _: reply(mine, {})[:200], "the end is missing"),
        (
            lambda mine, other: locked(mine, "{}", invitation=data_of(other)["invitation"]),
            "the lock is broken",
        ),
        (lambda mine, _: locked(mine, "{}", knowledge="0" * 64), "the lock is broken"),
        (lambda mine, _: locked(mine, "{}", purpose="another form 1"), "the lock is broken"),
        (lambda mine, _: locked(mine, "{}", invitation="00" * 16), "No form of these records"),
        (lambda mine, _: locked(mine, "[" * 900), "not what a form writes"),
        (lambda mine, _: reply(mine, {"chest": "<script>alert(1)</script>"}), "alert(1)"),
        (lambda mine, _: reply(mine, {"follow_up": "yes"}), "follow_up"),
    ],
)
def test_a_forged_form_files_nothing(
    desk: PageClient, home: Path, forge: object, said: str
) -> None:
    assert callable(forge)
    came(desk, forge(home / "blue-bike.html", home / "red-car.html"))
    assert "There is a problem" in desk.text
    assert said in desk.text
    assert "<script>" not in desk.html
    assert cases_in(home) == 0


def test_what_is_too_large_or_comes_from_elsewhere_files_nothing(
    desk: PageClient, home: Path
) -> None:
    text = reply(home / "blue-bike.html", {"chest": "no"})
    assert came(desk, "", file=text * 60).code == 413
    desk.get("/receive")
    data = {"token": desk.shown.forms[-1].fields["token"][0], "text": text}
    for headers in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {}):
        answer = desk.http.post("/receive", data=data, headers={"Host": HOST, **headers})
        assert answer.status_code == 403
    assert desk.post("/receive", {"text": text}).code == 403
    assert PageClient(desk.site).post("/receive", {"text": text}).code == 403
    assert cases_in(home) == 0


def test_a_form_of_other_knowledge_is_read_by_that(desk: PageClient, home: Path) -> None:
    other = home / "other"
    shutil.copytree(shipped_knowledge(), other)
    asked = other / "questions" / "10-emergency.yaml"
    text = asked.read_text("utf-8")
    was = "Now, or since yesterday: pain"
    assert was in text
    asked.write_text(text.replace(was, "Now, is there pain"), "utf-8")
    words = ["form", "red-car", "-o", str(home / "other.html"), "--knowledge", str(other)]
    assert CliRunner().invoke(main, words).exit_code == 0
    came(desk, reply(home / "other.html", {"chest": "no", "age": 40}))
    assert "`chest` is asked differently now" in desk.text
    assert kept(home, "red-car").session.answers() == {"age": 40}
