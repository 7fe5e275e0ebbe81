"""What is compared, in words."""

from __future__ import annotations

from screening.engines.solver.meaning import (
    Aspect,
    Clearing,
    LightOnly,
    OfCategory,
    OfExercise,
    Referral,
    Withholding,
)
from screening.errors import assert_never
from screening.model.vocabularies import Level


def aspect_words(aspect: Aspect) -> str:  # noqa: PLR0911 - one for each kind of thing
    """Return what is compared, in words.

    >>> aspect_words(Referral(Level.WITHIN_DAYS)), aspect_words(OfExercise("plank"))
    ('referral within_days or sooner', 'exercise plank')
    """
    match aspect:
        case Referral(Level.EMERGENCY):
            return "referral emergency"
        case Referral(level):
            return f"referral {level.word} or sooner"
        case Withholding():
            return "withholding of every exercise"
        case LightOnly():
            return "usual light activity only"
        case Clearing(clearance):
            return f"clearance {clearance}"
        case OfCategory(category):
            return f"category {category}"
        case OfExercise(exercise):
            return f"exercise {exercise}"
    assert_never(aspect)
