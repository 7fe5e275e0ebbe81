"""Ways through the page with a client: from the desk to the session, and what lies beside it."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from kept_cases import answered, happened, make_store
from page_client import PageClient, answer, interview_of, met, say, site_in
from simulated_clients import harmless

from screening.app import settings
from screening.app.clients.find_case import last_case
from screening.interview.planner import Ask, AskList, AskProgramme
from screening.load import load_intake
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question
from screening.model.vocabularies import Level
from screening.records import Protection, create_store, open_store
from screening.records.event import Resumed, Started
from screening.render.rule_picture import targets
from screening.web.site import Site

WEAK = {"leg_weaker": "yes", "leg_weak": "new_or_worse"}
GARDENER = Path(__file__).parents[1] / "intakes" / "gardener.yaml"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    make_store(tmp_path)
    return tmp_path


@pytest.fixture
def site(home: Path, shipped: KnowledgeBase) -> Site:
    return site_in(home, shipped)


@pytest.fixture
def browser(site: Site) -> PageClient:
    return PageClient(site).open()


@pytest.fixture
def screened(browser: PageClient, shipped: KnowledgeBase) -> PageClient:
    """Return a browser at the gardener's result."""
    met(browser)
    answer(browser, shipped, dict(load_intake(GARDENER, shipped).answers))
    return browser


def test_the_gardener_comes_to_the_result_of_the_terminal(
    screened: PageClient, home: Path
) -> None:
    assert screened.heading == "No referral from these answers"
    text = screened.text
    assert text.index("plank") < text.index("back squat") < text.index("sit-up")
    assert "Instead: McGill curl-up, dead bug" in text
    assert "croquet No rule speaks about it." in text
    assert "No clinician has reviewed this knowledge yet" in text
    events = happened(home, "blue-bike")
    assert events[0] == "Started"
    assert events[-3:] == ["Concluded", "Closed", "Printed"]


def test_what_is_made_ready_in_the_background_disturbs_no_result(
    site: Site, screened: PageClient
) -> None:
    over = Event()

    def busy() -> None:
        while not over.is_set():
            site.warm_up()

    with ThreadPoolExecutor(1) as background:
        warming = background.submit(busy)
        headings = []
        for _ in range(8):
            site.office._grounds.clear()  # concluded anew each time
            headings.append(screened.get(screened.path).heading)
        over.set()
        warming.result()
    assert set(headings) == {"No referral from these answers"}


def test_every_line_says_why_why_not_and_what_if(screened: PageClient) -> None:
    at = screened.path
    links = [place for words, place in screened.shown.links if "/why/" in place]
    assert len(links) > 10
    for place in links[::4]:
        screened.get(place)
        assert screened.code == 200, place
        assert screened.heading
        assert screened.shown.button("Why not?")
        assert screened.shown.button("What if?")
    screened.get(f"{at}/why/2").press("Why not?", name="posture breaks")
    assert "Changing position" in screened.text
    screened.press("Why not?", name="no such thing")
    assert "nothing is called" in screened.text
    screened.press("What if?", question="walk", value="brings it on")
    assert "Result" in screened.text
    screened.press("What if?", question="walk", value="maybe")
    assert "There is a problem" in screened.text
    screened.press("What if?", question="saddle", value="yes")
    assert screened.code == 200
    assert screened.get(f"{at}/why/9999").code == 404


def test_a_session_is_planned_and_an_exercise_swapped(screened: PageClient) -> None:
    screened.follow("Next session")
    assert screened.heading == "Next session"
    form, _, swapped = screened.shown.button("Swap") or pytest.fail("no exercise")
    screened.press("Swap")
    assert "takes the place of" in screened.text or "Nothing" in screened.text
    held = [f for f in screened.shown.forms if swapped in f.fields.get("without", [])]
    assert held
    screened.press("Swap")
    assert screened.code == 200
    screened.press("Plan", minutes="60", place="home", without=[])
    assert screened.code == 200
    assert form.action in screened.path


