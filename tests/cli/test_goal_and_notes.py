"""What a client wants to be able to do, and what a trainer writes down: kept, found, erased."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from interview_process import Sitting
from kept_cases import make_store
from page_client import PageClient, site_in

from screening.app.clients.notes import LONGEST, goals_in, notes_in
from screening.cli import main
from screening.model.knowledge import KnowledgeBase
from screening.records import Store, add_client, find_client, open_store

NOTE = "Left glove under the bench, wants to garden again"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with opened(make_store(tmp_path)) as store:
        add_client(store, "blue-bike", "Alma García")
        add_client(store, "red-car", "Berta Alm")
    return tmp_path


def opened(path: Path) -> Store:
    return open_store(path, str)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def words_of(result: Result) -> str:
    return " ".join(result.output.split())


def test_a_goal_and_its_scores_stand_with_the_client() -> None:
    assert "Goal: garden for an hour, 4 of 10 now." in words_of(
        run("clients", "goal", "blue-bike", "garden for an hour", "--score", "4")
    )
    assert "7 of 10 now" in words_of(run("clients", "goal", "blue-bike", "--score", "7"))
    shown = words_of(run("clients", "show", "garc"))
    assert shown.index("garden for an hour 4") < shown.index("garden for an hour 7")
    assert "0 is not at all" not in words_of(run("clients", "show", "red-car"))
    made = json.loads(run("clients", "show", "garc", "--format", "json").stdout)
    assert [one["score"] for one in made["goals"]] == [4, 7]


def test_notes_are_found_by_any_letters_and_only_the_right_client() -> None:
    run("clients", "note", "blue-bike", *NOTE.split())
    run("clients", "note", "blue-bike", "--", "- second: café")
    assert NOTE in words_of(run("clients", "show", "blue-bike"))
    for said in ("GLOVE", "cafe", "alma"):
        found = run("clients", "list", "--find", said).output
        assert "blue-bike" in found, said
        assert "red-car" not in found, said
    assert "red-car" in run("clients", "list", "--find", "berta").output
    assert "blue-bike" not in run("clients", "list", "--find", "glover").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("goal", "blue-bike"), "say a GOAL"),
        (("goal", "blue-bike", "--score", "3"), "`garden for an hour`"),
        (("goal", "blue-bike", "walk", "--score", "11"), "0 to 10 is expected"),
        (("goal", "blue-bike", "walk", "--score", "-1"), "0 to 10 is expected"),
        (("goal", "blue-bike", "walk", "--score", "lots"), "not a valid integer"),
        (("goal", "blue-bike", "w" * 81), "1 to 80 characters"),
        (("note", "blue-bike", " "), "0 found"),
        (("note", "blue-bike", "n" * (LONGEST + 1)), f"1 to {LONGEST}"),
        (("note", "garc", "a part of a name"), "no client `garc`"),
        (("goal", "nobody", "walk"), "no client `nobody`"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is(
    words: tuple[str, ...], said: str, home: Path
) -> None:
    refused = run("clients", *words)
    assert refused.exit_code == 2, refused.output
    assert said in words_of(refused)
    with opened(home / "records.db") as store:
        client = find_client(store, "blue-bike")
        assert client is not None
        assert goals_in(store.events(client.id)) == ()
        assert notes_in(store.events(client.id)) == ()


def test_nothing_of_them_stays_after_an_erasure_and_records_are_whole(home: Path) -> None:
    run("clients", "note", "blue-bike", NOTE)
    run("clients", "goal", "blue-bike", "garden for an hour")
    assert run("audit", "verify").exit_code == 0
    assert run("clients", "erase", "blue-bike", "--yes").exit_code == 0
    assert run("audit", "verify").exit_code == 0
    with closing(sqlite3.connect(home / "records.db")) as connection:
        dump = "\n".join(connection.iterdump())
    assert "glove" not in dump
    assert "garden" not in dump


def test_they_are_typed_at_the_desk(home: Path) -> None:
    desk = Sitting(home, verb="desk", NO_COLOR="1", rows=24)
    desk.until("q quit")
    desk.enter("garc")
    desk.until("b back")
    desk.enter("g")
    desk.until("able to do?")
    desk.enter("garden for an hour")
    desk.until("0 to 10?")
    desk.enter("4")
    desk.until("4 of 10 now")
    desk.enter("note")
    desk.until("No rule reads it.")
    desk.enter("- slept badly")
    desk.until("Noted: - slept badly")
    desk.enter("x")
    desk.until("Expected one of the letters above.")
    desk.enter("b")
    desk.until("q quit")
    desk.enter("q")
    assert desk.end() == 0
    with opened(home / "records.db") as store:
        client = find_client(store, "blue-bike")
        assert client is not None
        ledger = store.events(client.id)
    assert [(one.goal, one.score) for one in goals_in(ledger)] == [("garden for an hour", 4)]
    assert [one.words for one in notes_in(ledger)] == ["- slept badly"]


def test_they_are_kept_on_the_page(home: Path, shipped: KnowledgeBase) -> None:
    page = PageClient(site_in(home, shipped)).open()
    page.follow("blue-bike").follow("Goal and notes")
    page.press("Keep the goal", goal="garden <b>for</b> an hour", score="4")
    assert page.code == 200
    assert "garden <b>for</b> an hour: 4 of 10" in page.text
    page.press("Keep the goal", score="7")
    assert page.text.index("7 of 10") < page.text.index("4 of 10")
    page.press("Keep the note", note="slept badly")
    assert "slept badly" in page.text
    refused = page.press("Keep the note", note=" ")
    assert refused.code == 400
    assert "0 found" in refused.text
