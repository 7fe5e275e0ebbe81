"""What named people decided about a case, as far as it counts on the present answers."""

from __future__ import annotations

from collections.abc import Iterator

from screening.assess.fired_conclusions import Effects
from screening.model.assessment import Overruled
from screening.model.case import Case
from screening.model.decision import Agreement
from screening.model.vocabularies import Level


def agreement(case: Case) -> Agreement | None:
    """Return the agreement whose limits bound the plan: the last one before this screening."""
    return None if case.earlier is None else case.earlier.agreed


def overruled(case: Case, lifted: tuple[str, ...]) -> Iterator[Overruled]:
    """Yield every override so far, oldest first, with what it lifts now."""
    past = () if case.earlier is None else case.earlier.overrides
    record = case.record
    for override in (*past, *(() if record is None else record.lapsed)):
        yield Overruled(override)
    for override in () if record is None else record.overrides:
        yield Overruled(override, tuple(rule for rule in override.rules if rule in lifted))


def lifted(effects: Effects, case: Case) -> tuple[str, ...]:
    """Return the rules that withhold nothing because a trainer overrode them in this case.

    All or nothing: while one rule that refers within days or sooner was not overridden, none is
    lifted. An emergency is never.
    """
    if case.record is None or effects.level is Level.EMERGENCY:
        return ()
    decided = {rule for override in case.record.overrides for rule in override.rules}
    referring = withholding(effects)
    return referring if decided.issuperset(referring) else ()


def withholding(effects: Effects) -> tuple[str, ...]:
    """Return the rules whose referral withholds exercise, the most urgent first."""
    urgent = (r.id for level, r, _ in effects.referrals if level >= Level.WITHIN_DAYS)
    return tuple(dict.fromkeys(urgent))