def test_a_session_draws_its_exercises_but_not_a_changed_one(screened: PageClient) -> None:
    screened.follow("Next session")
    drawn = screened.html.split("On one page, with figures")[0]
    assert drawn.count("<svg") > 5
    assert drawn.count("<h2>Take home") == 1
    squat = drawn.partition("<h3>back squat")[2].partition("</div>")[0]
    assert "Body weight or an empty bar" in squat
    assert "<svg" not in squat


def test_every_movement_is_drawn_beside_its_question(
    browser: PageClient, shipped: KnowledgeBase
) -> None:
    met(browser)
    while (step := interview_of(browser).plan) and not isinstance(step.step, AskProgramme):
        assert isinstance(step.step, Ask | AskList)
        names = (step.step.question,) if isinstance(step.step, Ask) else step.step.questions
        moving = [name for name in names if shipped.questions[name].is_movement]
        assert browser.html.count("<svg") == len(moving)
        if isinstance(step.step, Ask):
            question = shipped.questions[step.step.question]
            say(browser, question, question.harmless)
        else:
            browser.press("none")


def test_the_next_hour_is_printed_on_one_page(screened: PageClient, home: Path) -> None:
    screened.follow("Next session").press("Plan", minutes="60", place="home")
    at = screened.path
    screened.press("Open to print")
    assert screened.answer.content_type.startswith("text/html")
    assert "style-src 'sha256-" in screened.answer.headers["Content-Security-Policy"]
    assert "60 minutes, home" in screened.text
    screened.get(at).press("Open to print", **{"for": "client"})
    assert "until next time" in screened.text
    assert screened.shown.title == "Session sheet"
    screened.get(at).press("Open as PDF")
    assert screened.answer.get_data().startswith(b"%PDF")
    assert happened(home, "blue-bike").count("PaperMade") == 3
    assert screened.get(at.replace("session", "sheet")).heading == "Next session"
    screened.get(at).press("Swap")
    assert "without your swaps" in screened.text


def test_back_and_change_are_as_in_the_terminal(browser: PageClient, home: Path) -> None:
    met(browser)
    first = browser.heading
    browser.press("No").press("Back")
    assert browser.heading == first
    browser.press("No").press("I don’t know")
    assert "a tap is enough" in browser.text
    browser.press("No").follow("Answers")
    assert "Change" in browser.text
    browser.press("Change")
    assert browser.heading == first
    assert "answered" in browser.text
    browser.press("No")
    assert "TakenBack" in happened(home, "blue-bike")
    assert answered(home, "blue-bike")[0] == "chest"


def test_an_earlier_page_takes_another_answer_and_twice_the_same_changes_nothing(
    browser: PageClient, home: Path
) -> None:
    met(browser)
    place, first = browser.path, browser.heading
    browser.press("No").press("No")
    now = browser.heading
    before = happened(home, "blue-bike")
    browser.get(place)
    assert browser.heading == first
    assert "You went back" in browser.text
    browser.press("No")
    assert browser.heading == now
    assert happened(home, "blue-bike") == before
    browser.get(place).press("I’d rather not say")
    assert happened(home, "blue-bike").count("Unsure") == 1


def asked_now(browser: PageClient, knowledge: KnowledgeBase) -> Question | None:
    """Return the question on the page; None for a tick list."""
    plan = interview_of(browser).plan
    assert plan is not None
    if isinstance(plan.step, AskList):
        return None
    assert isinstance(plan.step, Ask)
    return knowledge.questions[plan.step.question]


def answer_harmless(browser: PageClient, asked: Question | None) -> None:
    if asked is None:
        browser.press("None of these")
    elif asked.is_number:
        browser.press("Continue", amount=str(asked.harmless))
    else:
        browser.press(str(asked.harmless))


def test_what_is_typed_is_no_command_and_no_answer(
    browser: PageClient, shipped: KnowledgeBase, home: Path
) -> None:
    met(browser)
    while not (asked := asked_now(browser, shipped)) or not asked.is_number:
        answer_harmless(browser, asked)
    before = happened(home, "blue-bike")
    for typed in ("quit", "back", "many", "", "change age", "-1", "1" * 400, "\0"):
        browser.press("Continue", amount=typed)
        assert "There is a problem" in browser.text, typed
        assert browser.shown.title.startswith("Error: ")
    browser.post(browser.path, {"token": browser.shown.forms[-1].fields["token"], "say": "yes"})
    assert happened(home, "blue-bike") == before
    browser.press("Continue", amount="35")
    assert "There is a problem" not in browser.text


