"""Knowledge is compared by meaning: for every client, with the smallest who shows it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import knowledge_base as tiny
import pytest
from circuits import worked
from exhaustive_intakes import SMALL, every_sheet, sheets
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from strategies import knowledge_bases

from screening.assess import Assessor
from screening.compile.circuit import circuit
from screening.engines.applicable import applies, with_harmless_rest, with_inapplicable
from screening.engines.solver.meaning import (
    Aspect,
    ClearanceAspect,
    LightOnly,
    Meanings,
    OfCategory,
    OfExercise,
    ReferralAspect,
    Way,
    Withholding,
    asked_by_either,
)
from screening.load import load, shipped_knowledge
from screening.model.circuit import (
    Blocks,
    Circuit,
    Clears,
    LeavesLight,
    Offers,
    Output,
    Plans,
    Refers,
)
from screening.model.expr import Expr, Is
from screening.model.knowledge import KnowledgeBase
from screening.model.question import RECENCY, YES_NO, Option, Value
from screening.model.rule import AtClearance, AvoidExercise, Conclusion, Recommend, Refer
from screening.model.terms import Clearance
from screening.model.vocabularies import Firmness, Kind, Level, Status, Truth, Verdict
from screening.verify.accept import accept, acceptance
from screening.verify.semantic_diff import (
    RuleFate,
    aspect_words,
    compare_meaning,
    on_intakes,
    rule_changes,
)

TODAY = datetime.date(2026, 11, 1)


@pytest.fixture
def knowledge(tmp_path: Path) -> KnowledgeBase:
    return load(tiny.write(tmp_path / "old"), library=True)


def care(  # noqa: PLR0911 - one for each kind of thing
    knowledge: KnowledgeBase, one: Circuit, sheet: Mapping[str, Value], aspect: Aspect
) -> int | None:
    """Return how careful knowledge is with a client; None where it withholds all it compares."""
    on = worked(one, sheet)

    def says(output: Output) -> bool:
        return output in one.outputs and on[one.outputs[output].when]

    match aspect:
        case ReferralAspect(level):
            return int(says(Refers(level)))
        case Withholding():
            return int(says(Blocks()))
        case LightOnly():
            return int(says(LeavesLight()) or says(Refers(Level.SAME_DAY)))
        case _ if says(Blocks()):
            return None
        case ClearanceAspect(name):
            return asked(knowledge, name, says)
        case OfCategory(category):
            return 1 - int(says(Offers(category)))
        case OfExercise(exercise):
            plans = (Plans(exercise, v) for v in (Verdict.KEEP, Verdict.MODIFY, Verdict.AVOID))
            return [says(plan) for plan in plans].index(True)


def asked(knowledge: KnowledgeBase, name: str, says: Callable[[Output], bool]) -> int:
    """Return whether a doctor is asked that strictly; or of nobody, whether that is not said."""
    order = list(knowledge.clearances)
    here = order.index(name)
    if knowledge.clearances[name].only_light:
        return int(any(says(Clears(other)) for other in order[: here + 1]))
    return 1 - int(any(says(Clears(other)) for other in order[here:]))


def by_trying(
    old: KnowledgeBase, new: KnowledgeBase, aspect: Aspect, way: Way
) -> Iterator[Mapping[str, Value]]:
    """Yield every client to whom the newer one is so, and not because of less or more light."""
    was, now = (old, circuit(old)), (new, circuit(new))
    for sheet in every_sheet(old.questions):
        before, after = care(*was, sheet, aspect), care(*now, sheet, aspect)
        if before is None or after is None:
            continue
        lights = care(*was, sheet, LightOnly()), care(*now, sheet, LightOnly())
        follows = isinstance(aspect, OfCategory | OfExercise) and lights == (
            (0, 1) if way is Way.STRICTER else (1, 0)
        )
        if (after > before if way is Way.STRICTER else after < before) and not follows:
            yield sheet


def aspects(knowledge: KnowledgeBase) -> list[Aspect]:
    levels: list[Aspect] = [ReferralAspect(level) for level in Level if level > Level.NONE]
    categories = [OfCategory(name) for name in knowledge.categories]
    exercises = [OfExercise(name) for name in knowledge.exercises]
    clearances = [ClearanceAspect(name) for name in knowledge.clearances]
    return [*levels, Withholding(), LightOnly(), *clearances, *categories, *exercises]


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
    found = compare_meaning(knowledge, knowledge)
    assert (found.rules, found.differences) == ((), ())
    assert found.compared > len(Level)


def test_other_words_mean_the_same(knowledge: KnowledgeBase) -> None:
    rules = {
        name: replace(r, because="For another reason.") for name, r in knowledge.rules.items()
    }
    found = compare_meaning(knowledge, replace(knowledge, rules=rules))
    assert (found.rules, found.differences) == ((), ())


def test_a_retired_emergency_rule_is_looser_with_a_client_who_shows_it(
    knowledge: KnowledgeBase,
) -> None:
    numb = knowledge.rules["numb-now"]
    retired = {**knowledge.rules, numb.id: replace(numb, status=Status.RETIRED)}
    found = compare_meaning(knowledge, replace(knowledge, rules=retired))
    assert [(one.id, one.fate) for one in found.rules] == [("numb-now", RuleFate.REMOVED)]
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
    assert {one.verdict for one in compare_meaning(softer, knowledge).differences} == {"stricter"}
    assert not compare_meaning(softer, knowledge).looser
    assert compare_meaning(knowledge, softer).looser


def with_rule(knowledge: KnowledgeBase, when: Expr, *then: Conclusion) -> KnowledgeBase:
    """Return the knowledge with one rule more, called `extra`."""
    extra = replace(knowledge.rules["numb-now"], id="extra", when=when, then=then, unknown=None)
    return replace(knowledge, rules={**knowledge.rules, extra.id: extra})


def looser(old: KnowledgeBase, new: KnowledgeBase) -> list[str]:
    """Return what is newly cleared, in words."""
    return [aspect_words(one.aspect) for one in compare_meaning(old, new).looser]


def test_what_is_newly_offered_beside_a_more_urgent_referral_is_looser(
    knowledge: KnowledgeBase,
) -> None:
    fall, days = Is("fall", "big"), Refer(Level.WITHIN_DAYS, "doctor", "Go.")
    easy = Recommend("easy", "")
    old = with_rule(knowledge, fall, AvoidExercise("walk", Firmness.HARD))
    assert "exercise walk" in looser(old, with_rule(knowledge, fall, days))
    assert "category easy" in looser(knowledge, with_rule(knowledge, fall, days, easy))


def test_a_referral_that_withholds_all_is_not_looser_than_light_activity(
    knowledge: KnowledgeBase,
) -> None:
    fall = Is("fall", "big")
    days, today = (
        with_rule(knowledge, fall, Refer(level, "doctor", "Go."))
        for level in (Level.WITHIN_DAYS, Level.SAME_DAY)
    )
    assert not looser(days, today)


def test_a_doctor_who_need_no_longer_be_asked_is_looser(knowledge: KnowledgeBase) -> None:
    fall, ask, go = Is("fall", "big"), AtClearance("ask_first"), AtClearance("go")
    vigorous = Clearance("vigorous", "Ask before vigorous work", "Ask.", "", 1)
    first, last = knowledge.clearances.values()
    ranked = {first.id: first, vigorous.id: vigorous, last.id: replace(last, rank=2)}
    three = replace(knowledge, clearances=ranked)
    softer = with_rule(three, fall, AtClearance("vigorous"))
    assert looser(softer, three) == ["clearance vigorous"]
    assert not looser(three, softer)
    assert looser(three, with_rule(three, fall, go)) == ["clearance go"]
    assert not looser(with_rule(three, fall, go), three)
    assert "clearance ask_first" in looser(with_rule(three, fall, ask), softer)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": Kind.YES_NO, "answers": YES_NO},
        {"answers": RECENCY[:1] + RECENCY[2:]},
        {"answers": (*RECENCY, Option("tingling", "Tingling"))},
    ],
)
def test_answers_that_only_one_version_takes_are_not_called_the_same(
    change: Mapping[str, object], knowledge: KnowledgeBase
) -> None:
    numb = replace(knowledge.questions["numb"], **change)  # type: ignore[arg-type]
    rule = replace(knowledge.rules["numb-now"], when=Is("numb", numb.words[-1]))
    questions, rules = {**knowledge.questions, "numb": numb}, {**knowledge.rules, rule.id: rule}
    found = compare_meaning(knowledge, replace(knowledge, questions=questions, rules=rules))
    assert found.uncompared == ("numb",)
    assert found.unanswered


def test_numbers_that_only_one_version_takes_are_not_called_the_same(
    knowledge: KnowledgeBase,
) -> None:
    for low, high in ((0, 9), (0, 11), (11, 20)):
        pain = replace(knowledge.questions["pain"], low=low, high=high, harmless=low)
        other = replace(knowledge, questions={**knowledge.questions, "pain": pain})
        assert compare_meaning(knowledge, other).uncompared == ("pain",)


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
    assert [(c.id, c.what, c.fate) for c in changes] == [("calf", "question", RuleFate.REMOVED)]
    back = rule_changes(replace(knowledge, questions=fewer), knowledge)
    assert [c.fate for c in back] == [RuleFate.ADDED]


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
        ("exercise", "plank", RuleFate.REMOVED),
        ("flag", first.words, RuleFate.CHANGED),
        ("promise", shipped.safety.invariants[0].id, RuleFate.REMOVED),
    ]
    none = rule_changes(shipped, replace(shipped, safety=None))
    assert {one.fate for one in none} == {RuleFate.REMOVED}


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
