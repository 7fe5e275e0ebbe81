"""A browser without a window: it keeps cookies, follows forms and links, and runs no script."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from werkzeug.test import Client, TestResponse

from screening.app.stores import StorePlace
from screening.interview.planner import Ask, AskList, AskProgramme
from screening.load import load, shipped_knowledge
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.web.office import Office, TypedOnce
from screening.web.page_interview import PageInterview
from screening.web.site import Host, Site

PORT = 8123
HOST = f"127.0.0.1:{PORT}"
OURS = {"Origin": f"http://{HOST}"}


@dataclass
class Form:
    """A form of a page: where it goes, what it holds, and its buttons by what stands on them."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)


class Shown(HTMLParser):
    """What a page holds: forms, links, headings and plain text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.title = ""
        self.heading = ""
        self._open: list[str] = []
        self._form: Form | None = None
        self._caught: list[str] | None = None
        self._attrs: dict[str, str] = {}
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        match tag:
            case "form":
                self._form = Form(found.get("action", ""), found.get("method", "get"))
                self.forms.append(self._form)
            case "input" if self._form is not None:
                kind = found.get("type", "text")
                if kind not in {"radio", "checkbox"} or "checked" in found:
                    self._hold(found.get("name", ""), found.get("value", ""))
            case "textarea" if self._form is not None:
                self._hold(found["name"], "")
            case "select":
                self._select = found["name"]
            case "option" if "selected" in found:
                self._hold(self._select, found.get("value", ""))
            case "button" | "a" | "h1" | "title":
                self._caught, self._attrs = [], found

    def _hold(self, name: str, value: str) -> None:
        if name and self._form is not None:
            self._form.fields.setdefault(name, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        text = " ".join("".join(self._caught or ()).split())
        match tag:
            case "form":
                self._form = None
            case "button" if self._form is not None and self._caught is not None:
                name, value = self._attrs.get("name", ""), self._attrs.get("value", "")
                self._form.buttons.append((text, name, value))
            case "a":
                self.links.append((text, self._attrs.get("href", "")))
            case "h1":
                self.heading = self.heading or text
            case "title":
                self.title = self.title or text  # figures have titles of their own
        if tag in {"button", "a", "h1", "title"}:
            self._caught = None

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._caught is not None:
            self._caught.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def button(self, said: str) -> tuple[Form, str, str] | None:
        """Return the form, name and value of the first button that begins with these words."""
        for form in self.forms:
            for text, name, value in form.buttons:
                if text.startswith(said) or value == said:
                    return form, name, value
        return None


class PageClient:
    """One browser at a site."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.http = Client(site)
        self.path = ""
        self.answer: TestResponse
        self.shown = Shown("")

    def open(self) -> PageClient:
        """Come in by a new start link."""
        self.get(self.site.start_link().removeprefix(f"http://{HOST}"))
        return self

    def get(self, path: str, **headers: str) -> PageClient:
        return self._went(path, self.http.get(path, headers={"Host": HOST, **headers}))

    def post(self, path: str, data: object = None, **headers: str) -> PageClient:
        sent = {"Host": HOST, **OURS, **headers}
        return self._went(path, self.http.post(path, data=data, headers=sent))

    def _went(self, path: str, answer: TestResponse) -> PageClient:
        self.path, self.answer = path, answer
        if answer.status_code == 303:
            return self.get(answer.headers["Location"])
        self.shown = Shown("" if "pdf" in answer.content_type else answer.get_data(as_text=True))
        return self

    def press(self, said: str, **fields: str | list[str]) -> PageClient:
        """Press the first button with these words, or this value, with fields filled in."""
        found = self.shown.button(said)
        assert found is not None, f"no button {said!r} on: {self.shown.text}"
        form, name, value = found
        data: dict[str, str | list[str]] = {**form.fields, **fields}
        if name:
            data[name] = value
        return self.post(form.action or self.path, data)

    def follow(self, said: str) -> PageClient:
        """Follow the first link with these words."""
        return self.get(next(at for words, at in self.shown.links if words.startswith(said)))

    @property
    def code(self) -> int:
        return self.answer.status_code

    @property
    def html(self) -> str:
        return self.answer.get_data(as_text=True)

    @property
    def text(self) -> str:
        return self.shown.text

    @property
    def heading(self) -> str:
        return self.shown.heading


@dataclass
class Ticking:
    """A clock that a test moves."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def site_in(
    home: Path,
    knowledge: KnowledgeBase | None = None,
    *,
    clock: Ticking | None = None,
    passphrase_file: Path | None = None,
) -> Site:
    """Return a site over the store in a home."""
    knowledge = knowledge or load(shipped_knowledge())
    place = StorePlace(home / "records.db", passphrase_file, TypedOnce("", given=True))
    told: list[str] = []
    office = Office(place, knowledge, shipped_knowledge(), told.append)
    ticking = clock or Ticking()
    office.guesses = type(office.guesses)(ticking)
    links: list[str] = []
    host = Host(links.append, lambda: links.append("stopped"))
    return Site(office, PORT, host, clock=ticking)


def met(browser: PageClient, label: str = "blue-bike") -> PageClient:
    """Begin an interview with a new client."""
    browser.get("/new")
    return browser.press(
        "Ask the questions",
        label=label,
        name="Ann Lee",
        keep="yes",
        clinician="yes",
        statistics="no",
    )


def interview_of(browser: PageClient) -> PageInterview:
    """Return the interview that a page shows."""
    return browser.site.office.interviews[browser.path.split("/")[2]]


def say(browser: PageClient, question: Question, value: Value) -> None:
    """Give one answer."""
    if question.is_number:
        browser.press("Continue", amount=str(value))
    else:
        browser.press(str(value))


def answer(browser: PageClient, knowledge: KnowledgeBase, sheet: dict[str, Value]) -> None:
    """Answer what is asked from a sheet, until the result shows."""
    while browser.path.startswith("/interview/") and not browser.path.endswith("/result"):
        plan = interview_of(browser).plan
        assert plan is not None
        match plan.step:
            case Ask(name):
                question = knowledge.questions[name]
                say(browser, question, sheet.get(name, question.harmless))
            case AskList(_, items):
                said = {
                    name: sheet.get(name, knowledge.questions[name].harmless) for name in items
                }
                boxes = [
                    f"{n} {v}" for n, v in said.items() if v != knowledge.questions[n].harmless
                ]
                browser.press("ticks" if boxes else "none", box=boxes)
            case AskProgramme():
                names = "back squat\nsit-up\nrowing machine\ndeadlift\nplank\ncroquet"
                browser.press("Add", lines=names).press("That is all")
            case other:
                raise AssertionError(f"not expected: {other}")
