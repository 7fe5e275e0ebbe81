"""What an exercise needs, and how much of it to begin with, in words."""

from __future__ import annotations

from screening.model.catalogue import Exercise
from screening.model.knowledge import KnowledgeBase


def equipment_words(knowledge: KnowledgeBase, exercise: Exercise) -> tuple[str, ...]:
    """Return the things it needs, each with what will do as well."""
    titles = {name: thing.title for name, thing in knowledge.equipment.items()}
    return tuple(" or ".join(titles[name] for name in choice) for choice in exercise.equipment)


def dose_words(exercise: Exercise) -> str:
    """Return how much of it to begin with; empty where nothing is said."""
    dose = exercise.dose
    if dose is None:
        return ""
    unit, amount = next(iter(dose.amounts.items()))
    sets = "" if dose.sets is None else f"{dose.sets} sets of "
    side = " a side" if exercise.per_side else ""
    rest = "" if dose.rest is None else f", {dose.rest} seconds of rest"
    done = {"reps": "repetitions"}.get(unit, unit)
    return f"{sets}{amount} {done}{side}, effort {dose.effort} of 10{rest}"
