"""Every mutant is another rule that could be written, under a name that lasts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import knowledge_base as tiny
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import answer_sheets, knowledge_bases

from screening.diagnostics import Problems
from screening.engines.reference import evaluate
from screening.load import load
from screening.load.phrase import Vocabulary, read_condition
from screening.load.tree import parse
from screening.model.conclusions import brief as said
from screening.model.expr import (
    All,
    AnyOf,
    AtLeast,
    Compare,
    Expr,
    Found,
    Is,
    IsUnknown,
    Moves,
    Not,
)
from screening.model.knowledge import KnowledgeBase
from screening.model.question import YES_NO, Question
from screening.model.rule import (
    Advise,
    AtClearance,
    AtStage,
    AvoidCategory,
    AvoidDemand,
    AvoidExercise,
    Conclusion,
    Confirm,
    Find,
    Head,
    Keep,
    Limit,
    Modify,
    Move,
    OfferOnly,
    Recommend,
    Refer,
    Rule,
    UnknownPolicy,
    Unsure,
)
from screening.model.vocabularies import Effect, Firmness, Kind, Level, Pace, Strength
from screening.mutation.mutant import Mutant, MutatedPart, planted, written_condition
from screening.mutation.operators import mutants_of

FEW = settings(max_examples=20)  # knowledge bases; each has some hundred mutants


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """Return the minimal knowledge base."""
    return load(tiny.write(tmp_path_factory.mktemp("tiny")))


def as_file(expr: Expr) -> object:
    """Return a condition as it stands in a rule file."""
    match expr:
        case All(parts):
            return {"all": [as_file(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [as_file(part) for part in parts]}
        case AtLeast(count, parts):
            return {"at_least": {"count": count, "of": [as_file(part) for part in parts]}}
        case Not(part):
            return {"not": as_file(part)}
        case _:
            return written_condition(expr)


def read_back(expr: Expr, knowledge: KnowledgeBase) -> tuple[Expr, list[str]]:
    """Return a condition written and read again, and what the loader says of it."""
    problems = Problems()
    tree = parse(json.dumps(as_file(expr)), "rule.yaml", problems)
    assert tree is not None
    vocabulary = Vocabulary(knowledge.questions, knowledge.findings, knowledge.groups)
    read = read_condition(tree, vocabulary, problems)
    return read, [str(found) for found in problems.sorted()]


def all_mutants(knowledge: KnowledgeBase) -> Iterator[tuple[Rule, Mutant]]:
    for rule in knowledge.live_rules:
        yield from ((rule, mutant) for mutant in mutants_of(rule, knowledge))


def names(rule: Rule, knowledge: KnowledgeBase) -> list[str]:
    return [mutant.name for mutant in mutants_of(rule, knowledge)]


@FEW
@given(knowledge_bases())
def test_every_mutant_is_another_rule_and_no_two_are_alike(knowledge: KnowledgeBase) -> None:
    for rule in knowledge.live_rules:
        made = mutants_of(rule, knowledge)
        found = [m.mutated and (m.mutated.when, m.mutated.unknown, m.mutated.then) for m in made]
        assert (rule.when, rule.unknown, rule.then) not in found
        assert len(set(found)) == len(found)
        assert found.count(None) == 1
        assert len({mutant.name for mutant in made} - {""}) == len(made)


@FEW
@given(knowledge_bases())
def test_the_condition_of_every_mutant_can_be_written_and_read(knowledge: KnowledgeBase) -> None:
    for _, mutant in all_mutants(knowledge):
        if mutant.mutated is not None and mutant.change is MutatedPart.WHEN:
            assert read_back(mutant.mutated.when, knowledge) == (mutant.mutated.when, [])


@FEW
@given(knowledge_bases())
def test_only_one_part_of_the_rule_is_changed(knowledge: KnowledgeBase) -> None:
    parts = {MutatedPart.WHEN: "when", MutatedPart.UNKNOWN: "unknown", MutatedPart.THEN: "then"}
    for rule, mutant in all_mutants(knowledge):
        if mutant.mutated is None:
            assert mutant.change is MutatedPart.RULE
            continue
        part = parts[mutant.change]
        back = replace(mutant.mutated, **{part: getattr(rule, part)})
        assert replace(back, unknown=rule.unknown) == rule
        assert mutant.mutated.then


@FEW
@given(data=st.data())
def test_every_mutant_can_be_concluded_with(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases(most=4))
    answers = data.draw(answer_sheets(knowledge))
    for rule, mutant in all_mutants(knowledge):
        heads = evaluate(planted(knowledge, mutant), answers).heads
        assert (Head(rule.id) in heads) is (mutant.mutated is not None)


@FEW
@given(knowledge_bases())
def test_words_for_people_do_not_change_the_names(knowledge: KnowledgeBase) -> None:
    for rule in knowledge.live_rules:
        other = replace(rule, title="Other", because="Other.", say="Other.", examples=())
        assert names(other, knowledge) == names(rule, knowledge)


@FEW
@given(knowledge_bases())
def test_one_more_condition_leaves_the_names_of_the_others(knowledge: KnowledgeBase) -> None:
    more = {**knowledge.questions, "new": Question("new", "t", "New?", "new", Kind.YES_NO, "no")}
    wider = replace(knowledge, questions={**more, "new": replace(more["new"], answers=YES_NO)})
    for rule in knowledge.live_rules:
        if not rule.cell and isinstance(rule.when, All) and len(rule.when.parts) > 1:
            longer = replace(rule, when=All((*rule.when.parts, Is("new", "yes"))))
            assert set(names(rule, knowledge)) <= set(names(longer, wider))


A, B, C = Is("cramp", "yes"), Is("calf", "no"), Compare("pain", ">", 7)
EVERY_MISTAKE: tuple[tuple[Expr, list[str]], ...] = (
    (A, ["cramp is no for cramp is yes"]),
    (C, ["pain > 6 for pain > 7", "pain > 8 for pain > 7"]),
    (Compare("pain", "<=", 0), ["pain <= 1 for pain <= 0"]),
    (Compare("pain", ">=", 10), ["pain >= 9 for pain >= 10"]),
    (Is("fall", "big"), ["fall is none for fall is big"]),
    (
        Found("stiff", Strength.SUPPORTED),
        ["stiff for stiff is supported", "stiff is confirmed for stiff is supported"],
    ),
    (
        Moves("flexion", Effect.PROVOKE, 1),
        [
            "any flexion movement relieves for any flexion movement provokes",
            "any flexion movement changes it for any flexion movement provokes",
            "at least 2 flexion movements provoke for any flexion movement provokes",
            "any movement provokes for any flexion movement provokes",
        ],
    ),
    (IsUnknown("cramp"), []),
    (Not(A), ["no not: cramp is yes", "cramp is no for cramp is yes"]),
    (
        All((A, C)),
        [
            "without cramp is yes",
            "without pain > 7",
            "any for all [cramp is yes, …]",
            "cramp is no for cramp is yes",
            "pain > 6 for pain > 7",
            "pain > 8 for pain > 7",
        ],
    ),
    (
        AnyOf((A, B)),
        [
            "without cramp is yes",
            "without calf is no",
            "all for any [cramp is yes, …]",
            "cramp is no for cramp is yes",
            "calf is yes for calf is no",
        ],
    ),
    (
        AtLeast(2, (A, B, IsUnknown("fall"))),
        [
            "without cramp is yes",
            "without calf is no",
            "without fall is unknown",
            "1 for at least 2 of [cramp is yes, …]",
            "3 for at least 2 of [cramp is yes, …]",
            "cramp is no for cramp is yes",
            "calf is yes for calf is no",
        ],
    ),
    (  # the same change in two places
        All((AnyOf((A, B)), AnyOf((A, C)))),
        [
            "without any [cramp is yes, …]",
            "without any [cramp is yes, …] #2",
            "without cramp is yes",
            "without calf is no",
            "without cramp is yes #2",
            "without pain > 7",
            "any for all [any [cramp is yes, …], …]",
            "all for any [cramp is yes, …]",
            "all for any [cramp is yes, …] #2",
            "cramp is no for cramp is yes",
            "calf is yes for calf is no",
            "cramp is no for cramp is yes #2",
            "pain > 6 for pain > 7",
            "pain > 8 for pain > 7",
        ],
    ),
)


@pytest.mark.parametrize(("when", "expected"), EVERY_MISTAKE, ids=lambda part: str(part)[:40])
def test_every_small_mistake_in_a_condition(
    when: Expr, expected: list[str], knowledge: KnowledgeBase
) -> None:
    rule = replace(knowledge.rules["easy-when-stiff"], when=when)
    found = [m.name for m in mutants_of(rule, knowledge) if m.change is MutatedPart.WHEN]
    assert found == expected


NOTHING_ELSE: list[str] = []
OTHER_CONCLUSIONS = (
    (Find("stiff", Strength.SUPPORTED), ["find stiff suspected", "find stiff confirmed"]),
    (Refer(Level.MONITOR, "doctor"), ["refer routine doctor"]),
    (Refer(Level.SAME_DAY, "doctor"), ["refer within_days doctor", "refer emergency doctor"]),
    (AtStage("acute"), NOTHING_ELSE),
    (Limit("pain_during", 0), ["limit pain_during 1"]),
    (Limit("pain_during", 2), ["limit pain_during 1", "limit pain_during 3"]),
    (Recommend("easy"), NOTHING_ELSE),
    (AvoidCategory("easy", Firmness.HARD), ["avoid easy soft"]),
    (AvoidDemand("flexion", Firmness.SOFT, ("squat",)), ["avoid flexion demand hard"]),
    (AvoidExercise("squat", Firmness.SOFT), ["avoid squat hard"]),
    (Modify("squat", "Less."), NOTHING_ELSE),
    (Keep(), NOTHING_ELSE),
    (Advise("keep-moving"), NOTHING_ELSE),
    (Confirm(("bend",)), NOTHING_ELSE),
    (Confirm(("bend", "sit")), ["confirm sit", "confirm bend"]),
    (AtClearance("ask_first"), ["clearance go"]),
    (OfferOnly(("easy",)), NOTHING_ELSE),
    (Move(Pace.HOLD, "easy"), ["regress easy", "progress easy"]),
)


@pytest.mark.parametrize(("conclusion", "others"), OTHER_CONCLUSIONS, ids=str)
def test_every_small_mistake_in_a_conclusion(
    conclusion: Conclusion, others: list[str], knowledge: KnowledgeBase
) -> None:
    kept = Keep("jump")
    rule = replace(knowledge.rules["easy-when-stiff"], then=(conclusion, kept))
    found = {
        m.name: m.mutated for m in mutants_of(rule, knowledge) if m.change is MutatedPart.THEN
    }
    what = said(conclusion)
    names_ = [f"without {what}", *(f"{o} for {what}" for o in others), "without keep jump"]
    assert sorted(found) == sorted(names_)
    without = found[f"without {what}"]
    assert without is not None
    assert without.then == (kept,)


def test_the_only_conclusion_is_not_left_out_but_the_rule_is(knowledge: KnowledgeBase) -> None:
    rule = replace(knowledge.rules["easy-when-stiff"], then=(Recommend("easy"),))
    found = [m.name for m in mutants_of(rule, knowledge) if m.change is not MutatedPart.WHEN]
    assert found == ["no rule"]


def test_a_rule_that_refers_no_more_has_no_level_for_unknown_answers(
    knowledge: KnowledgeBase,
) -> None:
    numb = knowledge.rules["numb-now"]
    rule = replace(numb, then=(*numb.then, Advise("keep-moving")))
    (without,) = [m for m in mutants_of(rule, knowledge) if m.name.startswith("without refer")]
    assert without.mutated is not None
    assert without.mutated.unknown == UnknownPolicy(Unsure.NOT_MET)


def test_every_other_meaning_of_an_unknown_answer(knowledge: KnowledgeBase) -> None:
    rule = knowledge.rules["numb-now"]
    found = [m.name for m in mutants_of(rule, knowledge) if m.change is MutatedPart.UNKNOWN]
    words = ("undecided", "met", "not_met", "within_days", "emergency")
    assert found == [f"unknown {word} for same_day" for word in words]
    counting = replace(rule, when=Moves("flexion", Effect.PROVOKE, 1))
    assert not any(m.change is MutatedPart.UNKNOWN for m in mutants_of(counting, knowledge))


SQUAT = ["no rule", "keep squat for avoid squat soft", "modify squat for avoid squat soft"]
CELLS = (
    ("jump.stiff", ["no rule", "modify jump for keep jump", "avoid jump soft for keep jump"]),
    ("squat.stiff", SQUAT),  # soft or hard follows the finding
    ("squat.provokes", [*SQUAT, "avoid squat hard for avoid squat soft"]),
)


@pytest.mark.parametrize(("cell", "expected"), CELLS)
def test_a_cell_of_the_catalogue_has_the_other_verdicts_or_is_gone(
    cell: str, expected: list[str], knowledge: KnowledgeBase
) -> None:
    assert names(knowledge.rules[cell], knowledge) == expected


def test_without_a_cell_the_avoided_direction_reaches_its_exercise(
    knowledge: KnowledgeBase,
) -> None:
    avoiding = AvoidDemand("flexion", Firmness.SOFT, ())  # the cell speaks for itself
    easy = replace(knowledge.rules["easy-when-stiff"], then=(avoiding,))
    changed = replace(knowledge, rules={**knowledge.rules, easy.id: easy})
    (gone,) = [m for m in mutants_of(changed.rules["squat.stiff"], changed) if m.mutated is None]
    (said_,) = planted(changed, gone).rules[easy.id].then
    assert isinstance(said_, AvoidDemand)
    assert said_.exercises == ("squat",)


def test_shipped_names_are_unique_and_the_same_each_time(shipped: KnowledgeBase) -> None:
    once = [(m.rule, m.name) for _, m in all_mutants(shipped)]
    assert len(set(once)) == len(once)
    assert once == [(m.rule, m.name) for _, m in all_mutants(shipped)]
