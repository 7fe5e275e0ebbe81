"""From a rule to its mutants, each once, under names that are unique within the rule.

The condition of a cell's rule is written by the loader, not by a person, so it is not changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from functools import partial

from screening.errors import assert_never
from screening.model.conclusions import brief, others, target_of
from screening.model.expr import (
    All,
    AnyOf,
    AtLeast,
    Compare,
    Expr,
    Found,
    Is,
    Leaf,
    Moves,
    Not,
    Reaches,
    leaves,
)
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import (
    AvoidExercise,
    Conclusion,
    Keep,
    Modify,
    Reading,
    Refer,
    Rule,
    UnknownPolicy,
    Unsure,
)
from screening.model.vocabularies import Effect, Firmness, Level, Strength
from screening.mutation.mutant import (
    Mutant,
    MutatedExpr,
    MutatedPart,
    policy_word,
    written_condition,
    written_parts,
)

Rewrite = Callable[[Expr], Iterator[MutatedExpr]]


def somewhere(expr: Expr, change: Rewrite) -> Iterator[MutatedExpr]:
    """Yield a condition with one of its places changed, from the outside in, left to right.

    >>> from screening.model.expr import Is
    >>> [name for name, _ in somewhere(Not(Is("a", "yes")), not_lost)]
    ['no not: a is yes']
    """
    yield from change(expr)
    match expr:
        case Not(part):
            for name, inner in somewhere(part, change):
                yield name, Not(inner)
        case All(parts) | AnyOf(parts) | AtLeast(_, parts):
            for place, part in enumerate(parts):
                for name, inner in somewhere(part, change):
                    yield name, _with_parts(expr, (*parts[:place], inner, *parts[place + 1 :]))
        case _:
            return


def _with_parts(expr: All | AnyOf | AtLeast, parts: tuple[Expr, ...]) -> Expr:
    match expr:
        case All():
            return All(parts)
        case AnyOf():
            return AnyOf(parts)
        case AtLeast(count):
            return AtLeast(count, parts)


def left_out(expr: Expr) -> Iterator[MutatedExpr]:
    """Yield several conditions without one of them; of a count at most all are still needed."""
    match expr:
        case All(parts) | AnyOf(parts) | AtLeast(_, parts) if len(parts) > 1:
            for place, part in enumerate(parts):
                rest = (*parts[:place], *parts[place + 1 :])
                less = (
                    AtLeast(min(expr.count, len(rest)), rest)
                    if isinstance(expr, AtLeast)
                    else _with_parts(expr, rest)
                )
                yield f"without {written_condition(part)}", less
        case _:
            return


def swapped(expr: Expr) -> Iterator[MutatedExpr]:
    """Yield `any` for `all`, `all` for `any`, and a count that is one off."""
    match expr:
        case All(parts) if len(parts) > 1:
            yield f"any for all {written_parts(parts)}", AnyOf(parts)
        case AnyOf(parts) if len(parts) > 1:
            yield f"all for any {written_parts(parts)}", All(parts)
        case AtLeast(count, parts):
            for other in (count - 1, count + 1):
                if 1 <= other <= len(parts):
                    yield f"{other} for {written_condition(expr)}", AtLeast(other, parts)
        case _:
            return


def not_lost(expr: Expr) -> Iterator[MutatedExpr]:
    """Yield a condition whose `not` was forgotten."""
    if isinstance(expr, Not):
        yield f"no not: {written_condition(expr.part)}", expr.part


def changed_leaf(expr: Expr, knowledge: KnowledgeBase) -> Iterator[MutatedExpr]:
    """Yield a single condition with a mistake in it; every one could stand in a rule file."""
    others: Iterator[Leaf]
    match expr:
        case Is():
            others = _other_answers(expr, knowledge)
        case Compare():
            others = _one_step(expr, knowledge)
        case Found(_, strength):
            others = (replace(expr, strength=other) for other in Strength if other is not strength)
        case Moves():
            others = _other_counts(expr, knowledge)
        case Reaches():
            yield from _other_sums(expr)
            return
        case _:
            return
    for other in others:
        yield f"{written_condition(other)} for {written_condition(expr)}", other


def _other_answers(leaf: Is, knowledge: KnowledgeBase) -> Iterator[Leaf]:
    for word in knowledge.questions[leaf.question].words:
        if word != leaf.answer:
            yield Is(leaf.question, word)


def _one_step(leaf: Compare, knowledge: KnowledgeBase) -> Iterator[Leaf]:
    """Yield the comparison with the number before and after, within the question's range."""
    question = knowledge.questions[leaf.question]
    for number in (leaf.number - 1, leaf.number + 1):
        if question.low <= number <= question.high:
            yield Compare(leaf.question, leaf.op, number)


