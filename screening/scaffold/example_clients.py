"""Made-up clients for a condition: one who meets it, near misses, and one not asked everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from screening.engines.applicable import with_harmless_rest
from screening.engines.reference import evaluate
from screening.errors import assert_never
from screening.model.expr import (
    All,
    AnyOf,
    AtLeast,
    Compare,
    Expr,
    Found,
    Is,
    IsUnknown,
    Moves,
    Not,
    Reaches,
)
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.rule import Example, Head, Rule
from screening.model.score import Score
from screening.model.vocabularies import Strength, Truth, Unknown

Sheet = Mapping[str, Value]
Part = TypeVar("Part")
STILL = "no_effect"
MOST = 12  # clients; an author looks at no more


class Client(NamedTuple):
    """A made-up client, and what the rule as written makes of them."""

    given: Sheet
    harmless_rest: bool
    truth: Truth


def clients(knowledge: KnowledgeBase, rule: Rule) -> tuple[Client, ...]:
    """Return clients on each side of every part of a rule's condition, each once."""
    base = replace(knowledge, rules={**knowledge.rules, rule.id: rule})
    met = _sheet(base, rule.when, wanted=True)
    sheets = [met, *_near(base, rule.when)]
    found: dict[tuple[tuple[str, Value], ...], Client] = {}
    for sheet in sheets:
        found.setdefault(tuple(sorted(sheet.items(), key=str)), _judged(base, rule, sheet))
    asked = [client for client in found.values() if client.truth is not Truth.UNDECIDED]
    return (*asked[: MOST - 1], *_open(base, rule, met))


def truth_of(knowledge: KnowledgeBase, rule: Rule, client: Example) -> Truth:
    """Return what a rule as written makes of the client of an example."""
    base = replace(knowledge, rules={**knowledge.rules, rule.id: rule})
    sheet = with_harmless_rest(base, client.given) if client.harmless_rest else client.given
    return _truth(base, rule, sheet)


def _open(base: KnowledgeBase, rule: Rule, met: Sheet) -> Iterator[Client]:
    """Yield one client not asked everything yet, if that leaves the rule open."""
    for left in (*reversed(list(met)), *([""] if met else [])):
        sheet = {q: v for q, v in met.items() if left and q != left}
        if _truth(base, rule, sheet) is Truth.UNDECIDED:
            yield Client(sheet, False, Truth.UNDECIDED)
            return


def _judged(base: KnowledgeBase, rule: Rule, sheet: Sheet) -> Client:
    """Return a client; what else would be asked is answered harmlessly where it is needed."""
    truth = _truth(base, rule, sheet)
    if truth is not Truth.UNDECIDED:
        return Client(sheet, False, truth)
    return Client(sheet, True, _truth(base, rule, with_harmless_rest(base, sheet)))


def _truth(base: KnowledgeBase, rule: Rule, sheet: Sheet) -> Truth:
    return evaluate(base, sheet).heads[Head(rule.id)]


def _near(base: KnowledgeBase, when: Expr) -> Iterator[Sheet]:
    """Yield sheets that miss a condition by one part, and those that meet it another way."""
    match when:
        case All(parts) | AtLeast(_, parts):
            for place, part in enumerate(parts):
                others = [_sheet(base, p, wanted=True) for p in _without(parts, place)]
                for missed in (_sheet(base, part, wanted=False), *_near(base, part)):
                    yield _merged([*others, missed])
        case AnyOf(parts):
            none = [_sheet(base, part, wanted=False) for part in parts]
            yield _merged(none)
            for place, part in enumerate(parts):
                for met in (_sheet(base, part, wanted=True), *_near(base, part)):
                    yield _merged([*_without(none, place), met])
        case Not(part):
            yield from _near(base, part)
            yield _sheet(base, part, wanted=True)
        case _:
            yield _sheet(base, when, wanted=False)


def _without(parts: Sequence[Part], place: int) -> list[Part]:
    return [*parts[:place], *parts[place + 1 :]]


def _merged(sheets: Iterable[Sheet]) -> Sheet:
    """Return all answers of some sheets; of two to one question the later that says something."""
    merged: dict[str, Value] = {}
    for sheet in sheets:
        merged |= {q: v for q, v in sheet.items() if q not in merged or v != STILL}
    return merged


def _sheet(  # noqa: C901, PLR0911 - one case a kind of condition
    base: KnowledgeBase, expr: Expr, *, wanted: bool
) -> Sheet:
    """Return few answers that make a condition true, or false where it is not wanted."""
    match expr:
        case Not(part):
            return _sheet(base, part, wanted=not wanted)
        case All(parts):
            needed = parts if wanted else parts[:1]
            return _merged(_sheet(base, part, wanted=wanted) for part in needed)
        case AnyOf(parts):
            needed = parts[:1] if wanted else parts
            return _merged(_sheet(base, part, wanted=wanted) for part in needed)
        case AtLeast(count, parts):
            met = (_sheet(base, part, wanted=True) for part in parts[:count])
            missed = (_sheet(base, part, wanted=False) for part in parts[count - 1 :])
            return _merged(met if wanted else missed)
        case Is(name, answer):
            return {name: answer if wanted else _other(base.questions[name], answer)}
        case IsUnknown(name):
            return {name: Unknown.DONT_KNOW if wanted else base.questions[name].harmless}
        case Compare():
            return {expr.question: _beside(base.questions[expr.question], expr, wanted=wanted)}
        case Reaches(score, points):
            return _summing(score, points, wanted=wanted)
        case Moves(group, effect, at_least):
            count = at_least if wanted else at_least - 1
            moving = base.members[group]
            rest = {} if wanted else dict.fromkeys(moving[count:], STILL)
            return {**dict.fromkeys(moving[:count], effect.answers[0]), **rest}
        case Found(finding, strength):
            return _found(base, finding, strength) if wanted else {}
    assert_never(expr)


def _summing(score: Score, points: int, *, wanted: bool) -> Sheet:
    """Return answers with the sum nearest to a number of points, on the side that is wanted."""
    sums: dict[int, Sheet] = {0: {}}
    for item in score.items:
        choices: dict[int, Value] = {
            gives: word
            for word, gives in reversed(item.words)
            if word != Unknown.NOT_APPLICABLE.value
        }
        choices |= {gives: low for low, _, gives in reversed(item.ranges)}
        sums = {
            before + gives: {**sheet, item.question: value}
            for before, sheet in sums.items()
            for gives, value in choices.items()
        }
    fitting = [total for total in sums if (total >= points) is wanted]
    nearest = (min if wanted else max)(fitting, default=None)
    return {} if nearest is None else sums[nearest]


def _other(question: Question, answer: str) -> Value:
    """Return another answer: the harmless one where that is another."""
    others = (question.harmless, *question.words)
    return next((other for other in others if other != answer), answer)


def _beside(question: Question, leaf: Compare, *, wanted: bool) -> int:
    """Return the number next to the one compared with, on the side that is wanted."""
    steps = {">=": (0, -1), ">": (1, 0), "<=": (0, 1), "<": (-1, 0)}
    met, missed = steps[leaf.op]
    return min(question.high, max(question.low, leaf.number + (met if wanted else missed)))


def _found(base: KnowledgeBase, finding: str, strength: Strength) -> Sheet:
    """Return the answers of the first example in which a finding is found."""
    for name in base.finders[finding, strength]:
        for example in base.rules[name].examples:
            if example.expect is Truth.TRUE:
                return example.given
    return {}
