"""From an outcome to an `Assessment`: the fixed combination, with what is withheld and by whom.

The highest referral level wins and all its reasons are listed. Exercise conclusions are given only
once every emergency question is answered and every flag for today or now is certainly false
(positive clearance). `within_days` leaves usual light activity, and so does a clearance that is
marked so; a clearance never changes the referral. Avoid beats modify beats keep, and avoid beats
recommend; `offer_only` withholds every other category. What a clinician leaves out is avoided, and
a limit they set counts like a rule's. A trainer's override keeps the referral and lifts only what
it withholds, never in an emergency.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from screening.assess.contradictions import contradictions
from screening.assess.fired_conclusions import Effects, lifted, overruled
from screening.assess.plan import planned
from screening.assess.relevant_questions import live_questions
from screening.assess.scores import sums
from screening.model.assessment import (
    Advised,
    Assessment,
    Avoided,
    Found,
    Limited,
    Moved,
    Open,
    Planned,
    Progress,
    Recommended,
    Referral,
    Staged,
    Withheld,
)
from screening.model.case import Case
from screening.model.conclusions import LISTINGS, Listing, listed, target_of
from screening.model.decision import Agreement
from screening.model.expr import IsUnknown, leaves, named_questions
from screening.model.question import Value
from screening.model.rule import AtStage, Confirm, Find, Limit, Recommend, Refer, Rule
from screening.model.vocabularies import ASKED_UNKNOWN, Level, Pace, Strength, Truth, Verdict


def combine(
    effects: Effects,
    answers: Mapping[str, Value],
    case: Case,
    *,
    live: Mapping[str, tuple[str, ...]] | None = None,
) -> Assessment:
    """Return what an outcome adds up to.

    `answers` are the case's, with `NOT_APPLICABLE` where a question does not apply. What is still
    open is the slowest part; whoever does not look at it hands over `live`.
    """
    return Combination(effects, answers, case, live).assessment()


@dataclass(frozen=True)
class Combination:
    """One client's effects, being combined. `answers` hold `NOT_APPLICABLE` where it is so."""

    effects: Effects
    answers: Mapping[str, Value]
    case: Case
    given_live: Mapping[str, tuple[str, ...]] | None = None

    def assessment(self) -> Assessment:
        """Return everything concluded."""
        effects = self.effects
        open_ = tuple(Open(q, targets) for q, targets in self.live.items())
        return Assessment(
            status=self._status(),
            referral=self._referral(),
            findings=tuple(self._findings()),
            stage=tuple(self._stages()),
            limits=() if self.blocked is not None else tuple(self._limits()),
            recommend=tuple(
                replace(one, such_as=self._such_as(one.category))
                for one in self._recommended()
                if self._kept_back(one.category) is None
            ),
            avoid=() if self.blocked is not None else tuple(self._avoided()),
            withheld=tuple(self._withheld()),
            programme=tuple(self._programme()),
            advice=tuple(self._advice()),
            confirm=tuple(self._confirm()),
            open=open_,
            not_covered=self.case.other_exercises,
            draft_rules=len(
                {r for r in self._rules_behind() if not effects.knowledge.rules[r].reviewed}
            ),
            clearance=effects.clearance if self.blocked is None else None,
            moves=() if self.blocked is not None else tuple(self._moves()),
            overrides=tuple(overruled(self.case, self.lifted)),
            agreed=self.effects.agreed,
            contradictions=contradictions(
                effects.knowledge,
                effects.outcome,
                self.answers,
                self.case.answers,
                self.case.at_odds,
            ),
            scores=sums(effects.knowledge, self.answers),
        )

    @cached_property
    def live(self) -> Mapping[str, tuple[str, ...]]:
        """The questions that can still change something."""
        if self.given_live is not None:
            return self.given_live
        return live_questions(self.effects, self.answers, self.case.programme)

    @cached_property
    def unasked_emergencies(self) -> tuple[str, ...]:
        """The emergency questions not asked yet."""
        return tuple(
            q for q in self.effects.knowledge.emergency_questions if q not in self.answers
        )

    @cached_property
    def blocked(self) -> tuple[str, ...] | None:
        """The rules that withhold every exercise conclusion; None when nothing does.

        Empty when only an emergency question is unanswered that no rule is waiting for.
        """
        urgent = tuple(r.id for level, r, _ in self.effects.referrals if level >= Level.SAME_DAY)
        if urgent and not self.lifted:
            return urgent
        if self.effects.open_alarms or self.unasked_emergencies:
            return self.effects.open_alarms
        return None

    @cached_property
    def lifted(self) -> tuple[str, ...]:
        """The rules that withhold nothing because a trainer overrode them."""
        return lifted(self.effects, self.case)

    @cached_property
    def only_light(self) -> tuple[str, ...]:
        """The rules that leave usual light activity only: a referral's, then a clearance's."""
        effects = self.effects
        made = effects.referrals if effects.level is Level.WITHIN_DAYS else ()
        due = () if self.lifted else made
        rules = _unique(r.id for level, r, _ in due if level is Level.WITHIN_DAYS)
        asked = effects.clearance
        if asked is None or not effects.knowledge.clearances[asked.id].only_light:
            return rules
        return _unique((*rules, *asked.rules))

    def _status(self) -> Progress:
        level = self.effects.level
        over = level is Level.SAME_DAY or self.effects.ended
        lasting = over and not self.lifted and not self.unasked_emergencies
        stopped = level is Level.EMERGENCY or lasting
        if stopped:
            return Progress.STOPPED
        return Progress.INCOMPLETE if self.live else Progress.COMPLETE

    def _referral(self) -> Referral:
        level, made = self.effects.level, self.effects.referrals
        decisive = [(rule, refer) for at, rule, refer in made if at is level]
        return Referral(
            level=level,
            to=tuple(
                t
                for t in self.effects.knowledge.targets
                if any(refer.to == t for _, refer in decisive)
            ),
            tell=_unique(
                (*(refer.tell for _, refer in decisive if refer.tell), *self._unknown(decisive))
            ),
            rules=_unique(rule.id for _, rule, _ in made),
            decisive=_unique(rule.id for rule, _ in decisive),
        )

    def _unknown(self, decisive: Iterable[tuple[Rule, Refer]]) -> Iterator[str]:
        """Yield what to say of questions that were asked, not known, and decided a referral.

        Nobody is to report a symptom that was never said, so these rules' own words are not used.
        """
        knowledge = self.effects.knowledge
        names = _unique(
            knowledge.questions[name].short
            for rule, refer in decisive
            if not refer.tell or any(isinstance(leaf, IsUnknown) for leaf in leaves(rule.when))
            for name in named_questions(rule.when)
            if self.answers.get(name) in ASKED_UNKNOWN
        )
        if names:
            yield f"{knowledge.pack.title}. Not known, or not said: {'; '.join(names)}."

    def _findings(self) -> Iterator[Found]:
        knowledge, outcome = self.effects.knowledge, self.effects.outcome
        for finding in knowledge.findings:
            found = [s for s in Strength if outcome.findings[finding, s] is Truth.TRUE]
            if found:
                rules = (
                    rule.id
                    for rule, c in self.effects.said()
                    if isinstance(c, Find) and c.finding == finding
                )
                yield Found(finding, max(found), _unique(rules))

    def _stages(self) -> Iterator[Staged]:
        stages = self.effects.knowledge.stages
        by_axis: dict[str, tuple[int, str, tuple[str, ...]]] = {}
        for name, rules in self.effects.rules_for(AtStage).items():
            entry = (stages[name].rank, name, rules)
            axis = stages[name].axis
            by_axis[axis] = min(entry, by_axis.get(axis, entry))
        for axis, (_, name, rules) in by_axis.items():
            yield Staged(axis, name, _unique(rules))

    def _limits(self) -> Iterator[Limited]:
        """Yield the lowest limit of each kind: a rule's, or one a clinician set."""
        agreed = self.effects.agreed
        ordered = dict(() if agreed is None else agreed.limits)
        for limit in self.effects.knowledge.limits:
            set_by = [
                (conclusion.at_most, rule.id)
                for rule, conclusion in self.effects.said()
                if isinstance(conclusion, Limit) and conclusion.limit == limit
            ]
            numbers = [number for number, _ in set_by]
            numbers += [most for name, most in ordered.items() if name == limit]
            if numbers:
                lowest = min(numbers)
                rules = _unique(rule for number, rule in set_by if number == lowest)
                by = agreed if ordered.get(limit) == lowest else None
                yield Limited(limit, lowest, rules, by)

    def _recommended(self) -> Iterator[Recommended]:
        said = [(rule, c) for rule, c in self.effects.said() if isinstance(c, Recommend)]
        for category in self.effects.knowledge.categories:
            rules = _unique(rule.id for rule, c in said if c.category == category)
            if rules:
                notes = _unique(c.note for _, c in said if c.category == category and c.note)
                yield Recommended(category, notes, rules)

    def _such_as(self, category: str) -> str:
        """Return an exercise of a category that certainly stays as it is today, if one does.

        One of the client's own comes first, then one that a session may be built of.
        """
        known = self.effects.knowledge.exercises_in.get(category, ())
        own = (name for name in self.case.programme if name in known)
        exercises = self.effects.knowledge.exercises
        plain = (n for n in known if exercises[n].slot and not exercises[n].own_only)
        for name in dict.fromkeys((*own, *plain, *known)):
            if self.only_light and not exercises[name].light:
                continue
            found = planned(self.effects, name, self.live)
            if found.verdict is Verdict.KEEP and not found.open:
                return name
        return ""

    def _kept_back(self, category: str) -> tuple[str, ...] | None:
        """Return the rules that withhold a category; None when none does."""
        if self.blocked is not None:
            return self.blocked or ("",)
        if self.only_light and not self.effects.knowledge.categories[category].light:
            return self.only_light
        avoided = self.effects.avoided.get(("category", category))
        if avoided is not None:
            return tuple(avoided.rules)
        offered = () if self.case.earlier is None else self.case.earlier.offered
        stopped = self.effects.moves(category).get(Pace.STOP, ()) if category in offered else ()
        return self.effects.capped(category) or stopped or None

    def _moves(self) -> Iterator[Moved]:
        """Yield what becomes of each category offered last time; the most cautious rule wins.

        What is kept back now stops. While a more cautious rule is undecided it is held at least.
        A category no rule speaks about is left out.
        """
        offered = () if self.case.earlier is None else self.case.earlier.offered
        for category in offered:
            kept_back = self._kept_back(category)
            if kept_back is not None:
                yield Moved(category, Pace.STOP, tuple(filter(None, kept_back)))
                continue
            fired = self.effects.moves(category)
            pace = max(fired, default=Pace.PROGRESS)
            waiting = self.effects.moves(category, Truth.UNDECIDED)
            stricter = _unique(r for p in waiting if p > pace for r in waiting[p])
            if pace is Pace.PROGRESS and stricter:
                yield Moved(category, Pace.HOLD, stricter)
            elif fired:
                yield Moved(category, pace, fired[pace])

    def _avoided(self) -> Iterator[Avoided]:
        for (kind, target), entry in sorted(self.effects.avoided.items()):
            yield Avoided(target, kind, entry.firmness, tuple(entry.rules), entry.agreed)

    def _withheld(self) -> Iterator[Withheld]:
        for entry in self._recommended():
            by = self._kept_back(entry.category)
            if by is not None:
                left_out = self._left_out_by(entry.category)
                yield Withheld(entry.category, tuple(filter(None, by)), entry.rules, left_out)
        if self.blocked is None:
            return
        if self.effects.clearance is not None:
            yield Withheld(self.effects.clearance.id, self.blocked, self.effects.clearance.rules)
        for plan in self._plans:
            yield Withheld(plan.exercise, self.blocked, plan.rules)
        listed = set(self.case.programme)
        for avoided in self._avoided():
            if avoided.kind == "exercise" and avoided.target not in listed:
                yield Withheld(avoided.target, self.blocked, avoided.rules)

    def _left_out_by(self, category: str) -> Agreement | None:
        """Return the agreement that leaves a category out, where nothing else withholds it."""
        entry = self.effects.avoided.get(("category", category))
        return None if entry is None or self.blocked is not None else entry.agreed

    @cached_property
    def _plans(self) -> tuple[Planned, ...]:
        return tuple(planned(self.effects, e, self.live) for e in self.case.programme)

    def _programme(self) -> Iterator[Planned]:
        if self.blocked is None:
            for plan in self._plans:
                exercise = self.effects.knowledge.exercises[plan.exercise]
                yield (
                    plan
                    if not self.only_light or exercise.light
                    else paused(plan, self.only_light)
                )

    def _advice(self) -> Iterator[Advised]:
        """Yield what is listed, list by list; under a block only what rules say that refer."""
        given: dict[tuple[Listing, str], dict[str, None]] = {}
        referring = {rule.id for _, rule, _ in self.effects.referrals}
        for rule, conclusion in self.effects.said():
            listing = listed(conclusion)
            if listing is not None and (self.blocked is None or rule.id in referring):
                given.setdefault((listing, target_of(conclusion)), {})[rule.id] = None
        knowledge = self.effects.knowledge
        light = bool(self.only_light)
        said = {name for _, name in given if not (light and knowledge.waits_while_light(name))}
        for listing in LISTINGS:
            for name in listing.ids(knowledge):
                unsaid = name not in said or not said.isdisjoint(knowledge.before(name))
                if (listing, name) in given and not unsaid:
                    yield Advised(name, tuple(given[listing, name]), listing)

    def _confirm(self) -> Iterator[Open]:
        for rule, conclusion in self.effects.said():
            if isinstance(conclusion, Confirm):
                for question in conclusion.questions:
                    yield Open(question, (rule.id,))

    def _rules_behind(self) -> Iterator[str]:
        """Yield the rules behind everything said, for the count of unreviewed ones."""
        if self.blocked is not None:
            yield from (rule.id for _, rule, _ in self.effects.referrals)
            yield from self.blocked
            return
        for rule, conclusion in self.effects.said():
            if not rule.cell or isinstance(conclusion, Refer):
                yield rule.id
        for plan in self._plans:
            yield from plan.rules


def paused(plan: Planned, by: tuple[str, ...]) -> Planned:
    """Return a plan that leaves an exercise out until somebody has looked."""
    return Planned(plan.exercise, Verdict.AVOID, "", (), by)


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
