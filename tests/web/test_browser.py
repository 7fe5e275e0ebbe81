"""In a real browser: the whole way of the gardener, hand-over, emergency, and going on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from home_forms import reply
from interview_process import PATIENCE
from kept_cases import answered, happened, make_store
from real_browser import Browser, Served, asked, meet, shown_list, tick
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from screening.app.bundles import bundled
from screening.app.receive import CALL_NOW
from screening.cli import main
from screening.load import load_intake
from screening.model.knowledge import KnowledgeBase

GARDENER = Path(__file__).parents[1] / "intakes" / "gardener.yaml"
PIN = "4711"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def served(home: Path, tmp_path: Path) -> Iterator[Served]:
    found = Served(home, make_store(tmp_path))
    yield found
    found.kill()


@pytest.fixture
def desk(browser: Browser, served: Served) -> Browser:
    browser.open(served.link)
    assert browser.heading == "Desk"
    return browser


def looked_at(browser: Browser) -> None:
    """Look at a page with axe, in light and dark, and on a phone."""
    assert browser.serious() == [], browser.at
    browser.dark(on=True)
    assert browser.serious() == [], f"{browser.at} in the dark"
    browser.dark(on=False)
    assert browser.narrow() <= 0, browser.at


def answer_as_the_gardener(desk: Browser, shipped: KnowledgeBase) -> None:
    """Answer all that is asked, and look at one page of each kind."""
    sheet = load_intake(GARDENER, shipped).answers
    kinds: set[object] = set()
    while desk.at.startswith("/interview/"):
        name = asked(desk, shipped)
        items = shown_list(desk, shipped)
        if items:
            if "list" not in kinds:
                looked_at(desk)
                kinds.add("list")
            tick(desk, {item: sheet.get(item, shipped.questions[item].harmless) for item in items})
            continue
        if not name:
            desk.fill("lines", "back squat\nsit-ups\nrower\ndeadlift\nplank\ncroquet")
            desk.press("Add")
            looked_at(desk)
            desk.press("That is all")
            continue
        question = shipped.questions[name]
        if question.kind not in kinds:
            looked_at(desk)
            kinds.add(question.kind)
        value = sheet.get(name, question.harmless)
        if question.is_number:
            desk.fill("amount", str(value))
            desk.press("Continue")
        else:
            desk.press(str(value))


def opened_to_print(browser: Browser, title: str) -> None:
    """Open the client's sheet in a window of its own, look at it, and come back."""
    driver, here = browser.driver, browser.driver.current_window_handle
    browser.find("#for [value=client]").click()
    browser.find("form[action$=sheet] button").click()
    WebDriverWait(driver, PATIENCE, 0.02).until(lambda d: len(d.window_handles) == 2)
    driver.switch_to.window(next(one for one in driver.window_handles if one != here))
    WebDriverWait(driver, PATIENCE, 0.02).until(lambda d: title in d.title)
    assert driver.get_log("browser") == []  # its style is allowed, with that of its parts
    driver.close()
    driver.switch_to.window(here)


def test_the_gardener_from_the_desk_to_the_session(
    desk: Browser, shipped: KnowledgeBase, tmp_path: Path
) -> None:
    looked_at(desk)
    desk.press("New client")
    looked_at(desk)
    desk.press("Desk")
    meet(desk)
    answer_as_the_gardener(desk, shipped)
    assert desk.heading == "No referral from these answers"
    assert "croquet" in desk.text
    looked_at(desk)
    result = desk.driver.current_url
    desk.press("Why?")
    looked_at(desk)
    desk.driver.back()
    assert desk.driver.current_url == result
    desk.press("Next session")
    looked_at(desk)
    desk.press("Swap")
    assert "takes the place of" in desk.text
    opened_to_print(desk, "Session sheet")
    client = desk.driver.current_url
    desk.press("Desk")
    looked_at(desk)
    desk.press("blue-bike")
    looked_at(desk)
    for page in ("Referral", "History", "Let the client answer alone", "Form to answer at home"):
        client = desk.driver.current_url
        desk.press(page)
        looked_at(desk)
        desk.open(client)
    assert happened(tmp_path, "blue-bike")[-2:] == ["Printed", "PaperMade"]
    assert desk.driver.get_log("browser") == []  # nothing was refused by the content policy


