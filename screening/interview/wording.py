"""From steps of an interview to the words shown: short, and never a diagnosis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screening.diagnostics import word
from screening.follow import Carried
from screening.interview.planner import WEIGHTS, Plan, weight
from screening.interview.reply import keys
from screening.model.case import Earlier
from screening.model.catalogue import Category
from screening.model.conclusions import listing_of
from screening.model.decision import REPEAT_AFTER, Looked
from screening.model.expr import Expr, Moves, leaves, named_questions
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.terms import Clearance, Finding, LimitKind, Stage
from screening.model.tick_list import tick_of
from screening.model.vocabularies import Level
from screening.records.event import Listed

WHY_SHOWN = 4
DUE = (
    f"That is more than {REPEAT_AFTER} days, so all questions are due again: "
    "`screening interview`."
)
HELP = (
    "why         what this answer can still change",
    "back        undo the last answer",
    "change Q    ask one again, by its name or its number in `review`",
    "dk          don't know",
    "pns         prefer not to say",
    "skip        ask it later",
    "card        show it big, for pointing",
    "review      answers so far",
    "save, quit  where it is kept; stop and go on later",
)
CARD_OFFER = (
    "That is fine. It matters, so once more: you can point to the card instead of saying it aloud."
)
TICKED = {"yes": "these fit", "provokes": "bring it on"}
"""What is said of items that are ticked."""
SHORT = {"provokes": "brings it on", "relieves": "eases", "no_effect": "no effect"}


def progress(plan: Plan) -> str:
    """Return how far the interview is."""
    return f"{plan.answered} answered, about {plan.about} left"


def choices(question: Question) -> tuple[str, ...]:
    """Return the answers with their keys: one line, or one line each."""
    if question.is_number:
        return (question.span,)
    if question.how.keys is not None:
        return (footer(question),)
    said = (question.said(answer) for answer in keys(question).values())
    return tuple(f"{key} {words}" for key, words in zip(keys(question), said, strict=True))


def ticked(items: tuple[Question, ...], values: Mapping[str, Value]) -> str:
    """Return what was said to the items of a list in one line; those that concern come first."""
    shorts: dict[Value, list[str]] = {}
    for one in items:
        shorts.setdefault(values[one.id], []).append(one.item)
    quiet = shorts.pop(items[0].harmless, [])
    if not shorts:
        return "none of these"
    said = [f"{items[0].said(value)}: {', '.join(names)}" for value, names in shorts.items()]
    rest = ("the rest" if len(quiet) > 1 else quiet[0]) if quiet else ""
    said += [f"{items[0].said(items[0].harmless)}: {rest}"] if rest else []
    return " · ".join(said)


def list_footer(items: tuple[Question, ...], keys_before: Mapping[str, Value]) -> str:
    """Return the keys of a list in one line."""
    first, last = items[0], len(items)
    ticks = TICKED.get(tick_of(first), first.said(tick_of(first)))
    said = {key: SHORT.get(str(v), first.said(v)) for key, v in keys_before.items()}
    said |= {"?": f"not sure about {last}"}
    others = (f"{key} {last} {words}" for key, words in said.items())
    none = "n none" if len(said) == 1 else f"n {SHORT.get(str(first.harmless), first.harmless)}"
    return " · ".join((f"1 {last} {ticks}", none, *others, "dk not sure about any"))


def footer(question: Question) -> str:
    """Return the keys of a question in one line.

    >>> from screening.model.question import MOVEMENT
    >>> from screening.model.vocabularies import Kind
    >>> footer(Question("a", "t", "A?", "a", Kind.MOVEMENT, "no_effect", MOVEMENT))
    'p brings it on · r eases · n no effect · t not tried'

    """
    return " · ".join(
        f"{key} {SHORT.get(answer, answer.replace('_', ' '))}"
        for key, answer in keys(question).items()
    )


def why(knowledge: KnowledgeBase, could_change: tuple[str, ...]) -> str:
    """Return which conclusions an answer can still change, the weightiest first."""
    if not could_change:
        return "It can change no conclusion any more; the answer is kept with the others."
    targets = sorted(could_change, key=lambda target: _rank(knowledge, target))
    named = list(dict.fromkeys(title(knowledge, target) for target in targets))
    more = len(named) - WHY_SHOWN
    text = "; ".join(named[:WHY_SHOWN]) + (f"; and {more} more" if more > 0 else "")
    return f"It can still change: {text}."


def _rank(knowledge: KnowledgeBase, target: str) -> tuple[int, int]:
    """Return what is named first: referrals by weight, then clearances, findings, the rest."""
    kinds = _titled(knowledge)
    place = next((n for n, kind in enumerate(kinds) if target in kind), len(kinds))
    return -weight((target,)), place


OTHERS = {
    "programme": "the current programme",
    "progress": "what becomes of what was offered last time",
}


def _titled(
    knowledge: KnowledgeBase,
) -> tuple[Mapping[str, Clearance | Finding | Category | Stage | LimitKind], ...]:
    """Return what has a title, most important first."""
    return (
        knowledge.clearances,
        knowledge.findings,
        knowledge.categories,
        knowledge.stages,
        knowledge.limits,
    )


def title(knowledge: KnowledgeBase, target: str) -> str:
    """Return a conclusion's name in words."""
    if target in WEIGHTS:
        return f"referral ({knowledge.levels[Level[target.upper()]].title.lower()})"
    for named in _titled(knowledge):
        if target in named:
            return named[target].title
    if target in knowledge.exercises:
        return knowledge.exercises[target].name
    listing = listing_of(knowledge, target)
    if listing is not None:
        return listing.key
    if target in knowledge.questions:
        return f"whether the answers fit together ({knowledge.questions[target].short})"
    return OTHERS.get(target, f"what loads {target}")


