"""Which rules belong together: by finding, by what they speak about, by what they ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from screening.assess.fired_conclusions import target_of
from screening.model.expr import Expr, Moves, findings_of, leaves, named_questions, parameters_in
from screening.model.ids import Sort
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import (
    Advise,
    AtClearance,
    AtStage,
    AvoidCategory,
    AvoidDemand,
    AvoidExercise,
    Conclusion,
    Confirm,
    Find,
    Keep,
    Limit,
    Modify,
    Move,
    OfferOnly,
    Recommend,
    Refer,
    Rule,
)
from screening.model.vocabularies import Strength

SHOWN = 8  # neighbours of a kind; the pages of what they share list all
Thing = tuple[Sort, str]
SORTS: Mapping[type[Conclusion], Sort] = {
    Find: Sort.FINDING,
    Refer: Sort.TARGET,
    AtStage: Sort.STAGE,
    AtClearance: Sort.CLEARANCE,
    Limit: Sort.LIMIT,
    Recommend: Sort.CATEGORY,
    AvoidCategory: Sort.CATEGORY,
    AvoidExercise: Sort.EXERCISE,
    Modify: Sort.EXERCISE,
    Keep: Sort.EXERCISE,
    Move: Sort.CATEGORY,
    Advise: Sort.ADVICE,
}


def spoken_of(conclusion: Conclusion) -> tuple[Thing, ...]:
    """Return what a conclusion is about."""
    match conclusion:
        case Confirm(names):
            return tuple((Sort.QUESTION, name) for name in names)
        case AvoidDemand(_, _, names):
            return tuple((Sort.EXERCISE, name) for name in names)
        case OfferOnly(names):
            return tuple((Sort.CATEGORY, name) for name in names)
        case Refer(_, name) | Move(_, name):
            return ((SORTS[type(conclusion)], name),) if name else ()
        case _:
            name = target_of(conclusion)
            return ((SORTS[type(conclusion)], name),) if name else ()


def numbers_of(rule: Rule) -> tuple[str, ...]:
    """Return the parameters a rule takes numbers from, in its condition and its limits."""
    limits = (c.parameter for c in rule.then if isinstance(c, Limit) and c.parameter)
    return tuple(dict.fromkeys((*parameters_in(rule.when), *limits)))


def read_by(expr: Expr) -> tuple[Thing, ...]:
    """Return the questions, groups of movements and findings a condition reads, in order."""
    read: list[Thing] = []
    for leaf in leaves(expr):
        if not isinstance(leaf, Moves):
            read += ((Sort.QUESTION, name) for name in named_questions(leaf))
            read += ((Sort.FINDING, name) for name in findings_of(leaf))
        elif leaf.group:
            read.append((Sort.GROUP, leaf.group))
    return tuple(dict.fromkeys(read))


@dataclass(frozen=True)
class Related:
    """The live written rules of a knowledge base, as neighbours of one of them."""

    knowledge: KnowledgeBase

    def of(self, rule: Rule) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield how rules are related to one, and which."""
        finders, rests = self.knowledge.finders, findings_of(rule.when)
        finds = {c.finding for c in rule.then if isinstance(c, Find)}
        others = [other for other in self.knowledge.written_rules if other.id != rule.id]
        makes = {r for name in rests for r in finders[name, Strength.SUSPECTED]}
        yield "Make what this rests on", _ids(o for o in others if o.id in makes)
        yield (
            "Rest on what this finds",
            _ids(o for o in others if finds.intersection(findings_of(o.when))),
        )
        found = {r for name in finds for r in finders[name, Strength.SUSPECTED]}
        yield "Find the same", _ids(o for o in others if o.id in found)
        about = self._about(rule)
        same = {o.id: len(about & self._about(o)) for o in others}
        yield "Speak about the same", _nearest(same)
        asked = set(named_questions(rule.when))
        shared = {o.id: len(asked.intersection(named_questions(o.when))) for o in others}
        yield "Ask the same", _nearest(shared)

    def _about(self, rule: Rule) -> set[Thing]:
        """Return what a rule speaks about; whom it refers to and what it finds is not meant."""
        return {
            thing
            for conclusion in rule.then
            if not isinstance(conclusion, Find | Refer | AvoidDemand)
            for thing in spoken_of(conclusion)
        } | {(Sort.GROUP, c.direction) for c in rule.then if isinstance(c, AvoidDemand)}


def _nearest(shared: Mapping[str, int]) -> tuple[str, ...]:
    """Return the rules that share most, then in order of id."""
    ordered = sorted((name for name in shared if shared[name]), key=lambda n: (-shared[n], n))
    return tuple(ordered[:SHOWN])


def _ids(rules: Iterator[Rule]) -> tuple[str, ...]:
    return tuple(rule.id for rule in rules)
