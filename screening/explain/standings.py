"""Where any target stands, from findings and referrals to exercises and directions of load."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from screening.assess.fired_conclusions import Gathered
from screening.explain.evidence import Ground
from screening.explain.explanation import (
    Position,
    Standing,
    against_referral,
    not_reached,
    override_words,
    saying,
    withheld,
    withheld_by,
)
from screening.explain.subject import Subject, Unlisted
from screening.model.conclusions import ADVICE, listed, listing_of, said_under_block, target_of
from screening.model.ids import Sort
from screening.model.rule import (
    AtClearance,
    AtStage,
    AvoidDemand,
    AvoidExercise,
    Confirm,
    Keep,
    Limit,
    Modify,
    Reading,
    Recommend,
    Refer,
)
from screening.model.terms import LimitKind
from screening.model.vocabularies import Firmness, Level, Strength, Truth, Verdict

LEAVE_OUT = {Firmness.SOFT: "leave out for now", Firmness.HARD: "leave out until it has settled"}


def category(ground: Ground, category: str) -> Position:
    """Return where a category stands: a referral withholds it, an avoid overrides it.

    In a follow-up it also says what becomes of it, where the earlier screening offered it.
    """
    place = _offered(ground, category)
    moved = next((m for m in ground.assessment.moves if m.category == category), None)
    if moved is None:
        return place
    says = f"{place.says}; since last time: {moved.pace.word}"
    fired = ground.fired(moved.rules)
    rules = place.rules + tuple(rule for rule in fired if rule not in place.rules)
    reached = place.standing in (Standing.REFUTED, Standing.UNDECIDED) and bool(fired)
    standing = Standing.CONCLUDED if reached else place.standing
    return replace(place, standing=standing, says=says, rules=rules)


def _offered(ground: Ground, category: str) -> Position:
    could = saying(ground, lambda c: isinstance(c, Recommend) and c.category == category)
    rules = ground.fired(could)
    if rules and (blocked := withheld_by(ground, light=_light(ground, category))) is not None:
        return Position(Standing.WITHHELD, withheld(ground), rules, blocked, could)
    avoided = ground.effects.avoided.get(("category", category))
    if avoided is not None and ground.combination.blocked is None:
        says, against = _left_out(avoided), tuple(avoided.rules)
        if rules:
            return Position(Standing.OVERRIDDEN, says, rules, against, could)
        return Position(Standing.CONCLUDED, says, against, could=could, denied=True)
    if rules and (capped := ground.effects.capped(category)):
        titles = "; ".join(ground.knowledge.rules[rule].title for rule in capped)
        return Position(Standing.WITHHELD, f"withheld: {titles}", rules, capped, could)
    if rules:
        place = Position(Standing.CONCLUDED, "offered", rules, could=could)
        return against_referral(ground, place, light=_light(ground, category))
    return not_reached(ground, could, "not offered")


def _left_out(avoided: Gathered) -> str:
    """Return how firmly something is left out, or by whom."""
    if avoided.agreed is not None:
        return f"left out by {avoided.agreed.who}"
    return LEAVE_OUT[avoided.firmness]


def _light(ground: Ground, category: str) -> bool:
    return ground.knowledge.categories[category].light


def exercise(ground: Ground, exercise: str) -> Position:
    """Return where an exercise stands, as if it were in the programme."""
    plan = ground.plan(exercise)
    light = ground.knowledge.exercises[exercise].light
    blocked = withheld_by(ground, light=light)
    if blocked is not None:
        return Position(Standing.WITHHELD, withheld(ground), plan.rules, blocked)
    offered = ", ".join(ground.knowledge.exercises[e].name for e in plan.alternatives)
    says = {
        Verdict.KEEP: f"keep. {plan.instead}" if plan.instead else "keep",
        Verdict.MODIFY: f"change. {plan.instead}",
        Verdict.AVOID: "leave out for now" + (f". Instead: {offered}" if offered else ""),
    }[plan.verdict]
    if plan.agreed is not None:
        says = f"left out by {plan.agreed.who}" + (f". Instead: {offered}" if offered else "")
        return Position(Standing.CONCLUDED, says, plan.rules, denied=True)
    if ground.fired(plan.rules) != plan.rules:
        until = "until answered" if plan.open else "an answer is not known"
        return Position(Standing.UNDECIDED, f"{says} ({until})", could=plan.rules)
    if not plan.rules:
        return not_reached(ground, _keepers(ground, exercise), "no rule speaks about it")
    denied = plan.verdict is not Verdict.KEEP
    place = Position(Standing.CONCLUDED, says, plan.rules, denied=denied)
    left_out = plan.verdict is Verdict.AVOID
    return place if left_out else against_referral(ground, place, light=light)


def _keepers(ground: Ground, exercise: str) -> tuple[str, ...]:
    """Return the rules that keep an exercise."""
    return saying(
        ground,
        lambda c: isinstance(c, Keep | AvoidExercise | Modify) and c.exercise in {None, exercise},
    )


def direction(ground: Ground, direction: str) -> Position:
    """Return where a direction of load stands: left out or not."""
    could = saying(ground, lambda c: isinstance(c, AvoidDemand) and c.direction == direction)
    avoided = ground.effects.avoided.get(("direction", direction))
    if avoided is None:
        return not_reached(ground, could, "not left out")
    if ground.combination.blocked is not None:
        blocked = ground.combination.blocked
        return Position(Standing.WITHHELD, withheld(ground), tuple(avoided.rules), blocked)
    return Position(Standing.CONCLUDED, LEAVE_OUT[avoided.firmness], tuple(avoided.rules))


def position(ground: Ground, target: Subject) -> Position:
    """Return where a target stands."""
    return _POSITIONS[target.sort](ground, target.id)


def _finding(ground: Ground, finding: str) -> Position:
    found = next((f for f in ground.assessment.findings if f.id == finding), None)
    if found is not None:
        return Position(Standing.CONCLUDED, f"found ({found.strength.word})", found.rules)
    could = ground.knowledge.finders[finding, Strength.SUSPECTED]
    return not_reached(ground, could, "not found")


def _stage(ground: Ground, stage: str) -> Position:
    could = saying(ground, lambda c: c == AtStage(stage))
    axis = ground.knowledge.stages[stage].axis
    reached = next((s for s in ground.assessment.stage if s.axis == axis), None)
    rules = ground.fired(could)
    if reached is not None and reached.id == stage:
        return Position(Standing.CONCLUDED, f"stage ({axis})", rules)
    if rules and reached is not None:
        winner = ground.knowledge.stages[reached.id].title
        return Position(
            Standing.OVERRIDDEN, f"“{winner}” is more cautious", rules, reached.rules, could
        )
    return not_reached(ground, could, "not reached")


def _limit(ground: Ground, limit: str) -> Position:
    could = saying(ground, lambda c: isinstance(c, Limit) and c.limit == limit)
    reached = next((found for found in ground.assessment.limits if found.id == limit), None)
    if reached is not None:
        by = f" (set by {reached.agreed.who})" if reached.agreed else ""
        says = f"at most {amount(ground.knowledge.limits[limit], reached.at_most)}{by}"
        return Position(Standing.CONCLUDED, says, reached.rules)
    if rules := ground.fired(could):
        blocked = ground.combination.blocked or ()
        return Position(Standing.WITHHELD, withheld(ground), rules, blocked)
    return not_reached(ground, could, "no limit from these answers")


def amount(limit: LimitKind, at_most: int) -> str:
    """Return a limit with its unit.

    >>> amount(LimitKind("pain", "Pain", "points"), 3)
    '3 points'
    """
    return f"{at_most} {limit.unit}".strip()


def _advice(ground: Ground, name: str) -> Position:
    """Return the position of something on a list."""
    given = next((a for a in ground.assessment.advice if a.id == name), None)
    if given is not None:
        return Position(Standing.CONCLUDED, given.listing.says, given.rules)
    could = saying(ground, lambda c: listed(c) is not None and target_of(c) == name)
    if rules := ground.fired(could):
        before = ground.knowledge.before(name)
        first = next((one for one in ground.assessment.advice if one.id in before), None)
        if first is not None:
            return Position(Standing.WITHHELD, f"gives way to `{first.id}`", rules, first.rules)
        blocked = ground.combination.blocked or ()
        return Position(Standing.WITHHELD, withheld(ground), rules, blocked)
    listing = listing_of(ground.knowledge, name) or ADVICE
    return not_reached(ground, could, listing.silent)


def _confirm(ground: Ground, question: str) -> Position:
    could = saying(ground, lambda c: isinstance(c, Confirm) and question in c.questions)
    rules = ground.fired(could)
    if rules:
        return Position(Standing.CONCLUDED, "ask again: answers do not fit together", rules)
    return not_reached(ground, could, "nothing to confirm")


def _referral(ground: Ground, _: str) -> Position:
    referral = ground.assessment.referral
    if referral.level is Level.NONE:
        return _level(ground, Level.NONE.word)
    sent = _sent(ground, referral.level)
    says = (
        f"{sent}. It stays, though {override_words(ground)}" if ground.assessment.lifted else sent
    )
    return Position(Standing.CONCLUDED, says, referral.decisive)


def _sent(ground: Ground, level: Level) -> str:
    """Return a level's title and whom to see."""
    to = ", ".join(ground.knowledge.targets[t].title for t in ground.assessment.referral.to)
    return f"{ground.knowledge.levels[level].title}: {to}" if to else level.word


