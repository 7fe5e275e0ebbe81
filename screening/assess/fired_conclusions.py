"""What fired rules add up to, before anything is withheld: the fixed combination, part one.

With what named people decided about a case, as far as it counts on the present answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from screening.model.assessment import Cleared, Overruled
from screening.model.case import Case, Outcome
from screening.model.conclusions import AVOIDS, Avoid, avoided_in, reached, target_of
from screening.model.decision import Agreement
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import (
    AtClearance,
    AvoidExercise,
    Conclusion,
    Head,
    Keep,
    Move,
    OfferOnly,
    Reading,
    Recommend,
    Refer,
    Rule,
)
from screening.model.vocabularies import Firmness, Level, Pace, Strength, Truth


@dataclass(frozen=True)
class Effects:
    """The conclusions of an outcome, by truth of the rule that says them.

    `agreed` is the clinician's agreement in force: what it leaves out is avoided like what rules
    avoid.
    """

    knowledge: KnowledgeBase
    outcome: Outcome
    agreed: Agreement | None = None

    def said(self, truth: Truth = Truth.TRUE) -> tuple[tuple[Rule, Conclusion], ...]:
        """Return what rules say whose condition has this truth, in order of rule id."""
        if truth not in self._said:
            heads = self.outcome.heads
            rules = (r for r in self.knowledge.live_rules if heads[Head(r.id)] is truth)
            self._said[truth] = tuple((rule, said) for rule in rules for said in rule.then)
        return self._said[truth]

    @cached_property
    def _said(self) -> dict[Truth, tuple[tuple[Rule, Conclusion], ...]]:
        return {}

    @cached_property
    def referrals(self) -> tuple[tuple[Level, Rule, Refer], ...]:
        """The referrals made, most urgent first, then in order of rule id.

        A rule whose condition holds only with unknown answers counted as meeting it refers at
        the level it declares for them.
        """
        made = [(c.level, rule, c) for rule, c in self.said() if isinstance(c, Refer)]
        certain = {rule.id for _, rule, _ in made}
        for rule in self.knowledge.live_rules:
            level = rule.level(Reading.POSSIBLE)
            possible = level > Level.NONE and rule.id not in certain
            if possible and self.outcome.fired(Head(rule.id, Reading.POSSIBLE)):
                made.append((level, rule, self._unsure_referral(rule, level)))
        return tuple(sorted(made, key=lambda m: (-m[0], m[1].id)))

    def _unsure_referral(self, rule: Rule, level: Level) -> Refer:
        """Return a rule's referral at the level it declares for unknown answers."""
        refer = next(c for c in rule.then if isinstance(c, Refer))
        usual = self.knowledge.levels[level].to if level in self.knowledge.levels else ""
        return Refer(level, usual if usual and level < refer.level else refer.to)

    @cached_property
    def level(self) -> Level:
        """The highest level any rule refers at."""
        return max((level for level, _, _ in self.referrals), default=Level.NONE)

    @cached_property
    def ended(self) -> tuple[str, ...]:
        """The rules that end the interview: no more than the emergency questions is asked."""
        return tuple(dict.fromkeys(rule.id for _, rule, _ in self.referrals if rule.ends))

    @cached_property
    def open_alarms(self) -> tuple[str, ...]:
        """The rules that could still refer today or now, in order of id."""
        return tuple(
            dict.fromkeys(
                head.rule
                for head in self.knowledge.heads
                if self.outcome.heads[head] is Truth.UNDECIDED
                and self.knowledge.rules[head.rule].level(head.reading) >= Level.SAME_DAY
            )
        )

    @cached_property
    def clearance(self) -> Cleared | None:
        """The strictest clearance any rule asks for; None while no rule fired."""
        asked = self.rules_for(AtClearance)
        strictest = min(asked, key=lambda c: self.knowledge.clearances[c].rank, default="")
        return Cleared(strictest, asked[strictest]) if strictest else None

    @cached_property
    def _caps(self) -> tuple[tuple[str, OfferOnly], ...]:
        return tuple((rule.id, c) for rule, c in self.said() if isinstance(c, OfferOnly))

    def capped(self, category: str) -> tuple[str, ...]:
        """Return the fired rules that offer only other categories."""
        rules = (rule for rule, cap in self._caps if category not in cap.categories)
        return tuple(dict.fromkeys(rules))

    @cached_property
    def may_offer(self) -> frozenset[str]:
        """The categories that a rule offers, or still could."""
        said = (*self.said(), *self.said(Truth.UNDECIDED))
        return frozenset(c.category for _, c in said if isinstance(c, Recommend))

    def firmness(self, conclusion: Avoid) -> Firmness:
        """Return how firm an avoid is, now that the finding it follows is known."""
        if isinstance(conclusion, AvoidExercise) and conclusion.follows:
            supported = self.outcome.findings[conclusion.follows, Strength.SUPPORTED]
            return Firmness.HARD if supported is Truth.TRUE else conclusion.firmness
        return conclusion.firmness

    def reaches(self, conclusion: Conclusion) -> tuple[str, ...]:
        """Return the exercises a conclusion avoids or modifies."""
        return reached(conclusion, self.knowledge.exercises_in)

    def about(self, exercise: str, truth: Truth) -> tuple[tuple[Rule, Conclusion], ...]:
        """Return what rules of this truth say about an exercise, in order of rule id."""
        return tuple(self._about[truth].get(exercise, ()))

    @cached_property
    def _about(self) -> Mapping[Truth, Mapping[str, list[tuple[Rule, Conclusion]]]]:
        about: dict[Truth, dict[str, list[tuple[Rule, Conclusion]]]] = {}
        for truth in (Truth.TRUE, Truth.UNDECIDED):
            found = about.setdefault(truth, {})
            for rule, conclusion in self.said(truth):
                for exercise in self._speaks_of(conclusion):
                    found.setdefault(exercise, []).append((rule, conclusion))
        return about

    def _speaks_of(self, conclusion: Conclusion) -> Iterable[str]:
        """Return the exercises a conclusion avoids, modifies or keeps, each once."""
        if not isinstance(conclusion, Keep):
            return self.reaches(conclusion)
        return (conclusion.exercise,) if conclusion.exercise else self.knowledge.exercises

    @cached_property
    def avoided(self) -> Mapping[tuple[str, str], Gathered]:
        """What is avoided, by kind (category, direction, exercise) and id."""
        found: dict[tuple[str, str], Gathered] = {}
        for rule, conclusion in self.said():
            if isinstance(conclusion, AVOIDS):
                for kind, target in self._targets(conclusion):
                    entry = found.setdefault((kind, target), Gathered())
                    entry.add(rule.id, self.firmness(conclusion))
        for kind, target in self._left_out():
            entry = found.setdefault((kind, target), Gathered())
            entry.agreed, entry.firmness = self.agreed, Firmness.HARD
        return found

    def _left_out(self) -> Iterator[tuple[str, str]]:
        """Yield what the agreement leaves out; with a category, the exercises in it."""
        for name in () if self.agreed is None else self.agreed.leave_out:
            if name in self.knowledge.categories:
                yield "category", name
                yield from (("exercise", e) for e in self.knowledge.exercises_in.get(name, ()))
            elif name in self.knowledge.exercises:
                yield "exercise", name

    def _targets(self, conclusion: Avoid) -> Iterator[tuple[str, str]]:
        yield from avoided_in(conclusion, self.knowledge.exercises_in)

    def moves(
        self, category: str | None, truth: Truth = Truth.TRUE
    ) -> Mapping[Pace, tuple[str, ...]]:
        """Return what rules of this truth say becomes of a category, and which ones do.

        Without a category, what they say becomes of every one.
        """
        found: dict[Pace, dict[str, None]] = {}
        for rule, conclusion in self.said(truth):
            if isinstance(conclusion, Move) and conclusion.category in (None, category):
                found.setdefault(conclusion.pace, {})[rule.id] = None
        return {pace: tuple(rules) for pace, rules in found.items()}

    def rules_for(self, kind: type) -> Mapping[str, tuple[str, ...]]:
        """Return the fired rules behind each target of one kind of conclusion."""
        return self._by_kind.get(kind, {})

    @cached_property
    def _by_kind(self) -> Mapping[type, Mapping[str, tuple[str, ...]]]:
        found: dict[type, dict[str, tuple[str, ...]]] = {}
        for rule, conclusion in self.said():
            targets = found.setdefault(type(conclusion), {})
            target = target_of(conclusion)
            targets[target] = (*targets.get(target, ()), rule.id)
        return found


@dataclass
class Gathered:
    """The rules that avoid one thing, and the firmest of them; or the agreement that does."""

    rules: dict[str, None] = field(default_factory=dict)
    firmness: Firmness = Firmness.SOFT
    agreed: Agreement | None = None

    def add(self, rule: str, firmness: Firmness) -> None:
        """Add one rule."""
        self.rules[rule] = None
        self.firmness = max(self.firmness, firmness)


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