def test_an_emergency_on_the_handed_screen(desk: Browser, tmp_path: Path) -> None:
    meet(desk, "Let the client answer alone")
    desk.fill("pin", PIN)
    desk.press("Hand over")
    looked_at(desk)
    desk.press("Yes, begin")
    looked_at(desk)
    desk.press("yes")
    assert desk.heading == "Stop. Show this to your trainer now."
    looked_at(desk)
    for word in ("plank", "squat", "session", "Letter"):
        assert word not in desk.text
    desk.driver.back()
    desk.driver.refresh()
    assert desk.heading == "Stop. Show this to your trainer now."
    desk.press("Trainer: open this")
    desk.fill("typed", PIN)
    desk.press("Open")
    assert desk.heading == "Emergency"
    looked_at(desk)
    assert happened(tmp_path, "blue-bike")[-1] == "Printed"


def test_handed_over_locked_and_given_back(desk: Browser, tmp_path: Path) -> None:
    meet(desk, "Let the client answer alone")
    desk.fill("pin", PIN)
    desk.press("Hand over")
    desk.press("Yes, begin")
    desk.press("no")
    here = desk.driver.current_url
    desk.press("Stop and give it back")
    looked_at(desk)
    desk.press("Lock it")
    assert desk.heading == "Locked"
    looked_at(desk)
    for _ in range(4):
        desk.driver.back()
        desk.driver.refresh()
        assert desk.heading == "Locked"
    desk.open(here)
    assert desk.heading == "Locked"
    desk.fill("typed", PIN)
    desk.press("Open")
    desk.press("Desk")
    assert "Interrupted" in desk.text
    assert answered(tmp_path, "blue-bike") == ["chest"]
    assert desk.driver.execute_script("return localStorage.length + sessionStorage.length") == 0


def test_back_change_and_going_on_after_the_server_was_killed(
    desk: Browser, served: Served, home: Path, tmp_path: Path
) -> None:
    meet(desk)
    first = desk.heading
    desk.press("no")
    second = desk.heading
    desk.press("Back")
    assert desk.heading == first
    desk.press("no")
    assert desk.heading == second
    desk.press("None of these")
    desk.press("Answers")
    desk.press("Change")
    assert desk.heading == first
    assert "answered" in desk.find("button.given").text
    desk.press("no")
    now, before = desk.heading, answered(tmp_path, "blue-bike")
    served.kill()
    again = Served(home, tmp_path / "records.db")
    try:
        desk.open(again.link)
        desk.press("blue-bike")
        desk.press("Go on with the questions")
        assert desk.heading == now
        assert answered(tmp_path, "blue-bike") == before
    finally:
        again.kill()


def keyed(browser: Browser, value: str) -> None:
    """Go to a button or link by the tabulator key alone, see that it shows, and press Enter."""
    for _ in range(40):
        browser.driver.switch_to.active_element.send_keys(Keys.TAB)
        focused = browser.driver.switch_to.active_element
        if value in (focused.get_attribute("value"), focused.text):
            break
    else:
        pytest.fail(f"TAB does not reach {value} on: {browser.text}")
    assert focused.value_of_css_property("outline-style") == "solid"
    browser.leave(lambda: focused.send_keys(Keys.ENTER))


