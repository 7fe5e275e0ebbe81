"""Gaps and overlaps that the proofs find are those that trying every intake finds."""

from __future__ import annotations

from dataclasses import replace

from circuits import worked
from exhaustive_intakes import SMALL, every_sheet, sheets
from hypothesis import HealthCheck, assume, given, settings
from strategies import knowledge_bases

from screening.compile.circuit import circuit
from screening.engines.applicable import applies
from screening.model.circuit import Advises, LeavesLight, Offers, Refers
from screening.model.knowledge import KnowledgeBase
from screening.model.program import RuleAtom
from screening.model.rule import Confirm, Head, Move
from screening.model.safety import Each, Invariant, Phrase, Safety
from screening.model.vocabularies import Truth
from screening.verify.difference_proofs import stands_behind
from screening.verify.prove import prove


def _promise(each: Each, phrase: Phrase, *, sometimes: bool) -> Invariant:
    return Invariant(phrase.value, "t", "b", each, (phrase,), sometimes=sometimes)


PROMISES = Safety(
    (),
    (
        _promise(Each.CLIENT, Phrase.NOTHING, sometimes=False),
        _promise(Each.RULE, Phrase.FIRES, sometimes=True),
        _promise(Each.RULE, Phrase.NEEDED, sometimes=True),
    ),
)


def _by_trying(knowledge: KnowledgeBase) -> tuple[bool, set[str], set[str]]:
    """Return whether somebody gets nothing, and the rules that fire and that are needed.

    A rule that fires only for answers to what does not apply counts as one that never does.
    """
    compiled, nothing = circuit(knowledge), False
    fires: set[str] = set()
    needed = {
        r.id
        for r in knowledge.live_rules
        if any(isinstance(c, Move | Confirm) for c in r.then)
        or (r.cell and r.id.endswith(".provokes"))  # comes with its exercise: nobody wrote it
    }
    for sheet in every_sheet(knowledge.questions):
        asked = not any(
            question.id in sheet and applies(knowledge, question, sheet) is Truth.FALSE
            for question in knowledge.conditional_questions
        )
        on = worked(compiled, sheet)
        said = [o for o, c in compiled.outputs.items() if on[c.when]]
        told = any(isinstance(o, Refers | Offers | Advises | LeavesLight) for o in said)
        nothing = nothing or not told
        fires |= {
            r.id
            for r in knowledge.live_rules
            if asked and on[compiled.truths[RuleAtom(Head(r.id), True)]]
        }
        for output, concluded in compiled.outputs.items():
            behind = {
                rule
                for rule, when in concluded.rules
                if on[when] and stands_behind(knowledge.rules[rule], output, knowledge)
            }
            needed |= behind if len(behind) == 1 else set()
    return nothing, fires, needed


@settings(max_examples=20, suppress_health_check=[HealthCheck.filter_too_much])
@given(knowledge=knowledge_bases(most=3))
def test_gaps_and_overlaps_are_those_found_by_trying(knowledge: KnowledgeBase) -> None:
    assume(sheets(knowledge.questions) <= SMALL)
    nothing, fires, needed = _by_trying(knowledge)
    gap, dead, shadowed = prove(replace(knowledge, safety=PROMISES))
    rules = {rule.id for rule in knowledge.live_rules}
    assert bool(gap.failures) is nothing
    assert {failure.it for failure in dead.failures} == rules - fires
    assert {failure.it for failure in shadowed.failures} == rules - needed
