"""What is different from one kind of conclusion to the next, wherever no combination is involved.

Each function is one match over the closed union: a new kind is named by the type checker in every
one of them, in this file. How a kind is written is in `conclusion_forms`. A kind that is `listed`
is combined, shown, explained and counted like advice, and needs no place of its own for that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from screening.errors import assert_never
from screening.model.case_library import Verb
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
)
from screening.model.vocabularies import Firmness, Level, Pace, Strength, Word

W = TypeVar("W", bound=Word)
Thing = tuple[Sort, str]
Avoid = AvoidCategory | AvoidExercise | AvoidDemand
AVOIDS = (AvoidCategory, AvoidDemand, AvoidExercise)
PROGRESS = "progress"
MOVED = {
    Pace.PROGRESS: "go one step on with",
    Pace.HOLD: "stay as it is with",
    Pace.REGRESS: "go one step back with",
    Pace.STOP: "stop",
}


def target_of(conclusion: Conclusion) -> str:  # noqa: PLR0911 - one line for each kind
    """Return the id of what a conclusion is about; empty for all of the programme."""
    match conclusion:
        case Find(name) | AtStage(name) | Limit(name) | Advise(name) | AtClearance(name):
            return name
        case Recommend(name) | AvoidCategory(name) | AvoidDemand(name):
            return name
        case AvoidExercise(name) | Modify(name):
            return name
        case Keep(exercise):
            return exercise or ""
        case Refer(level):
            return level.word
        case Move(_, category):
            return category or PROGRESS
        case Confirm(names):
            return next(iter(names), "")
        case OfferOnly():
            return ""
    assert_never(conclusion)


def things_in(conclusion: Conclusion) -> tuple[Thing, ...]:  # noqa: C901, PLR0912 - same
    """Return everything a conclusion speaks about, to link to."""
    match conclusion:
        case Confirm(names):
            return tuple((Sort.QUESTION, name) for name in names)
        case AvoidDemand(_, _, names):
            return tuple((Sort.EXERCISE, name) for name in names)
        case OfferOnly(names):
            return tuple((Sort.CATEGORY, name) for name in names)
        case Find(name):
            found = Sort.FINDING, name
        case Refer(_, name):
            found = Sort.TARGET, name
        case AtStage(name):
            found = Sort.STAGE, name
        case AtClearance(name):
            found = Sort.CLEARANCE, name
        case Limit(name):
            found = Sort.LIMIT, name
        case Advise(name):
            found = Sort.ADVICE, name
        case Recommend(name) | AvoidCategory(name):
            found = Sort.CATEGORY, name
        case Move(_, category):
            found = Sort.CATEGORY, category or ""
        case AvoidExercise(name) | Modify(name):
            found = Sort.EXERCISE, name
        case Keep(exercise):
            found = Sort.EXERCISE, exercise or ""
        case _ as never:
            assert_never(never)
    return (found,) if found[1] else ()


def brief(conclusion: Conclusion) -> str:  # noqa: C901, PLR0911, PLR0912 - one line for each kind
    """Return a conclusion in a few words of the rule file: what mutants are named after.

    >>> brief(Limit("pain_during", 0))
    'limit pain_during 0'
    """
    match conclusion:
        case Find(finding, strength):
            return f"find {finding} {strength.word}"
        case Refer(level, to):
            return f"refer {level.word} {to}"
        case AtStage(stage):
            return f"stage {stage}"
        case Limit(limit, at_most):
            return f"limit {limit} {at_most}"
        case Recommend(category):
            return f"recommend {category}"
        case AvoidCategory(target, firmness) | AvoidExercise(target, firmness):
            return f"avoid {target} {firmness.word}"
        case AvoidDemand(direction, firmness):
            return f"avoid {direction} demand {firmness.word}"
        case Modify(exercise):
            return f"modify {exercise}"
        case Keep(exercise):
            return f"keep {exercise or 'programme'}"
        case Advise(advice):
            return f"advise {advice}"
        case Confirm(questions):
            return f"confirm {' '.join(questions)}"
        case AtClearance(clearance):
            return f"clearance {clearance}"
        case OfferOnly(categories):
            return f"offer only {' '.join(categories)}"
        case Move(pace, category):
            return f"{pace.word} {category or 'what was offered'}"
    assert_never(conclusion)


def concludes(  # noqa: C901, PLR0911, PLR0912 - one line for each kind
    knowledge: KnowledgeBase, conclusion: Conclusion
) -> str:
    """Return a conclusion in plain English: a clause after *then*."""
    match conclusion:
        case Find(finding, strength):
            return f"find {knowledge.findings[finding].title} ({strength.word})"
        case Refer(level, to, tell):
            said = f" Say: {tell}" if tell else ""
            return f"refer, {level.word}: {knowledge.targets[to].title}.{said}"
        case AtStage(stage):
            return f"stage: {knowledge.stages[stage].title}"
        case Limit(limit, at_most, parameter):
            kind = knowledge.limits[limit]
            name = f" (`{parameter}`)" if parameter else ""
            return f"{kind.title.lower()}: at most {at_most} {kind.unit}{name}"
        case Recommend(category, note):
            return _noted(f"offer {knowledge.categories[category].title}", note)
        case AvoidCategory(category, firmness):
            return f"leave out {knowledge.categories[category].title} ({firmness.word})"
        case AvoidExercise(exercise, firmness, instead):
            names = ", ".join(knowledge.exercises[e].name for e in instead)
            what = f"leave out {knowledge.exercises[exercise].name} ({firmness.word})"
            return f"{what}; instead: {names}" if names else what
        case AvoidDemand(direction, firmness, exercises):
            what = f"leave out exercises that load {direction} ({firmness.word})"
            return f"{what}: {len(exercises)} in the catalogue"
        case Modify(exercise, instead):
            return f"change {knowledge.exercises[exercise].name}: {instead}"
        case Keep(exercise, note):
            name = knowledge.exercises[exercise].name if exercise else "what no other rule changes"
            return _noted(f"keep {name}", note)
        case Advise(advice):
            return f"say: {knowledge.advice[advice].text}"
        case Confirm(questions):
            return f"ask again: {', '.join(knowledge.questions[q].short for q in questions)}"
        case AtClearance(clearance):
            return f"clearance: {knowledge.clearances[clearance].title}"
        case OfferOnly(categories):
            titles = ", ".join(knowledge.categories[c].title for c in categories)
            return f"offer none but: {titles}"
        case Move(pace, name):
            what = knowledge.categories[name].title if name else "whatever was offered last time"
            return f"{MOVED[pace]} {what}"
    assert_never(conclusion)


def _noted(what: str, note: str) -> str:
    return f"{what}. {note}" if note else what


def said_under_block(conclusion: Conclusion) -> bool:
    """Tell whether a conclusion, or a part of it, is said while exercise is withheld.

    What is said of one exercise of the programme is listed as withheld by itself.
    """
    match conclusion:
        case Recommend() | AvoidCategory() | AvoidDemand() | AtClearance() | OfferOnly():
            return False
        case Find() | Refer() | AtStage() | Limit() | Advise() | Confirm() | Move():
            return True
        case AvoidExercise() | Modify() | Keep():
            return True
    assert_never(conclusion)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that rules add to, each thing by itself: nothing about it is combined.

    Under a block only what a rule says that refers is left. `key` names the list in JSON, and in
    tables where it is `tabled`; `heading` stands above it on the page. `ids` are all that it may
    hold, in order, and `text` is one of them in words. `verb` says it of one; `says` and `silent`
    are where it stands when it is listed and when it is not.
    """

    key: str
    heading: str
    verb: str
    says: str
    silent: str
    ids: Callable[[KnowledgeBase], Iterable[str]]
    text: Callable[[KnowledgeBase, str], str]
    tabled: bool = True


