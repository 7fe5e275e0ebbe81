"""The catalogue against itself: alternatives, ladders, and verdicts beside what they judge."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.diagnostics import Code, Problems, quoted
from screening.errors import CircularFindingsError
from screening.model.catalogue import Exercise
from screening.model.dependency_order import in_dependency_order
from screening.model.knowledge import KnowledgeBase
from screening.model.name_matching import folded
from screening.model.rule import AvoidExercise, Keep, Modify, Rule
from screening.model.vocabularies import DEMANDING

HARDEST = 3
LONGEST_CUE = 45  # what fits on a line of a session sheet
REPLACES = re.compile(r"\binstead\b|\bfor now\b|\blater on\b", re.IGNORECASE)


def unequal_alternatives(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each alternative that is not kept for the same finding, or trains something else."""
    for exercise, finding, rule, verdict in _verdicts(knowledge):
        for name in verdict.instead if isinstance(verdict, AvoidExercise) else ():
            other = knowledge.exercises[name]
            _, said = knowledge.verdicts[name].get(finding, (rule, None))
            if isinstance(said, Modify):
                message = f"`{rule.id}` offers `{name}`, which `{finding}` changes"
                problems.add(Code.avoided_alternative, rule.at, message)
            if exercise.trains and not set(exercise.trains) & set(other.trains):
                trained = ", ".join(exercise.trains)
                message = f"`{rule.id}` offers `{name}`, which trains nothing of {trained}"
                problems.add(Code.unequal_alternative, rule.at, message)


def shared_spellings(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note names that differ in case, hyphens, spaces or a plural only, and mean two exercises."""
    meant: dict[str, str] = {}
    for name, exercise in knowledge.exercise_names.items():
        other = meant.setdefault(folded(name), exercise)
        if other != exercise:
            message = f"{quoted(name)} is spelt like a name of `{other}`"
            problems.add(Code.duplicate_id, knowledge.exercises[exercise].at, message)


def circular_ladders(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note exercises that are easier than themselves."""
    try:
        in_dependency_order({e.id: e.easier for e in knowledge.exercises.values()})
    except CircularFindingsError as error:
        way = [str(name) for name in (*error.circle, error.circle[0])]
        message = f"each of these is easier than the one before it: {' ← '.join(way)}"
        problems.add(Code.circular_ladder, knowledge.exercises[way[0]].at, message)


def verdicts_against_demands(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note verdicts that do not fit what the exercise loads of what the finding is sensitive to.

    What loads it most is not kept, what loads it clearly is kept with a cue, and what loads it
    little is left out only with evidence of its own.
    """
    for exercise, finding, rule, verdict in _verdicts(knowledge):
        loads = {d: exercise.demands[d] for d in knowledge.sensitive[finding]}
        most = max(loads, key=lambda d: loads[d], default="")
        if not most:
            continue
        cue = verdict.note and loads[most] < HARDEST if isinstance(verdict, Keep) else True
        if loads[most] >= DEMANDING and not cue:
            message = f"`{rule.id}` keeps what loads {most} {loads[most]} of {HARDEST}"
            help_ = (
                "change it, or say what holds it down" if loads[most] < HARDEST else "change it"
            )
            problems.add(Code.demanding_keep, rule.at, message, help_)
        avoided = isinstance(verdict, AvoidExercise) and loads[most] < DEMANDING
        if avoided and rule.evidence == exercise.evidence:
            message = f"`{rule.id}` leaves out what loads {most} no more than {loads[most]}"
            help_ = "keep or change it, or name the evidence for this verdict"
            problems.add(Code.undemanding_avoid, rule.at, message, help_)


def replacing_keeps(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note verdicts that keep an exercise and name another, or put it off."""
    for exercise, _, rule, verdict in _verdicts(knowledge):
        if not isinstance(verdict, Keep) or not verdict.note:
            continue
        said = [
            phrase
            for phrase in _phrases(verdict.note)
            if knowledge.exercise_names.get(phrase, exercise.id) != exercise.id
        ]
        put_off = REPLACES.search(verdict.note)
        named = put_off[0] if put_off else next(iter(said), "")
        if named:
            message = f"`{rule.id}` keeps the exercise and says `{named}`"
            help_ = "a cue is for the exercise itself; another one is an `avoid` with it"
            problems.add(Code.replacing_keep, rule.at, message, help_)


def long_cues(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note cues that do not fit on a line of a session sheet."""
    for exercise in knowledge.exercises.values():
        for cue in exercise.cues:
            if len(cue) > LONGEST_CUE:
                message = f"a cue of `{exercise.id}` has {len(cue)} characters: `{cue}`"
                help_ = f"at most {LONGEST_CUE} fit on a line of the session sheet"
                problems.add(Code.long_cue, exercise.at, message, help_)


Judged = tuple[Exercise, str, Rule, AvoidExercise | Keep | Modify]


def _verdicts(knowledge: KnowledgeBase) -> Iterator[Judged]:
    """Yield the catalogue's verdicts: the exercise, the finding, the rule, and what it says."""
    for name, judged in knowledge.verdicts.items():
        for finding, (rule, said) in judged.items():
            yield knowledge.exercises[name], finding, rule, said


def _phrases(note: str) -> Iterator[str]:
    """Yield the runs of two to five words in a text: single words are names by chance."""
    words = re.findall(r"[a-z0-9-]+", note.lower())
    for length in range(2, 6):
        for first in range(len(words) - length + 1):
            yield " ".join(words[first : first + length])
