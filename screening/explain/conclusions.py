"""What a rule says, in plain English: each conclusion as a clause after *then*."""

from __future__ import annotations

from screening.errors import assert_never
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
from screening.model.vocabularies import Pace

MOVED = {
    Pace.PROGRESS: "go one step on with",
    Pace.HOLD: "stay as it is with",
    Pace.REGRESS: "go one step back with",
    Pace.STOP: "stop",
}


def concludes(knowledge: KnowledgeBase, conclusion: Conclusion) -> str:
    """Return a conclusion in words."""
    match conclusion:
        case Move():
            return _move(knowledge, conclusion)
        case Find() | AtStage() | Limit() | Advise() | Confirm() | Refer():
            return _about_client(knowledge, conclusion)
        case AtClearance(clearance):
            return f"clearance: {knowledge.clearances[clearance].title}"
        case OfferOnly(categories):
            titles = ", ".join(knowledge.categories[c].title for c in categories)
            return f"offer none but: {titles}"
        case _:
            return _about_exercise(knowledge, conclusion)


def _move(knowledge: KnowledgeBase, conclusion: Move) -> str:
    name = conclusion.category
    what = knowledge.categories[name].title if name else "whatever was offered last time"
    return f"{MOVED[conclusion.pace]} {what}"


def _about_client(
    knowledge: KnowledgeBase, conclusion: Find | AtStage | Limit | Advise | Confirm | Refer
) -> str:
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
        case Advise(advice):
            return f"say: {knowledge.advice[advice].text}"
        case Confirm(questions):
            return f"ask again: {', '.join(knowledge.questions[q].short for q in questions)}"
    assert_never(conclusion)


def _about_exercise(
    knowledge: KnowledgeBase,
    conclusion: Recommend | AvoidCategory | AvoidExercise | AvoidDemand | Modify | Keep,
) -> str:
    match conclusion:
        case Recommend(category, note):
            return _noted(f"offer {knowledge.categories[category].title}", note)
        case AvoidCategory(category, firmness):
            return f"leave out {knowledge.categories[category].title} ({firmness.word})"
        case AvoidExercise(exercise, firmness, instead):
            names = ", ".join(knowledge.exercises[e].name for e in instead)
            what = f"leave out {knowledge.exercises[exercise].name} ({firmness.word})"
            return f"{what}; instead: {names}" if names else what
        case AvoidDemand(direction, firmness, exercises):
            return (
                f"leave out exercises that load {direction} ({firmness.word}): "
                f"{len(exercises)} in the catalogue"
            )
        case Modify(exercise, instead):
            return f"change {knowledge.exercises[exercise].name}: {instead}"
        case Keep(exercise, note):
            name = knowledge.exercises[exercise].name if exercise else "what no other rule changes"
            return _noted(f"keep {name}", note)
    assert_never(conclusion)


def _noted(what: str, note: str) -> str:
    return f"{what}. {note}" if note else what
