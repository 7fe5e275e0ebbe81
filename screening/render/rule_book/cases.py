"""The page of the case library: what was reported, what was assumed, what must follow."""

from __future__ import annotations

from collections.abc import Iterator

from screening.explain.words import answer_words
from screening.model.case_library import Claim, KnownCase, Origin, Verb
from screening.model.ids import Sort
from screening.model.vocabularies import Level
from screening.render.case_page import MADE_UP
from screening.render.markdown import escaped
from screening.render.rule_book.place import Book, Here, anchor
from screening.render.rule_book.sheet import bullets, labelled, sheet, table, titled

LEAD = (
    "Whole clients, with what must be concluded about them. `screening knowledge test` concludes "
    "each, and `screening knowledge show CASE` shows one concluded. This is no validation: the "
    "same people wrote the rules and chose the cases."
)
SORTS = {verb: verb.sorts for verb in Verb}


def cases_page(book: Book) -> str:
    """Return the page of the cases: a list of them, then each."""
    here = Here(book, "cases.md")
    cases = book.knowledge.cases.values()
    rows = [
        (here.link(Sort.CASE, c.id), escaped(c.title), _source(here, c), c.expect.level or "any")
        for c in cases
    ]
    return sheet(
        (
            titled("Cases", 1),
            f"[Rule book]({here.to('index.md')}). {LEAD}",
            table(("case", "client", "source", "referral expected"), rows) if rows else "None.",
            *(part for case in cases for part in _case(here, case)),
        )
    )


def _source(here: Here, case: KnownCase) -> str:
    return here.link(Sort.SOURCE, case.source) if case.source else "made up"


def _case(here: Here, case: KnownCase) -> Iterator[str]:
    knowledge = here.book.knowledge
    yield titled(case.title, anchor=anchor(Sort.CASE, case.id))
    made_up = case.origin is Origin.SYNTHETIC
    cited = "" if made_up else f": {escaped(knowledge.sources[case.source].citation)}"
    action = case.action
    did = f"{action.text} We read that as {action.level.word}." if action else ""
    yield labelled(
        (
            ("Id", f"`{case.id}`"),
            ("Source", escaped(MADE_UP) if made_up else f"{_source(here, case)}{cited}"),
            ("The source", escaped(did)),
            ("Follows", here.links(Sort.CASE, filter(None, [case.follows]))),
            ("Programme", here.links(Sort.EXERCISE, case.programme)),
            ("Note", escaped(case.note)),
        )
    )
    reported = "made up" if made_up else "reported"
    rows = [
        (here.link(Sort.QUESTION, q), escaped(answer_words(knowledge.questions[q], value)), origin)
        for answers, origin in ((case.answers, reported), (case.assumed, "assumed"))
        for q, value in answers.items()
    ]
    yield table(("question", "answer", "from"), rows)
    yield _rest(case)
    yield "**Expected**"
    yield bullets(_expected(here, case))


def _rest(case: KnownCase) -> str:
    """Return what the questions count as that the case says nothing about."""
    match case.harmless_from:
        case None:
            return "Every other question counts as not asked."
        case Level.NONE:
            return "Assumed: every other question has the harmless answer."
        case level:
            return (
                f"Assumed: every other question that can raise {level.word} or more has the "
                "harmless answer. What is left counts as not asked."
            )


def _expected(here: Here, case: KnownCase) -> Iterator[str]:
    expect = case.expect
    if expect.level:
        yield f"refer {expect.level}"
    if expect.pattern:
        yield " or ".join(_claim(here, claim) for claim in expect.pattern)
    yield from (_claim(here, claim) for claim in expect.must)
    yield from (f"not: {_claim(here, claim)}" for claim in expect.must_not)
    for words, rules in (
        ("rules that fire", expect.rules),
        ("rules that do not fire", expect.not_rules),
    ):
        if rules:
            yield f"{words}: {here.links(Sort.RULE, (named.rule for named in rules))}"


def _claim(here: Here, claim: Claim) -> str:
    """Return what must be concluded, with a link to what it is about."""
    for sort in SORTS[claim.verb]:
        if here.book.has(sort, claim.target):
            return f"{claim.verb.value} {here.link(sort, claim.target)}{claim.rest}"
    return escaped(claim.words)