def test_it_goes_on_after_the_server_was_killed_at_any_page(
    home: Path, shipped: KnowledgeBase
) -> None:
    browser = met(PageClient(site_in(home, shipped)).open())
    due = 0
    for _ in range(6):
        plan = interview_of(browser).plan
        assert plan is not None
        if isinstance(plan.step, AskList):
            browser.press("None of these")
            due += len(plan.step.questions)
        else:
            assert isinstance(plan.step, Ask)
            browser.press(str(shipped.questions[plan.step.question].harmless))
            due += 1
        assert len(answered(home, "blue-bike")) == due
        now = browser.heading
        browser.site.office.lock()  # a process that is killed lets go of the case
        browser = PageClient(site_in(home, shipped)).open()
        assert "Interrupted" in browser.text
        browser.follow("blue-bike").press("Go on with the questions")
        assert browser.heading == now


def test_an_interview_is_open_in_one_place(home: Path, shipped: KnowledgeBase) -> None:
    first = met(PageClient(site_in(home, shipped)).open()).press("No")
    elsewhere = PageClient(site_in(home, shipped)).open().follow("blue-bike")
    elsewhere.press("Go on with the questions")
    assert elsewhere.code == 400
    assert "open in another terminal" in elsewhere.text
    assert first.press("No").code == 200


def test_two_browsers_share_one_interview(site: Site, home: Path) -> None:
    one, two = PageClient(site).open(), PageClient(site).open()
    met(one)
    two.get(one.path)
    assert two.heading == one.heading
    one.press("No")
    before = happened(home, "blue-bike")
    two.press("No")  # the same answer, again
    assert happened(home, "blue-bike") == before
    assert two.heading == one.heading


def test_an_emergency_shows_the_action_and_nothing_of_exercise(
    browser: PageClient, home: Path
) -> None:
    met(browser).press("Yes")
    assert browser.heading == "Emergency"
    assert "Call 112" in browser.text
    assert not any(word in browser.text for word in ("Next session", "Letter", "plank", "Keep"))
    assert happened(home, "blue-bike")[-1] == "Printed"
    browser.press("A wrong answer was given").press("Change").press("No")
    assert browser.heading != "Emergency"


def test_a_referral_gives_a_letter_and_is_closed(
    browser: PageClient, shipped: KnowledgeBase
) -> None:
    met(browser)
    answer(browser, shipped, {**harmless(shipped), **WEAK})
    assert browser.heading == "Medical assessment today"
    result = browser.path
    browser.follow("Letter")
    assert browser.heading == "Letter"
    browser.press("Open to print")
    assert browser.answer.content_type.startswith("text/html")
    assert "style-src 'sha256-" in browser.answer.headers["Content-Security-Policy"]
    browser.get(result).follow("Letter").press("Open as PDF")
    assert browser.answer.get_data().startswith(b"%PDF")
    browser.get(result).follow("Referral")
    assert "Waiting for a clinician" in browser.text
    browser.press("Record it", answer="no_objection")
    assert "There is a problem" in browser.text
    today = datetime.datetime.now().astimezone().date().isoformat()
    browser.press(
        "Record it", answer="no_objection", by="Dr A. Okafor", role="GP", on=today, seen=today
    )
    assert "may exercise" in browser.text
    assert "Nothing is waited for" in browser.text


def test_a_trainer_goes_on_against_a_referral_under_their_name(
    browser: PageClient, shipped: KnowledgeBase
) -> None:
    met(browser)
    answer(browser, shipped, {**harmless(shipped), **WEAK})
    browser.follow("blue-bike").follow("Referral")
    browser.press("Go on against it", by="J. Smith", reason="short")
    assert "There is a problem" in browser.text
    browser.press("Go on against it", by="J. Smith", reason="Seen by her doctor on Monday")
    assert "J. Smith" in browser.text


