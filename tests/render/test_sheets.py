"""Sheets: what is on them, what is never on them, and that each is one page."""

from __future__ import annotations

import datetime
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import cache

import pytest
from complete_clients import complete_clients
from never_said import never_shown, quoted_in

from screening.app.audit.papers import sheet_facts
from screening.assess import Assessor
from screening.engines.applicable import with_harmless_rest
from screening.errors import UnwritableError
from screening.explain import Ground
from screening.load import load, shipped_knowledge
from screening.model.case import Case, Earlier
from screening.model.session import Place, Planning, SessionInputs
from screening.model.vocabularies import Level, Verdict
from screening.render.html import paper_html
from screening.render.page import Bullets, Cards, FigureCard, Framed, Grid, Heading, PaperSize
from screening.render.paper import Paper
from screening.render.pdf import paper_pdf
from screening.render.session_page import session_page
from screening.render.sheet import Sheet, SheetReader, sheet_paper
from screening.render.table import text

SHIPPED = load(shipped_knowledge())
ASSESSOR = Assessor(SHIPPED)
DAY = datetime.date(2026, 11, 29)
WIDE = 100_000
HURTS = ("gardening_floor_work", "sitting_slouched", "bend_forward")
PROGRAMME = ("back_squat", "sit_up", "rowing_machine", "deadlift", "plank")
JARGON = re.compile(r"\b(flexion|provokes|irritab\w*|withheld|modality|patient)\b", re.IGNORECASE)
READERS = pytest.mark.parametrize("reader", SheetReader)


@cache
def gardener(**other: str) -> Ground:
    answers = with_harmless_rest(SHIPPED, dict.fromkeys(HURTS, "provokes") | other)
    return Ground.of(ASSESSOR, Case(answers, PROGRAMME))


def sheet(reader: SheetReader, **other: object) -> Sheet:
    blank = Sheet(reader, SessionInputs(), "blue-bike-1", DAY, head="abcdefghijkl")
    return replace(blank, **other)  # type: ignore[arg-type]


def made(of: Ground, wanted: Sheet) -> Paper:
    return sheet_paper(sheet_facts(of, wanted), wanted)


def cards(paper: Paper) -> list[FigureCard]:
    return [card for block in paper.page if isinstance(block, Cards) for card in block.cards]


def pages(paper: Paper) -> int:
    return int(re.findall(rb"/Type */Pages */Count (\d+)", paper_pdf(paper))[0])


@READERS
@pytest.mark.parametrize("size", PaperSize)
def test_the_gardener_has_sheets_of_one_page(reader: SheetReader, size: PaperSize) -> None:
    assert pages(made(gardener(), sheet(reader, size=size))) == 1


@READERS
@pytest.mark.parametrize("place", Place)
@pytest.mark.parametrize("minutes", [30, 60])
def test_other_places_and_lengths_are_one_page_too(
    reader: SheetReader, place: Place, minutes: int
) -> None:
    wanted = sheet(reader, inputs=SessionInputs(minutes, place), size=PaperSize.LETTER)
    assert pages(made(gardener(), wanted)) == 1


def test_the_trainers_sheet_has_the_session_in_its_order() -> None:
    wanted = sheet(SheetReader.TRAINER)
    facts = sheet_facts(gardener(), wanted)
    names = dict.fromkeys(SHIPPED.exercises[one.exercise].name for one in facts.session.items)
    assert [card.title.lower() for card in cards(sheet_paper(facts, wanted))] == [
        name.lower() for name in names
    ]


def test_both_papers_say_alike_from_where_on_pain_is_too_much() -> None:
    """At rest 5 nothing is made less: what is more is too much, on the sheet as in the session."""
    wanted = sheet(SheetReader.TRAINER)
    facts = sheet_facts(gardener(), wanted)
    grid = next(b for b in sheet_paper(facts, wanted).page if isinstance(b, Grid))
    page = session_page(facts.session, SHIPPED, "x")
    rows = next(b for b in page if isinstance(b, Grid) and b.headers[0] == "at rest").rows
    told = [list(column) for column in zip(grid.headers, *grid.rows, strict=True)][1:]
    assert told == [list(row) for row in rows]
    assert told[-1][-1] == "-"


def test_a_changed_exercise_has_no_figure_and_says_the_change() -> None:
    squat = next(
        card
        for card in cards(made(gardener(), sheet(SheetReader.TRAINER)))
        if card.title == "Back squat"
    )
    assert squat.sketch is None
    assert "natural hollow of the back" in " ".join(squat.lines)


def test_what_is_left_out_says_why_in_the_clients_answers() -> None:
    shown = text(made(gardener(), sheet(SheetReader.TRAINER)).page, WIDE)
    assert "Sit-up, rowing machine, deadlift: left out for now, because of bending" in shown


def test_the_client_is_told_first_when_to_get_help() -> None:
    page = made(gardener(), sheet(SheetReader.CLIENT)).page
    assert isinstance(page[0], Heading)
    assert isinstance(page[1], Framed)
    assert page[1].title == "Get help at once"
    assert any("112" in item for item in page[1].items)


def test_the_client_does_at_home_what_the_session_sends_home_and_what_loosens() -> None:
    wanted = sheet(SheetReader.CLIENT)
    facts = sheet_facts(gardener(), wanted)
    titles = [card.title.lower() for card in cards(sheet_paper(facts, wanted))]
    home = [SHIPPED.exercises[name].name for name in facts.session.home]
    assert titles[: len(home)] == home
    assert len(home) <= 2
    for title in titles[len(home) :]:
        exercise = next(one for one in SHIPPED.exercises.values() if one.name.lower() == title)
        assert exercise.slot in {"MO", "RE", "RF", "LS"}


