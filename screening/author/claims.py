"""Whether a claim of a known case holds in what was concluded, and what was found instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from screening.assess.assess import Concluded
from screening.assess.combine import Combination
from screening.assess.effects import Effects, target_of
from screening.assess.plan import planned
from screening.errors import assert_never
from screening.model.knowledge import KnowledgeBase
from screening.model.library import Claim, Verb
from screening.model.rule import Head, Recommend
from screening.model.words import Strength, Truth, Verdict


@dataclass(frozen=True)
class Standing:
    """What was found about a claim. `waiting` is held back only by questions not answered."""

    holds: bool
    found: str
    rules: tuple[str, ...] = ()
    waiting: bool = False

    @property
    def words(self) -> str:
        """What was found, and by which rules."""
        by = f" ({', '.join(self.rules)})" if self.rules else ""
        return self.found + by


@dataclass(frozen=True)
class Standings:
    """Reads claims against one client's conclusions."""

    knowledge: KnowledgeBase
    concluded: Concluded

    @cached_property
    def effects(self) -> Effects:
        """What fired rules add up to before anything is withheld."""
        return Effects(self.knowledge, self.concluded.outcome)

    def of(self, claim: Claim) -> Standing:
        """Return how a claim stands."""
        match claim.verb:
            case Verb.RECOMMEND:
                return self._recommend(claim.target)
            case Verb.AVOID:
                return self._avoid(claim)
            case Verb.MODIFY:
                return self._planned(claim.target, Verdict.MODIFY)
            case Verb.KEEP:
                return self._planned(claim.target, Verdict.KEEP)
            case Verb.FIND:
                return self._find(claim)
            case Verb.ADVISE:
                return self._advise(claim.target)
        assert_never(claim.verb)

    def _recommend(self, category: str) -> Standing:
        made = self.concluded.assessment
        for given in made.recommend:
            if given.category == category:
                return Standing(True, "recommended", given.rules)
        for kept in made.withheld:
            if kept.target == category:
                avoided = ("category", category) in self.effects.avoided
                waiting = not avoided and not self._fired(kept.by)
                found = "held back by questions not answered" if waiting else "withheld"
                return Standing(False, found, kept.by, waiting)
        undecided = tuple(
            rule.id
            for rule, said in self.effects.said(Truth.UNDECIDED)
            if isinstance(said, Recommend) and target_of(said) == category
        )
        return Standing(False, "undecided" if undecided else "not recommended", undecided)

    def _fired(self, rules: Iterable[str]) -> bool:
        heads = self.concluded.outcome.heads
        return any(
            heads[Head(name, reading)] is Truth.TRUE
            for name in rules
            for reading in self.knowledge.rules[name].readings
        )

    def _avoid(self, claim: Claim) -> Standing:
        for (_, name), entry in sorted(self.effects.avoided.items()):
            if name == claim.target:
                holds = claim.least is None or entry.firmness >= claim.least
                return Standing(holds, f"avoided, {entry.firmness.word}", tuple(entry.rules))
        standing = self._planned(claim.target, Verdict.AVOID)
        return standing if standing.holds else Standing(False, "not avoided")

    def _planned(self, exercise: str, verdict: Verdict) -> Standing:
        made = self.concluded.assessment
        for plan in made.programme:
            if plan.exercise == exercise:
                return Standing(
                    plan.verdict is verdict, f"verdict {plan.verdict.word}", plan.rules
                )
        for kept in made.withheld:
            if kept.target == exercise:
                waiting = not self._fired(kept.by) and self._behind(exercise) is verdict
                found = "held back by questions not answered" if waiting else "withheld"
                return Standing(False, found, kept.by, waiting)
        return Standing(False, "no verdict")

    def _behind(self, exercise: str) -> Verdict:
        """Return the verdict on an exercise if nothing were held back by unanswered questions."""
        concluded = self.concluded
        light = self.knowledge.exercises[exercise].light
        if not light and Combination(self.effects, concluded.answers, concluded.case).only_light:
            return Verdict.AVOID
        return planned(self.effects, exercise, {}).verdict

    def _find(self, claim: Claim) -> Standing:
        for found in self.concluded.assessment.findings:
            if found.id == claim.target:
                holds = claim.least is None or found.strength >= claim.least
                return Standing(holds, f"found {found.strength.word}", found.rules)
        truth = self.concluded.outcome.findings[claim.target, Strength.SUSPECTED]
        return Standing(False, "undecided" if truth is Truth.UNDECIDED else "not found")

    def _advise(self, advice: str) -> Standing:
        for given in self.concluded.assessment.advice:
            if given.id == advice:
                return Standing(True, "said", given.rules)
        return Standing(False, "not said")
