"""Conditions in plain English, with each question's own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from screening.errors import assert_never
from screening.model.expr import (
    OPPOSITE,
    All,
    AnyOf,
    AtLeast,
    Compare,
    Comparison,
    Expr,
    Found,
    Is,
    IsUnknown,
    Leaf,
    Moves,
    Not,
    Reaches,
)
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.score import Score, ScoreItem, band_words
from screening.model.vocabularies import Effect, Strength

SINGULAR = {
    Effect.PROVOKE: "brings it on",
    Effect.RELIEVE: "eases it",
    Effect.CHANGE: "changes it",
}
PLURAL = {Effect.PROVOKE: "bring it on", Effect.RELIEVE: "ease it", Effect.CHANGE: "change it"}
SAID_OF_MOVEMENTS = {
    "provokes": ("brings it on", "does not bring it on"),
    "relieves": ("eases it", "does not ease it"),
    "no_effect": ("has no effect", "has an effect"),
    "not_tried": ("was not tried", "was tried"),
}


def answered(question: Question, value: Value) -> str:
    """Return a question with its answer, in words.

    >>> from screening.model.vocabularies import Kind
    >>> fever = Question("fever", "t", "Fever?", "Fever", Kind.YES_NO, "no")
    >>> answered(fever, "yes")
    'Fever: yes'
    """
    return f"{question.short}: {answer_words(question, value)}"


def answer_words(question: Question, value: Value) -> str:
    """Return an answer in words that can follow a colon."""
    words = question.said(value)
    return words.removeprefix(question.how.lead)


@dataclass(frozen=True)
class Phrases:
    """Says conditions in the words of one knowledge base; `named` adds the names of numbers."""

    knowledge: KnowledgeBase
    named: bool = False

    def phrase(self, expr: Expr, *, positive: bool = True) -> str:
        """Return a condition, or its opposite where `positive` is false, on one line."""
        match expr:
            case Not(part):
                return self.phrase(part, positive=not positive)
            case All() | AnyOf() | AtLeast():
                lead, parts, sign = led(expr, positive=positive)
                inner = [self._inner(part, positive=sign) for part in parts]
                if len(inner) == 1:
                    return inner[0]
                return "; and ".join(inner) if lead == "all of" else f"{lead}: {'; '.join(inner)}"
            case _:
                return self.leaf(expr, positive=positive)

    def _inner(self, part: Expr, *, positive: bool) -> str:
        """Return a part of a condition, in brackets where it has parts itself."""
        words = self.phrase(part, positive=positive)
        return f"({words})" if "; " in words else words

    def tree(self, expr: Expr, depth: int = 0, *, positive: bool = True) -> Iterator[str]:
        """Yield a condition line by line, its parts indented by two spaces."""
        indent = "  " * depth
        match expr:
            case Not(part):
                yield from self.tree(part, depth, positive=not positive)
            case All() | AnyOf() | AtLeast():
                lead, parts, sign = led(expr, positive=positive)
                yield f"{indent}{lead}:"
                for part in parts:
                    yield from self.tree(part, depth + 1, positive=sign)
            case _:
                yield indent + self.leaf(expr, positive=positive)

    def leaf(self, leaf: Leaf, *, positive: bool = True) -> str:
        """Return a single condition, or its opposite, in words."""
        match leaf:
            case Is(name, answer):
                return self._is(self.knowledge.questions[name], answer, positive=positive)
            case Compare(name, op, number, parameter):
                question = self.knowledge.questions[name]
                words = _compared(question, op if positive else OPPOSITE[op], number)
                return f"{words} (`{parameter}`)" if parameter and self.named else words
            case Reaches(score, points, parameter):
                words = reached(score, points, positive=positive)
                return f"{words} (`{parameter}`)" if parameter and self.named else words
            case IsUnknown(name):
                short = self.knowledge.questions[name].short
                return f"{short}: {'not known or not said' if positive else 'known'}"
            case Found(finding, strength):
                return self.finding(finding, strength, positive=positive)
            case Moves():
                return self._moves(leaf, positive=positive)
        assert_never(leaf)

    def finding(self, finding: str, strength: Strength, *, positive: bool = True) -> str:
        """Return that a finding is there at a strength or higher, or that it is not."""
        title = self.knowledge.findings[finding].title
        degree = "" if strength is Strength.SUSPECTED else f" ({strength.word} or stronger)"
        return f"{'' if positive else 'not '}{title}{degree}"

    def movements(self, group: str, count: int) -> str:
        """Return a number of movements of a group: its noun, singular or plural."""
        kind = f"{self.knowledge.groups[group].title} " if group else ""
        return f"{kind}movement{'' if count == 1 else 's'}"

    def _is(self, question: Question, answer: str, *, positive: bool) -> str:
        if question.is_movement:
            return f"{question.short} {SAID_OF_MOVEMENTS[answer][0 if positive else 1]}"
        opposite = question.how.negated.get(answer)
        if not positive and opposite is not None:
            return answered(question, opposite)
        words = answer_words(question, answer)
        return f"{question.short}: {words if positive else f'anything but “{words}”'}"

    def _moves(self, leaf: Moves, *, positive: bool) -> str:
        many = leaf.at_least > 1
        noun = self.movements(leaf.group, leaf.at_least)
        if positive and many:
            return f"at least {leaf.at_least} {noun} {PLURAL[leaf.effect]}"
        if positive:
            return f"some {noun} {SINGULAR[leaf.effect]}"
        if many:
            return f"fewer than {leaf.at_least} {noun} {PLURAL[leaf.effect]}"
        return f"no {noun} {SINGULAR[leaf.effect]}"


def reached(score: Score, points: int, *, positive: bool) -> str:
    """Return that a score has so many points, or has less; with the band that begins there.

    >>> from screening.model.score import Band
    >>> reached(Score("s", "The sum", (), (Band("high", 5),)), 5, positive=True)
    'The sum: 5 points or more (high)'
    """
    amount = f"{points} point{'' if points == 1 else 's'}"
    band = next((band.id for band in score.bands if band.begins == points), "")
    if positive:
        last = score.bands and band == score.bands[-1].id
        begins = f" ({band_words(band)}{'' if last else ' or above'})" if band else ""
        return f"{score.title}: {amount} or more{begins}"
    below = f" (below {band_words(band)})" if band else ""
    return f"{score.title}: less than {amount}{below}"


def summed(score: Score, least: int, most: int) -> str:
    """Return the points of a score, and its band where every sum that is left has the same.

    >>> from screening.model.score import Band
    >>> bands = (Band("low", 0), Band("very_high", 5))
    >>> summed(Score("s", "S", (), bands), 6, 6), summed(Score("s", "S", (), bands), 4, 6)
    ('6 points, very high', '4 to 6 points, low to very high')
    """
    points = f"{least} to {most} points"
    if least == most:
        points = f"{least} point{'' if least == 1 else 's'}"
    low, high = (band_words(score.band(end)) for end in (least, most))
    if low == high:
        return f"{points}, {low}" if low else points
    return f"{points}, {low or 'no band'} to {high}"


def gave(knowledge: KnowledgeBase, item: ScoreItem, points: int | None) -> str:
    """Return what an answer gave, with a sign where that may be less than nothing."""
    short = knowledge.questions[item.question].short
    if points is None:
        return f"{short}: not known, {item.least} to {item.most}"
    return f"{short}: {points:+}" if item.least < 0 else f"{short}: {points}"


def led(expr: All | AnyOf | AtLeast, *, positive: bool) -> tuple[str, tuple[Expr, ...], bool]:
    """Return the words before the parts of a condition, the parts, and the parts' sign."""
    match expr:
        case All(parts):
            return ("all of", parts, True) if positive else ("not all of", parts, True)
        case AnyOf(parts):
            return ("any of", parts, True) if positive else ("none of", parts, True)
        case AtLeast(count, parts):
            return f"{'at least' if positive else 'fewer than'} {count} of", parts, True


def _compared(question: Question, op: Comparison, number: int) -> str:
    """Return a comparison in words: `4 points or more`."""
    amount = question.amount(number)
    match op:
        case ">=":
            return f"{question.short}: {amount} or more"
        case "<=":
            return f"{question.short}: {amount} or less"
        case ">":
            return f"{question.short}: more than {amount}"
        case "<":
            return f"{question.short}: less than {amount}"
    assert_never(op)
