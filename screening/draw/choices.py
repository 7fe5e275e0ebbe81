"""Which choices of a session are drawn: by slot, place and pattern, and what has no figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from screening.draw.gallery import by_what_they_show, figures_of
from screening.model.at_hand import at_hand
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import AvoidExercise
from screening.model.session import Place

LEAST = 2


class ThinChoice(NamedTuple):
    """A slot with fewer than two drawn choices in a place for a pattern, and what is not drawn."""

    slot: str
    place: Place
    pattern: str
    drawn: tuple[str, ...]
    undrawn: tuple[str, ...]


def thin_choices(knowledge: KnowledgeBase) -> Iterator[ThinChoice]:
    """Yield where another figure is needed; a slot of which all is drawn needs none."""
    shown = by_what_they_show(figures_of(knowledge))
    patterns = [finding.id for finding in knowledge.findings.values() if finding.pattern]
    for slot in knowledge.session.slots if knowledge.session else ():
        for place in Place:
            for pattern in patterns:
                allowed = tuple(_allowed(knowledge, slot, place, pattern))
                drawn = tuple(name for name in allowed if name in shown)
                if len(drawn) < min(LEAST, len(allowed)):
                    left = tuple(name for name in allowed if name not in shown)
                    yield ThinChoice(slot, place, pattern, drawn, left)


def undrawn(knowledge: KnowledgeBase) -> tuple[str, ...]:
    """Return the exercises that a session may name and that no figure shows."""
    shown = by_what_they_show(figures_of(knowledge))
    slotted = (one.id for one in knowledge.exercises.values() if one.slot)
    return tuple(name for name in slotted if name not in shown)


def _allowed(knowledge: KnowledgeBase, slot: str, place: Place, pattern: str) -> Iterator[str]:
    """Yield what may fill a slot: it is at hand, and the pattern does not leave it out."""
    for one in knowledge.exercises.values():
        said = knowledge.verdicts.get(one.id, {}).get(pattern)
        avoided = said is not None and isinstance(said[1], AvoidExercise)
        if one.slot == slot and not avoided and at_hand(knowledge.equipment, one, place):
            yield one.id