def test_a_follow_up_keeps_what_counts(screened: PageClient) -> None:
    screened.follow("blue-bike").press("Follow up")
    assert "Kept from last time" in screened.text
    assert "`" not in screened.text
    screened.get(f"/interview/{screened.path.split('/')[2]}/answers")
    assert "Change" in screened.text
    screened.get("/")
    assert "blue-bike" in screened.text


def test_history_says_what_happened_and_that_it_is_whole(screened: PageClient) -> None:
    screened.follow("blue-bike").follow("History")
    assert "All as it was written" in screened.text
    assert "concluded" in screened.text
    assert screened.code == 200


def test_consent_is_noted_and_taken_back(screened: PageClient) -> None:
    screened.follow("blue-bike")
    assert "withdrawn" in screened.text
    screened.press("The client agrees")
    assert "withdrawn" not in screened.text
    screened.press("The client takes it back")
    assert "withdrawn" in screened.text
    screened.press("Page to sign")
    assert screened.answer.content_type.startswith("text/html")


def test_whoever_may_not_be_kept_is_screened_all_the_same(
    browser: PageClient, home: Path, shipped: KnowledgeBase
) -> None:
    browser.get("/new").press("Ask the questions", label="x", keep="yes")
    assert "Ask the client all three" in browser.text
    browser.press("Ask the questions", label="x", keep="no", clinician="no", statistics="no")
    answer(browser, shipped, dict(load_intake(GARDENER, shipped).answers))
    assert "Nothing of this is saved" in browser.text or browser.path.endswith("/result")
    with open_store(home / "records.db", str) as store:
        assert store.row("SELECT COUNT(*) FROM clients") == (0,)


def test_what_follows_so_far_is_shown_and_the_case_stays_open(
    browser: PageClient,
) -> None:
    met(browser).press("No").follow("Answers").press("Show what follows so far")
    assert browser.heading == "Not finished: no exercise yet"
    assert browser.shown.button("Go on with the questions")
    browser.press("Go on with the questions")
    assert browser.path.startswith("/interview/")
    browser.press("Stop for now")
    assert browser.heading == "Desk"


def test_clients_are_found_by_any_part_of_their_name(browser: PageClient) -> None:
    for label in ("blue-bike", "green-tent"):
        met(browser, label)
    browser.get("/").press("Find", find="tent")
    assert "green-tent" in browser.text
    assert "blue-bike" not in browser.text
    browser.press("Find", find="nobody here")
    assert "Nobody’s name has" in browser.text


def test_a_page_speaks_of_no_card_and_says_first_what_is_private(
    browser: PageClient, home: Path
) -> None:
    met(browser)
    assert "point at the answer" in browser.text
    while "Private." not in browser.text:
        assert "card" not in browser.text.replace(str(home), "")
        interview = interview_of(browser)
        question = interview.asked_at(interview.turn)
        browser.press("None of these" if question is None else str(question.harmless))
    assert browser.text.index("Private.") < browser.text.index("I don’t know")
    browser.press("I’d rather not say")
    while "once more" not in browser.text:
        assert browser.path.startswith("/interview/")
        browser.press("I’d rather not say")
    assert "card" not in browser.text.replace(str(home), "")


def test_an_odd_name_is_refused_in_plain_words(browser: PageClient) -> None:
    browser.get("/new").press("Ask the questions", label="a\nb")
    assert "a name that can be printed is expected: leave odd characters out" in browser.text


def answer_until_programme(browser: PageClient, shipped: KnowledgeBase) -> None:
    while browser.heading != "Which exercises are in the current programme?":
        answer_harmless(browser, asked_now(browser, shipped))


def test_near_names_of_exercises_are_offered(browser: PageClient, shipped: KnowledgeBase) -> None:
    met(browser)
    answer_until_programme(browser, shipped)
    browser.press("Add", lines="deadlft\nback\nnone\n")
    assert "“deadlft”" in browser.text
    browser.press("deadlift")
    assert "“deadlft”" not in browser.text
    assert "deadlift" in browser.text
    browser.press("Take back the last")
    assert browser.code == 200


