"""Every page of the site, as a trainer and a client come to it; each kind of page is kept once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from home_forms import reply
from page_client import (
    HOST,
    Form,
    PageClient,
    Shown,
    Ticking,
    answer,
    interview_of,
    met,
    say,
    site_in,
)
from simulated_clients import gardener, harmless
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.test import TestResponse

from screening.app import settings
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.records import add_client, holding
from screening.web.page_interview import PageInterview
from screening.web.routes import ROUTES

PASSPHRASE = "four words that differ"  # noqa: S105 - it opens nothing but tests
NAMES = ("blue-bike", "Ann Lee", "red-car", "odd-one", "grey-cat", "green-tent", "brown-dog")
PLACES = Map([Rule(one.path, endpoint=one.path) for one in ROUTES]).bind(HOST)
WEAK: Mapping[str, Value] = {"leg_weaker": "yes", "leg_weak": "new_or_worse"}
AT_ODDS: Mapping[str, Value] = {"constant": "yes", "walk": "relieves", "bend_forward": "provokes"}
Kind = tuple[str, str]


class Gallery:
    """The pages that were seen: one of each kind, by the route and by what it is made of."""

    def __init__(self) -> None:
        self.pages: dict[Kind, str] = {}

    @property
    def routes(self) -> set[str]:
        """The routes of which a page was seen."""
        return {route for route, _ in self.pages}

    def hang(self, path: str, answered: TestResponse) -> None:
        """Keep a page, unless one like it is there."""
        if not answered.content_type.startswith("text/html") or answered.status_code == 303:
            return
        html = answered.get_data(as_text=True)
        try:
            route = PLACES.match(path.partition("?")[0])[0]
        except HTTPException:
            route = "none"
        self.pages.setdefault((route, _made_of(html)), html)


def _made_of(html: str) -> str:
    """Return of what a page is made: its title, its fields, and what its buttons send."""
    shown = Shown(html)
    name = shown.title if shown.title.endswith("screening") else "a paper"
    parts = {part for form in shown.forms for part in _sent_by(form)}
    parts |= set(re.findall(r'class="(decision \w+|calls)"', html))
    tags = {tag for tag in ("<svg", "<table", 'role="alert"', 'class="note"') if tag in html}
    return f"{name}: {' '.join(sorted(parts | tags))}"


def _sent_by(form: Form) -> set[str]:
    return {*form.fields, *(value for _, name, value in form.buttons if name == "do")}


class Looking(PageClient):
    """A browser whose every page is hung in a gallery."""

    gallery: Gallery

    def at(self, gallery: Gallery) -> Looking:
        self.gallery = gallery
        return self

    def _went(self, path: str, answer: TestResponse) -> PageClient:
        self.gallery.hang(path, answer)
        return super()._went(path, answer)


def press_one(browser: PageClient, interview: PageInterview, sheet: Mapping[str, Value]) -> None:
    """Answer what a page asks."""
    items = interview.items_at(interview.turn)
    asked = interview.asked_at(interview.turn)
    if items:
        boxes = [f"{one.id} {sheet[one.id]}" for one in items if sheet[one.id] != one.harmless]
        browser.press("ticks" if boxes else "none", box=boxes)
    elif asked is None:
        browser.press("No")  # no programme, or none is known to the client
    else:
        say(browser, asked, sheet[asked.id])


class Tour:
    """One walk through everything that can be shown."""

    def __init__(self, home: Path, knowledge: KnowledgeBase) -> None:
        self.home, self.knowledge, self.gallery = home, knowledge, Gallery()
        self.clock = Ticking()
        self.harmless = harmless(knowledge)
        self.site = site_in(home, knowledge, clock=self.clock)
        self.desk = Looking(self.site).at(self.gallery)

    def walk(self) -> Gallery:
        """Go everywhere."""
        steps: tuple[Callable[[], object], ...] = (
            self.the_door,
            self.first_records,
            self.two_trainers,
            self.the_gardener,
            self.what_follows,
            self.a_referral,
            self.an_emergency,
            self.alone,
            self.answers_at_odds,
            self.emergency_alone,
            self.from_home,
            self.the_rules,
            self.what_is_refused,
            self.nothing_kept,
            self.the_end,
        )
        for step in steps:
            self.clock.now += 11  # nobody is told to wait
            step()
        return self.gallery

    def the_door(self) -> None:
        self.desk.get("/")
        self.desk.get("/link")
        self.desk.post("/link")

    def first_records(self) -> None:
        self.desk.open()
        self.desk.press("Keep answers", typed="short", again="short")
        self.desk.press("Keep answers", typed=PASSPHRASE, again=PASSPHRASE)
        self.desk.press("Lock").get("/")
        self.desk.press("Open", typed="not it").press("Open", typed=PASSPHRASE)

    def two_trainers(self) -> None:
        for initials in ("AG", "BT"):
            settings.keep_trainer(self.knowledge, initials, None, ())
        self.desk.get("/").press("From now on", trainer="BT")

    def the_gardener(self) -> None:
        self.desk.get("/new").press("Ask the questions", label="x", keep="yes")
        met(self.desk)
        first = self.desk.path
        self.desk.press("pns").press("Back").press("No").get(first).get("/")
        self.desk.follow("blue-bike").press("Go on with the questions").follow("Answers")
        self.desk.press("Change").press("No").press("ticks")
        self._wrong_once()
        answer(self.desk, self.knowledge, gardener(self.knowledge))
        self.desk.get("/").press("Find", find="nobody").get("/")

    def _wrong_once(self) -> None:
        """Answer until an amount is asked, and type one that is none; then until exercises are."""
        self._until("amount")
        self.desk.press("Continue", amount="many").press("Continue", amount="44")
        self._until("lines")
        self.desk.press("Add", lines="deadlft\ncroquet")

    def _until(self, field: str, said: Mapping[str, Value] | None = None) -> None:
        while f'name="{field}"' not in self.desk.html:
            press_one(self.desk, interview_of(self.desk), {**self.harmless, **(said or {})})

    def what_follows(self) -> None:
        desk = self.desk.get("/").follow("blue-bike")
        client = desk.path
        result = desk.follow("Last result").path
        desk.follow("Why?").press("Why not?", name="posture breaks")
        desk.press("What if?", question="walk", value="brings it on")
        session = desk.get(result).follow("Next session").path
        desk.press("Swap").press("Plan", minutes="60", place="home", experience="years")
        desk.get(session).press("Open to print", **{"for": "client"})
        for page in ("Referral", "Goal and notes", "History", "Form to answer at home"):
            desk.get(client).follow(page)
        desk.get(client).follow("Goal and notes").press("Keep", goal="dig again", note="a note")
        desk.get(client).press("Page to sign")
        desk.get(client).press("The client takes it back").get(client)
        desk.press("The client agrees").get(client).press("Follow up")
        self._so_far({})
        desk.get(client)

    def _so_far(self, said: Mapping[str, Value]) -> PageClient:
        """Answer until all of this is said, and ask what follows."""
        interview = interview_of(self.desk)
        press_one(self.desk, interview, {**self.harmless, **said})
        while not said.keys() <= interview.standing.keys():
            press_one(self.desk, interview, {**self.harmless, **said})
        return self.desk.follow("Answers").press("Show what follows so far")

    def a_referral(self) -> None:
        desk = met(self.desk, "red-car")
        result = self._so_far(WEAK).path
        desk.follow("Letter").press("Open to print")
        desk.get(f"{result}/session")
        referral = desk.get(result).follow("Referral").path
        desk.press("Record it", answer="no_objection").get(referral)
        desk.press("Go on against it", by="J. Smith", reason="Seen by her doctor on Monday")
        desk.get(result).get("/")

    def an_emergency(self) -> None:
        met(self.desk, "grey-cat").press("Yes").get("/")

    def alone(self) -> None:
        """Hand the page over: to the end, to an emergency, and until it is given back."""
        client = self._handed("green-tent").press("Yes, begin").press("No")
        client.get("/c/answers").get("/c/paused").get("/c/back").press("Lock it")

    def answers_at_odds(self) -> None:
        """Hand over half way; what does not fit is asked of the client, then of the trainer."""
        met(self.desk, "odd-one")
        self._until("lines", AT_ODDS)
        self.desk.press("Stop for now")
        client = (
            self._handed("odd-one", known=True).press("Yes, begin").press("Add", lines="plank")
        )
        client.press("end")
        while client.shown.button("keep") is None:
            self._answer_alone(client, {**self.harmless, **AT_ODDS})
        client.get("/c/back").press("Lock it")
        self.desk.get("/").press("Find", find="odd-one").follow("odd-one")
        self.desk.press("Go on with the questions").press("Stop for now")
        client = self._handed("odd-one", known=True).press("Yes, begin").press("keep")
        while client.get("/c").heading not in {"Thank you", "Your answers"}:
            self._answer_alone(client, self.harmless)
        client.press("Lock it and give it back").press("Open", typed=PASSPHRASE)

    def emergency_alone(self) -> None:
        client = self._handed("brown-dog").press("Yes, begin").press("Yes")
        self.desk.get("/").press("Lock").get("/waiting")
        self.desk.get("/unlock").press("Open", typed=PASSPHRASE).get("/")
        handed = next(iter(self.site.office.hand_overs.values()))
        with holding(self.site.office.store, handed.case):
            client.press("again")
        client.get("/c").press("Trainer: open this").press("Open", typed=PASSPHRASE)

    def _handed(self, label: str, *, known: bool = False) -> PageClient:
        if not known:
            add_client(self.site.office.store, label)
        browser = Looking(self.site).at(self.gallery).open()
        browser.press("Open", typed=PASSPHRASE).get("/").press("Find", find=label)
        return browser.follow(label).follow("Let the client answer alone").press("Hand over")

    def _answer_alone(self, client: PageClient, sheet: Mapping[str, Value]) -> None:
        if "private" in client.get("/c").heading:
            client.press("Go on")
        handed = next(iter(self.site.office.hand_overs.values()))
        press_one(client, handed.interview, sheet)

    def from_home(self) -> None:
        """Make a form, and take what came back: nothing, something odd, and some answers."""
        add_client(self.site.office.store, "pink-pen")
        self.desk.get("/").press("Find", find="pink-pen").follow("pink-pen")
        self.desk.follow("Form to answer at home").press("Save the form")
        file = self.home / "form.html"
        file.write_bytes(self.desk.answer.get_data())
        self.desk.get("/receive").press("Open it").press("Open it", text="odd")
        self.desk.press("Open it", text=reply(file, {"chest": "no", "age": 40}))
        self.desk.get("/")

    def the_rules(self) -> None:
        rule = self.knowledge.written_rules[0].id
        for path in ("/rules", f"/rules/rule/{rule}", "/rules/picture/emergency"):
            self.desk.get(path)

    def what_is_refused(self) -> None:
        self.desk.get("/nowhere")

    def nothing_kept(self) -> None:
        """Try it without records, to the end."""
        folder = self.home / "tried"
        folder.mkdir()
        trial = Looking(site_in(folder, self.knowledge)).at(self.gallery).open()
        trial.press("Only try it").follow("New client").press("Ask the questions").press("Yes")

    def the_end(self) -> None:
        self.desk.get("/quit").press("Stop")
