"""The chart of how it went: its axes, its words, and what it never says."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from screening.load import load, shipped_knowledge
from screening.model.case import Case, Earlier
from screening.model.question import Value
from screening.model.vocabularies import Unknown
from screening.render.page import Sketch
from screening.render.trend_chart import screenings_of, trend_chart

SHIPPED = load(shipped_knowledge())
FIRST: dict[str, Value] = {"pain_worst": 7, "pain_now": 5}
LAST: dict[str, Value] = {"pain_worst": 5, "pain_now": Unknown.DECLINED, "next_morning_rise": 2}
NOW: dict[str, Value] = {"pain_worst": 3, "pain_now": 1, "next_morning_rise": 0}


def chart(now: dict[str, Value], earlier: Earlier | None) -> Sketch | None:
    return trend_chart(screenings_of(Case(now, earlier=earlier)), SHIPPED, 0.5)


def drawn() -> Sketch:
    made = chart(NOW, Earlier(LAST, first=FIRST))
    assert made is not None
    return made


def test_the_words_say_every_number_and_what_is_not_known() -> None:
    assert drawn().words == (
        "Worst pain in the last day, of 10: at first 7, last time 5, now 3; "
        "Pain now, at rest, of 10: at first 5, last time not known, now 1; "
        "Rise in pain the next morning, of 10: at first not known, last time 2, now 0."
    )


def test_axes_have_their_ends_their_unit_and_when() -> None:
    words = [one.text for one in ET.fromstring(f"<g>{drawn().inside}</g>").iter("text")]  # noqa: S314
    assert {"0", "5", "10", "0 none, 10 worst", "at first", "last time", "now"} <= set(words)


def test_what_is_not_known_has_no_mark() -> None:
    root = ET.fromstring(f"<g>{drawn().inside}</g>")  # noqa: S314 - our own text
    squares = [one for one in root.iter("path") if one.get("class") == "kn"]
    assert len(squares) == 2 + 1  # at first and now, and the key


def test_everything_is_inside_its_frame() -> None:
    left, top, width, height = drawn().box
    for one in ET.fromstring(f"<g>{drawn().inside}</g>").iter("text"):  # noqa: S314
        assert left <= float(one.get("x", "0")) <= left + width
        assert top <= float(one.get("y", "0")) <= top + height


def test_without_an_earlier_screening_there_is_no_chart() -> None:
    assert chart(NOW, None) is None
    assert chart(NOW, Earlier(LAST, anew=True)) is None
    assert chart({}, Earlier(LAST)) is None


def test_a_second_screening_has_two_points() -> None:
    made = chart(NOW, Earlier(LAST, first=LAST))
    assert made is not None
    assert "at first" not in made.words
