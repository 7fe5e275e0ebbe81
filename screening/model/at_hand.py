"""Whether all that an exercise needs is at hand in a place."""

from __future__ import annotations

from collections.abc import Mapping

from screening.model.catalogue import Equipment, Exercise
from screening.model.session import Place


def at_hand(things: Mapping[str, Equipment], exercise: Exercise, place: Place) -> bool:
    """Tell whether all an exercise needs is at hand in a place."""
    return all(
        any(getattr(things[name], place.value) for name in choice) for choice in exercise.equipment
    )
