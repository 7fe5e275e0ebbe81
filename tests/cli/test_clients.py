"""Who is recorded: listed, shown, exported, agreed, erased."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from command_line import printed, typed
from kept_cases import keep, make_store

from screening.cli import main
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.vocabularies import Unknown
from screening.records import (
    Protection,
    add_client,
    clients,
    create_store,
    find_client,
    open_store,
)
from screening.records.event import Closed, Listed
from screening.records.payload import encode

FIRST: dict[str, Value] = {
    "age": 40,
    "pain_worst": 6,
    "bend_forward": "provokes",
    "walk": "relieves",
}
SECOND: dict[str, Value] = {"age": 40, "pain_worst": Unknown.DONT_KNOW, "walk": "relieves"}


@pytest.fixture
def home(tmp_path: Path, shipped: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home with a client who was screened twice, and one who was not."""
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    plan = Listed(("plank",), ("croquet",))
    ended = Closed("complete")
    keep(tmp_path, shipped, "anna", FIRST, plan, ended, at="2026-03-02T10:00:00.000Z")
    keep(tmp_path, shipped, "anna", SECOND, ended, at="2026-03-16T10:00:00.000Z")
    with open_store(make_store(tmp_path), str) as store:
        add_client(store, "bert", "Bert Example")
    return tmp_path


