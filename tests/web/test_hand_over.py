"""In the client's hands: their own questions alone; locked when it is given back."""

from __future__ import annotations

from pathlib import Path

import pytest
import stores
from kept_cases import answered, happened, make_store
from page_client import PageClient, Ticking, answer, met, say, site_in
from simulated_clients import harmless

from screening.interview.planner import Ask
from screening.model.knowledge import KnowledgeBase
from screening.records import add_client, open_store
from screening.records.erasing import ErasureReason, erase
from screening.web.office import HandOver
from screening.web.routes import ROUTES
from screening.web.site import Site
from screening.web.visits import IDLE, Who

PIN = "4711"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    make_store(tmp_path)
    with open_store(tmp_path / "records.db", str) as store:
        add_client(store, "green-tent", "Somebody Else")
        add_client(store, "blue-bike", "Ann Lee")
    return tmp_path


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def site(home: Path, shipped: KnowledgeBase, clock: Ticking) -> Site:
    return site_in(home, shipped, clock=clock)


def handed(site: Site) -> PageClient:
    """Return a browser that was handed to the client, at the first page."""
    browser = PageClient(site).open().follow("blue-bike").follow("Let the client answer alone")
    return browser.press("Hand over", pin=PIN)


@pytest.fixture
def client(site: Site) -> PageClient:
    return handed(site).press("Yes, begin")


def hand_over_at(client: PageClient) -> HandOver:
    return next(iter(client.site.office.hand_overs.values()))


def answer_alone(
    client: PageClient, *, until: str = "", most: int = 60, **said: str | int
) -> None:
    """Answer every question as said, or harmlessly, until there is none, or one about this."""
    for _ in range(most):
        client.get("/c")
        if client.heading == "The next questions are private":
            client.press("Go on")
        if client.heading in {"Thank you", "Your answers"} or not client.site.office.hand_overs:
            return
        plan = hand_over_at(client).interview.plan
        assert plan is not None
        if not isinstance(plan.step, Ask):
            client.press("None")
            continue
        question = hand_over_at(client).interview.knowledge.questions[plan.step.question]
        if question.id == until:
            return
        assert not question.for_trainer
        say(client, question, said.get(question.id, question.harmless))


def test_what_the_trainer_is_asked_waits_for_the_trainer(client: PageClient, home: Path) -> None:
    answer_alone(client, pain_worst=6)
    assert client.heading == "Thank you"
    assert "trainer_level" not in answered(home, "blue-bike")
    client.press("Lock it and give it back").press("Open", typed=PIN)
    assert client.code == 200
    client.press("Go on with the questions")
    assert client.heading.startswith("For you, the trainer")
    client.press("basic")
    assert client.path.startswith("/case/")
    assert "physiotherapist or chiropractor plan" in client.text


def test_a_client_goes_back_past_what_the_trainer_is_asked(client: PageClient, home: Path) -> None:
    answer_alone(client, pain_worst=6, duration_weeks=8, until="mood")
    handed_over = hand_over_at(client)
    assert len(answered(home, "blue-bike")) > 30
    for _ in range(60):
        if not answered(home, "blue-bike"):
            return
        client.get("/c").press("back")
        plan = handed_over.interview.plan
        assert plan is not None
        if isinstance(plan.step, Ask):
            assert not handed_over.interview.knowledge.questions[plan.step.question].for_trainer
    raise AssertionError("something holds the client back")


def test_a_number_is_needed_where_no_passphrase_takes_it_back(site: Site) -> None:
    browser = PageClient(site).open().follow("blue-bike").follow("Let the client answer alone")
    for pin in ("", "12", "abcd"):
        browser.press("Hand over", pin=pin)
        assert "At least 4 digits" in browser.text
    assert browser.press("Hand over", pin=PIN).heading == "Are you Ann Lee?"


def test_the_client_reaches_their_own_questions_and_nothing_else(
    site: Site, client: PageClient, home: Path, clock: Ticking
) -> None:
    with open_store(home / "records.db", str) as store:
        ids = [str(row[0]) for row in store.rows("SELECT id FROM clients")]
    key = next(iter(site.office.interviews))
    for route in ROUTES:
        if Who.CLIENT in route.who:
            continue
        for client_id in ids:
            clock.now += 1  # nobody is told to wait
            path = route.path.replace("<client>", client_id).replace("<interview>", key)
            path = (
                path.replace("<case>", "1").replace("<int:turn>", "1").replace("<int:line>", "1")
            )
            client.get(path)
            assert client.path.startswith("/c"), path
            assert "Somebody Else" not in client.text
            token = client.shown.forms[0].fields["token"][0]
            client.post(path, {"token": token, "typed": PIN})
            assert client.path.startswith("/c"), path


