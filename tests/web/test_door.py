"""Coming in, the first records, lock, unlock and quit."""

from __future__ import annotations

from pathlib import Path

import pytest
import stores
from page_client import PageClient, Ticking, site_in

from screening.model.knowledge import KnowledgeBase
from screening.records import add_client
from screening.web.visits import IDLE


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    stores.quick(monkeypatch)
    monkeypatch.setattr("screening.web.office.usable", lambda: False)
    monkeypatch.setattr("screening.web.views.door.usable", lambda: False)


def test_the_first_time_a_passphrase_is_chosen(tmp_path: Path, shipped: KnowledgeBase) -> None:
    browser = PageClient(site_in(tmp_path, shipped)).open()
    assert browser.heading == "Where answers are kept"
    browser.press("Keep answers", typed="short", again="short")
    assert "At least 10 characters" in browser.text
    browser.press("Keep answers", typed=stores.PASSPHRASE, again="another one")
    assert "differ" in browser.text
    browser.press("Keep answers", typed=stores.PASSPHRASE, again=stores.PASSPHRASE)
    assert browser.heading == "Desk"
    stores.reopen(tmp_path / "records.db").close()


def test_it_can_be_tried_without_keeping_anything(tmp_path: Path, shipped: KnowledgeBase) -> None:
    site = site_in(tmp_path, shipped)
    browser = PageClient(site).open().press("Only try it")
    assert "Nothing is kept" in browser.text
    browser.follow("New client").press("Ask the questions")
    browser.press("Yes")
    assert "Nothing of this is saved" in browser.text
    assert "Emergency" in browser.text
    assert not (tmp_path / "records.db").exists()


def locked_site(home: Path, knowledge: KnowledgeBase, clock: Ticking) -> PageClient:
    with stores.make(home / "records.db") as store:
        add_client(store, "blue-bike")
    return PageClient(site_in(home, knowledge, clock=clock)).open()


def test_locked_records_open_by_the_passphrase_alone(
    tmp_path: Path, shipped: KnowledgeBase
) -> None:
    clock = Ticking()
    browser = locked_site(tmp_path, shipped, clock)
    assert browser.heading == "Locked"
    for path in ("/", "/new", "/client/x", "/c"):
        assert browser.get(path).heading == "Locked"
    for _ in range(5):
        browser.press("Open", typed="wrong")
        assert "That is not it" in browser.text
    browser.press("Open", typed=stores.PASSPHRASE)
    assert "Wait 15 seconds" in browser.text
    clock.now += 16
    browser.press("Open", typed=stores.PASSPHRASE)
    assert "blue-bike" in browser.text or browser.heading == "Locked"
    assert browser.get("/").heading == "Desk"


def test_a_trainers_cookie_changes_when_it_opens(tmp_path: Path, shipped: KnowledgeBase) -> None:
    browser = locked_site(tmp_path, shipped, Ticking())
    before = browser.http.get_cookie("screening-8123", domain="127.0.0.1")
    browser.press("Open", typed=stores.PASSPHRASE)
    after = browser.http.get_cookie("screening-8123", domain="127.0.0.1")
    assert before is not None
    assert after is not None
    assert before.value != after.value


def test_it_locks_by_hand_and_by_itself(tmp_path: Path, shipped: KnowledgeBase) -> None:
    clock = Ticking()
    browser = locked_site(tmp_path, shipped, clock)
    office = browser.site.office
    browser.press("Open", typed=stores.PASSPHRASE).get("/")
    assert office.open
    browser.press("Lock")
    assert browser.heading == "Locked"
    assert not office.open
    browser.press("Open", typed=stores.PASSPHRASE).get("/")
    assert int(browser.answer.headers["Refresh"].split(";")[0]) > IDLE
    clock.now += IDLE + 1
    assert browser.get("/").heading == "Locked"
    assert not office.open


def test_a_passphrase_file_opens_it_once_and_not_after_a_lock(
    tmp_path: Path, shipped: KnowledgeBase
) -> None:
    stores.make(tmp_path / "records.db").close()
    file = tmp_path / "passphrase"
    file.write_text(stores.PASSPHRASE, "utf-8")
    file.chmod(0o600)
    browser = PageClient(site_in(tmp_path, shipped, passphrase_file=file)).open()
    assert browser.heading == "Desk"
    browser.press("Lock")
    assert browser.heading == "Locked"
    assert browser.get("/").heading == "Locked"
    assert browser.press("Open", typed=stores.PASSPHRASE).get("/").heading == "Desk"


def test_a_passphrase_file_makes_the_first_records(tmp_path: Path, shipped: KnowledgeBase) -> None:
    file = tmp_path / "passphrase"
    file.write_text(stores.PASSPHRASE, "utf-8")
    file.chmod(0o600)
    browser = PageClient(site_in(tmp_path, shipped, passphrase_file=file)).open()
    assert browser.heading == "Desk"
    stores.reopen(tmp_path / "records.db").close()


def test_a_new_link_is_printed_where_the_first_was(tmp_path: Path, shipped: KnowledgeBase) -> None:
    site = site_in(tmp_path, shipped)
    outside = PageClient(site).get("/")
    assert outside.code == 403
    outside.press("Show me a new link")
    assert "new link stands" in outside.text
    outside.press("Show me a new link")
    assert "Wait ten seconds" in outside.text


def test_quit_ends_the_program_and_the_visit(tmp_path: Path, shipped: KnowledgeBase) -> None:
    browser = locked_site(tmp_path, shipped, Ticking())
    browser.press("Open", typed=stores.PASSPHRASE).get("/quit")
    browser.press("Stop")
    assert browser.heading == "Stopped"
    assert not browser.site.office.open
    assert browser.get("/").code == 403
