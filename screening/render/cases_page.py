"""From the case library, concluded, to the page that sums it up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from screening.model.case_library import Origin
from screening.model.vocabularies import Level
from screening.render.page import Block, Bullets, Grid, Heading, Page, Paragraph, counted
from screening.testing.run_cases import Tried

NO_VALIDATION = (
    "This is no validation. The same people wrote the rules, chose the cases, read the sources' "
    "actions as levels and assumed what the sources leave out; no clinician has signed any of it "
    "off. The cases show that the rules do what they were written to do, and how far from the "
    "sources' own actions they end up. How often they would be right for a trainer's clients is "
    "not known."
)
SCALE = (
    "Sources name actions, not levels. One scale reads them all: trained on, none; treated, "
    "monitor; referred or sent for tests with no haste named, routine; rested and looked into "
    "first, within days; sent at once, evacuated or to an emergency department, emergency. None "
    "and monitor count as the same here, because in both nobody else has to look."
)
HINDSIGHT = (
    "Over means more urgent than the source acted at that visit, under less urgent. Some over is "
    "meant: several of these clients were found late, and that is why they were published."
)
EXACT, OVER, UNDER, UNSAID = "same", "over", "under", "-"
CELL = "."  # in the id of a rule of the catalogue, EXERCISE.FINDING, and of no other


def cases_page(tried: Sequence[Tried]) -> Page:
    """Return the cases of a library with what was expected, what was concluded, and a summary."""
    return tuple(_blocks(tried))


def triage(tried: Tried) -> str:
    """Return the level concluded against what the source did: same, over, under, or unsaid."""
    action = tried.case.action
    if action is None:
        return UNSAID
    found = max(tried.concluded.assessment.referral.level, Level.MONITOR)
    acted = max(action.level, Level.MONITOR)
    return EXACT if found is acted else OVER if found > acted else UNDER


def _blocks(tried: Sequence[Tried]) -> Iterator[Block]:
    published = [one for one in tried if one.case.origin is Origin.PUBLISHED]
    made_up = [one for one in tried if one.case.origin is Origin.SYNTHETIC]
    yield Heading("The case library")
    yield Paragraph("Generated from knowledge/cases by docs/generate.py.")
    yield Paragraph(NO_VALIDATION)
    yield Heading("Summary")
    yield Bullets(tuple(_summary(published, made_up)))
    yield Heading("Not as expected")
    yield Paragraph("The expectation stays and the case fails until the rules meet it.")
    messages = [failure.message for one in tried for failure in one.failed]
    yield Bullets(tuple(messages)) if messages else Paragraph("None.")
    yield Heading("Published cases")
    yield Paragraph(SCALE)
    yield Paragraph(HINDSIGHT)
    yield Paragraph(
        "Assumed counts the answers we added; after the plus sign, those taken as harmless. "
        "What is left was not asked, so a level concluded here could still rise."
    )
    headers = (
        "case",
        "source",
        "expected",
        "concluded",
        "the source",
        "against the source",
        "assumed",
    )
    yield Grid((*headers, "result"), tuple(map(_published, published)))
    yield Heading("Made-up cases")
    yield Paragraph("Written so that every rule is fired by a whole client at least once.")
    yield Grid(
        ("case", "client", "expected", "concluded", "rules it is there for", "result"),
        tuple(map(_made_up, made_up)),
    )


def _summary(published: Sequence[Tried], made_up: Sequence[Tried]) -> Iterator[str]:
    for what, cases in (("published", published), ("made-up", made_up)):
        met = sum(not one.failed for one in cases)
        yield f"{len(cases)} {what} cases, {met} as expected."
    found = Counter(map(triage, published))
    acted = len(published) - found[UNSAID]
    yield (
        f"{acted} of the published cases say what was done: {found[EXACT]} same level, "
        f"{found[OVER]} over, {found[UNDER]} under{_named(published)}."
    )


def _named(published: Iterable[Tried]) -> str:
    under = [one.case.id for one in published if triage(one) == UNDER]
    return f" ({', '.join(under)})" if under else ""


def _published(tried: Tried) -> tuple[str, ...]:
    case = tried.case
    action = "-" if case.action is None else f"{case.action.text} ({case.action.level.word})"
    assumed = f"{len(case.assumed)} + {len(tried.harmless)}"
    levels = (case.expect.level or "-", tried.concluded.assessment.referral.level.word)
    return (case.id, case.source, *levels, action, triage(tried), assumed, _result(tried))


def _made_up(tried: Tried) -> tuple[str, ...]:
    case = tried.case
    named = [one.rule for one in case.expect.rules]
    written = [rule for rule in named if CELL not in rule]
    cells = len(named) - len(written)
    more = [f"{counted(cells, 'verdict')} of the catalogue"] if cells else []
    rules = ", ".join([*written, *more])
    level = tried.concluded.assessment.referral.level.word
    title = case.title.removeprefix("Made up: ")
    return (case.id, title, case.expect.level or "-", level, rules, _result(tried))


def _result(tried: Tried) -> str:
    return "not as expected" if tried.failed else "as expected"
