"""The form in a real browser, from `file:`: its gates, its lock, its pages, and the way back."""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from kept_cases import kept, make_store
from real_browser import Browser
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from screening.app.receive import CALL_NOW
from screening.assess.fired_conclusions import Effects
from screening.cli import main
from screening.engines.applicable import parents, with_inapplicable
from screening.engines.reference import evaluate
from screening.follow import in_force
from screening.interview.form_gates import client_questions
from screening.interview.planner import Planner
from screening.interview.session import Session, from_case
from screening.load import load_intake
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value, plain
from screening.model.vocabularies import ASKED_UNKNOWN, Level, Unknown

INTAKES = int(os.environ.get("SCREENING_FORM_INTAKES", "400"))
AT_ONCE = 500
GARDENER = Path(__file__).parents[1] / "intakes" / "gardener.yaml"
VECTOR = json.loads(
    (Path(__file__).parents[1] / "records" / "hpke_vectors.json").read_text("utf-8")
)
WORK = """
return arguments[0].map(([given, name, value]) => {
  const answers = new Map(Object.entries(given));
  return [due(form, answers), stops(form, answers), [...taken(form, answers, name, value).keys()]];
});
"""
SEAL = """
const done = arguments[arguments.length - 1], [v, first] = arguments;
const url = hex => btoa(String.fromCharCode(...bytes(hex)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const jwk = (point, d) => ({kty: "EC", crv: "P-256", ext: true,
  x: url(point.slice(2, 66)), y: url(point.slice(66)), ...(d ? {d: url(d)} : {})});
const hex = list => list.map(one => one.toString(16).padStart(2, "0")).join("");
(async () => {
  const pair = {
    privateKey: await crypto.subtle.importKey(
      "jwk", jwk(v.pkEm, v.skEm), CURVE, true, ["deriveBits"]),
    publicKey: await crypto.subtle.importKey("jwk", jwk(v.pkEm), CURVE, true, []),
  };
  const made = await sealed(pair, bytes(v.pkRm), bytes(v.info), bytes(first.pt), bytes(first.aad));
  done([hex(made.enc), hex(made.sealed)]);
})().catch(error => done([String(error)]));
"""
DRAWN = "return document.querySelectorAll('main .figure svg path').length > 3;"
PRESS = """
return [...document.querySelectorAll("button, a, summary")].find(
  one => one.innerText.trim().startsWith(arguments[0]));
"""


def at_home(patch: pytest.MonkeyPatch, home: Path) -> None:
    patch.setenv("SCREENING_HOME", str(home))
    patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, words)])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    make_store(folder)
    with pytest.MonkeyPatch.context() as patch:
        at_home(patch, folder)
        assert run("settings", "set", "--country", "uk").exit_code == 0
        for name in ("gardener", "chest", "looks"):
            assert run("form", name, "-o", folder / f"{name}.html").exit_code == 0
    return folder


@pytest.fixture(autouse=True)
def _at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(monkeypatch, home)


class FormInBrowser:
    """A form as a client meets it."""

    def __init__(self, browser: Browser, file: Path) -> None:
        self.browser = browser
        browser.open(file.as_uri())
        self.press("Begin")

    def press(self, said: str) -> None:
        found = self.browser.driver.execute_script(PRESS, said)
        assert found is not None, f"no {said!r} on: {self.browser.text}"
        found.click()

    @property
    def asks(self) -> dict[str, Any]:
        """The question that shows; empty where it is none."""
        find = "return [...asked.values()].find(one => one.ask === arguments[0]) || {};"
        found: dict[str, Any] = self.browser.driver.execute_script(find, self.browser.heading)
        return found

    def answer(self, value: Value) -> None:
        asked = self.asks
        if isinstance(value, int):
            self.browser.find("#amount").send_keys(str(value), Keys.ENTER)
            return
        words = {"dont_know": "I don’t know", "declined": "I’d rather not say"}
        words |= dict(asked["answers"])
        said = words[str(plain(value))].strip()
        buttons = self.browser.driver.find_elements(By.CSS_SELECTOR, ".answers button")
        next(one for one in buttons if one.text.split("\n")[0].strip() == said).click()

    def given_back(self) -> str:
        wait = WebDriverWait(self.browser.driver, 10, 0.02)
        wait.until(lambda _: self.browser.heading == "Send this to your trainer")
        text = self.browser.find("#text").get_attribute("value")
        assert text
        return str(text)