def test_the_trainers_visit_at_that_browser_is_over(site: Site) -> None:
    browser = PageClient(site).open()
    old = browser.http.get_cookie("screening-8123", domain="127.0.0.1")
    assert old is not None
    browser.follow("blue-bike").follow("Let the client answer alone").press("Hand over", pin=PIN)
    thief = PageClient(site)
    thief.http.set_cookie("screening-8123", old.value, domain="127.0.0.1")
    assert thief.get("/").code == 403


def test_nothing_of_a_result_is_ever_shown(client: PageClient, home: Path) -> None:
    answer_alone(client)
    assert client.heading == "Thank you"
    for path in ("/c", "/c/answers", "/c/1", "/c/paused", "/c/back"):
        client.get(path)
        for word in ("referral", "Referral", "plan", "session", "Why?", "diagnos"):
            assert word not in client.text, (path, word)
    assert happened(home, "blue-bike")[-3:] == ["Concluded", "Closed", "Printed"]


def test_nothing_of_an_earlier_result_is_shown(home: Path, shipped: KnowledgeBase) -> None:
    browser = PageClient(site_in(home, shipped)).open()
    sheet = {**harmless(shipped), "leg_weaker": "yes", "leg_weak": "new_or_worse"}
    browser.follow("blue-bike").press("Ask the questions")
    answer(browser, shipped, sheet)
    assert browser.heading == "Medical assessment today"
    browser.follow("blue-bike").follow("Let the client answer alone")
    browser.press("Hand over", pin=PIN).press("Yes, begin")
    if browser.heading == "The next questions are private":
        browser.press("Go on")
    assert "Still open" not in browser.text
    assert "Last screening" not in browser.text
    assert "assessment" not in browser.text.lower()


def test_no_answer_of_an_earlier_screening_is_shown(home: Path, shipped: KnowledgeBase) -> None:
    browser = PageClient(site_in(home, shipped)).open()
    browser.follow("blue-bike").press("Ask the questions")
    answer(browser, shipped, {**harmless(shipped), "bend_forward": "provokes"})
    browser.follow("blue-bike").follow("Let the client answer alone")
    browser.press("Hand over", pin=PIN).press("Yes, begin")
    answer_alone(browser, until="bend_forward")
    assert browser.heading == shipped.questions["bend_forward"].ask
    assert "your answer" not in browser.text
    assert 'class="given"' not in browser.answer.get_data(as_text=True)


def seen_again(home: Path, shipped: KnowledgeBase) -> PageClient:
    """Return a browser that was handed to a client who was screened before, at a question."""
    browser = PageClient(site_in(home, shipped)).open()
    browser.follow("blue-bike").press("Ask the questions")
    answer(browser, shipped, {**harmless(shipped), "age": 44})
    browser.follow("blue-bike").follow("Let the client answer alone")
    return browser.press("Hand over", pin=PIN).press("Yes, begin").press("Go on")


def test_a_forged_form_shows_no_earlier_answer(home: Path, shipped: KnowledgeBase) -> None:
    client = seen_again(home, shipped)
    interview = hand_over_at(client).interview
    asked, token = client.heading, client.shown.forms[0].fields["token"]
    assert "age" in interview.standing
    for at in (f"/c/{interview.turn}", "/c/answers"):
        for do in ("change", "programme", "so-far", "stop", "keep"):
            client.post(at, {"token": token, "do": do, "question": "age"})
            assert "44" not in client.text, (at, do)
            assert client.get("/c").heading == asked, (at, do)


def test_private_questions_are_first_explained(client: PageClient) -> None:
    answer_alone(client, until="bladder")
    handed_over = hand_over_at(client)
    handed_over.private = False
    client.get("/c")
    assert client.heading == "The next questions are private"
    assert "can look them up" in client.text
    turn = handed_over.interview.turn
    assert client.get(f"/c/{turn}").heading == "The next questions are private"


