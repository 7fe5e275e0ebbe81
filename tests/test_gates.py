"""What stands in front of a question about a sign for now or today, by name and why."""

from __future__ import annotations

from screening.model.expr import asked_in
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Level
from screening.verify.asked import urgent_questions

OPENED = {
    "leg_weak": "the tick for a weaker leg asks it, and nothing else",
    "foot": "the tick for a foot that drags asks it, and nothing else",
    "trauma_assessed": "it tells more of the accident",
    "bruise": "it tells more of the accident",
    "pain_start_when": "it tells more of how the pain started",
    "ces_assessed": "it tells more of an older change",
    "leg_weak_side": "it tells which leg; both legs are asked of everybody",
    "sexual": "it counts beside another sign of the nerves only, and is private",
    "fever_over": "it tells more of the fever",
    "belly_how": "it tells more of the belly pain",
    "side_signs": "it tells more of pain in the side",
    "groin": "the tick for the groin asks it, of men",
    "infrisk": "the other half of the rule: new or worse pain, or a fever",
    "eye": "the other half of the rule: long-lasting pain that likes moving",
    "cannot_stand": "it hangs on how strong the pain is, asked of everybody",
    "effort_signs": "it tells more of signs with effort, asked of everybody",
    "perhaps_pregnant": "it tells more of the belly pain, of those not known pregnant",
    "pregnancy_signs": "of those who are or may be pregnant",
    "pregnancy_stop": "of those who are pregnant",
    "self_harm": "of those with a low mood",
}
"""Every emergency or same-day question that is not asked of everybody in a first screening."""


def test_no_urgent_question_stands_behind_another_but_those_named_here(
    shipped: KnowledgeBase,
) -> None:
    often = {q.id for q in shipped.summing_questions if follows(shipped, q.id)}
    waiting = {
        question.id
        for question in urgent_questions(shipped)
        if not waits_for(shipped, question.id) <= {"follow_up", *often}
    }
    assert waiting - OPENED.keys() - of_sex(shipped) == set()
    assert OPENED.keys() - waiting == set()


def test_what_sums_up_several_things_is_asked_in_follow_ups_only(shipped: KnowledgeBase) -> None:
    """In a first screening a no to one thing never hides the sign of another."""
    for whole in shipped.summing_questions:
        urgent = [n for n in whole.sums_up if shipped.questions[n].safety >= Level.SAME_DAY]
        assert len(whole.sums_up) == 1 or not urgent or follows(shipped, whole.id), whole.id


def test_every_sign_that_was_hidden_is_an_item_of_a_list(shipped: KnowledgeBase) -> None:
    health = ("cancer", "brittle_bones", "simple_break", "steroids", "thinner", "back_operation")
    assert shipped.tick_lists["health_ticks"].items == health
    for name, items in (("leg_ticks", 4), ("elsewhere", 8), ("very_unwell", 6)):
        listed = shipped.items_of(name)
        assert len(listed) == items
        assert all(one.only_if is None or one.id == "groin_sign" for one in listed) or (
            name == "very_unwell"  # in a follow-up behind its own quick question
        )


def follows(shipped: KnowledgeBase, name: str) -> bool:
    """Tell whether a question is asked in follow-ups only."""
    return waits_for(shipped, name) == {"follow_up"}


def of_sex(shipped: KnowledgeBase) -> set[str]:
    """Return the questions that only wait for age or sex."""
    return {n for n in shipped.questions if waits_for(shipped, n) <= {"age", "sex"}}


def waits_for(shipped: KnowledgeBase, name: str) -> set[str]:
    """Return the questions whose answers decide whether this one is asked."""
    only_if = shipped.questions[name].only_if
    return set() if only_if is None else {*asked_in(only_if, shipped.members)}
