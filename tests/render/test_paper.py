"""Papers: HTML that needs nothing else, PDF that can be read aloud; no words break out."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.errors import UnwritableError
from screening.render.html import paper_html
from screening.render.page import (
    Blank,
    Blanks,
    Bullets,
    Cut,
    Grid,
    Heading,
    Page,
    Pairs,
    PaperSize,
    Paragraph,
    Steps,
    Subheading,
)
from screening.render.paper import Paper
from screening.render.pdf import paper_pdf

PAGE: Page = (
    Heading("Request"),
    Paragraph("Why: “a reason”."),
    Heading("Answers"),
    Subheading("Those that count"),
    Bullets(("Fever: yes",)),
    Steps(("all of", "  one")),
    Pairs((("To", "a doctor"),)),
    Grid(("what", "how"), (("walking", "some"),)),
    Blanks((Blank("Seen on"),)),
    Cut("Reply slip"),
    Blanks((Blank("Advice", ("yes", "no")), Blank("Name"))),
)
PAPER = Paper("Letter about blue-bike-1", "en", PaperSize.A4, PAGE, ("blue-bike-1", "Nobody has."))
WORDS = st.text(max_size=40) | st.sampled_from(
    ["<b>x</b>", "</main><script>1</script>", '#import "x"', "$1 @ref <a> \\", "&amp;", "]", "*b*"]
)


def parsed(text: str) -> ET.Element:
    """Return a paper as a tree; what is not closed, or closed wrongly, is an error."""
    return ET.fromstring(text)  # noqa: S314 - our own text


def test_a_paper_is_well_formed_and_says_its_language_and_title() -> None:
    root = parsed(paper_html(PAPER))
    assert paper_html(PAPER).startswith("<!DOCTYPE html>\n")
    assert root.get("lang") == "en"
    assert root.findtext("head/title") == PAPER.title
    assert [one.tag for one in root.findall("body/*")] == ["main", "footer", "section"]
    assert root.find("body/section").get("aria-label") == "Reply slip"  # type: ignore[union-attr]


def test_headings_begin_at_one_and_skip_no_rank() -> None:
    root = parsed(paper_html(PAPER))
    ranks = [int(one.tag[1]) for one in root.iter() if re.fullmatch("h[1-6]", one.tag)]
    assert ranks == [1, 2, 3, 2]


def test_a_paper_asks_for_nothing_from_anywhere() -> None:
    text = paper_html(PAPER)
    assert not re.search(r"https?:|src=|href=|url\(|@import|<script|<link|<img|\bon\w+=", text)


@pytest.mark.parametrize(("size", "word"), [(PaperSize.A4, "A4"), (PaperSize.LETTER, "letter")])
def test_a_paper_prints_on_the_sheet_asked_for(size: PaperSize, word: str) -> None:
    assert f"size: {word};" in paper_html(replace(PAPER, size=size))
    box = {PaperSize.A4: b"595", PaperSize.LETTER: b"612"}[size]
    assert re.search(rb"/MediaBox *\[0 0 " + box, paper_pdf(replace(PAPER, size=size)))


def test_a_table_has_heads_for_its_columns() -> None:
    heads = parsed(paper_html(PAPER)).findall(".//thead/tr/th")
    assert [one.get("scope") for one in heads] == ["col", "col"]


@given(words=WORDS)
def test_no_words_break_out_of_the_html(words: str) -> None:
    page = (Heading(words), Bullets((words,)), Pairs(((words, words),)), Blanks((Blank(words),)))
    paper = replace(PAPER, title=words, page=page, foot=(words,))
    root = parsed(paper_html(paper))
    tags = {one.tag for one in root.iter()}
    assert tags <= {
        *("html", "head", "meta", "title", "style", "body", "main", "footer", "h1", "ul", "li"),
        *("dl", "dt", "dd", "div", "span", "p"),
    }


@settings(max_examples=15)
@given(words=WORDS)
def test_no_words_run_in_the_pdf(words: str) -> None:
    page = (Heading("T"), Bullets((words,)), Pairs(((words, words),)), Blanks((Blank(words),)))
    try:
        made = paper_pdf(replace(PAPER, page=page, foot=(words,)))
    except UnwritableError as error:
        assert "write it as HTML" in str(error)  # noqa: PT017 - not every text ends so
    else:
        assert made.startswith(b"%PDF")


def test_a_name_that_the_font_lacks_is_an_error_that_says_so() -> None:
    with pytest.raises(UnwritableError, match=r"no “Ԁ”\n.*write it as HTML"):
        paper_pdf(replace(PAPER, foot=("Ԁ",)))
    for name in ("Łukasz Żółć", "Zoë Ångström", "Ğülşen", "Иван", "Ελένη"):
        assert paper_pdf(replace(PAPER, foot=(name,)))


def test_a_pdf_is_tagged_and_says_its_language_and_title() -> None:
    raw = paper_pdf(PAPER)
    assert b"/MarkInfo" in raw
    assert re.search(rb"/Lang *\(en\)", raw)
    assert b"pdfuaid:part" in raw
    assert b"Letter about blue-bike-1" in raw


def test_the_same_paper_has_the_same_bytes() -> None:
    assert paper_pdf(PAPER) == paper_pdf(PAPER)
    assert paper_html(PAPER) == paper_html(PAPER)


def test_what_is_too_long_for_a_page_is_an_error_that_names_the_part() -> None:
    page = (*PAGE, Heading("The long one"), Bullets(tuple("x" for _ in range(90))))
    with pytest.raises(UnwritableError, match=r"takes 2 pages of a4.*\n.*“The long one”"):
        paper_pdf(replace(PAPER, page=page))
