"""What becomes of each exercise of the catalogue, were it in the programme, as gates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from screening.compile.circuit.rule_effects import Fired, Tier
from screening.compile.circuit.safety import Safety
from screening.model.circuit import Behind, Concluded, Output, Plans, Replaces, Wire
from screening.model.conclusions import AVOIDS
from screening.model.rule import AvoidExercise, Conclusion, Head, Keep, Modify
from screening.model.vocabularies import Verdict


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
    safety: Safety

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
        rules = self.fired.while_(here, self.fired.first_of(modifying))
        yield Plans(exercise, Verdict.MODIFY), Concluded(gates.every(here, modify), rules)
        here = gates.every(here, gates.opposite(modify))
        rules = self.fired.while_(here, self.fired.first_of(self._keeping(exercise)))
        yield Plans(exercise, Verdict.KEEP), Concluded(here, rules)

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
