"""Letters of the cases of the library: what they say first, and what they never say.

What they say is asked of every case, how long they are of some that nobody published; of all with
`SCREENING_LETTERS=all python -m pytest tests/render/test_letters_of_cases.py`.
"""

from __future__ import annotations

import datetime
import os
import re
from dataclasses import replace
from functools import cache

import pytest
from complete_clients import complete_clients
from never_said import never_shown, quoted_in

from screening.assess import Assessor
from screening.explain import Ground
from screening.explain.reasons import reasons
from screening.load import load, shipped_knowledge
from screening.model.case_library import KnownCase, Origin
from screening.model.reply_slip import SlipAnswer, SlipField
from screening.model.rule import Refer
from screening.model.vocabularies import Level
from screening.render.html import paper_html
from screening.render.letter import PRIVATE, Letter, letter_paper
from screening.render.page import Blanks, Cut, PaperSize
from screening.render.paper import Paper
from screening.render.pdf import paper_pdf
from screening.render.table import text
from screening.testing.run_cases import try_case

SHIPPED = load(shipped_knowledge(), library=True)
ASSESSOR = Assessor(SHIPPED)
DAY = datetime.date(2026, 11, 29)
WIDE = 100_000  # columns: no line is broken


@cache
def ground(name: str) -> Ground:
    return Ground(ASSESSOR, try_case(ASSESSOR, SHIPPED.cases[name]).concluded)


def level(case: KnownCase) -> Level:
    return ground(case.id).assessment.referral.level


def due(case: KnownCase) -> bool:
    """Tell whether a letter is expected, without concluding: that is for the tests.

    Sources mostly say at least what a case is, and leave room for an emergency.
    """
    return Level.MONITOR < case.expect.at_least < Level.EMERGENCY


DUE = [case for case in SHIPPED.cases.values() if due(case)]
ROOM = {
    *("x01-twin-gradual-nine", "x101-twin-first-at-55-and-worse"),
    *("x130-twin-short-relief-and-smokes", "x81-twin-stumble-on-the-bones"),
    "x86-twin-thinner-and-old-sciatica",
}
"""Cases that are expected to be at most what they are, and so might have no letter."""
AT_ONCE = {"x73-twin-band-and-cancer", "x80-lift-at-70-sudden-and-strong"}
"""Cases that are more urgent than is expected at least: there is no time for a letter."""
CASES = [
    *(case for case in DUE if case.id not in AT_ONCE),
    *(SHIPPED.cases[name] for name in sorted(ROOM)),
]
SPARED = 1 if os.environ.get("SCREENING_LETTERS") else 5
"""Of the cases that nobody published, every so many is printed each day; all with the variable."""
PRINTED = [c for n, c in enumerate(CASES) if c.origin is Origin.PUBLISHED or n % SPARED == 0]
PUBLISHED = [case for case in CASES if case.origin is Origin.PUBLISHED]
INTIMATE = tuple(name for name, one in SHIPPED.questions.items() if one.intimate)


def written(of: Ground, private: tuple[str, ...] = INTIMATE) -> Paper:
    to = of.assessment.referral.to[0]
    return letter_paper(of, Letter(to, "blue-bike-1", DAY, private=private, head="abcdefghijkl"))


def lines(paper: Paper) -> list[str]:
    return text(paper.page, WIDE).splitlines()


by_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)


def test_the_library_has_letters_of_every_level() -> None:
    assert len(PUBLISHED) > 15
    levels = {level(case) for case in CASES}
    assert levels == {Level.ROUTINE, Level.WITHIN_DAYS, Level.SAME_DAY}


@by_case
def test_the_reason_stands_in_the_first_three_lines(case: KnownCase) -> None:
    """A rule of the highest level is behind it: in its words, or in the answers it rests on."""
    of = ground(case.id)
    first = " ".join(lines(written(of))[:3])
    assert SHIPPED.levels[level(case)].title.lower() in first.lower()
    told = [
        sentence.strip()
        for rule in of.assessment.referral.decisive
        for conclusion in SHIPPED.rules[rule].then
        if isinstance(conclusion, Refer)
        for sentence in re.findall(r"[^.?]+[.?]", conclusion.tell)
    ]
    facts = [
        fact.words
        for reason in reasons(of, of.assessment.referral.decisive)
        for fact in reason.facts
    ]
    assert any(words in first for words in (*told, *facts)), first


@by_case
def test_no_letter_says_what_is_never_said(case: KnownCase) -> None:
    paper = written(ground(case.id))
    for shown in (text(paper.page, WIDE), paper_html(paper)):
        assert never_shown(shown, quoted_in(SHIPPED)) == []
        assert "?”" not in shown  # no rule asks the reader for a test, or for a cause


@by_case
def test_why_a_client_comes_asks_nothing(case: KnownCase) -> None:
    """What is asked of the reader stands once, in one wording: advice and limits."""
    first = " ".join(lines(written(ground(case.id)))[:3])
    assert not re.search(r"[“.] ?Please\b", first), first


