"""What differs is said with the rules that make the difference, the most pressing first."""

from __future__ import annotations

from screening.batch.impact import COMPARED, ColumnDifference, ResultChange, result_change
from screening.batch.ordered_changes import Spool
from screening.model.vocabularies import Level

NOTHING = {**dict.fromkeys(COMPARED, ""), "referral": "none", "referral_by": ""}
REFERRED = {**NOTHING, "referral": "routine", "referral_by": "a, b"}


def test_the_rules_of_the_more_urgent_level_are_behind_a_change_of_level() -> None:
    sooner = ColumnDifference("referral", ("none",), ("routine",), ("a", "b"))
    assert result_change(NOTHING, REFERRED) == (sooner,)
    later = ColumnDifference("referral", ("routine",), ("none",), ("a", "b"))
    assert result_change(REFERRED, NOTHING) == (later,)


def test_other_rules_for_the_same_thing_are_no_change() -> None:
    before = {**REFERRED, "recommend": "walk: x; carry: y"}
    assert (
        result_change(before, {**before, "referral_by": "c", "recommend": "walk: z; carry"}) == ()
    )


def test_a_list_is_in_order_of_urgency_however_it_came() -> None:
    levels = (
        (Level.ROUTINE, Level.NONE),
        (Level.NONE, Level.MONITOR),
        (Level.MONITOR, Level.MONITOR),
        (Level.ROUTINE, Level.EMERGENCY),
        (Level.NONE, Level.ROUTINE),
        (Level.EMERGENCY, Level.ROUTINE),
        (Level.NONE, Level.ROUTINE),
    )
    differences = (ColumnDifference("findings", (), ("stiff supported",), ("a",)),)
    made = [ResultChange(f"ü{n}", n, *pair, differences) for n, pair in enumerate(levels)]
    spool = Spool()
    spool.add(made[:4])
    spool.add(made[4:])
    found = list(spool.changes())
    spool.close()
    assert [one.row for one in found] == [3, 4, 6, 1, 5, 0, 2]
    assert sorted(found, key=lambda one: one.row) == made