ADVICE = Listing(
    "advice",
    "Tell the client",
    "say",
    "to tell the client",
    "not said",
    ids=lambda knowledge: knowledge.advice,
    text=lambda knowledge, name: knowledge.advice[name].text,
    tabled=False,
)
LISTINGS = (ADVICE,)


def listed(conclusion: Conclusion) -> Listing | None:
    """Return the list a conclusion adds its target to; None for a kind that is combined."""
    match conclusion:
        case Advise():
            return ADVICE
        case Find() | Refer() | AtStage() | Limit() | Confirm() | AtClearance() | Move():
            return None
        case Recommend() | OfferOnly() | Modify() | Keep():
            return None
        case AvoidCategory() | AvoidExercise() | AvoidDemand():
            return None
    assert_never(conclusion)


def listing_of(knowledge: KnowledgeBase, name: str) -> Listing | None:
    """Return the list that an id may be in; None where it may be in none."""
    return next((one for one in LISTINGS if name in one.ids(knowledge)), None)


def said_of(knowledge: KnowledgeBase, kind: type[Conclusion]) -> tuple[str, ...]:
    """Return what live rules say one kind of conclusion about, each once, in order of rule id."""
    said = (c for rule in knowledge.live_rules for c in rule.then if isinstance(c, kind))
    return tuple(dict.fromkeys(map(target_of, said)))


