"""`screening serve` killed with -9 at a page: nothing is lost, and the same page comes back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from kept_cases import answered, make_store
from real_browser import Browser, Served, meet, pressed_as
from simulated_clients import gardener

from screening.model.knowledge import KnowledgeBase
from screening.records import cases, find_client, open_store

PAGES = int(os.environ.get("SCREENING_PAGE_KILLS", "2"))
"""At so many pages of an interview the server is killed; 100 is at every one."""
FEW = 1 if PAGES < 10 else 8
EVERY = max(1, 30 // PAGES)  # the interview has some more pages
GO_ON = "Go on with the questions"
PIN = "4711"


class Killed:
    """A server that is killed and begun again, and the browser that is at it."""

    def __init__(self, browser: Browser, compiled: Path, home: Path) -> None:
        self.browser, self.home, self.kills = browser, home, 0
        self.compiled, self.store = compiled, make_store(home)
        self.begin()

    def begin(self) -> None:
        """Begin a server, and come in by its link."""
        self.served = Served(self.compiled, self.store)
        self.browser.open(self.served.link)

    def kill(self) -> None:
        """Kill the server as a power cut does, begin another one, and look for the client."""
        self.served.kill()
        self.kills += 1
        self.begin()
        self.browser.press("blue-bike")

    def goes_on(self, first: str) -> None:
        """Kill it at a question; the same one must come back, with all that was answered."""
        shown, before = self.browser.heading, self._answered()
        self.kill()
        self.browser.press(GO_ON if self.browser.shows(GO_ON) else first)
        assert self.browser.heading == shown
        assert self._answered() == before

    def _answered(self) -> list[str]:
        with open_store(self.store, str) as store:
            client = find_client(store, "blue-bike")
            begun = client is not None and cases(store, client.id)
        return answered(self.home, "blue-bike") if begun else []

    def comes_back(self, page: str) -> None:
        """Kill it at a page of the client; it must be the same one afterwards."""
        shown = self.browser.find("main").text
        self.kill()
        self.browser.press(page)
        assert self.browser.find("main").text == shown


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that servers share, where the knowledge is compiled."""
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture
def killed(browser: Browser, compiled: Path, tmp_path: Path) -> Iterator[Killed]:
    found = Killed(browser, compiled, tmp_path)
    yield found
    found.served.kill()


def test_at_any_page_from_the_first_question_to_the_follow_up(
    killed: Killed, shipped: KnowledgeBase
) -> None:
    page, sheet = killed.browser, gardener(shipped)
    meet(page)
    for number in range(100):
        if not page.at.startswith("/interview/"):
            break
        if number % EVERY == EVERY - 1:
            killed.goes_on("Ask the questions")
        pressed_as(page, shipped, sheet)
    assert page.heading == "No referral from these answers"
    killed.comes_back("Last result")
    page.press("Next session")
    page.find("#minutes option[selected] ~ option").click()
    page.press("Plan")
    killed.comes_back("Next session")
    page.press("Desk")
    page.press("blue-bike")
    page.press("Follow up")
    killed.goes_on("Follow up")
    for _ in range(FEW - 1):
        pressed_as(page, shipped, sheet)
        killed.goes_on("Follow up")
    assert killed.kills >= min(PAGES, 30) + 2 + FEW


def test_in_the_hands_of_a_client(killed: Killed, shipped: KnowledgeBase) -> None:
    page, sheet = killed.browser, gardener(shipped)
    meet(page, "Let the client answer alone")
    for number in range(FEW):
        if number:
            page.press("Let the client answer alone")
        page.fill("pin", PIN)
        page.press("Hand over")
        page.press("Yes, begin")
        if page.heading == "The next questions are private":
            page.press("Go on")
        pressed_as(page, shipped, sheet)
        if page.heading == "The next questions are private":
            page.press("Go on")
        shown, before = page.heading, answered(killed.home, "blue-bike")
        killed.kill()
        assert answered(killed.home, "blue-bike") == before
        page.press("Go on with the questions")
        assert page.heading == shown
        page.press("Desk")
        page.press("blue-bike")
    assert killed.kills == FEW
