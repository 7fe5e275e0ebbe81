"""When no paper is written, whatever is asked for: what is to be done comes first."""

from __future__ import annotations

from screening.errors import NoPaperError
from screening.explain import Ground
from screening.model.vocabularies import Level


def refuse_in_an_emergency(ground: Ground, paper: str) -> None:
    """Refuse a paper in an emergency, and before emergencies are asked about.

    Raises:
        NoPaperError: for one of these, with what to do instead.

    """
    found, knowledge = ground.assessment, ground.knowledge
    level = found.referral.level
    if level is Level.EMERGENCY:
        say = " ".join(f"Say: “{tell}”" for tell in found.referral.tell)
        act = knowledge.levels[level].act
        raise NoPaperError(f"an emergency waits for no {paper}\n  do now: {act} {say}".rstrip())
    if level < Level.SAME_DAY and unasked(ground):
        shorts = "; ".join(unasked(ground))
        raise NoPaperError(
            f"emergency questions are not answered yet\n  help: ask first: {shorts}"
        )


def unasked(ground: Ground) -> tuple[str, ...]:
    """Return the emergency questions that are not answered yet, in few words."""
    urgent = Level.EMERGENCY.word
    names = (one.question for one in ground.assessment.open if urgent in one.could_change)
    return tuple(ground.knowledge.questions[name].short for name in names)
