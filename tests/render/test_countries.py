"""Papers in the words of a country: none of another's, and none of those it replaces."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from render.test_letters_of_cases import CASES, DAY, due, ground
from render.test_sheets import gardener, sheet

from screening.app.audit.papers import sheet_facts
from screening.load import load, shipped_knowledge
from screening.model.pack import Country
from screening.render.html import paper_html
from screening.render.letter import Letter, letter_paper
from screening.render.paper import Paper
from screening.render.sheet import SheetReader, sheet_paper
from screening.render.table import text

SHIPPED = load(shipped_knowledge())
COUNTRIES = SHIPPED.countries
WIDE = 100_000
EVERY = 6  # letters of which one is read
ONLY_ELSEWHERE = {"us": re.compile(r"physio", re.IGNORECASE)}


def papers(country: str) -> list[Paper]:
    """Return sheets for both readers and letters to everybody, as they read in a country."""
    made = []
    for reader in SheetReader:
        wanted = replace(sheet(reader), country=country)
        made.append(sheet_paper(sheet_facts(gardener(), wanted), wanted))
    for case in [case for case in CASES if due(case)][::EVERY]:
        of = ground(case.id)
        written = (Letter(to, "x", DAY, country=country) for to in of.assessment.referral.to)
        made += [letter_paper(of, letter) for letter in written]
    return made


def told(paper: Paper) -> str:
    return text(paper.page, WIDE)


def words(country: Country) -> set[str]:
    """Return what only a country says: its numbers, and names that no other words hold."""
    return {one.instead for one in country.words}


@pytest.mark.parametrize("name", COUNTRIES)
def test_papers_have_no_other_countrys_words(name: str) -> None:
    ours = words(COUNTRIES[name])
    others = {word for one in COUNTRIES.values() for word in words(one)} - ours
    others = {word for word in others if not any(word in our for our in ours)}
    replaced = {one.say for one in COUNTRIES[name].words}
    replaced = {say for say in replaced if not any(say in our for our in ours)}
    made = papers(name)
    assert len(made) > len(SheetReader)
    for paper in made:
        shown = told(paper)
        for word in others:
            assert not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", shown), (paper.title, word)
        for say in replaced:
            assert say not in shown, (paper.title, say)
        if name in ONLY_ELSEWHERE:
            assert not ONLY_ELSEWHERE[name].search(shown), paper.title


def test_somewhere_a_countrys_words_are_said() -> None:
    """The papers above do hold what is looked for, so that it would be found."""
    for name in COUNTRIES:
        shown = "".join(map(told, papers(name)))
        assert any(word in shown for word in words(COUNTRIES[name])), name


def test_a_letter_is_drawn_again_in_the_country_it_was_written_for() -> None:
    case = next(case for case in CASES if due(case))
    of = ground(case.id)
    to = of.assessment.referral.to[0]
    plain, local = (letter_paper(of, Letter(to, "x", DAY, country=c)) for c in ("", "us"))
    assert "physical therapist" not in told(plain)
    assert paper_html(local) == paper_html(letter_paper(of, Letter(to, "x", DAY, country="us")))
