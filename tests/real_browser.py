"""A real browser without a window, at a real server: Chromium, driven by selenium."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from interview_process import PATIENCE, command, environment
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value

REQUIRED = "SCREENING_BROWSER_TESTS"  # `.ci/run` sets it: there the browser must be there
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1000,800",
)
AXE = Path(__file__).parent / "web" / "axe" / "axe.min.js"
FIND = """
return [...document.querySelectorAll("button, a")].find(
  one => one.innerText.trim().startsWith(arguments[0]) || one.value === arguments[0]);
"""
RUN_AXE = """
const done = arguments[arguments.length - 1];
const rules = {"target-size": {enabled: true}};
axe.run(document, {resultTypes: ["violations"], rules}).then(
  found => done(found.violations.map(v => v.impact + " " + v.id + ": " + v.nodes[0].html)));
"""


def there() -> None:
    """Skip where there is no browser; fail where there must be one."""
    if CHROMIUM and DRIVER:
        return
    why = "no chromium with chromedriver here: `apt-get install chromium chromium-driver`"
    if os.environ.get(REQUIRED):
        pytest.fail(why)
    pytest.skip(why)


def _gone(old: WebElement) -> bool:
    """Tell whether an element is of a page that was left; Chromium says so in two ways."""
    try:
        old.is_enabled()
    except StaleElementReferenceException:
        return True
    except WebDriverException as error:
        if "does not belong to the document" in str(error):
            return True
        raise
    return False


class Served:
    """`screening serve` in a process of its own; a home is shared, where knowledge is compiled."""

    def __init__(self, home: Path, store: Path) -> None:
        self.process = subprocess.Popen(
            command("serve", "--no-browser", "--store", str(store)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment(home),
        )
        assert self.process.stdout is not None
        self.link = self.process.stdout.readline().strip()
        self.address = self.link.partition("/start/")[0]

    def kill(self) -> None:
        """End it as a power cut does."""
        if self.process.returncode is None:
            self.process.kill()
            self.process.communicate()


class Browser:
    """One Chromium with a profile of its own."""

    def __init__(self) -> None:
        there()
        self.folder = tempfile.mkdtemp(prefix="screening-browser-")
        options = ChromeOptions()
        for flag in (*FLAGS, f"--user-data-dir={self.folder}"):
            options.add_argument(flag)
        options.binary_location = CHROMIUM or ""
        self.driver = Chrome(options=options, service=Service(DRIVER))

    def quit(self) -> None:
        self.driver.quit()
        shutil.rmtree(self.folder, ignore_errors=True)

    def open(self, address: str) -> None:
        self.driver.get(address)

    @property
    def at(self) -> str:
        """Where it is, without host."""
        return "/" + self.driver.current_url.split("/", 3)[3]

    @property
    def heading(self) -> str:
        return self.driver.find_element(By.TAG_NAME, "h1").text

    @property
    def text(self) -> str:
        return self.driver.find_element(By.TAG_NAME, "body").text

    def find(self, css: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def fill(self, name: str, text: str) -> None:
        field = self.find(f"[name={name}]")
        field.clear()
        field.send_keys(text)

    def press(self, said: str) -> None:
        """Press what begins with these words, or stands for this value; wait for the next page."""
        found: WebElement | None = self.driver.execute_script(FIND, said)
        assert found is not None, f"no {said!r} on: {self.text}"
        self.leave(found.click)

    def shows(self, said: str) -> bool:
        """Tell whether something to press begins with these words, or stands for this value."""
        return self.driver.execute_script(FIND, said) is not None

    def leave(self, act: Callable[[], object]) -> None:
        """Do what leads to another page, and wait for that."""
        old = self.find("html")
        act()
        wait = WebDriverWait(self.driver, PATIENCE, 0.02)
        wait.until(lambda _: _gone(old))
        wait.until(lambda d: d.execute_script("return document.readyState") == "complete")

    def serious(self) -> list[str]:
        """Return what axe finds serious or critical on the page."""
        self.driver.execute_script(AXE.read_text("utf-8"))
        found: list[str] = self.driver.execute_async_script(RUN_AXE)
        return [one for one in found if one.startswith(("serious", "critical"))]

    def wide(self, width: int) -> None:
        """Let the screen be so wide, as a phone or a tablet is; as it was for 0."""
        size = {"width": width, "height": 740, "deviceScaleFactor": 1, "mobile": True}
        name = "setDeviceMetricsOverride" if width else "clearDeviceMetricsOverride"
        self.driver.execute_cdp_cmd(f"Emulation.{name}", size if width else {})

    @property
    def sideways(self) -> int:
        """Return by how much the page is wider than the screen."""
        script = "return document.documentElement.scrollWidth - screen.width"
        more: int = self.driver.execute_script(script)
        return more

    def narrow(self) -> int:
        """Return how much wider than a phone of 360 px the page is there."""
        self.wide(360)
        more = self.sideways
        self.wide(0)
        return more

    def dark(self, *, on: bool) -> None:
        """Let the system be dark, or light."""
        value = "dark" if on else "light"
        features = {"features": [{"name": "prefers-color-scheme", "value": value}]}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", features)


def meet(browser: Browser, then: str = "Ask the questions", *, label: str = "blue-bike") -> None:
    """Begin with a new client, who agrees to everything."""
    browser.press("New client")
    browser.fill("label", label)
    for purpose in ("keep", "clinician", "statistics"):
        browser.find(f"#{purpose}-yes").click()
    browser.press(then)


def asked(browser: Browser, knowledge: KnowledgeBase) -> str:
    """Return the id of the question that shows; "" where it is none."""
    by_words = {one.ask: one.id for one in knowledge.questions.values()}
    return by_words.get(browser.heading, "")


def shown_list(browser: Browser, knowledge: KnowledgeBase) -> list[str]:
    """Return the items of the tick list that shows; none where it is none."""
    boxes = browser.driver.find_elements(By.CSS_SELECTOR, "[name=box]")
    items = (str(box.get_attribute("value")).split(" ")[0] for box in boxes)
    return [name for name in dict.fromkeys(items) if name in knowledge.questions]


def tick(browser: Browser, values: Mapping[str, object]) -> None:
    """Tick the boxes of a list as a client would, and go on."""
    quiet = ("no", "no_effect")
    boxes = [f"{name} {value}" for name, value in values.items() if value not in quiet]
    for box in boxes:
        browser.find(f'[name=box][value="{box}"] + label').click()
    browser.press("Continue" if boxes else "None of these")


def pressed_as(browser: Browser, knowledge: KnowledgeBase, sheet: Mapping[str, Value]) -> None:
    """Answer whatever shows from a sheet, without a programme."""
    name, items = asked(browser, knowledge), shown_list(browser, knowledge)
    if items:
        tick(browser, {item: sheet[item] for item in items})
    elif not name:
        browser.press("No programme" if browser.shows("No programme") else "Still the same")
    elif knowledge.questions[name].is_number:
        browser.fill("amount", str(sheet[name]))
        browser.press("Continue")
    else:
        browser.press(str(sheet[name]))


@contextmanager
def browsing() -> Iterator[Browser]:
    """Yield a browser without a window; the tests are skipped where there is none."""
    found = Browser()
    yield found
    found.quit()
