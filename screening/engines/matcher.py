"""A matcher for ground, monotone programs: indexed constants and a counter per rule.

Experta's RETE network tests every fact against every alpha node and polls every conflict set
after each firing. A lowered program needs neither: a pattern names its fact by constants, so a
fact finds its patterns by hashing; facts are never retracted, so a rule is ready when its counter
of unmet patterns reaches zero (Dowling and Gallier 1984, J. Logic Programming 1:267-284).
The stock matcher stays usable as the oracle for this one.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from screening.engines._experta import (
    Activation,
    ConditionalElement,
    Fact,
    InitialFact,
    Matcher,
    P,
    Rule,
    Strategy,
)


@dataclass(frozen=True, slots=True)
class _Slot:
    """One pattern of one rule: where its match goes, and what is left to test."""

    rule: int
    position: int
    predicates: tuple[tuple[str, Callable[[object], bool]], ...]

    def accepts(self, fact: Fact) -> bool:
        return all(test(fact[key]) for key, test in self.predicates)


class CountingMatcher(Matcher):  # type: ignore[misc]
    """Matches patterns of constants and predicates; the first matching fact is kept."""

    def __init__(self, engine: Any) -> None:  # noqa: ANN401 - Experta's own signature
        super().__init__(engine)
        # copies, as the stock matcher makes: looking a rule up on an engine binds it to that one
        self.rules: list[Rule] = [rule.new_conditions(*rule) for rule in engine.get_rules()]
        self.names: list[tuple[str, ...]] = []
        self.index: dict[tuple[object, ...], list[_Slot]] = defaultdict(list)
        self.keys: dict[type, dict[tuple[str, ...], None]] = defaultdict(dict)
        for number, rule in enumerate(self.rules):
            self._add_rule(number, rule)
        self.reset()

    def _add_rule(self, number: int, rule: Rule) -> None:
        patterns = tuple(rule) or (InitialFact(),)
        self.names.append(tuple(pattern.__bind__ or "" for pattern in patterns))
        for position, pattern in enumerate(patterns):
            constants, predicates = _split(pattern)
            keys = tuple(constants)
            self.keys[type(pattern)][keys] = None
            slot = _Slot(number, position, predicates)
            name = (type(pattern), keys, *constants.values())
            self.index[name].append(slot)

    def reset(self) -> None:
        """Forget every fact."""
        self.matched: list[list[Fact | None]] = [[None] * len(names) for names in self.names]
        self.unmet = [len(names) for names in self.names]

    def changes(
        self, adding: Iterable[Fact] | None = None, deleting: Iterable[Fact] | None = None
    ) -> tuple[list[Activation], list[Activation]]:
        """Return the activations that new facts bring; none is ever withdrawn.

        Raises:
            ValueError: when a fact is retracted; a monotone program has no use for it.

        """
        if deleting:
            raise ValueError("a monotone program retracts nothing")
        ready = []
        for fact in adding or ():
            for keys in self.keys[type(fact)]:
                key = (type(fact), keys, *(fact[name] for name in keys))
                ready += [
                    self._activation(slot.rule)
                    for slot in self.index.get(key, ())
                    if self._completes(slot, fact)
                ]
        return ready, []

    def _completes(self, slot: _Slot, fact: Fact) -> bool:
        """Note a match and tell whether it was the last one the rule waited for."""
        matched = self.matched[slot.rule]
        if matched[slot.position] is not None or not slot.accepts(fact):
            return False
        matched[slot.position] = fact
        self.unmet[slot.rule] -= 1
        return self.unmet[slot.rule] == 0

    def _activation(self, number: int) -> Activation:
        facts = self.matched[number]
        names = self.names[number]
        context = {name: fact for name, fact in zip(names, facts, strict=True) if name}
        return Activation(self.rules[number], facts, context)


def _split(
    pattern: Fact,
) -> tuple[dict[str, object], tuple[tuple[str, Callable[[object], bool]], ...]]:
    """Return the constants of a pattern by key, and its predicates."""
    constants: dict[str, object] = {}
    predicates = []
    for key, value in sorted(pattern.items()):
        if isinstance(value, P):
            predicates.append((key, value.match))
        elif isinstance(value, ConditionalElement):
            raise TypeError(f"the pattern {pattern!r} holds more than constants and predicates")
        elif not Fact.is_special(key):
            constants[key] = value
    return constants, tuple(predicates)


class SalienceStrategy(Strategy):  # type: ignore[misc]
    """Fires the highest salience first, and of one rule that matches twice, the earliest facts.

    Saliences are unique, and so is what a rule matches: the order is total.
    """

    def _update_agenda(
        self,
        agenda: Any,  # noqa: ANN401 - Experta's own type
        added: list[Activation],
        removed: list[Activation],
    ) -> None:
        for activation in removed:
            agenda.activations.remove(activation)
        for activation in added:
            matched = (fact for _, fact in sorted(activation.context.items()))
            earliest = tuple(-fact["__factid__"] for fact in matched)
            activation.key = (activation.rule.salience, earliest)
            bisect.insort(agenda.activations, activation)