def test_giving_it_back_locks_and_the_number_opens(site: Site, client: PageClient) -> None:
    answer_alone(client)
    client.press("Lock it and give it back")
    assert client.heading == "Locked"
    for path in ("/c", "/c/1", "/c/answers", "/", "/c/back"):
        assert client.get(path).heading == "Locked"
    client.press("Open", typed="0000")
    assert "That is not it" in client.text
    client.press("Open", typed=PIN)
    client.get("/")
    assert client.heading == "Desk"
    assert not site.office.hand_overs


def test_an_odd_address_typed_at_the_lock_shuts_no_trainer_out(client: PageClient) -> None:
    client.get("/c/back").press("Lock it")
    for odd in ("/case/a%0d%0aSet-Cookie:x=1", "/case/%00", "/case/%E2%80%AEx", "/case/a%7f"):
        assert client.get(odd).heading == "Locked"
        client.press("Open", typed=PIN)
        assert client.code in {200, 404}, odd
        assert client.get("/").heading == "Desk", odd
        client.press("Lock")


def test_after_giving_back_the_trainer_is_at_the_result(client: PageClient) -> None:
    answer_alone(client)
    client.press("Lock it and give it back").press("Open", typed=PIN)
    assert client.path.startswith("/case/")
    assert client.heading == "No referral from these answers"


def test_given_back_half_way_it_goes_on_with_the_trainer(client: PageClient, home: Path) -> None:
    client.press("No")
    now = client.get("/c").heading
    client.follow("Stop and give it back").press("Lock it").press("Open", typed=PIN)
    assert client.heading == "blue-bike"
    client.press("Go on with the questions")
    assert client.heading == now
    assert answered(home, "blue-bike") == ["chest"]


def test_an_emergency_answer_turns_the_screen_and_tells_the_trainer(
    site: Site, client: PageClient, home: Path
) -> None:
    desk = PageClient(site)
    desk.get(site.start_link().removeprefix("http://127.0.0.1:8123"))
    desk.press("Open", typed=PIN).get("/")
    assert desk.answer.headers["Refresh"].startswith("10;")
    client.press("Yes")
    assert client.heading == "Stop. Show this to your trainer now."
    assert "Call 112" in client.text
    for path in ("/c/1", "/c/2", "/c/answers", "/"):
        assert client.get(path).heading == "Stop. Show this to your trainer now."
    desk.get("/")
    assert "Go to Ann Lee now." in desk.text
    desk.press("I am with them: what to do")
    assert desk.heading == "Emergency"
    assert "Go to Ann Lee" not in desk.get("/").text
    client.press("I tapped the wrong answer").press("No")
    assert "Stop." not in client.get("/c").heading
    events = happened(home, "blue-bike")
    assert "FlagRaised" in events
    assert "Changed" in events


def test_a_trainer_who_opens_the_result_has_been_told(client: PageClient) -> None:
    client.press("Yes").press("Trainer: open this").press("Open", typed=PIN)
    assert client.heading == "Emergency"
    assert "Go to Ann Lee" not in client.text


def test_an_emergency_outlives_the_server_until_it_is_seen(
    home: Path, shipped: KnowledgeBase
) -> None:
    client = handed(site_in(home, shipped)).press("Yes, begin").press("Yes")
    assert client.heading == "Stop. Show this to your trainer now."
    client.site.office.lock()  # a process that is killed lets go of everything
    desk = PageClient(site_in(home, shipped)).open()
    assert "Go to Ann Lee now." in desk.text
    desk.site.office.lock()
    again = PageClient(site_in(home, shipped)).open()
    again.press("I am with them: what to do")
    assert again.heading == "Emergency"
    again.site.office.lock()
    assert "Go to Ann Lee" not in PageClient(site_in(home, shipped)).open().text


def test_an_emergency_of_an_erased_client_calls_nobody(home: Path, shipped: KnowledgeBase) -> None:
    site = site_in(home, shipped)
    handed(site).press("Yes, begin").press("Yes")
    who = site.office.client_called("blue-bike").id
    erase(site.office.store, who, ErasureReason.ASKED)
    site.office.lock()
    assert "needs help at once" not in PageClient(site_in(home, shipped)).open().text