def test_every_page_says_what_the_records_are(home: Path, shipped: KnowledgeBase) -> None:
    plain = PageClient(site_in(home, shipped)).open()
    assert "NOT encrypted" in plain.text
    assert "records.db" not in plain.text
    (home / "records.db").unlink()
    create_store(home / "records.db", Protection.NONE, str, practice=True).close()
    practised = PageClient(site_in(home, shipped)).open()
    for page in ("/", "/new"):
        assert "PRACTICE: invented clients" in practised.get(page).text
    met(practised)
    assert "PRACTICE: invented clients" in practised.text


def test_a_forged_name_of_an_exercise_is_no_command(
    browser: PageClient, shipped: KnowledgeBase, home: Path
) -> None:
    met(browser)
    answer_until_programme(browser, shipped)
    browser.press("Add", lines="deadlft")
    before, token = happened(home, "blue-bike"), browser.shown.forms[-1].fields["token"]
    forged = (("quit", "1"), ("change age", "1"), ("deadlft", "quit"), ("plank", "1"))
    for name, number in forged:
        sent = {"token": token, "do": "instead", "name": name, "say": number}
        browser.post(browser.path, sent)
        assert browser.heading == "Which exercises are in the current programme?", name
        assert happened(home, "blue-bike") == before, name


def test_the_rules_by_urgency_each_with_its_picture(
    browser: PageClient, shipped: KnowledgeBase
) -> None:
    browser.get("/rules")
    text = browser.text
    assert text.index(shipped.levels[Level.EMERGENCY].title) < text.index("No referral")
    drawn = [name for name in targets(shipped) if name in shipped.findings]
    for rule in shipped.written_rules[::25]:
        browser.get(f"/rules/rule/{rule.id}")
        assert browser.heading == rule.title
        assert f'href="/rules/rule/{rule.id}"' in browser.answer.get_data(as_text=True)
    for name in ("emergency", drawn[0]):
        browser.get(f"/rules/picture/{name}")
        assert "<svg" in browser.answer.get_data(as_text=True)
        assert 'role="region"' in browser.answer.get_data(as_text=True)
    for odd in ("/rules/rule/nothing", "/rules/rule/deadlift.provokes", "/rules/picture/%3Cb%3E"):
        browser.get(odd)
        assert browser.code == 404


def asked_by(home: Path, client: str) -> list[str]:
    with open_store(home / "records.db", str) as store:
        events = [one.event for one in store.events(last_case(store, client))]
    return [one.by for one in events if isinstance(one, Started | Resumed)]


def test_of_several_trainers_one_is_chosen_and_stands_on_record(
    site: Site, home: Path, shipped: KnowledgeBase
) -> None:
    browser = PageClient(site).open()
    settings.keep_trainer(shipped, "AG", "Alma García", ())
    assert "Who is asking?" not in browser.get("/").text
    settings.keep_trainer(shipped, "BT", None, ())
    assert "Who is asking?" in browser.get("/").text
    met(browser, "one")
    say(browser, shipped.questions["chest"], "no")
    browser.get("/").press("From now on", trainer="BT")
    assert '<option value="BT" selected>' in browser.html
    met(browser, "two")
    say(browser, shipped.questions["chest"], "no")
    assert [asked_by(home, name) for name in ("one", "two")] == [["AG"], ["BT"]]
    browser.post("/asking", {"trainer": "nobody"})
    assert '<option value="BT" selected>' in browser.get("/").html


def test_an_interview_under_way_is_taken_up_by_whom_is_chosen(
    site: Site, home: Path, shipped: KnowledgeBase
) -> None:
    browser = PageClient(site).open()
    for initials in ("AG", "BT"):
        settings.keep_trainer(shipped, initials, None, ())
    met(browser, "one")
    say(browser, shipped.questions["chest"], "no")
    browser.get("/").press("From now on", trainer="BT")
    browser.follow("one").press("Go on with the questions")
    answer(browser, shipped, harmless(shipped))
    assert asked_by(home, "one") == ["AG", "BT"]