# the same logic


def _value(question: Question, chance: random.Random) -> Value:
    if chance.random() < 0.15:
        return chance.choice(ASKED_UNKNOWN)
    if question.is_number:
        return chance.randint(question.low, min(question.high, question.low + 120))
    return chance.choice((question.harmless, *question.words))


def intakes(knowledge: KnowledgeBase, count: int) -> Iterator[tuple[dict[str, Value], str, Value]]:
    """Yield random partial intakes, each with one more answer; half as a form would get there."""
    questions = client_questions(knowledge)
    for number in range(count):
        chance = random.Random(number)  # noqa: S311 - of a test
        size = chance.randint(0, len(questions) if number % 4 == 0 else 40)
        some = chance.sample(questions, size) if number % 2 else questions[:size]
        harmless = chance.choice((0.0, 0.5, 0.95))
        given = {
            one.id: one.harmless if chance.random() < harmless else _value(one, chance)
            for one in some
        }
        more = chance.choice(questions)
        yield given, more.id, _value(more, chance)


def expected(knowledge: KnowledgeBase, given: Mapping[str, Value]) -> tuple[list[str], bool]:
    counting = in_force(knowledge, Case(given))
    read = with_inapplicable(knowledge, counting)
    effects = Effects(knowledge, evaluate(knowledge, counting))
    left = Planner(knowledge).emergency if effects.ended else knowledge.questions.keys()
    due = [
        one.id
        for one in client_questions(knowledge)
        if one.id in left
        and one.id not in read
        and all(name in read for name in parents(knowledge, one.id))
    ]
    return due, effects.level is Level.EMERGENCY


def after(
    knowledge: KnowledgeBase, given: Mapping[str, Value], name: str, value: Value
) -> set[str]:
    """Return what still counts after one more answer, as an interview has it."""
    session = Session().after(*from_case(knowledge, Case(given)))
    return set(session.after(*session.reply(knowledge, name, value)).answers())


def test_the_gates_of_a_form_agree_with_the_reference(
    browser: Browser, home: Path, shipped: KnowledgeBase
) -> None:
    browser.open((home / "looks.html").as_uri())
    stopped = dropped = 0
    batch: list[tuple[dict[str, Value], str, Value]] = []

    def compare() -> None:
        nonlocal stopped, dropped
        sent = [[{k: plain(v) for k, v in g.items()}, n, plain(v)] for g, n, v in batch]
        found = browser.driver.execute_script(WORK, sent)
        for (given, name, value), (due, stop, left) in zip(batch, found, strict=True):
            assert (due, stop) == expected(shipped, given), given
            stopped += stop
            emergency = shipped.questions[name].safety is Level.EMERGENCY
            if not (emergency and isinstance(value, Unknown)):  # those get the card first
                assert set(left) == after(shipped, given, name, value), (given, name, value)
                dropped += len(left) <= len(given)
        batch.clear()

    for one in intakes(shipped, INTAKES):
        batch.append(one)
        if len(batch) == AT_ONCE:
            compare()
    compare()
    assert INTAKES / 20 < stopped < INTAKES * 0.95
    assert dropped > INTAKES / 100


# the lock


def test_the_browser_locks_the_published_message(browser: Browser, home: Path) -> None:
    browser.open((home / "looks.html").as_uri())
    (first,) = VECTOR["encryptions"]
    made = browser.driver.execute_async_script(SEAL, VECTOR, first)
    assert made == [VECTOR["enc"], first["ct"]]


# the way


