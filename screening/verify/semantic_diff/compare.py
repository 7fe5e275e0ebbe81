"""From two knowledge bases to what differs for whom, each with a client who shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from screening.assess import Assessor
from screening.assess.difference import Change, difference
from screening.engines.solver.meaning import (
    Aspect,
    Clearing,
    LightOnly,
    Meanings,
    OfCategory,
    OfExercise,
    Referral,
    Usual,
    Way,
    Withholding,
    answered_otherwise,
)
from screening.model.assessment import Assessment
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.logic_digest import logic_digest
from screening.model.question import Value
from screening.model.vocabularies import Level
from screening.verify.semantic_diff.rules import RuleChange, rule_changes


@dataclass(frozen=True, slots=True)
class Shown:
    """A client for whom the newer knowledge is so, and all that changes for them.

    It is the smallest one; of a category or an exercise, one screened in full where that shows it.
    `telling` are then the questions whose answers are not the harmless ones.
    """

    answers: Mapping[str, Value]
    telling: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def harmless(self) -> bool:
        """Whether there are answers that tell nothing."""
        return len(self.telling) < len(self.answers)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is concluded otherwise for somebody."""

    aspect: Aspect
    shown: Mapping[Way, Shown]

    @property
    def verdict(self) -> str:
        """In a word: stricter, looser, or changed where it is both."""
        return "changed" if len(self.shown) > 1 else next(iter(self.shown)).value

    @property
    def looser(self) -> bool:
        """Whether somebody is newly cleared."""
        return Way.LOOSER in self.shown


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many things were compared, and those that differ, referrals first.

    `uncompared` are questions with answers that only one version takes: nothing is known of
    clients who give those.
    """

    rules: tuple[RuleChange, ...]
    compared: int
    differences: tuple[Difference, ...]
    uncompared: tuple[str, ...] = ()

    @property
    def looser(self) -> tuple[Difference, ...]:
        """Those in which somebody is newly cleared."""
        return tuple(one for one in self.differences if one.looser)

    @property
    def unanswered(self) -> bool:
        """Whether a person must answer for it: somebody is newly cleared, or could be."""
        return bool(self.looser or self.uncompared)


def compare(old: KnowledgeBase, new: KnowledgeBase) -> Comparison:
    """Return what two knowledge bases mean otherwise, over every complete and partial intake.

    Raises:
        DisagreementError: when the engines differ on a client that is shown.

    """
    aspects = tuple(_aspects(old, new))
    rules = rule_changes(old, new)
    if logic_digest(old) == logic_digest(new):
        return Comparison(rules, len(aspects), ())
    meanings, before, after = Meanings(old, new), Assessor(old), Assessor(new)
    found = []
    for aspect in aspects:
        shown = {}
        for way in Way:
            client = _client(meanings, aspect, way)
            if client is not None:
                changes = _changes(before, after, client.answers, aspect)
                shown[way] = Shown(client.answers, client.telling, changes)
        if shown:
            found.append(Difference(aspect, shown))
    return Comparison(rules, len(aspects), tuple(found), answered_otherwise(old, new))


def _client(meanings: Meanings, aspect: Aspect, way: Way) -> Usual | None:
    """Return the client to show, if there is any.

    What is offered needs many harmless answers before it, so a usual client says more.
    """
    if isinstance(aspect, OfCategory | OfExercise):
        usual = meanings.usual(aspect, way)
        if usual is not None:
            return usual
    smallest = meanings.client(aspect, way)
    return None if smallest is None else Usual(smallest, tuple(smallest))


def _aspects(old: KnowledgeBase, new: KnowledgeBase) -> Iterator[Aspect]:
    """Yield all that is compared; what only one has counts as never offered by the other."""
    for level in reversed(Level):
        if level > Level.NONE:
            yield Referral(level)
    yield Withholding()
    yield LightOnly()
    for clearance in {**new.clearances, **old.clearances}:
        yield Clearing(clearance)
    for category in {**new.categories, **old.categories}:
        yield OfCategory(category)
    for exercise in new.exercises:
        if exercise in old.exercises:
            yield OfExercise(exercise)


def _changes(
    before: Assessor, after: Assessor, answers: Mapping[str, Value], aspect: Aspect
) -> tuple[Change, ...]:
    """Return what changes for a client, by both engines on each side."""
    was, now = concluded(before, answers, aspect), concluded(after, answers, aspect)
    return difference(was, now, before.knowledge, after.knowledge)


def concluded(assessor: Assessor, answers: Mapping[str, Value], aspect: Aspect) -> Assessment:
    """Return what is concluded about a client, who has in the programme what it is about."""
    known = {q: v for q, v in answers.items() if q in assessor.knowledge.questions}
    programme = (aspect.exercise,) if isinstance(aspect, OfExercise) else ()
    return assessor.conclude(Case(known, programme)).assessment