def review(
    knowledge: KnowledgeBase, answers: Mapping[str, Value], carried: Mapping[str, Carried]
) -> tuple[str, ...]:
    """Return the answers so far, numbered for `change`; the carried ones last, with their age."""
    lines = [_said(knowledge, name, value) for name, value in answers.items()]
    lines += [
        f"{_said(knowledge, name, one.value)} ({age(one.weeks)})" for name, one in carried.items()
    ]
    return tuple(f"{place:>3} {line}" for place, line in enumerate(lines, start=1))


def _said(knowledge: KnowledgeBase, name: str, value: Value) -> str:
    question = knowledge.questions[name]
    return f"{question.short}: {question.said(value)}"


def still_open(knowledge: KnowledgeBase, earlier: Earlier, client: str | None) -> tuple[str, ...]:
    """Return what is said first of a referral on record that no clinician has agreed about."""
    if earlier.level < Level.WITHIN_DAYS or not (earlier.anew or earlier.looked is Looked.NO):
        return ()
    title, whose = knowledge.levels[earlier.level].title, word(client) if client else "CASE"
    stays = "Whatever is answered today, it stays until a clinician has agreed and you have"
    record = f"recorded that: `screening referral cleared {whose}`."
    return (f"Still open from last time: {title}. {stays} {record}",)


def taken_up(carried: int, days: int | None) -> tuple[str, ...]:
    """Return what a follow-up begins with: how long ago last time was, and what is kept of it."""
    since = () if days is None else (f"Last screening: {ago(days)}, by the records.",)
    due = (DUE,) if days is not None and days > REPEAT_AFTER else ()
    if not carried:
        return (*since, *due)
    kept = f"Kept from last time: {carried} answers. `review` shows them, `change` corrects them."
    return (*since, *due, kept)


def ago(days: int) -> str:
    """Return how long ago so many days are; none is today, and so is a clock that was set back."""
    return ("today", "yesterday")[max(0, days)] if days < 2 else f"{days} days ago"  # noqa: PLR2004


def age(weeks: int | None) -> str:
    """Return how old an earlier answer is.

    >>> age(0), age(1), age(3), age(None)
    ('this week', '1 week ago', '3 weeks ago', 'from before')
    """
    if not weeks:
        return "from before" if weeks is None else "this week"
    return f"{weeks} week{'s' if weeks > 1 else ''} ago"


def programme(knowledge: KnowledgeBase, listed: Listed) -> str:
    """Return a programme in words."""
    names = [
        knowledge.exercises[one].name for one in listed.programme if one in knowledge.exercises
    ]
    return ", ".join((*names, *listed.other)) or "none"


def at_odds(knowledge: KnowledgeBase, rule: str, answers: Mapping[str, Value]) -> tuple[str, ...]:
    """Return the answered questions that a rule says do not fit together, in asking order."""
    named = set(_behind(knowledge, knowledge.rules[rule].when, answers))
    return tuple(name for name in knowledge.questions if name in named and name in answers)


def _behind(knowledge: KnowledgeBase, when: Expr, answers: Mapping[str, Value]) -> Iterator[str]:
    yield from named_questions(when)
    for leaf in leaves(when):
        if isinstance(leaf, Moves):
            for name in knowledge.members[leaf.group]:
                if answers.get(name) in leaf.effect.answers:
                    yield name