def test_the_client_reads_no_jargon_no_rule_and_short_sentences() -> None:
    shown = text(made(gardener(), sheet(SheetReader.CLIENT)).page, WIDE)
    assert not JARGON.search(shown)
    assert not any(f" {rule} " in shown for rule in SHIPPED.rules)
    sentences = re.split(r"(?<=[.?!])\s+|\n", shown)
    assert max(len(one.split()) for one in sentences) <= 30


@READERS
def test_sheets_say_whose_they_are_and_what_stands_behind_them(reader: SheetReader) -> None:
    foot = made(gardener(), sheet(reader)).foot
    for said in ("blue-bike-1", "29 November 2026", SHIPPED.pack.version, "record abcdefghijkl"):
        assert said in foot[0]
    assert foot[1] == SHIPPED.pack.review


@READERS
def test_a_sheet_asks_for_nothing_and_is_well_formed(reader: SheetReader) -> None:
    shown = paper_html(made(gardener(), sheet(reader)))
    root = ET.fromstring(shown)  # noqa: S314 - our own text
    drawn = root.findall(".//svg")
    assert drawn
    assert all(one.get("role") == "img" and one.get("aria-label") for one in drawn)
    assert not re.search(r"https?:|src=|href=|url\(|@import|<script|<link|<img|\bon\w+=", shown)


@READERS
@pytest.mark.parametrize("name", ["<script>1</script>", '#import "x"', "Ann & $x$"])
def test_a_name_cannot_break_out(reader: SheetReader, name: str) -> None:
    paper = made(gardener(), sheet(reader, name=name))
    root = ET.fromstring(paper_html(paper))  # noqa: S314 - our own text
    assert root.find(".//script") is None
    assert name in "".join(root.itertext())
    assert pages(paper) == 1


@READERS
def test_the_same_case_gives_the_same_bytes(reader: SheetReader) -> None:
    one, two = (made(gardener(), sheet(reader)) for _ in range(2))
    assert paper_html(one) == paper_html(two)
    assert paper_pdf(one) == paper_pdf(two)


@pytest.mark.parametrize("size", PaperSize)
@pytest.mark.parametrize(("seed", "charted"), [(7025, True), (7029, True), (9017, False)])
def test_a_clients_sheet_is_one_page_after_a_follow_up_too(
    seed: int, *, charted: bool, size: PaperSize
) -> None:
    """With a chart where there is room for it, and without where there is not."""
    (case,) = complete_clients(SHIPPED, range(seed, seed + 1))
    before = Earlier(dict(case.answers), first={**case.answers, "pain_worst": 8})
    of = Ground.of(ASSESSOR, replace(case, earlier=before))
    paper = made(of, sheet(SheetReader.CLIENT, size=size))
    assert (Heading("How it went") in paper.page) == charted
    assert pages(paper) == 1


def test_what_is_too_long_is_an_error_that_names_the_part() -> None:
    paper = made(gardener(), sheet(SheetReader.TRAINER))
    long = replace(paper, page=(*paper.page, Heading("Too much"), Bullets(("x",) * 60)))
    with pytest.raises(UnwritableError, match="“Too much”"):
        paper_pdf(long)


@READERS
@pytest.mark.parametrize("seed", range(7000, 7016))
def test_a_sheet_never_shows_what_is_avoided_and_never_says_what_is_not_said(
    reader: SheetReader, seed: int
) -> None:
    """Of random clients: every exercise on a card may be done, and no figure is of another."""
    (case,) = complete_clients(SHIPPED, range(seed, seed + 1))
    of = Ground.of(ASSESSOR, case)
    if of.assessment.referral.level >= Level.SAME_DAY:
        return
    for minutes, place in ((30, Place.HOME), (60, Place.GYM)):
        wanted = sheet(reader, inputs=SessionInputs(minutes, place))
        facts = sheet_facts(of, wanted)
        paper = sheet_paper(facts, wanted)
        names = {card.title.lower() for card in cards(paper)}
        avoided = {one.target for one in of.assessment.avoid}
        for plan in facts.plans.values():
            exercise = SHIPPED.exercises[plan.exercise]
            if plan.verdict is Verdict.AVOID or {exercise.id, exercise.category} & avoided:
                assert exercise.name.lower() not in names
        changed = {SHIPPED.exercises[i.exercise].name for i in facts.session.items if i.changed}
        for card in cards(paper):
            assert card.sketch is None or card.sketch.title == card.title
            assert card.sketch is None or card.title.lower() not in map(str.lower, changed)
        if facts.session.status is Planning.WALKING_ONLY:
            assert len(cards(paper)) <= 1
        assert never_shown(text(paper.page, WIDE), quoted_in(SHIPPED)) == []


def test_private_answers_stay_off_the_trainers_sheet() -> None:
    """It lies about: that a client is pregnant, or what else is private, is not on it."""
    private = {name for name, one in SHIPPED.questions.items() if one.intimate}
    assert "pregnant" in private
    wanted = sheet(SheetReader.TRAINER)
    facts = sheet_facts(gardener(pregnant="pregnant"), wanted)
    assert facts.session.status is Planning.WALKING_ONLY
    shown = text(sheet_paper(facts, wanted).page, WIDE).lower()
    assert "held back for a reason the client keeps private" in shown
    assert not re.search("pregnan|midwife|birth", shown)
    for name in private:
        assert f"{SHIPPED.questions[name].short.lower()}:" not in shown
