"""From an explanation to one sentence: what was answered, and what of it meets the target."""

from __future__ import annotations

from collections.abc import Iterator

from screening.explain.explanation import Explanation, Reason, Standing
from screening.explain.words import PLURAL, SAID_OF_MOVEMENTS, SINGULAR, answer_words
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.vocabularies import Effect

SAID = "\N{LEFT DOUBLE QUOTATION MARK}{}\N{RIGHT DOUBLE QUOTATION MARK}"
CLAUSES = 3  # more is no sentence
DEGREES = {2: "much", 3: "very much"}
EFFECTS = {"provokes": Effect.PROVOKE, "relieves": Effect.RELIEVE}


def one_sentence(explanation: Explanation, knowledge: KnowledgeBase) -> str:
    """Return why, in one sentence; "" where no answer stands behind it, and for what goes on."""
    if explanation.says.startswith("keep"):
        return ""
    clauses = list(dict.fromkeys(_clauses(explanation.reasons, knowledge)))[:CLAUSES]
    if not clauses:
        return ""
    if explanation.standing is Standing.CONCLUDED:
        clauses += _demands(explanation, knowledge)
    lead = "Held back because" if explanation.standing is Standing.WITHHELD else "Because"
    return f"{lead} {', and '.join(clauses)}."


def listed(words: list[str]) -> str:
    """Return words in a row.

    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    *rest, last = words
    return f"{', '.join(rest)} and {last}" if rest else last


def _clauses(reasons: tuple[Reason, ...], knowledge: KnowledgeBase) -> Iterator[str]:
    for reason in reasons:
        for fact in reason.facts:
            yield from _clause(fact.answers, knowledge)


def _clause(answers: tuple[tuple[str, Value], ...], knowledge: KnowledgeBase) -> Iterator[str]:
    """Yield what was answered: movements that do the same together, else each answer."""
    moved: dict[str, list[str]] = {}
    for name, value in answers:
        question = knowledge.questions[name]
        if not question.is_movement:
            words = answer_words(question, value)
            yield f"{_lower(question.short)} was answered {SAID.format(words)}"
        elif value in EFFECTS or (len(answers) == 1 and value in question.words):
            moved.setdefault(str(value), []).append(question.short)
    for value, names in moved.items():
        if value not in EFFECTS:
            yield f"{names[0]} {SAID_OF_MOVEMENTS[value][0]}"
        else:
            verb = (PLURAL if len(names) > 1 else SINGULAR)[EFFECTS[value]]
            yield f"{listed(names)} {verb}"


def _demands(explanation: Explanation, knowledge: KnowledgeBase) -> Iterator[str]:
    """Yield what an exercise asks for most, where the catalogue is behind its verdict."""
    exercise = knowledge.exercises.get(explanation.target)
    cells = [r.rule for r in explanation.reasons if knowledge.rules[r.rule].cell]
    if exercise is None or not cells or not exercise.demands:
        return
    direction, degree = max(exercise.demands.items(), key=lambda one: one[1])
    if degree in DEGREES:
        group = knowledge.groups.get(direction)
        kind = f"{group.title} movement" if group else direction
        yield f"{exercise.name} asks for {DEGREES[degree]} {kind}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