def test_the_gardener_answers_at_home(
    browser: Browser, home: Path, shipped: KnowledgeBase
) -> None:
    answers = load_intake(GARDENER, shipped).answers
    form = FormInBrowser(browser, home / "gardener.html")
    asked: dict[str, Value] = {}
    while name := form.asks.get("id"):
        asked[name] = answers.get(name, shipped.questions[name].harmless)
        assert browser.driver.execute_script(DRAWN) == shipped.questions[name].is_movement
        form.answer(asked[name])
    assert browser.heading == "Which exercises do you do at the moment?"
    looked_at(browser)
    browser.find("#exercises").send_keys("Back squat 3x5\nsit-ups\n\nplank\ncroquet")
    form.press("Continue")
    assert browser.heading == "Your answers"
    assert "Exercises: Back squat 3x5, sit-ups, plank, croquet" in browser.text
    form.press("Lock them")
    text = form.given_back()
    file = home / "gardener.screening"
    file.write_text(text, "utf-8")
    result = run("receive", file)
    assert result.exit_code == 0, result.output
    assert kept(home, "gardener-1").session.answers() == asked
    assert {k: v for k, v in answers.items() if k in asked}.items() <= asked.items()
    assert "NO REFERRAL FROM THESE ANSWERS" in result.stdout
    listed = kept(home, "gardener-1").session.listed()
    assert listed is not None
    assert (listed.programme, listed.other) == (("back_squat", "sit_up", "plank"), ("croquet",))


def test_an_emergency_stops_it_and_reaches_the_trainer_only_when_sent(
    browser: Browser, home: Path, shipped: KnowledgeBase
) -> None:
    form = FormInBrowser(browser, home / "chest.html")
    form.answer("yes")
    assert browser.heading == "Stop. Get help now."
    assert browser.find("a.call").get_attribute("href") == "tel:999"
    words = browser.text.casefold()
    assert "do not drive yourself" in words
    assert not [one for one in shipped.exercise_names if one.casefold() in words]
    assert browser.serious() == []
    form.press("I tapped the wrong answer")
    assert form.asks["id"] == "chest"
    form.answer("yes")
    form.press("I have help")
    file = home / "chest.screening"
    file.write_text(form.given_back(), "utf-8")
    result = run("receive", file)
    assert result.exit_code == 0, result.output
    assert CALL_NOW in result.stderr


def test_under_16_it_ends_with_whom_to_see(
    browser: Browser, home: Path, shipped: KnowledgeBase
) -> None:
    form = FormInBrowser(browser, home / "looks.html")
    asked = []
    while name := form.asks.get("id"):
        asked.append(name)
        form.answer(15 if name == "age" else shipped.questions[name].harmless)
    assert browser.heading == "Thank you. It ends here."
    assert "tell a parent or carer" in browser.text
    assert Planner(shipped).emergency.issuperset(asked[asked.index("age") + 1 :])
    assert len(asked) < 20
    assert browser.serious() == []


def test_each_emergency_names_who_helps_with_it(browser: Browser, home: Path) -> None:
    form = FormInBrowser(browser, home / "looks.html")
    found = browser.driver.execute_script(
        """
        for (const [value] of asked.get("self_harm").answers) {
          answers = new Map([["self_harm", value]]);
          if (stops(form, answers)) { next(); return true; }
        }
        return false;
        """
    )
    assert found
    assert "Samaritans" in browser.text
    assert form.browser.heading == "Stop. Get help now."


def test_back_and_change_take_along_what_hangs_on_it(browser: Browser, home: Path) -> None:
    form = FormInBrowser(browser, home / "looks.html")
    form.answer("no")
    second = form.asks["id"]
    form.press("Back")
    assert form.asks["id"] == "chest"
    assert "your answer" in browser.text
    form.answer("no")
    assert form.asks["id"] == second
    while form.asks["id"] != "trauma":
        form.answer("none" if "none" in dict(form.asks["answers"]) else "no")
    form.answer("knock" if "knock" in dict(form.asks["answers"]) else form.asks["answers"][-1][0])
    followed = form.asks["id"] == "trauma_assessed"
    assert followed
    form.answer("yes")
    form.press("My answers")
    assert "Examined" in browser.text
    browser.find("[aria-label^='Change: Accident']").click()
    form.answer("no" if "no" in dict(form.asks["answers"]) else "none")
    form.press("My answers")
    assert "Examined" not in browser.text


