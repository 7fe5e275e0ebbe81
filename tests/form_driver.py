"""One more driver of an interview: the form at home, tapped through in a real browser.

The form cannot take an answer back to none, put a question off, or ask what is for the trainer:
what an interview has of these is not tapped.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from click.testing import CliRunner
from interview_drivers import CLIENT, Left, left_in
from real_browser import Browser
from selenium.webdriver.support.ui import WebDriverWait

from screening.cli import main
from screening.interview.form_gates import client_questions
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value, plain
from screening.records.event import (
    Answered,
    CaseEvent,
    Changed,
    Kept,
    Listed,
    Skipped,
    TakenBack,
    Unsure,
    Withdrawn,
)

Tap = tuple[str, Value]
PLAY = """
const head = () => document.querySelector("h1").textContent;
const shown = () => [...asked.values()].find(one => one.ask === head());
const press = said => {
  const found = [...document.querySelectorAll("button")].find(b => b.textContent.startsWith(said));
  if (!found) throw new Error(`no ${said} on: ${place.innerText}`);
  found.click();
};
press("Begin");
for (const [name, value] of arguments[0]) {
  if (shown()?.id !== name && answers.has(name)) {
    if (shown()) press("My answers");
    document.querySelector(`[aria-label="Change: ${asked.get(name).short}"]`).click();
  } else if (shown()?.id !== name) {
    question(name);  // an interview asks first what matters most
  }
  if (shown()?.id !== name) throw new Error(`${name} is not asked on: ${place.innerText}`);
  if (Number.isInteger(value)) {
    document.querySelector("#amount").value = value;
    document.querySelector("form.amount").requestSubmit();
  } else {
    const words = [...shown().answers, ...UNSURE].find(([id]) => id === value)[1];
    press(words);
  }
}
if (head().startsWith("Stop")) {
  press("I have help");
} else {
  if (head() === form.words.exercises) press("None");
  if (shown()) press("My answers");
  press("Lock them");
}
"""


def taps(knowledge: KnowledgeBase, record: Iterable[CaseEvent]) -> list[Tap]:
    """Return the answers that a client taps at home to say what was said in an interview."""
    asked = {one.id for one in client_questions(knowledge)}
    made: list[Tap] = []
    entries: list[CaseEvent] = []
    moot: dict[int, list[str]] = {}  # by the entry that withdrew them
    for event in record:
        match event:
            case Answered(name, value) | Changed(name, value):
                made += [(name, value)] if name in asked else []
                entries.append(event)
            case Unsure() | Skipped() | Listed() | Kept():
                entries.append(event)
            case Withdrawn(name):
                moot.setdefault(id(entries[-1]), []).append(name)
                entries = [one for one in entries if getattr(one, "question", None) != name]
            case TakenBack() if entries:
                last = entries.pop()
                if isinstance(last, Changed) and last.question in asked:
                    made.append((last.question, last.before))
                elif isinstance(last, Answered):
                    gone = {last.question, *moot.get(id(last), ())}
                    made = [one for one in made if one[0] not in gone]
    return made


def by_form(home: Path, tapped: list[Tap], browser: Browser) -> Left:
    """Answer at home, file what comes back, and return what that leaves."""
    env = {"SCREENING_HOME": str(home.parent)}
    store = ("--store", str(home / "records.db"))
    form, sent = home / "form.html", home / "answers.screening"
    made = CliRunner().invoke(main, ["form", CLIENT, "-o", str(form), *store], env=env)
    assert made.exit_code == 0, made.output
    browser.open(form.as_uri())
    browser.driver.execute_script(PLAY, [(name, plain(value)) for name, value in tapped])
    wait = WebDriverWait(browser.driver, 30, 0.02)
    wait.until(lambda _: browser.heading == "Send this to your trainer")
    sent.write_text(str(browser.find("#text").get_attribute("value")), "utf-8")
    words = ["receive", str(sent), "--format", "json", *store]
    came = CliRunner().invoke(main, words, env=env)
    assert came.exit_code == 0, came.output
    return left_in(home)


def said_in(left: Left, knowledge: KnowledgeBase) -> dict[str, tuple[Value, str]]:
    """Return the answers that a form can have, each with the words on record."""
    asked = {one.id for one in client_questions(knowledge)}
    found: dict[str, tuple[Value, str]] = {}
    for one in left.entries:
        if isinstance(one, Answered | Changed | Unsure):
            found.pop(one.question, None)
        if isinstance(one, Answered | Changed) and one.question in asked:
            found[one.question] = one.value, one.said
    return found