def reached(conclusion: Conclusion, members: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the exercises a conclusion avoids or modifies; `members` are those by category."""
    match conclusion:
        case AvoidExercise(exercise) | Modify(exercise):
            return (exercise,)
        case AvoidDemand(_, _, exercises):
            return exercises
        case AvoidCategory(category):
            return members.get(category, ())
        case Find() | Refer() | AtStage() | Limit() | Advise() | Confirm() | AtClearance():
            return ()
        case Recommend() | OfferOnly() | Move() | Keep():
            return ()
    assert_never(conclusion)


def avoided_in(avoid: Avoid, members: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Yield what is avoided, by kind (category, direction, exercise) and id."""
    match avoid:
        case AvoidCategory(category):
            yield "category", category
        case AvoidDemand(direction):
            yield "direction", direction
        case AvoidExercise():
            pass
        case _ as never:
            assert_never(never)
    for exercise in reached(avoid, members):
        yield "exercise", exercise


class Met(NamedTuple):
    """The claim of a case that a conclusion meets; when `firm`, a weaker one does not meet it."""

    words: str
    firm: bool = False


def claim_of(conclusion: Conclusion) -> Met | None:
    """Return the claim a conclusion meets; None where no claim speaks about it."""
    match conclusion:
        case AvoidCategory(_, firmness) | AvoidExercise(_, firmness) | AvoidDemand(_, firmness):
            hard = firmness is Firmness.HARD
            return Met(f"avoid {target_of(conclusion)}" + " is hard" * hard, hard)
        case Find(finding, strength):
            firm = strength > Strength.SUSPECTED
            return Met(f"find {finding} is {strength.word}" if firm else f"find {finding}", firm)
        case Limit(limit, at_most):
            return Met(f"limit {limit} is {at_most}")
        case Recommend() | Modify() | AtStage() | Advise() | AtClearance():
            return Met(brief(conclusion))
        case Keep(name) | Move(_, name):
            return Met(brief(conclusion)) if name else None
        case Refer() | Confirm() | OfferOnly():
            return None
    assert_never(conclusion)


class Noticing(NamedTuple):
    """Which claims might notice a conclusion: those of a verb, and those about a target."""

    verbs: frozenset[Verb] = frozenset()
    targets: frozenset[str] = frozenset()


PACES = frozenset((Verb.PROGRESS, Verb.HOLD, Verb.REGRESS, Verb.STOP))
PLANNED = frozenset((Verb.KEEP, Verb.MODIFY, Verb.AVOID))


def noticed_by(  # noqa: C901, PLR0911 - one line for each kind
    conclusion: Conclusion, members: Mapping[str, tuple[str, ...]]
) -> Noticing | None:
    """Return which claims might notice a conclusion; None where any might."""
    match conclusion:
        case Advise():
            return Noticing(frozenset((Verb.ADVISE,)))
        case AtStage():
            return Noticing(frozenset((Verb.STAGE,)))
        case Limit():
            return Noticing(frozenset((Verb.LIMIT,)))
        case Confirm():
            return Noticing(frozenset((Verb.CONFIRM,)))
        case Move():
            return Noticing(PACES)
        case Keep(exercise):
            if exercise is None:
                return Noticing(PLANNED)
            return Noticing(targets=frozenset((exercise,)))
        case AvoidCategory() | AvoidExercise() | AvoidDemand() | Modify():
            about = (target_of(conclusion), *reached(conclusion, members))
            return Noticing(targets=frozenset(about))
        case Recommend(name):
            return Noticing(targets=frozenset((name,)))
        case Find() | Refer() | AtClearance() | OfferOnly():
            return None
    assert_never(conclusion)


def others(  # noqa: C901 - one line for each kind
    conclusion: Conclusion, knowledge: KnowledgeBase
) -> Iterator[Conclusion]:
    """Yield what could stand in the place of a conclusion by mistake."""
    match conclusion:
        case Find(finding, strength):
            yield from (Find(finding, s) for s in Strength if s is not strength)
        case Refer(level):
            yield from (replace(conclusion, level=at) for at in _next(level) if at > Level.NONE)
        case AtStage(stage):
            yield from (AtStage(other) for other in _neighbours(knowledge.stages, stage))
        case Limit(limit, at_most):
            yield from (Limit(limit, n) for n in (at_most - 1, at_most + 1) if n >= 0)
        case AvoidExercise(follows=finding) if finding:
            return
        case AvoidCategory(_, firmness) | AvoidDemand(_, firmness) | AvoidExercise(_, firmness):
            yield from (replace(conclusion, firmness=f) for f in Firmness if f is not firmness)
        case AtClearance(clearance):
            yield from (AtClearance(name) for name in _neighbours(knowledge.clearances, clearance))
        case Move(pace):
            yield from (replace(conclusion, pace=other) for other in _next(pace))
        case Confirm(parts):
            yield from (Confirm(rest) for rest in _one_less(parts))
        case OfferOnly(parts):
            yield from (OfferOnly(rest) for rest in _one_less(parts))
        case Recommend() | Modify() | Keep() | Advise():
            return
        case _ as never:
            assert_never(never)


def _next(word: W) -> Iterator[W]:
    """Yield the words one step below and above."""
    return (other for other in type(word) if abs(other - word) == 1)


def _neighbours(names: Iterable[str], name: str) -> Iterator[str]:
    """Yield the names before and after one, in the order of the file."""
    ordered = tuple(names)
    place = ordered.index(name)
    return (ordered[n] for n in (place - 1, place + 1) if 0 <= n < len(ordered))


def _one_less(names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if len(names) > 1:
        yield from (names[:n] + names[n + 1 :] for n in range(len(names)))
