"""In a real browser: sheets and contact sheets, from files: axe, light, dark, no request."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from real_browser import Browser

from screening.cli import main

GARDENER = str(Path(__file__).parents[1] / "intakes" / "gardener.yaml")
SVG = "{http://www.w3.org/2000/svg}svg"
ASKED_FOR = "return performance.getEntriesByType('resource').map(one => one.name)"
PAPERS: Mapping[str, tuple[str, ...]] = {
    "trainer.html": ("sheet", GARDENER, "--date", "2026-11-29", "-o"),
    "client.html": ("sheet", GARDENER, "--for", "client", "--date", "2026-11-29", "-o"),
    "at-home.html": ("sheet", GARDENER, "--equipment", "home", "--date", "2026-11-29", "-o"),
    "figures": ("knowledge", "figures", "-o"),
}
SHEETS = ("figures.html", "unnamed.html", "answers.html")
PAGES = ("trainer.html", "client.html", "at-home.html", *(f"figures/{one}" for one in SHEETS))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("papers")
    for name, words in PAPERS.items():
        done = CliRunner().invoke(main, [*words, str(found / name)])
        assert done.exit_code == 0, done.output
    return found


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious_in_light_or_dark(
    browser: Browser, folder: Path, name: str
) -> None:
    browser.open((folder / name).as_uri())
    assert browser.serious() == []
    browser.dark(on=True)
    assert browser.serious() == []
    browser.dark(on=False)
    assert browser.driver.execute_script(ASKED_FOR) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_well_formed_and_its_ids_stand_once(folder: Path, name: str) -> None:
    text = (folder / name).read_text("utf-8")
    root = ET.fromstring(re.sub(r"^<!DOCTYPE html>", "", text))  # noqa: S314 - our own text
    ids = Counter(one.get("id") for one in root.iter() if one.get("id"))
    assert [name for name, times in ids.items() if times > 1] == []
    labels = [one.get("aria-labelledby", "").split() for one in root.iter() if one.tag == SVG]
    assert all(label and set(label) <= set(ids) for label in labels)