def test_a_desk_that_waits_locks_and_still_tells_an_emergency(
    home: Path, shipped: KnowledgeBase
) -> None:
    clock = Ticking()
    site = site_in(home, shipped, clock=clock)
    client, desk = handed(site).press("Yes, begin"), PageClient(site)
    desk.get(site.start_link().removeprefix("http://127.0.0.1:8123"))
    desk.press("Open", typed=PIN).get("/")
    for _ in range(int(IDLE / 10) + 1):
        clock.now += 10
        desk.get(desk.answer.headers["Refresh"].partition("url=")[2])
    assert desk.heading == "Locked"
    client.press("Yes")
    assert desk.get(desk.path).heading == "A client needs you now"
    assert "Ann Lee" not in desk.text
    desk.follow("Open").press("Open", typed=PIN)
    assert "Go to Ann Lee now." in desk.get("/").text


def test_lock_waits_for_a_client_alone(site: Site, client: PageClient) -> None:
    desk = PageClient(site)
    desk.get(site.start_link().removeprefix("http://127.0.0.1:8123"))
    desk.press("Open", typed=PIN).get("/").press("Lock")
    client.press("Yes")
    assert desk.get(desk.path).heading == "A client needs you now"
    assert desk.get("/").heading == "Locked"


def test_one_emergency_seen_to_leaves_the_other_on_the_screen(site: Site) -> None:
    first, desk = handed(site).press("Yes, begin"), PageClient(site)
    desk.get(site.start_link().removeprefix("http://127.0.0.1:8123"))
    desk.press("Open", typed=PIN).get("/").follow("green-tent")
    second = PageClient(site)
    second.get(site.start_link().removeprefix("http://127.0.0.1:8123"))
    second.press("Open", typed=PIN).get("/").follow("green-tent")
    second.follow("Let the client answer alone").press("Hand over", pin=PIN).press("Yes, begin")
    first.press("Yes")
    second.press("Yes")
    desk.get("/").press("I am with them: what to do")
    desk.get("/")
    assert "Go to Ann Lee" not in desk.text
    assert "Go to Somebody Else now." in desk.text


def test_not_me_ends_it(site: Site) -> None:
    other = handed(site).press("No, that is not me")
    assert other.heading == "Locked"
    assert other.get("/c").heading == "Locked"


def test_hiding_shows_nothing_and_goes_on(client: PageClient) -> None:
    asked = client.heading
    client.follow("Hide this")
    assert client.heading == "Paused"
    assert asked not in client.text
    assert client.follow("Go on").heading == asked
    assert client.answer.headers["Refresh"] == "180; url=/c/paused"


def test_a_client_changes_an_answer_and_private_ones_are_behind_a_tap(client: PageClient) -> None:
    answer_alone(client, until="night")
    client.get("/c/answers")
    html = client.answer.get_data(as_text=True)
    assert html.index("Chest") < html.index("<details><summary>Private answers")
    client.press("Change")
    assert "your answer" in client.text
    assert client.path.startswith("/c/")


def test_it_goes_on_after_the_server_was_killed(home: Path, shipped: KnowledgeBase) -> None:
    client = handed(site_in(home, shipped)).press("Yes, begin").press("No")
    now = client.get("/c").heading
    client.site.office.lock()
    again = handed(site_in(home, shipped)).press("Yes, begin")
    assert again.heading == now
    assert client.get("/c").heading == "Locked"


def test_the_clock_hides_a_question_and_locks_no_client_out(
    home: Path, shipped: KnowledgeBase
) -> None:
    clock = Ticking()
    client = handed(site_in(home, shipped, clock=clock)).press("Yes, begin")
    clock.now += 4000
    asked = client.get("/c").heading
    assert client.press("No").get("/c").heading != asked


def test_a_passphrase_takes_it_back(
    tmp_path: Path, shipped: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    stores.quick(monkeypatch)
    stores.make(tmp_path / "records.db").close()
    browser = PageClient(site_in(tmp_path, shipped)).open()
    browser.press("Open", typed=stores.PASSPHRASE)
    met(browser).get("/").follow("blue-bike").follow("Let the client answer alone")
    browser.press("Hand over").press("Yes, begin").press("No").get("/c/back").press("Lock it")
    assert "your passphrase" in browser.text
    browser.press("Open", typed="wrong")
    assert browser.heading == "Locked"
    browser.press("Open", typed=stores.PASSPHRASE)
    assert browser.heading == "blue-bike"