def _level(ground: Ground, word: str) -> Position:
    """Return the position of one level: the highest wins, the others are listed."""
    level = next(level for level in Level if level.word == word)
    reached = ground.assessment.referral
    could = _referring(ground, (level,))
    if level is reached.level:
        says = _sent(ground, level) if reached.rules else "no rule refers on these answers"
        higher = _referring(ground, tuple(other for other in Level if other > level))
        return Position(Standing.CONCLUDED, says, reached.decisive, could=higher)
    if level < reached.level:
        made = _unique(rule.id for at, rule, _ in ground.effects.referrals if at is level)
        winner = f"{ground.knowledge.levels[reached.level].title} is more urgent"
        if made or level is Level.NONE:
            return Position(Standing.OVERRIDDEN, winner, made, reached.decisive, could)
    return not_reached(ground, could, "no rule refers so on these answers")


def _clearance(ground: Ground, _: str) -> Position:
    """Return the position of the clearance axis: that of the strictest asked for."""
    asked = ground.effects.clearance
    if asked is not None:
        found = _clearance_kind(ground, asked.id)
        if found.standing is not Standing.CONCLUDED:
            return found
        return replace(found, says=ground.knowledge.clearances[asked.id].title)
    could = saying(ground, lambda c: isinstance(c, AtClearance))
    return not_reached(ground, could, "no rule asks for any")