def _other_sums(leaf: Reaches) -> Iterator[MutatedExpr]:
    """Yield the sum before and after that can be, then a sum that leaves one question out."""
    score = leaf.score
    here = score.least + score.units_for(leaf.points) * score.step  # the first sum that reaches it
    for points in (here - score.step, here + score.step):
        if score.least < points <= score.most:
            other = Reaches(score, points)
            yield f"{written_condition(other)} for {written_condition(leaf)}", other
    for place, item in enumerate(score.items):
        fewer = replace(score, items=(*score.items[:place], *score.items[place + 1 :]))
        if fewer.least < leaf.points <= fewer.most:
            name = f"{score.id} without {item.question} for {written_condition(leaf)}"
            yield name, Reaches(fewer, leaf.points)


def _other_counts(leaf: Moves, knowledge: KnowledgeBase) -> Iterator[Leaf]:
    """Yield another effect, one movement less and more, and another group that is large enough."""
    yield from (replace(leaf, effect=effect) for effect in Effect if effect is not leaf.effect)
    for count in (leaf.at_least - 1, leaf.at_least + 1):
        if 1 <= count <= len(knowledge.members[leaf.group]):
            yield replace(leaf, at_least=count)
    for group, members in knowledge.members.items():
        if group != leaf.group and leaf.at_least <= len(members):
            yield replace(leaf, group=group)


def other_policies(rule: Rule) -> Iterator[tuple[str, UnknownPolicy | None]]:
    """Yield every other meaning of an unknown answer, also one that `check` would refuse.

    Only rules that say what it means are changed, and where a condition depends on it. A level is
    changed by one step, or to none.
    """
    if rule.unknown is None or not any(
        isinstance(leaf, Is | Compare | Reaches) for leaf in leaves(rule.when)
    ):
        return
    now = policy_word(rule.unknown)
    for policy in _other_unknowns(rule, rule.unknown.level):
        word = policy_word(policy)
        if word != now:
            yield f"unknown {word} for {now}", policy


def _other_unknowns(rule: Rule, level: Level) -> Iterator[UnknownPolicy]:
    yield from (UnknownPolicy(unsure) for unsure in Unsure)
    if level > Level.NONE and any(isinstance(said, Refer) for said in rule.then):
        for step in (level - 1, level + 1):
            if Level.MONITOR <= step <= Level.EMERGENCY:
                yield UnknownPolicy(Unsure.NOT_MET, level=Level(step))


CELL = (Keep, Modify, AvoidExercise)
SOME_TEXT = "Less of it."  # what a verdict says instead is prose, and not what is tested


def cell_mutants(rule: Rule) -> Iterator[tuple[str, MutatedPart, Rule | None]]:
    """Yield the rule of a catalogue cell with the other verdicts, and no rule."""
    yield "no rule", MutatedPart.RULE, None
    for conclusion in rule.then:
        if not isinstance(conclusion, CELL):
            continue
        for other in _other_verdicts(conclusion):
            name = f"{brief(other)} for {brief(conclusion)}"
            yield name, MutatedPart.THEN, replace(rule, then=(other,))


def _other_verdicts(conclusion: Keep | Modify | AvoidExercise) -> Iterator[Conclusion]:
    exercise = target_of(conclusion)
    match conclusion:
        case Keep():
            yield Modify(exercise, SOME_TEXT)
            yield AvoidExercise(exercise, Firmness.SOFT)
        case Modify():
            yield Keep(exercise)
            yield AvoidExercise(exercise, Firmness.SOFT)
        case AvoidExercise(_, firmness, _, follows):
            yield Keep(exercise)
            yield Modify(exercise, SOME_TEXT)
            if not follows:
                yield from (replace(conclusion, firmness=f) for f in Firmness if f is not firmness)
        case _ as never:
            assert_never(never)


NamedMistake = tuple[str, MutatedPart, Rule | None]


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


def _written(rule: Rule, knowledge: KnowledgeBase) -> Iterator[NamedMistake]:
    for change in (left_out, swapped, not_lost, partial(changed_leaf, knowledge=knowledge)):
        for name, when in somewhere(rule.when, change):
            yield name, MutatedPart.WHEN, replace(rule, when=when)
    for name, policy in other_policies(rule):
        yield name, MutatedPart.UNKNOWN, replace(rule, unknown=policy)
    for place, conclusion in enumerate(rule.then):
        before, after = rule.then[:place], rule.then[place + 1 :]
        if before or after:
            yield (
                f"without {brief(conclusion)}",
                MutatedPart.THEN,
                _concluding(rule, before + after),
            )
        for other in others(conclusion, knowledge):
            name = f"{brief(other)} for {brief(conclusion)}"
            yield name, MutatedPart.THEN, _concluding(rule, (*before, other, *after))
    yield "no rule", MutatedPart.RULE, None