@by_case
def test_a_score_says_how_many_there_could_be(case: KnownCase) -> None:
    assert not re.search(r": \d+ points", text(written(ground(case.id)).page, WIDE))


def test_every_case_of_the_library_that_sends_on_has_its_letter_read_here() -> None:
    """Also the published ones whose expectation leaves room for more."""
    every = SHIPPED.cases.values()
    sent = {one.id for one in every if Level.MONITOR < level(one) < Level.EMERGENCY}
    assert sent == {one.id for one in CASES}


def test_a_letter_that_says_it_is_found() -> None:
    of = ground(PUBLISHED[0].id)
    titles = {
        name: replace(one, exercise="This shows a fracture.")
        for name, one in SHIPPED.levels.items()
    }
    planted = Ground(Assessor(replace(SHIPPED, levels=titles)), of.concluded)
    assert never_shown(text(written(planted).page, WIDE), quoted_in(SHIPPED))


@by_case
def test_reasons_are_of_the_highest_level_and_at_most_three(case: KnownCase) -> None:
    of = ground(case.id)
    shown = lines(written(of))
    at = shown.index("THE ANSWERS BEHIND IT")
    behind = [
        line for line in shown[at + 1 : shown.index("OTHER ANSWERS")] if line.startswith("-")
    ]
    assert 1 <= len(behind) <= 3
    lower = set(of.assessment.referral.rules) - set(of.assessment.referral.decisive)
    own = {f.words for r in reasons(of, of.assessment.referral.decisive) for f in r.facts}
    for reason in reasons(of, tuple(lower)):
        for fact in reason.facts:
            if fact.words not in own:
                assert not any(fact.words in line for line in behind)


@pytest.mark.parametrize("case", PRINTED, ids=lambda case: case.id)
@pytest.mark.parametrize("size", PaperSize)
def test_every_letter_is_one_page(case: KnownCase, size: PaperSize) -> None:
    paper = replace(written(ground(case.id)), size=size)
    assert re.findall(rb"/Type */Pages */Count (\d+)", paper_pdf(paper)) == [b"1"]


@by_case
def test_answers_to_private_questions_stay_out_unless_they_are_let_in(case: KnownCase) -> None:
    of = ground(case.id)
    shown = text(written(of, private=()).page, WIDE)
    private = [SHIPPED.questions[name].short for name in INTIMATE]
    assert [short for short in private if f"{short}:" in shown or f"{short};" in shown] == []
    for name in of.assessment.referral.decisive:
        facts = [fact for reason in reasons(of, (name,)) for fact in reason.facts]
        if {asked for fact in facts for asked, _ in fact.answers}.isdisjoint(INTIMATE):
            continue
        assert PRIVATE in shown
        for conclusion in SHIPPED.rules[name].then:
            if isinstance(conclusion, Refer) and conclusion.tell:
                assert conclusion.tell.split(". ")[0] not in shown


def test_some_reasons_are_private() -> None:
    shown = [text(written(ground(case.id), private=()).page, WIDE) for case in CASES]
    assert sum(PRIVATE in one for one in shown) >= 2


def test_every_paper_says_whose_it_is_and_what_stands_behind_it() -> None:
    paper = written(ground(PUBLISHED[0].id))
    for said in ("blue-bike-1", "29 November 2026", SHIPPED.pack.version, "record abcdefghijkl"):
        assert said in paper.foot[0]
    assert paper.foot[1] == SHIPPED.pack.review


def test_the_slip_asks_in_the_order_of_the_record() -> None:
    page = written(ground(PUBLISHED[0].id)).page
    slip = page[next(i for i, block in enumerate(page) if isinstance(block, Cut)) :]
    labels = [one.label for block in slip if isinstance(block, Blanks) for one in block.blanks]
    activities = [one for one in labels if one in {c.title for c in SHIPPED.categories.values()}]
    expected = [field.label for field in SlipField if field is not SlipField.ACTIVITIES]
    assert [label for label in labels if label not in activities] == expected
    assert labels.index(activities[0]) == labels.index(SlipField.ANSWER.label) + 1
    assert [one.closes for one in SlipAnswer] == [True, True, False, False, False]


@pytest.mark.parametrize("seed", range(4000, 4012))
def test_nothing_is_said_of_a_client_that_was_not_answered(seed: int) -> None:
    """Every answer in a letter is the client's, and an unknown one is never a no."""
    (case,) = complete_clients(SHIPPED, range(seed, seed + 1))
    of = Ground(ASSESSOR, ASSESSOR.conclude(case))
    if not Level.MONITOR < of.assessment.referral.level < Level.EMERGENCY:
        return
    for line in lines(written(of)):
        if line.startswith("Asked, and no"):
            for name, question in SHIPPED.questions.items():
                if question.short in line.removeprefix("Asked, and no").strip().split("; "):
                    assert of.answers[name] in ("no", "none"), line
