"""Knowledge is compared by meaning: for every client, with the smallest who shows it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import knowledge_base as tiny
import pytest
from circuits import worked
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sheets import SMALL, every_sheet, sheets
from strategies import knowledge_bases

from screening.assess import Assessor
from screening.author.meaning import (
    Fate,
    accept,
    acceptance,
    aspect_words,
    compare,
    on_intakes,
    rule_changes,
)
from screening.engines.applicable import applies, with_harmless_rest, with_inapplicable
from screening.engines.solver.meaning import (
    Aspect,
    LightOnly,
    Meanings,
    OfCategory,
    OfExercise,
    Referral,
    Way,
    Withholding,
    asked_by_either,
)
from screening.load import load, shipped_knowledge
from screening.lower.circuit import circuit
from screening.model.circuit import Blocks, Circuit, LeavesLight, Offers, Output, Plans, Refers
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Refer
from screening.model.words import Level, Status, Truth, Verdict

TODAY = datetime.date(2026, 11, 1)


@pytest.fixture
def knowledge(tmp_path: Path) -> KnowledgeBase:
    return load(tiny.write(tmp_path / "old"), library=True)


def care(one: Circuit, sheet: Mapping[str, Value], aspect: Aspect) -> tuple[int, object]:
    """Return how careful a circuit is, and what both must have alike for that to be compared."""
    on = worked(one, sheet)

    def says(output: Output) -> bool:
        return output in one.outputs and on[one.outputs[output].when]

    alike = (says(Blocks()), says(LeavesLight()))
    match aspect:
        case Referral(level):
            return int(says(Refers(level))), ()
        case Withholding():
            return int(says(Blocks())), ()
        case LightOnly():
            return int(says(LeavesLight())), ()
        case OfCategory(category):
            return 1 - int(says(Offers(category))), alike
        case OfExercise(exercise):
            careful = says(Plans(exercise, Verdict.MODIFY)) + 2 * says(
                Plans(exercise, Verdict.AVOID)
            )
            return careful, alike


def by_trying(
    old: KnowledgeBase, new: KnowledgeBase, aspect: Aspect, way: Way
) -> Iterator[Mapping[str, Value]]:
    """Yield every client to whom the newer one is so."""
    one, other = circuit(old), circuit(new)
    for sheet in every_sheet(old.questions):
        before, after = care(one, sheet, aspect), care(other, sheet, aspect)
        blocked = before[1] != () and (before[1] != after[1] or before[1][0])  # type: ignore[index]
        differs = after[0] > before[0] if way is Way.STRICTER else after[0] < before[0]
        if differs and not blocked:
            yield sheet


def aspects(knowledge: KnowledgeBase) -> list[Aspect]:
    levels: list[Aspect] = [Referral(level) for level in Level if level > Level.NONE]
    categories = [OfCategory(name) for name in knowledge.categories]
    exercises = [OfExercise(name) for name in knowledge.exercises]
    return [*levels, Withholding(), LightOnly(), *categories, *exercises]


@settings(max_examples=10, suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data(), old=knowledge_bases(most=3))
def test_differences_are_those_found_by_trying_every_client(
    data: st.DataObject, old: KnowledgeBase
) -> None:
    assume(old.live_rules and sheets(old.questions) <= SMALL)
    gone = data.draw(st.sampled_from(old.live_rules))
    kept = {name: rule for name, rule in old.rules.items() if name != gone.id}
    new = replace(old, rules=kept)
    old, new = data.draw(st.sampled_from([(old, new), (new, old)]))
    meanings = Meanings(old, new)
    for aspect in aspects(old):
        for way in Way:
            found, tried = meanings.client(aspect, way), list(by_trying(old, new, aspect, way))
            assert (found is None) is (not tried), aspect_words(aspect)
            if found is not None:
                assert len(found) == min(len(sheet) for sheet in tried)


@settings(max_examples=10, suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data(), old=knowledge_bases(most=3))
def test_a_usual_client_has_no_more_answers_that_tell_than_any_whole_screening(
    data: st.DataObject, old: KnowledgeBase
) -> None:
    assume(old.live_rules and sheets(old.questions) <= SMALL)
    gone = data.draw(st.sampled_from(old.live_rules))
    new = replace(old, rules={n: rule for n, rule in old.rules.items() if n != gone.id})
    meanings = Meanings(old, new)
    for aspect in aspects(old):
        for way in Way:
            usual = meanings.usual(aspect, way)
            if usual is None:
                continue
            quiet = {n: v for n, v in usual.answers.items() if n not in usual.telling}
            assert all(value == old.questions[n].harmless for n, value in quiet.items())
            told = {name: usual.answers[name] for name in usual.telling}
            assert with_harmless_rest(old, told) == usual.answers
            tried = list(by_trying(old, new, aspect, way))
            assert usual.answers in tried
            whole = (one for one in tried if is_whole(old, one))
            assert len(told) == min(len(telling(old, one)) for one in whole)


def test_what_is_offered_is_shown_on_a_screening_in_full() -> None:
    shipped = load(shipped_knowledge())
    rules = {n: rule for n, rule in shipped.rules.items() if n != "overhead_press.provokes"}
    meanings = Meanings(shipped, replace(shipped, rules=rules))
    usual = meanings.usual(OfExercise("overhead_press"), Way.LOOSER)
    assert usual is not None
    assert (usual.telling, usual.answers["overhead"]) == (("overhead",), "provokes")
    assert is_whole(shipped, usual.answers)


def is_whole(knowledge: KnowledgeBase, sheet: Mapping[str, Value]) -> bool:
    """Tell whether all that applies is answered, and nothing harmless to what does not."""
    read = with_inapplicable(knowledge, sheet)
    quiet = (
        knowledge.questions[n] for n, v in sheet.items() if n not in telling(knowledge, sheet)
    )
    needless = (applies(knowledge, question, read) is Truth.FALSE for question in quiet)
    return set(read) == set(knowledge.questions) and not any(needless)


def telling(knowledge: KnowledgeBase, sheet: Mapping[str, Value]) -> set[str]:
    return {n for n, value in sheet.items() if value != knowledge.questions[n].harmless}


def test_the_same_knowledge_means_the_same(knowledge: KnowledgeBase) -> None:
    found = compare(knowledge, knowledge)
    assert (found.rules, found.differences) == ((), ())
    assert found.compared > len(Level)


def test_other_words_mean_the_same(knowledge: KnowledgeBase) -> None:
    rules = {
        name: replace(r, because="For another reason.") for name, r in knowledge.rules.items()
    }
    found = compare(knowledge, replace(knowledge, rules=rules))
    assert (found.rules, found.differences) == ((), ())


def test_a_retired_emergency_rule_is_looser_with_a_client_who_shows_it(
    knowledge: KnowledgeBase,
) -> None:
    numb = knowledge.rules["numb-now"]
    retired = {**knowledge.rules, numb.id: replace(numb, status=Status.RETIRED)}
    found = compare(knowledge, replace(knowledge, rules=retired))
    assert [(one.id, one.fate) for one in found.rules] == [("numb-now", Fate.REMOVED)]
    by_words = {aspect_words(one.aspect): one for one in found.looser}
    shown = by_words["referral emergency"].shown[Way.LOOSER]
    assert shown.answers == {"numb": "new_or_worse"}
    (referral,) = (change for change in shown.changes if change.target == "referral")
    assert (referral.before, referral.rules_before) == ("emergency", ("numb-now",))


def test_a_higher_level_is_stricter_and_nothing_is_newly_cleared(knowledge: KnowledgeBase) -> None:
    rule = next(r for r in knowledge.live_rules if r.id == "numb-now")
    lower = tuple(
        replace(c, level=Level.SAME_DAY) if isinstance(c, Refer) else c for c in rule.then
    )
    softer = replace(knowledge, rules={**knowledge.rules, rule.id: replace(rule, then=lower)})
    assert {one.verdict for one in compare(softer, knowledge).differences} == {"stricter"}
    assert not compare(softer, knowledge).looser
    assert compare(knowledge, softer).looser


def test_only_answers_that_both_take_are_given(knowledge: KnowledgeBase) -> None:
    pain, sit = knowledge.questions["pain"], knowledge.questions["sit"]
    narrower = replace(pain, low=1, high=8)
    fewer = {n: q for n, q in knowledge.questions.items() if n != "sit"}
    asked = asked_by_either(knowledge, replace(knowledge, questions=fewer | {"pain": narrower}))
    assert (asked["pain"].low, asked["pain"].high) == (1, 8)
    assert asked["sit"] == sit


def test_questions_that_come_and_go_are_named(knowledge: KnowledgeBase) -> None:
    fewer = {n: q for n, q in knowledge.questions.items() if n != "calf"}
    changes = rule_changes(knowledge, replace(knowledge, questions=fewer))
    assert [(c.id, c.what, c.fate) for c in changes] == [("calf", "question", Fate.REMOVED)]
    back = rule_changes(replace(knowledge, questions=fewer), knowledge)
    assert [c.fate for c in back] == [Fate.ADDED]


def test_exercises_flags_and_promises_that_come_and_go_are_named() -> None:
    shipped = load(shipped_knowledge(), library=True)
    assert shipped.safety is not None
    fewer = {n: e for n, e in shipped.exercises.items() if n != "plank"}
    first, *flags = shipped.safety.flags
    softer = replace(first, level=Level.ROUTINE)
    kept = [replace(one, because="Other words.") for one in shipped.safety.invariants[1:]]
    safety = replace(shipped.safety, flags=(softer, *flags), invariants=tuple(kept))
    found = rule_changes(shipped, replace(shipped, exercises=fewer, safety=safety))
    assert [(one.what, one.id, one.fate) for one in found] == [
        ("exercise", "plank", Fate.REMOVED),
        ("flag", first.words, Fate.CHANGED),
        ("promise", shipped.safety.invariants[0].id, Fate.REMOVED),
    ]
    none = rule_changes(shipped, replace(shipped, safety=None))
    assert {one.fate for one in none} == {Fate.REMOVED}


def test_an_acceptance_is_of_one_change_only(knowledge: KnowledgeBase, tmp_path: Path) -> None:
    root = tiny.write(tmp_path / "new")
    numb = knowledge.rules["numb-now"]
    retired = {**knowledge.rules, numb.id: replace(numb, status=Status.RETIRED)}
    looser = replace(knowledge, rules=retired)
    for reason in ("first", "second"):
        accept(root, (knowledge, looser), ("A. Ito", reason, TODAY), ["referral emergency"])
    looser = replace(looser, accepted=load(root, library=True).accepted)
    assert [one.because for one in looser.accepted] == ["first", "second"]
    found = acceptance(knowledge, looser)
    assert found is not None
    assert (found.by, found.on, found.looser) == ("A. Ito", "2026-11-01", ("referral emergency",))
    assert acceptance(looser, replace(knowledge, accepted=looser.accepted)) is None


def test_intakes_are_concluded_with_both(knowledge: KnowledgeBase, tmp_path: Path) -> None:
    numb = knowledge.rules["numb-now"]
    retired = {**knowledge.rules, numb.id: replace(numb, status=Status.RETIRED)}
    texts = {
        "alarm": "answers: {numb: new_or_worse}",
        "quiet": "answers: {numb: no}",
        "later": "follows: quiet.yaml\nanswers: {}",
        "wrong": "answers: {nobody: no}",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    paths = [tmp_path / f"{name}.yaml" for name in texts]
    found = on_intakes(Assessor(knowledge), Assessor(replace(knowledge, rules=retired)), paths)
    assert found.read == 2
    assert [Path(one.intake).stem for one in found.newly_cleared] == ["alarm"]
    assert not found.newly_referred
    assert [Path(path).stem for path in found.unread] == ["later", "wrong"]
