"""Rules that never have an effect, because another rule overrules them whenever they fire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from screening.diagnostics import Code, Problems, Severity
from screening.model.implied import fires_with
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import (
    AtClearance,
    AtStage,
    AvoidCategory,
    AvoidDemand,
    AvoidExercise,
    Conclusion,
    Limit,
    Modify,
    Recommend,
    Rule,
)


class RuleWinner(NamedTuple):
    """A rule that wins over another whenever that fires, and what it says instead."""

    winner: str
    words: str


def overruled_rules(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Warn of each written rule all of whose conclusions another rule beats whenever it fires."""
    strong = _strong(knowledge)
    for rule in knowledge.written_rules:
        found = _overruling(knowledge, rule, strong)
        if found:
            help_ = "change what one of them concludes, or when"
            message = never_counts(rule.id, found)
            problems.add(Code.overruled_rule, rule.at, message, help_, severity=Severity.WARNING)


def never_counts(rule: str, found: tuple[RuleWinner, ...]) -> str:
    """Return what is said of a rule that never has an effect."""
    why = " and ".join(dict.fromkeys(f"`{one.winner}` {one.words}" for one in found))
    return f"`{rule}` never has an effect: whenever it fires, {why}"


def overruling(knowledge: KnowledgeBase, rule: Rule) -> tuple[RuleWinner, ...]:
    """Return what beats each conclusion of a rule; nothing where one of them may count."""
    return _overruling(knowledge, rule, _strong(knowledge))


Strong = Mapping[type[Conclusion], tuple[tuple[Rule, Conclusion], ...]]
"""What may beat a conclusion of a kind: written rules first."""
BEATS: Mapping[type[Conclusion], tuple[type[Conclusion], ...]] = {
    Recommend: (AvoidCategory,),
    Modify: (AvoidExercise, AvoidDemand, AvoidCategory),
    AtStage: (AtStage,),
    Limit: (Limit,),
    AtClearance: (AtClearance,),
}


def _strong(knowledge: KnowledgeBase) -> Strong:
    ordered = sorted(knowledge.live_rules, key=lambda one: one.cell)
    said = [(rule, conclusion) for rule in ordered for conclusion in rule.then]
    return {
        kind: tuple(one for one in said if isinstance(one[1], beats))
        for kind, beats in BEATS.items()
    }


def _overruling(knowledge: KnowledgeBase, rule: Rule, strong: Strong) -> tuple[RuleWinner, ...]:
    found = []
    for conclusion in rule.then:
        winner = next(_beating(knowledge, rule, conclusion, strong), None)
        if winner is None:
            return ()
        found.append(winner)
    return tuple(found)


def _beating(
    knowledge: KnowledgeBase, rule: Rule, conclusion: Conclusion, strong: Strong
) -> Iterator[RuleWinner]:
    """Yield the rules that beat a conclusion whenever its rule fires."""
    for other, said in strong.get(type(conclusion), ()):
        words = _beaten(knowledge, conclusion, said) if other.id != rule.id else ""
        if words and fires_with(rule, other):
            yield RuleWinner(other.id, words)


def _beaten(knowledge: KnowledgeBase, one: Conclusion, by: Conclusion) -> str:  # noqa: PLR0911 - one case a pair
    """Return what a conclusion says that beats another; empty where it does not."""
    match one, by:
        case Recommend(category), AvoidCategory(left_out) if category == left_out:
            return f"leaves out {knowledge.categories[category].title}"
        case Modify(name), AvoidExercise(left_out) if name == left_out:
            return f"leaves out {knowledge.exercises[name].name}"
        case Modify(name), AvoidDemand(direction) if name in by.exercises:
            return f"leaves out {knowledge.exercises[name].name}, as all that loads {direction}"
        case Modify(name), AvoidCategory(left_out) if (
            name in knowledge.exercises and knowledge.exercises[name].category == left_out
        ):
            return f"leaves out {knowledge.exercises[name].name}, with its category"
        case AtStage(stage), AtStage(other) if stage != other:
            mine, theirs = knowledge.stages[stage], knowledge.stages[other]
            earlier = mine.axis == theirs.axis and theirs.rank < mine.rank
            return f"puts the client at {theirs.title}" if earlier else ""
        case Limit(limit, number), Limit(same, lower) if limit == same and lower < number:
            return f"limits {knowledge.limits[limit].title} to {lower}"
        case AtClearance(clearance), AtClearance(other):
            stricter = knowledge.clearances[other].rank < knowledge.clearances[clearance].rank
            return f"asks for {knowledge.clearances[other].title}" if stricter else ""
    return ""
