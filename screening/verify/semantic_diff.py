"""What two knowledge bases mean to clients, compared: stricter, looser or the same.

Each difference comes with a client who shows it; given intakes show whose referral differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from screening.assess import Assessor
from screening.assess.difference import Change, difference
from screening.engines.solver.meaning import (
    Aspect,
    ClearanceAspect,
    LightOnly,
    Meanings,
    OfCategory,
    OfExercise,
    ReferralAspect,
    Usual,
    Way,
    Withholding,
    answered_otherwise,
)
from screening.errors import BadInputError, assert_never
from screening.load import load_intake
from screening.model.assessment import Assessment
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.logic_digest import logic_digest, rule_logic
from screening.model.question import Value
from screening.model.vocabularies import Level
from screening.verify.beside_meaning import beside_meaning, promise_asks


class RuleFate(Enum):
    """What became of something."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A live rule, a question, an exercise, a flag or a promise that is not as it was."""

    id: str
    what: str
    fate: RuleFate


def rule_changes(old: KnowledgeBase, new: KnowledgeBase) -> tuple[RuleChange, ...]:
    """Return every rule, question, exercise, flag and promise that came, went or means otherwise.

    A retired rule counts as removed; new words change nothing. Exercises only come and go: what
    is said about them is in rules.
    """
    rules = _rule_changes("rule", _live(old), _live(new))
    questions = _rule_changes("question", _answers(old), _answers(new))
    exercises = _rule_changes(
        "exercise", dict.fromkeys(old.exercises), dict.fromkeys(new.exercises)
    )
    flags = _rule_changes("flag", _flags(old), _flags(new))
    promises = _rule_changes("promise", _promises(old), _promises(new))
    return (*rules, *questions, *exercises, *flags, *promises)


def _live(knowledge: KnowledgeBase) -> dict[str, object]:
    return {rule.id: rule_logic(rule) for rule in knowledge.live_rules}


def _answers(knowledge: KnowledgeBase) -> dict[str, object]:
    return {
        q.id: (
            *(q.kind, q.words, q.low, q.high, q.only_if, q.safety, q.sums_up, q.derived),
            *(q.valid, q.renews, q.gap, q.harmless),
        )
        for q in knowledge.questions.values()
    }


def _flags(knowledge: KnowledgeBase) -> dict[str, object]:
    flags = knowledge.safety.flags if knowledge.safety else ()
    return {flag.words: rule_logic(flag.as_rule()) for flag in flags}


def _promises(knowledge: KnowledgeBase) -> dict[str, object]:
    invariants = knowledge.safety.invariants if knowledge.safety else ()
    return {one.id: promise_asks(one) for one in invariants}


def _rule_changes(
    what: str, old: Mapping[str, object], new: Mapping[str, object]
) -> Iterator[RuleChange]:
    for name in sorted({*old, *new}):
        if name not in old:
            yield RuleChange(name, what, RuleFate.ADDED)
        elif name not in new:
            yield RuleChange(name, what, RuleFate.REMOVED)
        elif old[name] != new[name]:
            yield RuleChange(name, what, RuleFate.CHANGED)


def aspect_words(aspect: Aspect) -> str:  # noqa: PLR0911 - one for each kind of thing
    """Return what is compared, in words.

    >>> aspect_words(ReferralAspect(Level.WITHIN_DAYS)), aspect_words(OfExercise("plank"))
    ('referral within_days or sooner', 'exercise plank')
    """
    match aspect:
        case ReferralAspect(Level.EMERGENCY):
            return "referral emergency"
        case ReferralAspect(level):
            return f"referral {level.word} or sooner"
        case Withholding():
            return "withholding of every exercise"
        case LightOnly():
            return "usual light activity only"
        case ClearanceAspect(clearance):
            return f"clearance {clearance}"
        case OfCategory(category):
            return f"category {category}"
        case OfExercise(exercise):
            return f"exercise {exercise}"
    assert_never(aspect)


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
class MeaningDifference:
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
class MeaningComparison:
    """How many things were compared, and those that differ, referrals first.

    `uncompared` are questions with answers that only one version takes: nothing is known of
    clients who give those. `beside` says what else could make somebody less careful: see
    `beside_meaning`.
    """

    rules: tuple[RuleChange, ...]
    compared: int
    differences: tuple[MeaningDifference, ...]
    uncompared: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def looser(self) -> tuple[MeaningDifference, ...]:
        """Those in which somebody is newly cleared."""
        return tuple(one for one in self.differences if one.looser)

    @property
    def unanswered(self) -> bool:
        """Whether a person must answer for it: somebody is newly cleared, or could be."""
        return bool(self.looser or self.uncompared or self.beside)


def compare_meaning(old: KnowledgeBase, new: KnowledgeBase) -> MeaningComparison:
    """Return what two knowledge bases mean otherwise, over every complete and partial intake.

    Raises:
        DisagreementError: when the engines differ on a client that is shown.

    """
    aspects = tuple(_aspects(old, new))
    rules = rule_changes(old, new)
    beside = tuple(beside_meaning(old, new))
    if logic_digest(old) == logic_digest(new):
        return MeaningComparison(rules, len(aspects), (), beside=beside)
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
            found.append(MeaningDifference(aspect, shown))
    uncompared = answered_otherwise(old, new)
    return MeaningComparison(rules, len(aspects), tuple(found), uncompared, beside)


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
            yield ReferralAspect(level)
    yield Withholding()
    yield LightOnly()
    for clearance in {**new.clearances, **old.clearances}:
        yield ClearanceAspect(clearance)
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


@dataclass(frozen=True, slots=True)
class MovedIntake:
    """An intake that is concluded otherwise: the level before and after, and all that changes."""

    intake: str
    before: Level
    after: Level
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class OnIntakes:
    """How many intakes were read, those concluded otherwise, and those that one cannot read."""

    read: int
    moved: tuple[MovedIntake, ...]
    unread: tuple[str, ...]

    @property
    def newly_referred(self) -> tuple[MovedIntake, ...]:
        """Those referred more urgently than before."""
        return tuple(one for one in self.moved if one.after > one.before)

    @property
    def newly_cleared(self) -> tuple[MovedIntake, ...]:
        """Those referred less urgently than before, or no more."""
        return tuple(one for one in self.moved if one.after < one.before)


def on_intakes(old: Assessor, new: Assessor, paths: Iterable[Path]) -> OnIntakes:
    """Conclude intakes with both; one that follows another, or fits only one, is left out by name.

    Raises:
        DisagreementError: when the engines differ.

    """
    read, moved, unread = 0, [], []
    for path in paths:
        try:
            cases = [load_intake(path, one.knowledge) for one in (old, new)]
        except BadInputError:
            cases = []
        if not cases or cases[0].follows:
            unread.append(str(path))
            continue
        read += 1
        was, now = (one.conclude(c).assessment for one, c in zip((old, new), cases, strict=True))
        changes = difference(was, now, old.knowledge, new.knowledge)
        if changes:
            moved.append(MovedIntake(str(path), was.referral.level, now.referral.level, changes))
    return OnIntakes(read, tuple(moved), tuple(unread))
