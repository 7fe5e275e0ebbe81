"""Two drivers of one interview on the page: without a window, and in a real browser."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from interview_drivers import CLIENT, Left, left_in, opening_in
from interview_scripts import IDLE
from page_client import PageClient, site_in
from real_browser import Browser, Served

from screening.app.start_interview import Beginning, FollowUp
from screening.interview import wording
from screening.interview.conversation import Conversation
from screening.interview.planner import Ask, AskList, AskProgramme, Plan, Planner, Settle
from screening.interview.reply import Said, read_reply
from screening.interview.ticks import Ticks, read_ticks
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.vocabularies import Unknown
from screening.records import add_client, find_client, open_store

if TYPE_CHECKING:
    from interview_scripts import Script

ADD_FIELDS = """
const form = document.createElement("form");
form.method = "post";
const fields = {...arguments[0], token: document.querySelector("main [name=token]").value};
for (const [name, value] of Object.entries(fields)) {
  const field = document.createElement("input");
  [field.type, field.name, field.value] = ["hidden", name, value];
  form.append(field);
}
document.body.append(form);
form.submit();
"""
TICK = """
for (const box of document.querySelectorAll("[name=box]"))
  if (box.checked !== arguments[0].includes(box.value)) box.click();
"""


class Hand(Protocol):
    """Whoever taps on a page."""

    @property
    def path(self) -> str:
        """Where it is."""

    def press(self, said: str, **fields: str | list[str]) -> None:
        """Press the first button with these words, or this value, with fields filled in."""

    def follow(self, said: str) -> None:
        """Follow the first link with these words."""

    def has(self, said: str) -> bool:
        """Whether there is such a button."""

    def change(self, question: str) -> None:
        """Press the button that changes the answer to one question."""

    def send(self, fields: dict[str, str]) -> None:
        """Send here what no button of the page sends."""


class Shows(Protocol):
    """What a page shows at a time: the step, and the answers that stand."""

    @property
    def knowledge(self) -> KnowledgeBase: ...

    @property
    def plan(self) -> Plan | None: ...

    @property
    def standing(self) -> dict[str, Value]: ...


@dataclass
class Windowless:
    """Taps without a window."""

    page: PageClient

    @property
    def path(self) -> str:
        return self.page.path

    def press(self, said: str, **fields: str | list[str]) -> None:
        self.page.press(said, **fields)

    def follow(self, said: str) -> None:
        self.page.follow(said)

    def has(self, said: str) -> bool:
        return self.page.shown.button(said) is not None

    def change(self, question: str) -> None:
        forms = self.page.shown.forms
        form = next(one for one in forms if one.fields.get("question") == [question])
        self.page.post(form.action, {**form.fields, "do": "change"})

    def send(self, fields: dict[str, str]) -> None:
        token = self.page.shown.forms[-1].fields["token"]
        self.page.post(self.page.path, {"token": token, **fields})


@dataclass
class InWindow:
    """Taps in a real browser."""

    browser: Browser

    @property
    def path(self) -> str:
        return self.browser.at

    def press(self, said: str, **fields: str | list[str]) -> None:
        for name, value in fields.items():
            if isinstance(value, str):
                self.browser.fill(name, value)
            else:
                self.browser.driver.execute_script(TICK, value)
        self.browser.press(said)

    def follow(self, said: str) -> None:
        self.browser.press(said)

    def has(self, said: str) -> bool:
        return self.browser.shows(said)

    def change(self, question: str) -> None:
        button = f"form:has([name=question][value={question}]) button[value=change]"
        self.browser.leave(self.browser.find(button).click)

    def send(self, fields: dict[str, str]) -> None:
        self.browser.leave(lambda: self.browser.driver.execute_script(ADD_FIELDS, fields))


@dataclass
class Followed:
    """What a page must show, by the state machine alone: nobody looks into the server."""

    knowledge: KnowledgeBase
    talk: Conversation

    @property
    def plan(self) -> Plan | None:
        return self.talk.plan

    @property
    def standing(self) -> dict[str, Value]:
        return self.talk.session.standing(self.knowledge)


def by_page(home: Path, wanted: Beginning, script: Script, knowledge: KnowledgeBase) -> Left:
    """Hold an interview on the page: for each line, what shows there that stands for it."""
    site = site_in(home, knowledge)
    page = PageClient(site).open()
    page.get(f"/client/{_client_in(home)}").press(_do(wanted))
    for line in script.lines:
        pressed(Windowless(page), next(iter(site.office.interviews.values())), line)
    _ended(Windowless(page))
    return left_in(home)


def by_browser(
    home: Path, wanted: Beginning, script: Script, planner: Planner, browser: Browser
) -> Left:
    """Hold an interview on the page in a real browser, at `screening serve` of its own."""
    client = _client_in(home)
    guide = Followed(
        planner.knowledge, Conversation(planner, opening_in(home, planner.knowledge, wanted))
    )
    guide.talk.begin()
    served = Served(home.parent, home / "records.db")
    try:
        browser.open(served.link)
        browser.open(f"{served.address}/client/{client}")
        browser.press(_do(wanted))
        for line in script.lines:
            pressed(InWindow(browser), guide, line)
            guide.talk.reply(line)
        _ended(InWindow(browser))
    finally:
        served.kill()
    return left_in(home)


def _client_in(home: Path) -> str:
    with open_store(home / "records.db", str) as store:
        found = find_client(store, CLIENT)
        return add_client(store, CLIENT) if found is None else found.id


def _do(wanted: Beginning) -> str:
    return "followup" if isinstance(wanted, FollowUp) else "interview"


def _ended(hand: Hand) -> None:
    """End what is not finished, as a pipe does that breaks off."""
    if hand.path.startswith("/interview/"):
        hand.follow("Answers")
        hand.press("so-far")


def pressed(hand: Hand, shows: Shows, line: str) -> None:
    """Do on the page what a line does in the terminal; nothing where there is no such thing."""
    assert shows.plan is not None
    match shows.plan.step:
        case _ if line == "back":
            hand.press("back")
        case _ if line.startswith("change "):
            _changed(hand, shows, line.removeprefix("change "))
        case Ask() | AskList() if line == "skip":
            hand.press("skip")
        case Ask(name):
            _answered(hand, shows.knowledge.questions[name], shows, line)
        case AskList(_, names):
            items = tuple(shows.knowledge.questions[name] for name in names)
            _ticked(hand, items, shows, line)
        case AskProgramme() if line == "skip":
            hand.press("That is all" if hand.has("That is all") else "No programme")
        case AskProgramme() if line not in IDLE:
            hand.press("add", lines=line)
        case Settle(rule) if line == "k":
            hand.press("keep")
        case Settle(rule) if line.isdecimal():
            hand.change(wording.at_odds(shows.knowledge, rule, shows.standing)[int(line) - 1])


def _changed(hand: Hand, shows: Shows, name: str) -> None:
    standing = list(shows.standing)
    if name.isdecimal() and 0 < int(name) <= len(standing):
        name = standing[int(name) - 1]
    if name == "programme" or name in standing:
        hand.follow("Answers")
        if name == "programme":
            hand.press("programme")
        else:
            hand.change(name)
    elif name in shows.knowledge.questions:  # not answered yet: the page has no button for it
        hand.send({"do": "change", "question": name})


def _answered(hand: Hand, question: Question, shows: Shows, line: str) -> None:
    given = shows.standing.get(question.id)
    reply = Said(given) if not line and given is not None else read_reply(question, line)
    if not isinstance(reply, Said):
        return
    match reply.value:
        case Unknown.DONT_KNOW:
            hand.press("dk")
        case Unknown():
            hand.press("pns")
        case value if question.is_number:
            hand.press("Continue", amount=str(value))
        case value:
            hand.press(str(value))


def _ticked(hand: Hand, items: tuple[Question, ...], shows: Shows, line: str) -> None:
    """Tick boxes, and press what goes with them."""
    given = {one.id: shows.standing.get(one.id) for one in items}
    kept = {name: value for name, value in given.items() if value is not None}
    keeps = not line and len(kept) == len(items)
    reply = Ticks(kept) if keeps else read_ticks(items, line)
    if not isinstance(reply, Ticks):
        return
    values = set(reply.values.values())
    if values == {Unknown.DECLINED}:
        hand.press("pns", box=[])
    elif values == {items[0].harmless}:
        hand.press("none", box=[])
    else:
        said = ((n, "dk" if v is Unknown.DONT_KNOW else v) for n, v in reply.values.items())
        boxes = [f"{name} {word}" for name, word in said if word != items[0].harmless]
        hand.press("ticks", box=boxes)
