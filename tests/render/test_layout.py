"""Laying pages out as text and as Markdown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from screening.render.markdown import escaped, markdown
from screening.render.page import Bullets, Grid, Heading, Pairs, Paragraph, Steps, Subheading
from screening.render.table import NARROWEST, text

words = st.text(st.characters(codec="ascii", categories=["L", "N", "P", "Zs"]), max_size=60)
words = words.filter(str.strip)
short = st.lists(st.text("abcdefg", min_size=1, max_size=9), max_size=12).map(" ".join)
rows = st.lists(st.tuples(short, short, short), min_size=1, max_size=4).map(tuple)


@given(rows, st.integers(NARROWEST, 120))
def test_table_of_short_words_fits_any_width(
    cells: tuple[tuple[str, ...], ...], width: int
) -> None:
    shown = text((Grid(("one", "two", "three"), cells),), width)
    assert max(map(len, shown.splitlines())) <= width


@given(rows)
def test_table_keeps_every_word(cells: tuple[tuple[str, ...], ...]) -> None:
    shown = text((Grid(("one", "two", "three"), cells),), NARROWEST)
    for row in cells:
        for word in " ".join(row).split():
            assert word in shown


@given(words)
def test_page_is_printable_and_ends_with_one_line_break(line: str) -> None:
    page = (
        Heading("x"),
        Subheading(line),
        Paragraph(line),
        Bullets((line,)),
        Pairs((("a", line),)),
    )
    for shown in (text(page), markdown(page)):
        assert shown.endswith("\n")
        assert not shown.endswith("\n\n")


def test_steps_keep_their_indentation() -> None:
    assert text((Steps(("all of:", "  a", "  b")),)) == "all of:\n  a\n  b\n"


def test_markdown_leaves_underscores_inside_words() -> None:
    assert escaped("back_squat _and_ <b>") == "back_squat \\_and\\_ \\<b\\>"
