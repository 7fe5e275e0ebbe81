"""Which questions can still change which conclusions.

A question matters while it stands in an undecided part of an undecided rule, and that rule could
still add something: a finding, a higher level, a category not offered yet. Both only shrink as
answers come in, so the number of questions left only shrinks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from screening.assess.fired_conclusions import Effects
from screening.engines.applicable import asked_for, parents
from screening.engines.kleene import holds
from screening.errors import assert_never
from screening.model.conclusions import target_of
from screening.model.expr import (
    All,
    AnyOf,
    AtLeast,
    Compare,
    Expr,
    Found,
    Is,
    IsUnknown,
    Leaf,
    Moves,
    Not,
    Reaches,
)
from screening.model.question import Value
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
    Head,
    Keep,
    Limit,
    Modify,
    Move,
    OfferOnly,
    Reading,
    Recommend,
    Refer,
    Rule,
    Unsure,
)
from screening.model.vocabularies import Firmness, Level, Truth


def live_questions(
    effects: Effects, answers: Mapping[str, Value], programme: tuple[str, ...] | None
) -> dict[str, tuple[str, ...]]:
    """Return the unasked questions that can still change something, with what they can change.

    In asking order. `answers` holds `NOT_APPLICABLE` where a question does not apply; without a
    programme it can be any exercise. Targets are ids of findings, categories, exercises …, and
    levels. A verdict of the catalogue is a target where its exercise is known to be in the
    programme: it follows its finding, which is one by itself. Questions that must be asked in any
    case (emergencies) are among them, with the level `emergency`.
    """
    knowledge = effects.knowledge
    judged = (Head(r.id) for e in programme or () for r, _ in knowledge.verdicts[e].values())
    planned = frozenset(knowledge.exercises if programme is None else programme)
    adding = {
        head: targets
        for head in (*knowledge.heads_without_verdicts, *judged)
        if effects.outcome.heads[head] is Truth.UNDECIDED
        and (targets := dict.fromkeys(_adds(effects, head, planned)))
    }
    found = _Search(effects, answers).questions(adding)
    for name in knowledge.emergency_questions:
        if name not in answers and effects.level < Level.EMERGENCY:
            found.setdefault(name, {})[Level.EMERGENCY.word] = None
    order = knowledge.questions
    _add_parents(effects, answers, found)
    return {name: tuple(found[name]) for name in order if name in found}


def _add_parents(
    effects: Effects, answers: Mapping[str, Value], found: dict[str, dict[str, None]]
) -> None:
    """Add the questions that decide whether a question found applies."""
    for question in reversed(effects.knowledge.conditional_questions):
        if question.id in found:
            for parent in parents(effects.knowledge, question.id):
                if parent not in answers:
                    found.setdefault(parent, {}).update(found[question.id])


def _adds(effects: Effects, head: Head, programme: frozenset[str]) -> Iterator[str]:
    """Yield what an undecided head would add to the conclusions."""
    rule = effects.knowledge.rules[head.rule]
    if head.reading is Reading.POSSIBLE:
        level = rule.level(head.reading)
        if level > effects.level:
            yield level.word
        return
    if rule.cell and len(rule.then) > 1:  # a caution, on as many exercises as name it
        if any(_new(effects, conclusion, programme) for conclusion in rule.then):
            yield "programme"
        return
    for conclusion in rule.then:
        if isinstance(conclusion, OfferOnly) and effects.level < Level.SAME_DAY:
            yield from _newly_capped(effects, conclusion)
        elif _new(effects, conclusion, programme):
            yield target_of(conclusion) or "programme"


def _newly_capped(effects: Effects, cap: OfferOnly) -> Iterator[str]:
    """Yield the categories a cap would withhold that are offered or still could be."""
    for category in effects.knowledge.categories:
        if category in effects.may_offer and category not in cap.categories:
            avoided = ("category", category) in effects.avoided
            if not avoided and not effects.capped(category):
                yield category


def _new(  # noqa: C901, PLR0911, PLR0912 - one case for each kind
    effects: Effects, conclusion: Conclusion, programme: frozenset[str]
) -> bool:
    """Tell whether a conclusion would add anything to those already reached."""
    if isinstance(conclusion, Refer):
        return conclusion.level > effects.level
    if effects.level >= Level.SAME_DAY:
        return False
    match conclusion:
        case Find(finding, strength):
            return effects.outcome.findings[finding, strength] is not Truth.TRUE
        case AtStage(stage):
            return _more_cautious(effects, stage)
        case AtClearance(clearance):
            ranks, cleared = effects.knowledge.clearances, effects.clearance
            return cleared is None or ranks[clearance].rank < ranks[cleared.id].rank
        case Limit(limit, at_most):
            limits = (c for _, c in effects.said() if isinstance(c, Limit) and c.limit == limit)
            return all(c.at_most > at_most for c in limits)
        case Recommend(category):
            offered = effects.rules_for(Recommend)
            withheld = ("category", category) in effects.avoided or effects.capped(category)
            return category not in offered and not withheld
        case OfferOnly():
            return any(_newly_capped(effects, conclusion))
        case AvoidExercise(exercise):
            return ("exercise", exercise) not in effects.avoided
        case AvoidCategory(category, firmness):
            return _firmer(effects, ("category", category), firmness)
        case AvoidDemand(direction, firmness):
            return _firmer(effects, ("direction", direction), firmness)
        case Modify(exercise):
            return exercise in programme and ("exercise", exercise) not in effects.avoided
        case Keep(exercise):
            return not exercise and bool(programme) and "" not in effects.rules_for(Keep)
        case Move(pace, category):
            moves = effects.moves(category)
            return not moves or pace > max(moves)
        case Confirm():
            return True
        case Advise():
            return target_of(conclusion) not in effects.rules_for(type(conclusion))
    assert_never(conclusion)


def _firmer(effects: Effects, avoided: tuple[str, str], firmness: Firmness) -> bool:
    entry = effects.avoided.get(avoided)
    return entry is None or entry.firmness < firmness


def _more_cautious(effects: Effects, stage: str) -> bool:
    """Tell whether a stage would come before the one reached on its axis."""
    stages = effects.knowledge.stages
    reached = (stages[name] for name in effects.rules_for(AtStage))
    here = stages[stage]
    return all(other.rank > here.rank for other in reached if other.axis == here.axis)


@dataclass(frozen=True)
class _Search:
    """Walks the undecided parts of rules down to the questions in them."""

    effects: Effects
    answers: Mapping[str, Value]

    def questions(self, adding: dict[Head, dict[str, None]]) -> dict[str, dict[str, None]]:
        """Return the questions that undecided heads wait for, with what the heads would add.

        Rules are visited before those they rest on, so that each hands on all it can add.
        """
        found: dict[str, dict[str, None]] = {}
        judging = self.effects.knowledge.judging
        for step in reversed(self.effects.knowledge.dependency_order):
            if isinstance(step, Rule) and (step.id not in judging or Head(step.id) in adding):
                for head in (Head(step.id, reading) for reading in step.readings):
                    if head in adding:
                        self._hand_on(head, adding, found)
        return found

    def _hand_on(
        self,
        head: Head,
        adding: dict[Head, dict[str, None]],
        found: dict[str, dict[str, None]],
    ) -> None:
        """Hand what a head adds on to the questions and findings it waits for."""
        rule = self.effects.knowledge.rules[head.rule]
        for leaf in self._undecided(rule.when, rule.reads_unknown_as(head.reading)):
            for waiting in self._waits_for(leaf):
                if isinstance(waiting, Head):
                    adding.setdefault(waiting, {}).update(adding[head])
                elif waiting not in self.answers:
                    found.setdefault(waiting, {}).update(adding[head])

    def _waits_for(self, leaf: Leaf) -> Iterator[str | Head]:
        """Yield the questions, and the undecided rules, that an undecided leaf waits for."""
        match leaf:
            case Is(question) | Compare(question) | IsUnknown(question):
                yield from asked_for(self.effects.knowledge, question)
            case Reaches(score):
                for item in score.items:
                    yield from asked_for(self.effects.knowledge, item.question)
            case Moves(group):
                yield from self.effects.knowledge.members[group]
            case Found(finding, strength):
                for name in self.effects.knowledge.finders[finding, strength]:
                    if self.effects.outcome.heads[Head(name)] is Truth.UNDECIDED:
                        yield Head(name)
            case _ as never:
                assert_never(never)

    def _undecided(self, expr: Expr, unsure: Unsure, *, positive: bool = True) -> Iterator[Leaf]:
        """Yield the leaves of a signed condition that are undecided in undecided surroundings."""
        truth = holds(
            expr,
            self.answers,
            self.effects.outcome.findings,
            self.effects.knowledge.members,
            unsure,
            positive=positive,
        )
        if truth is not Truth.UNDECIDED:
            return
        match expr:
            case Not(part):
                yield from self._undecided(part, unsure, positive=not positive)
            case All(parts) | AnyOf(parts) | AtLeast(_, parts):
                for part in parts:
                    yield from self._undecided(part, unsure, positive=positive)
            case _:
                yield expr


def askable(effects: Effects, answers: Mapping[str, Value], question: str) -> bool:
    """Tell whether a question can be asked now: all it depends on has been asked."""
    return all(name in answers for name in parents(effects.knowledge, question))
