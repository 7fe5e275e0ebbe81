"""A whole interview by what a screen reader reads out: roles and names alone, and the keyboard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from kept_cases import answered, make_store
from real_browser import Browser, Served
from selenium.webdriver.common.keys import Keys
from simulated_clients import gardener

from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value

FIELDS = {"checkbox", "radio", "textbox", "combobox"}
PRESSED = {"button", "link", *FIELDS}


class Heard(NamedTuple):
    """What is read out of one thing on a page: its role, its name, and the group it is in."""

    role: str
    name: str
    group: str
    node: int


class Reader:
    """Somebody who hears a page and presses keys."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.driver = browser, browser.driver

    def heard(self) -> list[Heard]:
        """Return all that a page reads out, in order."""
        tree = self.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        within: dict[str, str] = {}
        found = []
        for one in tree:
            if one.get("ignored"):
                group = within.get(one.get("parentId", ""), "")
            else:
                role, name = (_said(one, part) for part in ("role", "name"))
                group = within.get(one.get("parentId", ""), "")
                found.append(Heard(role, name, group, one.get("backendDOMNodeId", 0)))
                group = name if role in {"group", "radiogroup"} and name else group
            within[one["nodeId"]] = group
        return found

    @property
    def heading(self) -> str:
        return next(one.name for one in self.heard() if one.role == "heading")

    def to_press(self) -> list[Heard]:
        """Return what can be pressed: each has a name, and no field is taken for another."""
        found = [one for one in self.heard() if one.role in PRESSED]
        assert all(one.name for one in found), found
        told_apart = [(one.role, one.name, one.group) for one in found if one.role in FIELDS]
        assert len(set(told_apart)) == len(told_apart), told_apart
        return found

    def go_to(self, role: str, name: str, group: str | None = None) -> None:
        """Go to what has a name, as a reader's list of buttons or fields does."""
        there = self.to_press()
        fits = [o for o in there if (o.role, o.name) == (role, name) and group in (None, o.group)]
        assert fits, (role, name, group, there)
        self.driver.execute_cdp_cmd("DOM.focus", {"backendNodeId": fits[0].node})

    def key(self, *keys: str) -> None:
        self.driver.switch_to.active_element.send_keys(*keys)

    def press(self, role: str, name: str) -> None:
        """Press what leads to the next page."""
        self.go_to(role, name)
        self.browser.leave(lambda: self.key(Keys.ENTER))

    def toggle(self, role: str, name: str, group: str | None = None) -> None:
        self.go_to(role, name, group)
        self.key(Keys.SPACE)

    def type(self, name: str, text: str) -> None:
        self.go_to("textbox", name)
        self.key(text)


def _said(node: Mapping[str, Mapping[str, object]], part: str) -> str:
    return str(node.get(part, {}).get("value", ""))


@pytest.fixture
def reader(browser: Browser, tmp_path: Path) -> Iterator[Reader]:
    served = Served(tmp_path, make_store(tmp_path))
    browser.driver.execute_cdp_cmd("DOM.enable", {})
    browser.driver.execute_cdp_cmd("Accessibility.enable", {})
    browser.open(served.link)
    yield Reader(browser)
    browser.driver.execute_cdp_cmd("Accessibility.disable", {})
    served.kill()


def answer(reader: Reader, knowledge: KnowledgeBase, sheet: Mapping[str, Value]) -> None:
    """Answer what is read out."""
    by_words = {one.ask: one for one in knowledge.questions.values()}
    lists = {one.ask: one for one in knowledge.tick_lists.values()}
    heading = reader.heading
    if heading in lists:
        _tick(reader, knowledge, lists[heading].items, sheet)
    elif heading in by_words:
        question = by_words[heading]
        value = sheet[question.id]
        if question.is_number:
            reader.type(question.span, str(value))
            reader.press("button", "Continue")
        else:
            reader.press("button", question.said(value))
    else:
        reader.type("One a line, as they are written", "back squat\nplank\nsit-up")
        reader.press("button", "Add")
        reader.press("button", "That is all")


def _tick(
    reader: Reader, knowledge: KnowledgeBase, items: tuple[str, ...], sheet: Mapping[str, Value]
) -> None:
    shown = {one.group for one in reader.to_press() if one.role == "checkbox"}
    worth = [knowledge.questions[name] for name in items]
    given = [one for one in worth if one.item in shown and sheet[one.id] != one.harmless]
    for one in given:
        several = len(one.words) > len(("yes", "no"))
        name = one.said(sheet[one.id]) if several else one.item
        reader.toggle("checkbox", name, one.item)
    none = next(o.name for o in reader.to_press() if o.name.startswith("None of these"))
    reader.press("button", "Continue" if given else none)


def test_a_whole_interview_by_roles_and_names(
    reader: Reader, shipped: KnowledgeBase, tmp_path: Path
) -> None:
    sheet = {**gardener(shipped), "steroids": "no", "getting_up": "yes"}
    reader.press("link", "New client")
    reader.type("What are they called here?", "blue-bike")
    for group in dict.fromkeys(o.group for o in reader.to_press() if o.role == "radio"):
        reader.toggle("radio", "Yes", group)
    reader.press("button", "Ask the questions")
    for _ in range(60):
        if "/interview/" not in reader.driver.current_url:
            break
        answer(reader, shipped, sheet)
    assert reader.heading == "No referral from these answers"
    assert len(answered(tmp_path, "blue-bike")) > 30
    names = [one.name for one in reader.to_press()]
    assert "Why: plank" in names
    reader.press("link", "Why: sit-up")
    reader.driver.back()
    reader.press("link", "Next session")
    assert reader.heading == "Next session"
    assert any(one.name == "Swap plank" for one in reader.to_press())
