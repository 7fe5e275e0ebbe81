"""Everything written as HTML is valid, and every PDF can be read by a machine: title, words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest
from command_line import typed
from html5lib.html5parser import ParseError
from pypdf import PdfReader

from screening.records import Protection, add_client, create_store

INTAKES = Path(__file__).parents[1] / "intakes"
GARDENER, REFERRED = INTAKES / "gardener.yaml", INTAKES / "within_days.yaml"
ON = ("--date", "2026-11-29")
PRINTED = {
    "result": ("run", GARDENER, "--format", "html"),
    "session": ("session", GARDENER, "--format", "html"),
    "why": ("explain", GARDENER, "--full", "--format", "html"),
}
PAPERS = {
    "trainer's sheet": ("sheet", GARDENER, *ON),
    "client's sheet": ("sheet", GARDENER, "--for", "client", *ON),
    "sheet of walking": ("sheet", REFERRED, "--for", "client", *ON),
    "letter": ("letter", REFERRED, *ON),
    "consent": ("clients", "consent", "blue-bike"),
}
FIRST = {
    "trainer's sheet": "Pain during an exercise",
    "client's sheet": "Get help at once",
    "sheet of walking": "Usual walking",
    "letter": "Request: appointment within days",
    "consent": "What is kept of you",
}
Written = Callable[[str, str], Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    with create_store(tmp_path / "records.db", Protection.NONE, str) as store:
        add_client(store, "blue-bike")

    def write(name: str, ending: str) -> Path:
        file = tmp_path / f"paper.{ending}"
        result = typed(*PAPERS[name], "-o", file, home=tmp_path)
        assert result.exit_code == 0, result.output
        return file

    return write


def valid(text: str) -> bool:
    """Tell whether a strict reader of HTML has nothing to say of a page."""
    try:
        html5lib.HTMLParser(strict=True).parse(text)
    except ParseError:
        return False
    return True


@pytest.mark.parametrize("name", PRINTED)
def test_what_is_printed_as_html_is_valid(name: str) -> None:
    assert valid(typed(*PRINTED[name]).stdout)


@pytest.mark.parametrize("name", PAPERS)
def test_what_is_written_as_html_is_valid(written: Written, name: str) -> None:
    assert valid(written(name, "html").read_text("utf-8"))


def test_figures_are_on_valid_pages(tmp_path: Path) -> None:
    assert typed("knowledge", "figures", "-o", tmp_path / "figures").exit_code == 0
    pages = sorted((tmp_path / "figures").glob("*.html"))
    assert len(pages) == 3
    assert all(valid(page.read_text("utf-8")) for page in pages)


@pytest.mark.parametrize("wrong", ["<p>a</div>", "<b><i>a</b></i>", "<ul><li>a</ol>", "&nosuch;"])
def test_what_is_not_valid_is_noticed(written: Written, wrong: str) -> None:
    text = written("letter", "html").read_text("utf-8")
    assert not valid(text.replace("<main>", f"<main>{wrong}"))


@pytest.mark.parametrize("name", PAPERS)
def test_a_pdf_has_a_title_a_language_and_words_that_can_be_selected(
    written: Written, name: str
) -> None:
    page = PdfReader(written(name, "pdf"))
    assert page.metadata is not None
    assert page.metadata.title
    assert str(page.root_object["/Lang"]) == "en"
    assert "/MarkInfo" in page.root_object
    assert len(page.pages) == 1
    words = re.sub(r"\s+", " ", page.pages[0].extract_text())
    assert FIRST[name] in words
    assert "No clinician has reviewed this knowledge yet." in words