def loaded(*words: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads(printed(*words, "--format", "json"))


@pytest.mark.usefixtures("home")
def test_names_are_listed_only_when_asked_for() -> None:
    assert [(one["client"], one["cases"]) for one in loaded("clients", "list")] == [
        ("bert", 0),
        ("anna", 2),
    ]
    assert "Bert Example" not in printed("clients", "list")
    assert "Bert Example" in printed("clients", "list", "--names")
    assert len(loaded("clients", "list", "--limit", "1")) == 1


@pytest.mark.usefixtures("home")
def test_a_client_is_shown_with_what_is_not_known_as_a_gap() -> None:
    shown = printed("clients", "show", "anna")
    assert "2026-03-02" in shown
    assert "██████···· 6" in shown
    assert "1 of 2 tried" in shown
    second = next(line for line in shown.splitlines() if line.startswith("2026-03-16   "))
    assert "not known" in second
    assert "0 of 1 tried" in second
    trend = loaded("clients", "show", "anna")["trend"]
    assert [one["pain_worst"] for one in trend] == [6, None]
    assert trend[0]["movements"] == {"provoking": 1, "tried": 2}


@pytest.mark.usefixtures("home")
def test_bars_are_plain_where_only_ascii_can_be_shown() -> None:
    result = CliRunner(charset="ascii").invoke(main, ["clients", "show", "anna"])
    assert result.exit_code == 0
    assert "######.... 6" in result.stdout
    result.stdout.encode("ascii")


def test_one_screening_is_no_trend(home: Path, shipped: KnowledgeBase) -> None:
    keep(home, shipped, "carl", FIRST, Closed("complete"))
    assert "HOW IT WENT" not in printed("clients", "show", "carl")


def test_export_holds_every_event_as_it_is_stored(home: Path) -> None:
    printed("clients", "consent", "anna", "clinician")
    found = loaded("clients", "export", "anna")
    assert found["format"] == "client/1"
    with open_store(home / "records.db", str) as store:
        client = find_client(store, "anna")
        assert client is not None
        ledgers = [(client.id, found["events"])]
        ledgers += [(case["id"], case["events"]) for case in found["cases"]]
        assert len(ledgers) == 3
        for name, events in ledgers:
            stored = store.events(name)
            assert len(stored) == len(events)
            for one, written in zip(stored, events, strict=True):
                assert json.loads(encode(one.event)).items() <= written.items()
                assert (one.number, one.at) == (written["number"], written["at"])


@pytest.mark.usefixtures("home")
def test_export_to_read_is_in_the_words_of_the_time() -> None:
    page = printed("clients", "export", "anna", "--format", "markdown")
    assert "## anna-1, 2026-03-02" in page
    assert "| age" in page
    assert "Programme: plank, croquet." in page


def test_an_exported_file_is_its_owners_alone_and_never_replaced(home: Path) -> None:
    path = home / "anna.json"
    result = typed("clients", "export", "anna", "--output", str(path))
    assert result.exit_code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(path.read_text("utf-8"))["client"] == "anna"
    assert "not encrypted" in result.stderr
    again = typed("clients", "export", "anna", "--output", str(path))
    assert again.exit_code == 2
    assert "file exists" in again.stderr


@pytest.mark.usefixtures("home")
def test_agreement_is_noted_and_taken_back_purpose_by_purpose() -> None:
    assert "agrees to show this to a clinician" in typed("clients", "export", "anna").stderr
    assert "a clinician" in printed("clients", "consent", "anna", "clinician")
    assert typed("clients", "export", "anna").stderr == ""
    printed("clients", "consent", "anna", "statistics")
    agreed = {one["client"] for one in loaded("clients", "list", "--consent", "statistics")}
    assert agreed == {"anna"}
    printed("clients", "consent", "anna", "statistics", "--withdraw")
    assert loaded("clients", "list", "--consent", "statistics") == []
    states = {one["purpose"]: one for one in loaded("clients", "show", "anna")["consent"]}
    assert states["clinician"]["given"]
    assert not states["statistics"]["given"]
    assert states["statistics"]["on"]
    assert states["keep"]["on"] is None
    assert "clients erase anna" in printed("clients", "consent", "anna", "keep", "--withdraw")


def test_erasing_asks_says_what_stays_and_leaves_no_answer(home: Path) -> None:
    refused = typed("clients", "erase", "anna", stdin="n\n")
    assert refused.exit_code == 2
    assert "say --yes" in refused.stderr
    assert "a client was erased" in printed("clients", "erase", "anna", "--yes")
    for words in (("show", "anna"), ("export", "anna"), ("erase", "anna", "--yes")):
        gone = typed("clients", *words)
        assert gone.exit_code == 2
        assert "no client `anna`" in gone.stderr
    assert [one["client"] for one in loaded("clients", "list")] == ["bert"]
    raw = b"".join(path.read_bytes() for path in home.glob("records.db*") if path.is_file())
    assert b"anna" not in raw


def test_erasing_that_leaves_traces_says_what_to_type_to_end_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is gone by then; what the help says is typed as it stands."""
    monkeypatch.setattr("screening.records.database.PATIENCE", 0.1)
    with open_store(make_store(home), str) as reader:
        reader.connection.execute("BEGIN")
        reader.connection.execute("SELECT count(*) FROM events").fetchone()
        left = typed("clients", "erase", "anna", "--yes")
        assert left.exit_code == 2
        assert "write-ahead log" in left.stderr
    (again,) = re.findall(r"`screening (clients erase .*?)`", left.stderr)
    assert "a client was erased" in printed(*again.split(), "--yes")


@pytest.mark.usefixtures("home")
def test_a_client_gets_another_name() -> None:
    renamed = printed("clients", "rename", "bert", "--pseudonym", "red-bike")
    assert renamed == "Now called red-bike, Bert Example.\n"
    assert "Bert Example" in printed("clients", "show", "red-bike")
    taken = typed("clients", "rename", "red-bike", "--pseudonym", "anna")
    assert taken.exit_code == 2
    assert typed("clients", "rename", "anna").exit_code == 2


@pytest.mark.parametrize("words", [("list",), ("show", "x"), ("export", "x"), ("erase", "x")])
def test_without_records_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    result = typed("clients", *words)
    assert result.exit_code == 2
    assert "no store" in result.stderr


def test_a_wrong_passphrase_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    create_store(tmp_path / "records.db", Protection.PASSPHRASE, lambda: "one two three").close()
    (tmp_path / "wrong").write_text("three two one", "utf-8")
    (tmp_path / "wrong").chmod(0o600)
    result = typed("clients", "list", "--passphrase-file", str(tmp_path / "wrong"))
    assert result.exit_code == 2
    assert "wrong" in result.stderr
    assert result.stdout == ""


def test_everybody_erased_is_no_longer_counted(home: Path) -> None:
    printed("clients", "erase", "anna", "--yes")
    with open_store(home / "records.db", str) as store:
        assert [one.pseudonym for one in clients(store)] == ["bert"]
