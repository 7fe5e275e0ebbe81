"""What becomes of one exercise of the client's programme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from screening.assess.fired_conclusions import Effects
from screening.model.assessment import Planned
from screening.model.conclusions import AVOIDS
from screening.model.expr import findings_of, named_questions
from screening.model.rule import (
    AvoidExercise,
    Conclusion,
    Keep,
    Modify,
    Rule,
)
from screening.model.vocabularies import Truth, Verdict

RuleConclusions = Sequence[tuple[Rule, Conclusion]]


def planned(effects: Effects, exercise: str, live: Mapping[str, tuple[str, ...]]) -> Planned:
    """Return the verdict on one exercise.

    What a clinician leaves out is left out; else the strictest fired rule decides. While a
    stricter rule is undecided, its verdict holds until the questions in `open` are answered:
    unknown is never read as a go-ahead. What is changed keeps the cue of its own verdict.
    """
    entry = effects.avoided.get(("exercise", exercise))
    fired = effects.about(exercise, Truth.TRUE)
    if entry is not None and entry.agreed is not None:
        avoided = [(r, c) for r, c in fired if isinstance(c, AVOIDS)]
        return replace(_planned(effects, exercise, Verdict.AVOID, avoided), agreed=entry.agreed)
    waiting = effects.about(exercise, Truth.UNDECIDED)
    cues = [(r, c) for r, c in fired if isinstance(c, Keep) and c.exercise and c.note]
    for verdict, kinds in ((Verdict.AVOID, AVOIDS), (Verdict.MODIFY, (Modify,))):
        also = cues if verdict is Verdict.MODIFY else []
        sure = [(r, c) for r, c in fired if isinstance(c, kinds)]
        if sure:
            return _planned(effects, exercise, verdict, [*sure, *also])
        unsure = [(r, c) for r, c in waiting if isinstance(c, kinds)]
        if unsure:
            open_ = tuple(q for q in live if _bears_on(q, live[q], unsure))
            return _planned(effects, exercise, verdict, [*unsure, *also], open_)
    keeps = [(r, c) for r, c in fired or waiting if isinstance(c, Keep)]
    own = [(r, c) for r, c in keeps if c.exercise]
    return _planned(effects, exercise, Verdict.KEEP, own or keeps)


def _left_out(effects: Effects, exercise: str) -> bool:
    """Tell whether an exercise is avoided, or could still be: then it is no alternative."""
    waiting = effects.about(exercise, Truth.UNDECIDED)
    avoided = ("exercise", exercise) in effects.avoided
    return avoided or any(isinstance(conclusion, AVOIDS) for _, conclusion in waiting)


def _bears_on(
    question: str,
    targets: tuple[str, ...],
    said: Iterable[tuple[Rule, Conclusion]],
) -> bool:
    """Tell whether a question could settle one of these rules."""
    return any(
        question in named_questions(rule.when) or set(findings_of(rule.when)) & set(targets)
        for rule, _ in said
    )


def _planned(
    effects: Effects,
    exercise: str,
    verdict: Verdict,
    said: RuleConclusions,
    open_: tuple[str, ...] = (),
) -> Planned:
    texts = [c.instead for _, c in said if isinstance(c, Modify)]
    texts += [c.note for _, c in said if isinstance(c, Keep) and c.note]
    offered = (e for _, c in said if isinstance(c, AvoidExercise) for e in c.instead)
    alternatives = tuple(dict.fromkeys(e for e in offered if not _left_out(effects, e)))
    rules = tuple(dict.fromkeys(rule.id for rule, _ in said))
    return Planned(exercise, verdict, " ".join(dict.fromkeys(texts)), alternatives, rules, open_)
