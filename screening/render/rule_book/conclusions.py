"""The page of what rules may say of the client: referrals, clearance, stages, limits, advice."""

from __future__ import annotations

from collections.abc import Iterator

from screening.explain.conclusions import MOVED
from screening.model.ids import Sort
from screening.model.rule import Limit, Move, Refer
from screening.model.vocabularies import Level
from screening.render.markdown import escaped
from screening.render.rule_book.place import Book, Here, anchor
from screening.render.rule_book.related import spoken_of
from screening.render.rule_book.sheet import anchored, labelled, sheet, table, titled

ALL_MOVES = "moves"
LEVELS = "levels"
MOVES_LEAD = (
    "Said only in a follow-up, of each category the last screening offered. The most cautious "
    "wins: stop, then regress, then hold, then progress."
)


def conclusions_page(book: Book) -> str:
    """Return the page of referrals, people to see, clearances, stages, limits and advice."""
    here = Here(book, "conclusions.md")
    return sheet(
        (
            titled("Referrals, clearance, stages, limits and advice", 1),
            f"[Rule book]({here.to('index.md')})",
            *_levels(here),
            *_targets(here),
            *_clearances(here),
            *_stages(here),
            *_limits(here),
            *_moves(here),
            *_advice(here),
        )
    )


def _concluding(here: Here, sort: Sort, name: str) -> str:
    """Return the rules that conclude something."""
    return here.links(
        Sort.RULE,
        (
            rule.id
            for rule in here.book.knowledge.written_rules
            if any((sort, name) in spoken_of(c) for c in rule.then)
        ),
    )


def _named(here: Here, sort: Sort, name: str) -> str:
    """Return the anchored title of something in a table."""
    return f"{anchored(anchor(sort, name))}{escaped(here.book.titles.get((sort, name), name))}"


def _stages(here: Here) -> Iterator[str]:
    stages = here.book.knowledge.stages.values()
    for axis in dict.fromkeys(stage.axis for stage in stages):
        yield titled(f"Stage: {axis}")
        yield "The most cautious first; the most cautious that holds wins."
        rows = [
            (_named(here, Sort.STAGE, s.id), f"`{s.id}`", _concluding(here, Sort.STAGE, s.id))
            for s in stages
            if s.axis == axis
        ]
        yield table(("stage", "id", "rules"), rows)


def _limits(here: Here) -> Iterator[str]:
    knowledge = here.book.knowledge
    if not knowledge.limits:
        return
    yield titled("Limits")
    yield "The lowest that holds wins."
    rows = []
    for limit in knowledge.limits.values():
        set_by = "; ".join(
            f"{here.link(Sort.RULE, rule.id)}: at most {said.at_most} {escaped(limit.unit)}"
            for rule in knowledge.written_rules
            for said in rule.then
            if isinstance(said, Limit) and said.limit == limit.id
        )
        rows.append((_named(here, Sort.LIMIT, limit.id), f"`{limit.id}`", set_by))
    yield table(("limit", "id", "rules"), rows)


def _levels(here: Here) -> Iterator[str]:
    knowledge = here.book.knowledge
    yield titled("Referral levels", anchor=LEVELS)
    yield "The highest wins, and all its reasons are listed."
    for level in sorted(knowledge.levels.values(), key=lambda one: -one.level):
        rules = (
            rule.id
            for rule in knowledge.written_rules
            if any(isinstance(c, Refer) and c.level is level.level for c in rule.then)
        )
        unsure = (
            rule.id
            for rule in knowledge.written_rules
            if rule.unknown is not None and rule.unknown.level is level.level > Level.NONE
        )
        yield titled(level.title, 3)
        yield labelled(
            (
                ("Id", f"`{level.level.word}`"),
                ("What to do", escaped(level.act)),
                ("Exercise", escaped(level.exercise)),
                ("Who, if no rule says", here.links(Sort.TARGET, filter(None, [level.to]))),
                ("Rules", here.links(Sort.RULE, rules)),
                ("Rules that reach it with unknown answers", here.links(Sort.RULE, unsure)),
            )
        )


def _clearances(here: Here) -> Iterator[str]:
    clearances = here.book.knowledge.clearances.values()
    if not clearances:
        return
    yield titled("Clearance before training")
    yield "Apart from referral. The strictest comes first; the strictest that holds wins."
    rows = [
        (
            _named(here, Sort.CLEARANCE, c.id),
            f"`{c.id}`",
            escaped(c.say),
            escaped(c.meanwhile),
            _concluding(here, Sort.CLEARANCE, c.id),
        )
        for c in clearances
    ]
    yield table(("clearance", "id", "said", "meanwhile", "rules"), rows)


def _targets(here: Here) -> Iterator[str]:
    targets = here.book.knowledge.targets.values()
    yield titled("People to see")
    rows = [
        (
            _named(here, Sort.TARGET, t.id),
            f"`{t.id}`",
            escaped(t.how),
            _concluding(here, Sort.TARGET, t.id),
        )
        for t in targets
    ]
    yield table(("who", "id", "how", "rules"), rows)


def _moves(here: Here) -> Iterator[str]:
    """Yield what becomes of what an earlier screening offered."""
    yield titled("What becomes of what was offered", anchor=ALL_MOVES)
    yield MOVES_LEAD
    said = [(r.id, c) for r in here.book.knowledge.written_rules for c in r.then]
    rows = []
    for pace, words in MOVED.items():
        every = (rule for rule, c in said if c == Move(pace))
        one = (
            f"{here.link(Sort.RULE, rule)} ({here.link(Sort.CATEGORY, c.category)})"
            for rule, c in said
            if isinstance(c, Move) and c.pace is pace and c.category
        )
        verdict = (f"`{pace.word}`", f"{words} it")
        rows.append((*verdict, here.links(Sort.RULE, every), ", ".join(one)))
    yield table(("verdict", "meaning", "rules for whatever was offered", "for one category"), rows)


def _advice(here: Here) -> Iterator[str]:
    advice = here.book.knowledge.advice.values()
    if not advice:
        return
    yield titled("Advice")
    rows = [
        (_named(here, Sort.ADVICE, a.id), escaped(a.text), _concluding(here, Sort.ADVICE, a.id))
        for a in advice
    ]
    yield table(("id", "said", "rules"), rows)
