"""From `KnowledgeBase` to `Circuit`; from truths to outputs by the fixed combination, as gates.

It says what `assess/conflict_resolution.py`, `assess/fired_conclusions.py` and `assess/plan.py`
say, for every client at once; `tests/compile/test_circuit.py` holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from screening.compile.contradicted import contradicted
from screening.compile.effective_answers import AnswersRead, as_read, truths
from screening.compile.gates import Gates
from screening.compile.lower import lower
from screening.compile.rule_effects import Fired, SafetyGates, Tier
from screening.model.circuit import (
    Advises,
    Avoids,
    Behind,
    Blocks,
    Circuit,
    Clears,
    Concluded,
    Finds,
    LeavesLight,
    Limits,
    Offers,
    Output,
    Plans,
    Refers,
    Replaces,
    Stages,
    Wire,
    Withholds,
)
from screening.model.conclusions import ADVICE, AVOIDS, LISTINGS, listed, target_of
from screening.model.knowledge import KnowledgeBase
from screening.model.program import Atom, FindingAtom
from screening.model.rule import (
    AtStage,
    AvoidExercise,
    Conclusion,
    Find,
    Head,
    Keep,
    Limit,
    Modify,
    OfferOnly,
    Recommend,
    Refer,
)
from screening.model.terms import Stage
from screening.model.vocabularies import Firmness, Level, Verdict


class _About(NamedTuple):
    """One rule speaks about an exercise: fired, or undecided."""

    rule: str
    says: Conclusion
    sure: Wire
    waiting: Wire


@dataclass(frozen=True)
class Programme:
    """The verdict on every exercise."""

    fired: Fired
    safety: SafetyGates

    def outputs(self) -> Iterator[tuple[Output, Concluded]]:
        """Yield the three verdicts on each exercise, and what is offered instead."""
        for exercise in self.fired.knowledge.exercises:
            yield from self._verdicts(exercise)
            yield from self._alternatives(exercise)

    @cached_property
    def _about(self) -> Mapping[str, tuple[_About, ...]]:
        """What rules say about each exercise, in order of rule id."""
        found: dict[str, list[_About]] = {name: [] for name in self.fired.knowledge.exercises}
        for rule, says, sure in self.fired.said:
            about = _About(rule.id, says, sure, self.fired.waiting(Head(rule.id)))
            reached = self.fired.reaches(says)
            if isinstance(says, Keep):
                reached = (says.exercise,) if says.exercise else tuple(found)
            for exercise in dict.fromkeys(reached):
                found[exercise].append(about)
        return {name: tuple(about) for name, about in found.items()}

    def _tiers(self, exercise: str, kinds: tuple[type, ...]) -> tuple[Tier, Tier]:
        """Return the rules that say one kind of thing: those that fire, then the undecided."""
        about = [a for a in self._about[exercise] if isinstance(a.says, kinds)]
        sure = tuple(dict.fromkeys(Behind(a.rule, a.sure) for a in about))
        waiting = tuple(dict.fromkeys(Behind(a.rule, a.waiting) for a in about))
        return Tier(self.fired.any(sure), sure), Tier(self.fired.any(waiting), waiting)

    def left_out(self, exercise: str) -> Wire:
        """Return whether an exercise is avoided, or could still be."""
        return self.fired.gates.some(*(tier.when for tier in self._tiers(exercise, AVOIDS)))

    def _free(self, exercise: str) -> Wire:
        """Return whether an exercise is neither withheld nor paused."""
        gates = self.fired.gates
        light = self.fired.knowledge.exercises[exercise].light
        paused = gates.OFF if light else self.safety.leaves_light
        return gates.every(self.safety.unblocked, gates.opposite(paused))

    def _verdicts(self, exercise: str) -> Iterator[tuple[Output, Concluded]]:
        gates, free = self.fired.gates, self._free(exercise)
        avoiding = self._tiers(exercise, AVOIDS)
        modifying = self._tiers(exercise, (Modify,))
        avoid, modify = (gates.some(*(t.when for t in ts)) for ts in (avoiding, modifying))
        paused = gates.every(self.safety.unblocked, gates.opposite(free))
        rules = (
            *self.fired.while_(paused, self.safety.leaving_light),
            *self.fired.while_(free, self.fired.first_of(avoiding)),
        )
        when = gates.some(paused, gates.every(free, avoid))
        yield Plans(exercise, Verdict.AVOID), Concluded(when, rules)
        here = gates.every(free, gates.opposite(avoid))
        changed = gates.every(here, modify)
        rules = (
            *self.fired.while_(here, self.fired.first_of(modifying)),
            *self.fired.while_(changed, self._cues(exercise)),
        )
        yield Plans(exercise, Verdict.MODIFY), Concluded(changed, rules)
        here = gates.every(here, gates.opposite(modify))
        rules = self.fired.while_(here, self.fired.first_of(self._keeping(exercise)))
        yield Plans(exercise, Verdict.KEEP), Concluded(here, rules)

    def _cues(self, exercise: str) -> Iterator[Behind]:
        """Yield the verdicts of its own that keep an exercise with a cue."""
        for about in self._about[exercise]:
            if isinstance(about.says, Keep) and about.says.exercise and about.says.note:
                yield Behind(about.rule, about.sure)

    def _keeping(self, exercise: str) -> tuple[Tier, ...]:
        """Return the rules that keep an exercise: fired ones first, each time its own first."""
        about = [(a, a.says) for a in self._about[exercise] if isinstance(a.says, Keep)]
        named = [a for a, keep in about if keep.exercise]
        general = [a for a, keep in about if not keep.exercise]
        fired = ([Behind(a.rule, a.sure) for a in group] for group in (named, general))
        waiting = ([Behind(a.rule, a.waiting) for a in group] for group in (named, general))
        return tuple(
            Tier(self.fired.any(rules), tuple(dict.fromkeys(rules)))
            for rules in (*fired, *waiting)
        )

    def _alternatives(self, exercise: str) -> Iterator[tuple[Output, Concluded]]:
        """Yield what is offered instead of an exercise; nothing that could be left out."""
        gates, free = self.fired.gates, self._free(exercise)
        behind = self.fired.while_(free, self.fired.first_of(self._tiers(exercise, AVOIDS)))
        offered: dict[str, list[str]] = {}
        for about in self._about[exercise]:
            if isinstance(about.says, AvoidExercise):
                for other in about.says.instead:
                    offered.setdefault(other, []).append(about.rule)
        for other, names in offered.items():
            stays = gates.opposite(self.left_out(other))
            rules = self.fired.while_(stays, (b for b in behind if b.rule in names))
            yield Replaces(exercise, other), Concluded(self.fired.any(rules), rules)


def outputs(
    knowledge: KnowledgeBase, reading: AnswersRead, decided: Mapping[Atom, Wire]
) -> dict[Output, Concluded]:
    """Return when each output is concluded, and by which rules."""
    return dict(_Combination(Fired(knowledge, reading, decided)).outputs())


@dataclass(frozen=True)
class _Combination:
    """All clients' effects, being combined."""

    fired: Fired

    @cached_property
    def safety(self) -> SafetyGates:
        """Referrals, and what they leave."""
        return SafetyGates(self.fired)

    def outputs(self) -> Iterator[tuple[Output, Concluded]]:
        """Yield everything concluded."""
        for level in Level:
            if level > Level.NONE:
                yield Refers(level), self._any(self.safety.at_least(level))
        yield Blocks(), Concluded(self.safety.blocked, self.safety.blocking)
        yield LeavesLight(), self._any(self.safety.leaving_light)
        yield from self._findings()
        yield from self._stages()
        yield from self._clearances()
        yield from self._limits()
        for category in self.fired.knowledge.categories:
            yield from self._category(category)
        yield from self._avoids()
        yield from Programme(self.fired, self.safety).outputs()
        yield from self._advice()

    def _any(self, rules: tuple[Behind, ...]) -> Concluded:
        """Return what is concluded when any of the rules stands behind it."""
        return Concluded(self.fired.any(rules), rules)

    def _unblocked(self, when: Wire, rules: tuple[Behind, ...]) -> Concluded:
        """Return what is concluded unless everything is withheld."""
        clear = self.safety.unblocked
        gates = self.fired.gates
        return Concluded(gates.every(clear, when), self.fired.while_(clear, rules))

    def _findings(self) -> Iterator[tuple[Output, Concluded]]:
        for finding, strength in self.fired.knowledge.finders:
            when = self.fired.decided[FindingAtom(finding, strength, truth=True)]
            rules = self.fired.while_(when, self._finding(finding))
            yield Finds(finding, strength), Concluded(when, rules)

    def _finding(self, name: str) -> tuple[Behind, ...]:
        """Return the rules that find something, at whatever strength."""
        return self.fired.saying(Find, lambda c: c.finding == name)

    def _stages(self) -> Iterator[tuple[Output, Concluded]]:
        for stage in self.fired.knowledge.stages.values():
            yield Stages(stage.id), self._any(self._reaching(stage))

    def _reaching(self, stage: Stage) -> tuple[Behind, ...]:
        """Return the rules for a stage, while none is for a more cautious one on its axis."""
        stages = self.fired.knowledge.stages
        before = {
            other.id
            for other in stages.values()
            if other.axis == stage.axis and (other.rank, other.id) < (stage.rank, stage.id)
        }
        cautious = self.fired.saying(AtStage, lambda c: c.stage in before)
        none = self.fired.gates.opposite(self.fired.any(cautious))
        return self.fired.while_(none, self.fired.saying(AtStage, lambda c: c.stage == stage.id))

    def _clearances(self) -> Iterator[tuple[Output, Concluded]]:
        for clearance in self.fired.knowledge.clearances:
            rules = self.safety.asking_for(clearance)
            yield Clears(clearance), self._unblocked(self.fired.any(rules), rules)

    def _limits(self) -> Iterator[tuple[Output, Concluded]]:
        said = (c for _, c, _ in self.fired.said if isinstance(c, Limit))
        for name, at_most in sorted({(c.limit, c.at_most) for c in said}):
            rules = self._limiting(name, at_most)
            yield Limits(name, at_most), self._unblocked(self.fired.any(rules), rules)

    def _limiting(self, name: str, at_most: int) -> tuple[Behind, ...]:
        """Return the rules for a limit, while none sets a lower one."""
        lower = self.fired.saying(Limit, lambda c: c.limit == name and c.at_most < at_most)
        lowest = self.fired.gates.opposite(self.fired.any(lower))
        same = self.fired.saying(Limit, lambda c: (c.limit, c.at_most) == (name, at_most))
        return self.fired.while_(lowest, same)

    def _category(self, name: str) -> Iterator[tuple[Output, Concluded]]:
        """Yield whether a category that rules recommend is offered or withheld."""
        gates, safety = self.fired.gates, self.safety
        wanted = self.fired.saying(Recommend, lambda c: c.category == name)
        asked, light = self.fired.any(wanted), safety.leaves_light
        if self.fired.knowledge.categories[name].light:
            light = gates.OFF
        avoiding = self.fired.avoiding("category", name)
        capping = self.fired.saying(OfferOnly, lambda c: name not in c.categories)
        tiers = (
            Tier(safety.blocked, safety.blocking),
            Tier(light, safety.leaving_light),
            Tier(self.fired.any(avoiding), avoiding),
            Tier(self.fired.any(capping), capping),
        )
        kept_back = gates.some(*(tier.when for tier in tiers))
        given, withheld = (
            gates.every(asked, gates.opposite(kept_back)),
            gates.every(asked, kept_back),
        )
        yield Offers(name), Concluded(given, self.fired.while_(given, wanted))
        by = self.fired.while_(asked, self.fired.first_of(tiers))
        yield Withholds(name), Concluded(withheld, by)

    def _avoids(self) -> Iterator[tuple[Output, Concluded]]:
        for kind, target in self.fired.avoidable:
            rules = self.fired.avoiding(kind, target)
            yield (
                Avoids(kind, target, Firmness.SOFT),
                self._unblocked(self.fired.any(rules), rules),
            )
            hard = self.fired.avoided_hard(kind, target)
            behind = self.fired.while_(hard, rules)
            yield Avoids(kind, target, Firmness.HARD), self._unblocked(hard, behind)

    def _advice(self) -> Iterator[tuple[Output, Concluded]]:
        """Yield what is listed; under a block only what rules list that refer."""
        for listing in LISTINGS:
            for name in listing.ids(self.fired.knowledge):
                before = self._before(name)
                none = self.fired.gates.opposite(self.fired.any(before))
                rules = self.fired.while_(none, self._given(listing.key, name))
                yield Advises(name, listing.key), self._any(rules)

    def _before(self, name: str) -> tuple[Behind, ...]:
        """Return the rules for sentences that go before one, so that it is unsaid beside them."""
        before = self.fired.knowledge.before(name)
        return tuple(behind for one in before for behind in self._given(ADVICE.key, one))

    def _given(self, listing: str, name: str) -> tuple[Behind, ...]:
        """Return the rules that list something, while it does not wait for light activity."""
        said = self._listing.get((listing, name), ())
        rules = tuple(Behind(rule, self._unless_blocked(rule, when)) for rule, when in said)
        if not self.fired.knowledge.waits_while_light(name):
            return rules
        return self.fired.while_(self.fired.gates.opposite(self.safety.leaves_light), rules)

    @cached_property
    def _listing(self) -> Mapping[tuple[str, str], tuple[Behind, ...]]:
        """The rules that list something, by list and id, in order of rule id."""
        found: dict[tuple[str, str], dict[Behind, None]] = {}
        for rule, conclusion, when in self.fired.said:
            listing = listed(conclusion)
            if listing is not None:
                place = (listing.key, target_of(conclusion))
                found.setdefault(place, {})[Behind(rule.id, when)] = None
        return {place: tuple(rules) for place, rules in found.items()}

    def _unless_blocked(self, rule: str, when: Wire) -> Wire:
        then = self.fired.knowledge.rules[rule].then
        if any(isinstance(conclusion, Refer) for conclusion in then):
            return when
        return self.fired.gates.every(when, self.safety.unblocked)


KEPT = 2  # knowledge bases whose circuit is kept: what is, and what it is compared with


@lru_cache(maxsize=KEPT)
def circuit(knowledge: KnowledgeBase) -> Circuit:
    """Return all that screenings with a knowledge base that passed `check` conclude.

    Raises:
        CircularFindingsError: when findings depend on each other.

    """
    gates = Gates()
    reading = as_read(knowledge, gates)
    decided = truths(lower(knowledge), reading)
    concluded = outputs(knowledge, reading, decided)
    fired = Fired(knowledge, reading, decided)
    odd, safety = contradicted(fired), SafetyGates(fired)
    could = {level: safety.could_refer(level) for level in Level if level > Level.NONE}
    return Circuit(tuple(gates.written), reading.fills, decided, concluded, odd, could)