def test_a_whole_interview_by_the_keyboard_alone(
    desk: Browser, shipped: KnowledgeBase, tmp_path: Path
) -> None:
    meet(desk)
    for _ in range(80):
        if not desk.at.startswith("/interview/"):
            break
        name = asked(desk, shipped)
        if shown_list(desk, shipped):
            keyed(desk, "none")
        elif not name:
            keyed(desk, "No programme")
        elif shipped.questions[name].is_number:
            field = desk.driver.switch_to.active_element
            assert field.get_attribute("name") == "amount"
            field.send_keys(str(shipped.questions[name].harmless))
            desk.leave(lambda: desk.driver.switch_to.active_element.send_keys(Keys.ENTER))
        else:
            keyed(desk, str(shipped.questions[name].harmless))
    assert desk.heading == "No referral from these answers"
    assert len(answered(tmp_path, "blue-bike")) > 30
    keyed(desk, "Next session")
    assert desk.heading == "Next session"


def test_two_trainers_at_once_keep_two_records(
    desk: Browser, served: Served, tmp_path: Path, shipped: KnowledgeBase
) -> None:
    other = Browser()
    try:
        other.open(served.address)
        other.press("Show me a new link")
        assert served.process.stdout is not None
        other.open(served.process.stdout.readline().strip())
        meet(desk)
        meet(other, label="red-car")
        desk.press("no")
        other.press("no")
        desk.press("None of these")
        other.press("dk")
        assert answered(tmp_path, "blue-bike")[0] == answered(tmp_path, "red-car")[0] == "chest"
        assert answered(tmp_path, "blue-bike")[1:] == list(shipped.list_of["confused"].items)
        assert "Unsure" in happened(tmp_path, "red-car")
        assert answered(tmp_path, "red-car") == ["chest"]
        other.press("Desk")
        for name in ("blue-bike", "red-car"):
            assert name in other.text
    finally:
        other.quit()


def test_what_came_from_home_is_taken_on_the_page(
    desk: Browser, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCREENING_HOME", str(home))
    words = ["form", "blue-bike", "-o", str(tmp_path / "f.html")]
    ran = CliRunner().invoke(main, [*words, "--store", str(tmp_path / "records.db")])
    assert ran.exit_code == 0, ran.output
    file = tmp_path / "answers.screening"
    file.write_text(reply(tmp_path / "f.html", {"chest": "yes"}), "utf-8")
    desk.press("Desk")
    assert "not back yet" in desk.text
    desk.press("Answers came from home")
    looked_at(desk)
    desk.find("#file").send_keys(str(file))
    desk.press("Open it")
    assert CALL_NOW in desk.text
    looked_at(desk)
    desk.press("What follows so far")
    assert desk.heading == "Emergency"


def test_the_rule_book_is_read_by_tapping_through_its_picture(
    desk: Browser, shipped: KnowledgeBase
) -> None:
    desk.press("The rules")
    looked_at(desk)
    first = desk.find("details a")
    name = first.text
    desk.leave(first.click)
    assert desk.heading == name
    looked_at(desk)
    finding = next(iter(shipped.findings))
    desk.driver.get(desk.driver.current_url.split("/rules")[0] + f"/rules/picture/{finding}")
    looked_at(desk)
    box = desk.find("svg a[href*='/rules/rule/']")
    wanted = str(box.get_dom_attribute("href")).rpartition("/")[2]
    desk.leave(box.click)
    assert desk.heading == shipped.rules[wanted].title


def test_the_bundle_for_a_reviewer_is_a_page_of_its_own(browser: Browser, tmp_path: Path) -> None:
    out = tmp_path / "review.html"
    bundled(("stage", "saddle-change"), out, None, every=True)
    browser.driver.get(out.as_uri())
    assert browser.heading.startswith("Rules to review")
    looked_at(browser)
    asked = [one["message"] for one in browser.driver.get_log("browser")]
    assert [one for one in asked if "favicon.ico" not in one] == []  # of a server of before


def test_every_target_is_large_enough(desk: Browser) -> None:
    meet(desk)
    for one in desk.driver.find_elements(By.CSS_SELECTOR, "main button, main summary"):
        if one.is_displayed():
            assert one.size["height"] >= 40, one.text