def test_a_number_out_of_range_is_asked_again(browser: Browser, home: Path) -> None:
    form = FormInBrowser(browser, home / "looks.html")
    browser.driver.execute_script('question("age")')
    for text in ("900", "-4", "forty", "4.5", ""):
        browser.find("#amount").clear()
        browser.find("#amount").send_keys(text, Keys.ENTER)
        assert form.asks["id"] == "age"
        assert "A whole number is needed" in browser.find("#problem").text
    browser.find("#amount").clear()
    form.answer(40)
    assert form.asks["id"] != "age"


# the page


def looked_at(browser: Browser) -> None:
    assert browser.serious() == [], browser.heading
    browser.dark(on=True)
    assert browser.serious() == [], f"{browser.heading} in the dark"
    browser.dark(on=False)
    assert browser.narrow() <= 0, browser.heading


def test_its_pages_can_be_used_by_anybody(browser: Browser, home: Path) -> None:
    browser.open((home / "looks.html").as_uri())
    looked_at(browser)
    form = FormInBrowser(browser, home / "looks.html")
    looked_at(browser)
    browser.driver.execute_script('question("age")')
    browser.find("#amount").send_keys("900", Keys.ENTER)
    looked_at(browser)
    browser.driver.execute_script('question("saddle")')
    assert "Private." in browser.text
    form.answer("no")
    form.press("My answers")
    looked_at(browser)
    form.press("Lock them")
    form.given_back()
    looked_at(browser)


def test_it_is_answered_by_keyboard_alone(browser: Browser, home: Path) -> None:
    browser.open((home / "looks.html").as_uri())

    def to(words: str) -> None:
        for _ in range(20):
            browser.driver.switch_to.active_element.send_keys(Keys.TAB)
            if browser.driver.switch_to.active_element.text.startswith(words):
                browser.driver.switch_to.active_element.send_keys(Keys.ENTER)
                return
        pytest.fail(f"TAB does not reach {words}")

    to("Begin")
    first = browser.heading
    to("No")
    assert browser.heading != first
    to("Back")
    assert browser.heading == first
    to("Yes")
    assert browser.heading == "Stop. Get help now."


def test_nothing_is_asked_of_anybody_and_nothing_is_kept(browser: Browser, home: Path) -> None:
    form = FormInBrowser(browser, home / "looks.html")
    form.answer("no")
    form.press("My answers")
    form.press("Lock them")
    form.given_back()
    look = "return [performance.getEntriesByType('resource').length, localStorage.length,"
    look += " sessionStorage.length, answers.size, document.cookie];"
    assert browser.driver.execute_script(look) == [0, 0, 0, 0, ""]
    assert browser.driver.get_log("browser") == []
    blocked = "return fetch('https://example.invalid/').then(() => 'sent', () => 'blocked');"
    assert browser.driver.execute_script(blocked) == "blocked"


def test_the_file_is_saved_whole(browser: Browser, home: Path, tmp_path: Path) -> None:
    where = {"behavior": "allow", "downloadPath": str(tmp_path)}
    browser.driver.execute_cdp_cmd("Browser.setDownloadBehavior", where)
    form = FormInBrowser(browser, home / "looks.html")
    form.answer("no")
    form.press("My answers")
    form.press("Lock them")
    text = form.given_back()
    form.press("Save as a file")
    found = _soon(lambda: [*tmp_path.glob("answers-*.screening")])
    assert found.read_text("utf-8") == text


def _soon(look: Callable[[], list[Path]]) -> Path:
    for _ in range(100):
        if found := look():
            return found[0]
        time.sleep(0.05)
    raise AssertionError("no file was saved")


def test_without_script_or_lock_it_says_what_else_to_do(browser: Browser, home: Path) -> None:
    switch = "Emulation.setScriptExecutionDisabled"
    browser.driver.execute_cdp_cmd(switch, {"value": True})
    browser.open((home / "looks.html").as_uri())
    assert browser.heading == "This page does not work here"
    assert "Call 999" in browser.text
    browser.driver.execute_cdp_cmd(switch, {"value": False})
    browser.open((home / "looks.html").as_uri())
    browser.driver.execute_script(
        "Object.defineProperty(window, 'isSecureContext', {value: false}); begin();"
    )
    assert browser.heading == "This browser cannot lock your answers"
    assert "https" in browser.text
