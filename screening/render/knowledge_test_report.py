"""From the tests of knowledge to a page and to JSON (`tests/1`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from screening.explain.words import answered
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Truth
from screening.mutation.boundary_search import Boundary
from screening.mutation.case_results import telling_case
from screening.mutation.knowledge_tests import Tests
from screening.mutation.mutant import MutatedPart, written_condition
from screening.mutation.verdicts import Fate, MutantVerdict
from screening.render.json_form import Json, knowledge_form
from screening.render.page import (
    Block,
    Bullets,
    Grid,
    Heading,
    Page,
    Paragraph,
    Subheading,
    counted,
)

EXPECTED = {Truth.TRUE: "fires", Truth.FALSE: "silent", Truth.UNDECIDED: "undecided"}
FATES = {
    Fate.KILLED: "killed",
    Fate.EQUIVALENT: "proved equivalent",
    Fate.WAIVED: "waived",
    Fate.SURVIVED: "alive",
}


def tests_page(knowledge: KnowledgeBase, tests: Tests) -> Page:
    """Return what the tests of a knowledge base found."""
    return tuple(_blocks(knowledge, tests))


def _blocks(knowledge: KnowledgeBase, tests: Tests) -> Iterator[Block]:
    if tests.covered:
        yield Heading("Conditions the examples and cases do not show to decide both ways")
        open_ = [one for one in tests.covered if not one.both]
        rows = tuple((c.rule, written_condition(c.leaf), c.when_true, c.when_false) for c in open_)
        if rows:
            yield Grid(("rule", "condition", "when true", "when false"), rows)
        shown = len(tests.covered) - len(open_)
        yield Paragraph(f"{shown} of {counted(len(tests.covered), 'condition')} decide both ways.")
    if tests.verdicts:
        yield from _mutants(knowledge, tests)
    counts = (counted(tests.examples.run, "example"), counted(tests.cases.run, "case"))
    yield Paragraph(f"{' and '.join(counts)} run, {counted(len(tests.failed), 'failure')}")


def _mutants(knowledge: KnowledgeBase, tests: Tests) -> Iterator[Block]:
    for fate, title in ((Fate.WAIVED, "Waived"), (Fate.SURVIVED, "Alive")):
        found = [verdict for verdict in tests.verdicts if verdict.fate is fate]
        if found:
            yield Heading(title)
        for rule, verdicts in groupby(found, key=lambda verdict: verdict.mutant.rule):
            yield Subheading(rule)
            yield Bullets(tuple(_line(knowledge, verdict) for verdict in verdicts))
    if any(verdict.client is not None for verdict in tests.alive):
        yield Paragraph("`screening knowledge examples RULE` writes such clients as examples.")
    yield Heading("Mutants")
    by_fate = Counter(verdict.fate for verdict in tests.verdicts)
    rules = len({verdict.mutant.rule for verdict in tests.verdicts})
    numbers = ", ".join(f"{by_fate[fate]} {words}" for fate, words in FATES.items())
    mutants = counted(len(tests.verdicts), "mutant")
    yield Paragraph(f"{mutants} of {counted(rules, 'rule')}: {numbers}")


def _line(knowledge: KnowledgeBase, verdict: MutantVerdict) -> str:
    """Return a mutant with the reason of its waiver, or who would kill it."""
    name = verdict.mutant.name
    if verdict.fate is Fate.WAIVED:
        return f"{name}: {verdict.by}"
    return f"{name}. {killer_words(knowledge, verdict)}"


def killer_words(knowledge: KnowledgeBase, verdict: MutantVerdict) -> str:
    """Return what would kill a survivor, in words."""
    if verdict.client is not None:
        return f"Killed by: {client_words(knowledge, verdict.client)}"
    if verdict.mutant.mutated is None or verdict.mutant.change is MutatedPart.THEN:
        expects = telling_case(knowledge.rules[verdict.mutant.rule], verdict.mutant)
        return f"Killed by a case that fires the rule, with {expects or 'what it concludes'}."
    return "No client near the examples tells it from the rule."


def client_words(knowledge: KnowledgeBase, client: Boundary) -> str:
    """Return a client in the words of the interview, and what the rule makes of them today."""
    given = [answered(knowledge.questions[q], v) for q, v in client.example.given.items()]
    rest = "the rest harmless" if client.example.harmless_rest else "the rest not asked"
    level = client.example.refers
    refers = f", refers {level.word}" if level is not None else ""
    return f"{'; '.join([*given, rest])} ({EXPECTED[client.example.expect]} today{refers})"


def tests_form(knowledge: KnowledgeBase, tests: Tests) -> Json:
    """Return the tests as the contract `tests/1`."""
    return {
        "format": "tests/1",
        "knowledge": knowledge_form(knowledge),
        "examples": tests.examples.run,
        "cases": tests.cases.run,
        "failures": [failure.message for failure in tests.failed],
        "conditions": [
            {
                "rule": one.rule,
                "condition": written_condition(one.leaf),
                "when_true": one.when_true or None,
                "when_false": one.when_false or None,
            }
            for one in tests.covered
        ],
        "mutants": [_verdict(knowledge, verdict) for verdict in tests.verdicts],
    }


def _verdict(knowledge: KnowledgeBase, verdict: MutantVerdict) -> Json:
    alive = verdict.fate is Fate.SURVIVED
    return {
        "rule": verdict.mutant.rule,
        "mutant": verdict.mutant.name,
        "fate": verdict.fate.value,
        "by": verdict.by or None,
        "killer": killer_words(knowledge, verdict) if alive else None,
    }
