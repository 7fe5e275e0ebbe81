"""Whether a claim of a known case holds in what was concluded, and what was found instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from screening.assess.assess import ConcludedCase
from screening.assess.conflict_resolution import Combination
from screening.assess.fired_conclusions import Effects
from screening.assess.plan import planned
from screening.errors import assert_never
from screening.model.case_library import Claim, Verb
from screening.model.conclusions import target_of
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Head, Recommend
from screening.model.vocabularies import Pace, Strength, Truth, Verdict

PACES = {
    Verb.PROGRESS: Pace.PROGRESS,
    Verb.HOLD: Pace.HOLD,
    Verb.REGRESS: Pace.REGRESS,
    Verb.STOP: Pace.STOP,
}


@dataclass(frozen=True)
class ClaimStanding:
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
class ClaimStandings:
    """Reads claims against one client's conclusions."""

    knowledge: KnowledgeBase
    concluded: ConcludedCase

    @cached_property
    def effects(self) -> Effects:
        """What fired rules add up to before anything is withheld."""
        return Effects(self.knowledge, self.concluded.outcome)

    def of(self, claim: Claim) -> ClaimStanding:
        """Return how a claim stands."""
        standing = self._whoever(claim)
        if claim.by and standing.holds and claim.by not in standing.rules:
            return replace(standing, holds=False)
        return standing

    def _whoever(self, claim: Claim) -> ClaimStanding:
        """Return how a claim stands, whichever rules are behind it."""
        match claim.verb:
            case Verb.RECOMMEND:
                standing = self._recommend(claim.target)
            case Verb.AVOID:
                standing = self._avoid(claim)
            case Verb.MODIFY:
                standing = self._planned(claim.target, Verdict.MODIFY)
            case Verb.KEEP:
                standing = self._planned(claim.target, Verdict.KEEP)
            case Verb.FIND:
                standing = self._find(claim)
            case Verb.ADVISE:
                standing = self._advise(claim.target)
            case Verb.CLEARANCE:
                standing = self._clearance(claim.target)
            case Verb.PROGRESS | Verb.HOLD | Verb.REGRESS | Verb.STOP:
                standing = self._moved(claim.target, PACES[claim.verb])
            case Verb.STAGE | Verb.LIMIT | Verb.CONFIRM:
                standing = self._about_client(claim)
            case _ as never:
                assert_never(never)
        return standing

    def _recommend(self, category: str) -> ClaimStanding:
        made = self.concluded.assessment
        for given in made.recommend:
            if given.category == category:
                return ClaimStanding(True, "recommended", given.rules)
        for kept in made.withheld:
            if kept.target == category:
                avoided = ("category", category) in self.effects.avoided
                waiting = not avoided and not self._fired(kept.by)
                found = "held back by questions not answered" if waiting else "withheld"
                return ClaimStanding(False, found, kept.by, waiting)
        undecided = tuple(
            rule.id
            for rule, said in self.effects.said(Truth.UNDECIDED)
            if isinstance(said, Recommend) and target_of(said) == category
        )
        return ClaimStanding(False, "undecided" if undecided else "not recommended", undecided)

    def _fired(self, rules: Iterable[str]) -> bool:
        heads = self.concluded.outcome.heads
        return any(
            heads[Head(name, reading)] is Truth.TRUE
            for name in rules
            for reading in self.knowledge.rules[name].readings
        )

    def _avoid(self, claim: Claim) -> ClaimStanding:
        for (_, name), entry in sorted(self.effects.avoided.items()):
            if name == claim.target:
                holds = claim.least is None or entry.firmness >= claim.least
                return ClaimStanding(holds, f"avoided, {entry.firmness.word}", tuple(entry.rules))
        in_plan = claim.target in self.knowledge.exercises
        if in_plan and self._planned(claim.target, Verdict.AVOID).holds:
            return self._planned(claim.target, Verdict.AVOID)
        return ClaimStanding(False, "not avoided")

    def _clearance(self, clearance: str) -> ClaimStanding:
        asked = self.effects.clearance
        if asked is None or asked.id != clearance:
            return ClaimStanding(False, f"clearance {asked.id}" if asked else "no clearance")
        return self._unless_blocked("asked for", asked.rules)

    def _moved(self, category: str, pace: Pace) -> ClaimStanding:
        for moved in self.concluded.assessment.moves:
            if moved.category == category:
                found = f"verdict {moved.pace.word}"
                return ClaimStanding(moved.pace is pace, found, moved.rules)
        earlier, fired = self.concluded.case.earlier, self.effects.moves(category)
        if earlier is None or category not in earlier.offered or max(fired, default=None) != pace:
            return ClaimStanding(False, "no verdict")
        return self._unless_blocked(f"verdict {pace.word}", fired[pace])

    def _unless_blocked(self, found: str, rules: tuple[str, ...]) -> ClaimStanding:
        """Return what was found, or what holds it back while every conclusion is withheld."""
        by = self._combination.blocked
        if by is None:
            return ClaimStanding(True, found, rules)
        if self._fired(by):
            return ClaimStanding(False, "withheld", by)
        return ClaimStanding(False, "held back by questions not answered", by, waiting=True)

    @property
    def _combination(self) -> Combination:
        return Combination(self.effects, self.concluded.answers, self.concluded.case)

    def _planned(self, exercise: str, verdict: Verdict) -> ClaimStanding:
        made = self.concluded.assessment
        for plan in made.programme:
            if plan.exercise == exercise:
                return ClaimStanding(
                    plan.verdict is verdict, f"verdict {plan.verdict.word}", plan.rules
                )
        for kept in made.withheld:
            if kept.target == exercise:
                waiting = not self._fired(kept.by) and self._behind(exercise) is verdict
                found = "held back by questions not answered" if waiting else "withheld"
                return ClaimStanding(False, found, kept.by, waiting)
        return ClaimStanding(False, "no verdict")

    def _behind(self, exercise: str) -> Verdict:
        """Return the verdict on an exercise if nothing were held back by unanswered questions."""
        light = self.knowledge.exercises[exercise].light
        if not light and self._combination.only_light:
            return Verdict.AVOID
        return planned(self.effects, exercise, {}).verdict

    def _find(self, claim: Claim) -> ClaimStanding:
        for found in self.concluded.assessment.findings:
            if found.id == claim.target:
                holds = claim.least is None or found.strength >= claim.least
                return ClaimStanding(holds, f"found {found.strength.word}", found.rules)
        truth = self.concluded.outcome.findings[claim.target, Strength.SUSPECTED]
        return ClaimStanding(False, "undecided" if truth is Truth.UNDECIDED else "not found")

    def _about_client(self, claim: Claim) -> ClaimStanding:
        made = self.concluded.assessment
        for staged in made.stage:
            if claim.verb is Verb.STAGE and staged.id == claim.target:
                return ClaimStanding(True, "reached", staged.rules)
        for limited in made.limits:
            if claim.verb is Verb.LIMIT and limited.id == claim.target:
                holds = claim.number in {None, limited.at_most}
                return ClaimStanding(holds, f"at most {limited.at_most}", limited.rules)
        for asked in made.confirm:
            if claim.verb is Verb.CONFIRM and asked.question == claim.target:
                return ClaimStanding(True, "to be asked again", asked.could_change)
        found = {Verb.STAGE: "not reached", Verb.LIMIT: "no limit"}
        return ClaimStanding(False, found.get(claim.verb, "not to be asked again"))

    def _advise(self, advice: str) -> ClaimStanding:
        for given in self.concluded.assessment.advice:
            if given.id == advice:
                return ClaimStanding(True, "said", given.rules)
        return ClaimStanding(False, "not said")
