"""What the knowledge promises is proved, and broken promises are shown by the smallest client."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screening.assess import Assessor
from screening.load import load, shipped_knowledge
from screening.model.expr import All, AnyOf, Is, Not
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import AvoidCategory, Recommend, Rule
from screening.model.vocabularies import Firmness, Level
from screening.verify.proof import Proof, replayed
from screening.verify.prove import prove


@pytest.fixture(scope="module")
def declared() -> KnowledgeBase:
    return load(shipped_knowledge(), library=True)


def only(knowledge: KnowledgeBase, invariant: str) -> Proof:
    (proof,) = prove(knowledge, invariant)
    return proof


def without(knowledge: KnowledgeBase, rule: str) -> KnowledgeBase:
    return replace(knowledge, rules={n: r for n, r in knowledge.rules.items() if n != rule})


def edited(knowledge: KnowledgeBase, rule: Rule) -> KnowledgeBase:
    return replace(knowledge, rules={**knowledge.rules, rule.id: rule})


NEVER = (
    "clearance-first",
    "flags-heard",
    "unknown-heard",
    "never-both",
    "no-avoided-alternative",
    "something-said",
)


@pytest.mark.parametrize("invariant", [*NEVER, "no-circles", "nothing-unused"])
def test_shipped_knowledge_keeps_its_promises(declared: KnowledgeBase, invariant: str) -> None:
    proof = only(declared, invariant)
    assert proof.holds
    assert not proof.vacuous


@pytest.mark.parametrize("invariant", ["clearance-first", "flags-heard", "unknown-heard"])
def test_a_proof_about_flags_names_the_rules_it_needs(
    declared: KnowledgeBase, invariant: str
) -> None:
    assert "saddle-change" in only(declared, invariant).needs


def emergency_rules() -> list[str]:
    rules = load(shipped_knowledge()).live_rules
    urgent = [r.id for r in rules if any(r.level(x) is Level.EMERGENCY for x in r.readings)]
    return urgent[::3]  # all of them in benchmarks/prove.py


@pytest.mark.parametrize("rule", emergency_rules())
def test_a_removed_emergency_rule_is_named(declared: KnowledgeBase, rule: str) -> None:
    proof = only(without(declared, rule), "flags-heard")
    assert any(f"`{rule}`" in failure.words for failure in proof.failures)


def test_the_client_who_shows_a_missed_flag_has_one_answer(declared: KnowledgeBase) -> None:
    broken = without(declared, "saddle-change")
    shown = [f for f in only(broken, "flags-heard").failures if f.client is not None]
    assert [dict(f.client or {}) for f in shown] == [{"saddle": "new_or_worse"}]
    assert replayed(Assessor(broken), shown[0])[0] < Level.EMERGENCY


def test_an_edited_rule_is_named_with_the_client_it_misses(declared: KnowledgeBase) -> None:
    rule = declared.rules["saddle-change"]
    broken = edited(declared, replace(rule, when=Is("saddle", "older_stable")))
    failures = only(broken, "flags-heard").failures
    assert any("`saddle-change`" in f.words and f.client for f in failures)


def test_a_rule_that_cannot_fire_is_found(declared: KnowledgeBase) -> None:
    rule = declared.rules["likes-walking"]
    never = Not(rule.when)
    contradiction = replace(rule, when=All((rule.when, never)))
    assert [f.it for f in only(edited(declared, contradiction), "rules-fire").failures] == [
        rule.id
    ]


def test_a_rule_that_undoes_a_worse_answer_is_found(declared: KnowledgeBase) -> None:
    rule = declared.rules["saddle-change"]
    backwards = replace(rule, id="backwards", when=Is("leg_swollen", "no"))
    proof = only(edited(declared, backwards), "worse-never-lowers")
    assert "leg_swollen" in [failure.it for failure in proof.failures]


def test_an_exception_hides_no_referral_for_today_or_now(declared: KnowledgeBase) -> None:
    both = All((Is("cancer", "yes"), Is("leg_pain", "none")))
    backwards = replace(declared.rules["saddle-change"], id="backwards", when=both)
    proof = only(edited(declared, backwards), "worse-never-lowers")
    assert "leg_pain" in [failure.it for failure in proof.failures]


MORE_PAIN = ("more-pain-never-loosens", "more-pain-never-offers")


@pytest.mark.parametrize("invariant", MORE_PAIN)
def test_more_pain_loosens_nothing(declared: KnowledgeBase, invariant: str) -> None:
    proof = only(declared, invariant)
    assert proof.holds
    assert not proof.vacuous


def test_a_twist_that_is_kept_once_bending_hurts_too_is_found(declared: KnowledgeBase) -> None:
    rule = declared.rules["rotation-sensitive-suspected"]
    but_not = replace(rule, when=All((rule.when, Not(Is("bend_forward", "provokes")))))
    proof = only(edited(declared, but_not), "more-pain-never-loosens")
    then = {failure.it: failure.then for failure in proof.failures}
    assert then["bend_forward"] == ("bend_forward", "provokes")


def test_what_another_rule_leaves_out_as_well_is_not_given_back(declared: KnowledgeBase) -> None:
    twice = replace(
        declared.rules["twisting-demand"], id="said-again", when=Is("walk", "no_effect")
    )
    assert not only(edited(declared, twice), "more-pain-never-loosens").holds
    whatever = tuple(Is("walk", word) for word in declared.questions["walk"].words)
    always = replace(twice, id="said-always", when=AnyOf(whatever))
    known = edited(edited(declared, twice), always)
    assert only(known, "more-pain-never-loosens").holds


def test_bending_that_is_offered_because_it_hurts_is_found(declared: KnowledgeBase) -> None:
    rule = replace(declared.rules["bending-eases"], when=Is("bend_forward", "provokes"))
    proof = only(edited(declared, rule), "more-pain-never-offers")
    assert [failure.it for failure in proof.failures] == ["bend_forward"]


def test_nothing_at_stake_is_vacuous(declared: KnowledgeBase) -> None:
    tame = {
        name: replace(
            r, then=tuple(c for c in r.then if not isinstance(c, AvoidCategory)) or r.then
        )
        for name, r in declared.rules.items()
    }
    tame = {n: r for n, r in tame.items() if not isinstance(r.then[0], AvoidCategory)}
    assert only(replace(declared, rules=tame), "never-both").vacuous


def test_combination_keeps_a_wanted_category_back(declared: KnowledgeBase) -> None:
    both = (Recommend("walk"), AvoidCategory("walk", Firmness.SOFT))
    rule = replace(declared.rules["likes-walking"], then=both)
    assert only(edited(declared, rule), "never-both").holds
