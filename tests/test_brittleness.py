"""One odd answer about a movement does not turn a plan over: a small sample of the benchmark."""

from __future__ import annotations

from brittleness import DIRECTIONS, MOST, flipped, freed_by, jump_share, measured

from screening.engines.applicable import with_harmless_rest
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Verdict


def test_no_odd_answer_gives_back_what_two_others_take_and_few_change_much(
    shipped: KnowledgeBase,
) -> None:
    found = measured(shipped, 30)
    assert found.eased > 20
    assert found.freed == []
    assert jump_share(found) < MOST


def test_what_was_given_back_is_noticed_but_for_the_very_exercise(shipped: KnowledgeBase) -> None:
    before = {"sit_up": Verdict.AVOID, "plank": Verdict.KEEP, "deadlift": Verdict.AVOID}
    after = {"sit_up": Verdict.KEEP, "plank": Verdict.KEEP, "deadlift": Verdict.KEEP}
    own = shipped.exercises["deadlift"].performed_as
    assert list(freed_by(shipped, "bend_forward", before, after)) == ["deadlift", "sit_up"]
    assert list(freed_by(shipped, own, before, after)) == ["sit_up"]


def test_an_answer_counts_as_odd_where_two_others_of_its_direction_hurt(
    shipped: KnowledgeBase,
) -> None:
    hurting = shipped.members[DIRECTIONS[0]][:3]
    answers = with_harmless_rest(shipped, dict.fromkeys(hurting, "provokes"))
    tried = [one for one in flipped(shipped, 0, answers) if one.movement == hurting[0]]
    assert {(one.now, one.eases) for one in tried} == {("relieves", True), ("no_effect", True)}
    two = with_harmless_rest(shipped, dict.fromkeys(hurting[:2], "provokes"))
    assert not any(one.eases for one in flipped(shipped, 0, two) if one.movement == hurting[0])
