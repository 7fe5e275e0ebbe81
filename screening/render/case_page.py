"""From a known case, concluded, to the page that shows what was expected and what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screening.explain.words import answer_words
from screening.model.assessment import Assessment
from screening.model.case_library import Expected, KnownCase, Origin
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.vocabularies import Level
from screening.render.page import Block, Bullets, Grid, Heading, Page, Pairs, Paragraph
from screening.testing.run_cases import Tried

MADE_UP = "made up for the rules it fires; nobody's record"


def case_page(tried: Tried, knowledge: KnowledgeBase) -> Page:
    """Return a case: where it is from, what was answered and assumed, expected and concluded."""
    return tuple(_blocks(tried, knowledge))


def _blocks(tried: Tried, knowledge: KnowledgeBase) -> Iterator[Block]:
    case = tried.case
    yield Heading(case.title)
    yield Pairs(tuple(_about(case, knowledge)))
    yield Heading("Answers")
    rows = (
        *_rows(knowledge, case.answers, "reported" if case.source else "made up"),
        *_rows(knowledge, case.assumed, "assumed"),
    )
    yield Grid(("question", "answer", "from"), rows)
    if tried.harmless:
        names = ", ".join(tried.harmless)
        yield Paragraph(f"Assumed to be harmless, {len(tried.harmless)} more: {names}.")
    yield Paragraph("Every other question counts as not asked.")
    yield Heading("Expected")
    yield Bullets(tuple(_expected(case.expect)))
    yield Heading("Concluded")
    yield Bullets(tuple(_concluded(tried.concluded.assessment)))
    yield Heading("Result")
    if tried.failed:
        yield Bullets(tuple(failure.message for failure in tried.failed))
    else:
        yield Paragraph("As expected, by both engines.")


def _about(case: KnownCase, knowledge: KnowledgeBase) -> Iterator[tuple[str, str]]:
    yield "Case", case.id
    if case.origin is Origin.SYNTHETIC:
        yield "Source", MADE_UP
    else:
        yield "Source", f"{case.source}: {knowledge.sources[case.source].citation}"
    if case.action is not None:
        yield "The source", f"{case.action.text} We read that as {case.action.level.word}."
    if case.follows:
        yield "Follows", f"{case.follows}: {knowledge.cases[case.follows].title}"
    if case.programme:
        yield "Programme", ", ".join(knowledge.exercises[e].name for e in case.programme)
    if case.note:
        yield "Note", case.note


def _rows(
    knowledge: KnowledgeBase, answers: Mapping[str, Value], origin: str
) -> tuple[tuple[str, str, str], ...]:
    questions = knowledge.questions
    return tuple(
        (questions[q].short, answer_words(questions[q], v), origin) for q, v in answers.items()
    )


def _expected(expect: Expected) -> Iterator[str]:
    if expect.level:
        yield f"refer {expect.level}"
    if expect.pattern:
        yield " or ".join(claim.words for claim in expect.pattern)
    yield from (claim.words for claim in expect.must)
    yield from (f"not: {claim.words}" for claim in expect.must_not)
    if expect.rules:
        yield f"rules that fire: {', '.join(named.rule for named in expect.rules)}"
    if expect.not_rules:
        yield f"rules that do not fire: {', '.join(named.rule for named in expect.not_rules)}"


def _concluded(made: Assessment) -> Iterator[str]:
    by = f" ({', '.join(made.referral.decisive)})" if made.referral.level > Level.NONE else ""
    yield f"refer {made.referral.level.word}{by}"
    parts = (
        ("find", [f"{found.id} {found.strength.word}" for found in made.findings]),
        ("recommend", [given.category for given in made.recommend]),
        ("avoid", [given.target for given in made.avoid if given.kind != "exercise"]),
        ("programme", [f"{plan.exercise} {plan.verdict.word}" for plan in made.programme]),
        ("offered last time", [f"{moved.category} {moved.pace.word}" for moved in made.moves]),
        ("clearance", [made.clearance.id] if made.clearance else []),
        ("withheld", [kept.target for kept in made.withheld]),
    )
    yield from (f"{label}: {', '.join(names)}" for label, names in parts if names)
