"""Every mutant of a rule, each once, under names that are unique within the rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import replace
from functools import partial

from screening.model.conclusions import brief, others
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Conclusion, Reading, Refer, Rule, UnknownPolicy, Unsure
from screening.model.vocabularies import Level
from screening.mutation.operators.cells import cell_mutants
from screening.mutation.operators.conditions import left_out, not_lost, somewhere, swapped
from screening.mutation.operators.leaves import changed_leaf
from screening.mutation.operators.mutant import Change, Mutant
from screening.mutation.operators.policy import other_policies

Named = tuple[str, Change, Rule | None]


def mutants_of(rule: Rule, knowledge: KnowledgeBase) -> tuple[Mutant, ...]:
    """Return the mutants of a live rule in order of place; none equals the rule or another one."""
    made = cell_mutants(rule) if rule.cell else _written(rule, knowledge)
    seen = {_logic(rule)}
    times: Counter[str] = Counter()
    found = []
    for name, change, mutated in made:
        if _logic(mutated) in seen:
            continue
        seen.add(_logic(mutated))
        times[name] += 1
        unique = name if times[name] == 1 else f"{name} #{times[name]}"
        found.append(Mutant(rule.id, unique, change, mutated))
    return tuple(found)


def _concluding(rule: Rule, then: tuple[Conclusion, ...]) -> Rule:
    """Return a rule with other conclusions; one that refers no more has no level for unknowns."""
    if rule.level(Reading.POSSIBLE) > Level.NONE and not any(isinstance(c, Refer) for c in then):
        return replace(rule, then=then, unknown=UnknownPolicy(Unsure.NOT_MET))
    return replace(rule, then=then)


def _logic(rule: Rule | None) -> Hashable:
    return None if rule is None else (rule.when, rule.unknown, rule.then)


def _written(rule: Rule, knowledge: KnowledgeBase) -> Iterator[Named]:
    for change in (left_out, swapped, not_lost, partial(changed_leaf, knowledge=knowledge)):
        for name, when in somewhere(rule.when, change):
            yield name, Change.WHEN, replace(rule, when=when)
    for name, policy in other_policies(rule):
        yield name, Change.UNKNOWN, replace(rule, unknown=policy)
    for place, conclusion in enumerate(rule.then):
        before, after = rule.then[:place], rule.then[place + 1 :]
        if before or after:
            yield f"without {brief(conclusion)}", Change.THEN, _concluding(rule, before + after)
        for other in others(conclusion, knowledge):
            name = f"{brief(other)} for {brief(conclusion)}"
            yield name, Change.THEN, _concluding(rule, (*before, other, *after))
    yield "no rule", Change.RULE, None