def _clearance_kind(ground: Ground, clearance: str) -> Position:
    """Return the position of one clearance: the strictest wins; an urgent referral goes first."""
    asked, kinds = ground.effects.clearance, ground.knowledge.clearances
    could = saying(ground, lambda c: c == AtClearance(clearance))
    rules = ground.fired(could)
    if not rules or asked is None:
        return not_reached(ground, could, "no rule asks for it")
    if ground.combination.blocked is not None:
        return Position(Standing.WITHHELD, withheld(ground), rules, ground.combination.blocked)
    if asked.id != clearance:
        says = f"“{kinds[asked.id].title}” is stricter"
        return Position(Standing.OVERRIDDEN, says, rules, asked.rules, could)
    stricter = {c.id for c in kinds.values() if c.rank < kinds[clearance].rank}
    higher = saying(ground, lambda c: isinstance(c, AtClearance) and c.clearance in stricter)
    says = kinds[clearance].say or kinds[clearance].meanwhile
    return Position(Standing.CONCLUDED, says, rules, could=higher)


def _referring(ground: Ground, levels: tuple[Level, ...]) -> tuple[str, ...]:
    return tuple(
        rule.id
        for rule in ground.knowledge.live_rules
        if any(rule.level(reading) in levels for reading in rule.readings)
        and any(isinstance(c, Refer) for c in rule.then)
    )


def _rule(ground: Ground, name: str) -> Position:
    """Return the position of a rule: whether it fires, and whether what it says is given."""
    if ground.truth(name) is Truth.TRUE:
        rule = ground.knowledge.rules[name]
        kept_back = not any(map(said_under_block, rule.then))
        if kept_back and ground.combination.blocked is not None:
            blocked = ground.combination.blocked
            return Position(Standing.WITHHELD, withheld(ground), (name,), blocked)
        return Position(Standing.CONCLUDED, "fires", (name,))
    if name in ground.assessment.referral.rules:
        level = ground.knowledge.rules[name].level(Reading.POSSIBLE).word
        return Position(Standing.CONCLUDED, f"refers ({level}): an answer is unknown", (name,))
    if name not in {rule.id for rule in ground.knowledge.live_rules}:
        return Position(Standing.REFUTED, "retired: it never fires")
    return not_reached(ground, (name,), "does not fire")


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


_POSITIONS: Mapping[Sort | Unlisted, Callable[[Ground, str], Position]] = {
    Sort.FINDING: _finding,
    Sort.CATEGORY: category,
    Sort.EXERCISE: exercise,
    Sort.STAGE: _stage,
    Sort.LIMIT: _limit,
    Unlisted.LEVEL: _level,
    Unlisted.REFERRAL: _referral,
    Unlisted.DIRECTION: direction,
    Sort.ADVICE: _advice,
    Unlisted.CONFIRM: _confirm,
    Sort.RULE: _rule,
    Unlisted.CLEARANCE: _clearance,
    Sort.CLEARANCE: _clearance_kind,
}
