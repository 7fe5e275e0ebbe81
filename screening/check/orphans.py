"""From a knowledge base to what stands on its own in it: nothing leads there, or nothing follows.

None of it is wrong by itself; it is what somebody who reviews the knowledge looks at first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from screening.check.vocabulary import asked_questions
from screening.model.expr import Moves, findings_of, leaves, scores_in
from screening.model.ids import Sort
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import (
    Advise,
    AtClearance,
    AtStage,
    AvoidExercise,
    Conclusion,
    Find,
    Limit,
    Recommend,
    Refer,
)
from screening.model.vocabularies import Level


@dataclass(frozen=True, slots=True)
class Orphans:
    """Everything of a sort that something is missing for, in the order of the files."""

    what: str
    sort: Sort
    ids: tuple[str, ...]


def orphans(knowledge: KnowledgeBase) -> tuple[Orphans, ...]:
    """Return what has nothing before or after it; kinds without any are there, and empty."""
    return tuple(
        Orphans(what, sort, tuple(ids))
        for what, sort, ids in (
            *_coverage(knowledge),
            *_untried(knowledge),
            *_unused(knowledge),
            *_never_concluded(knowledge),
            (
                "Exercises left out for a finding with nothing named instead",
                Sort.EXERCISE,
                _without_alternative(knowledge),
            ),
        )
    )


OrphanRow = tuple[str, Sort, Iterable[str]]


def _coverage(knowledge: KnowledgeBase) -> Iterator[OrphanRow]:
    bare = (rule.id for rule in knowledge.written_rules if not rule.covers)
    yield "Rules that cover no statement", Sort.RULE, bare
    uncovered = (s for s in knowledge.statements if s not in knowledge.covering)
    yield "Statements no rule covers", Sort.STATEMENT, uncovered


def _untried(knowledge: KnowledgeBase) -> Iterator[OrphanRow]:
    """Yield what the case library leaves out; nothing when there is no library."""
    if knowledge.cases:
        fired = {named.rule for case in knowledge.cases.values() for named in case.expect.rules}
        untried = (rule.id for rule in knowledge.written_rules if rule.id not in fired)
        yield "Rules no case fires", Sort.RULE, untried
        idle = (case.id for case in knowledge.cases.values() if not case.expect.rules)
        yield "Cases that name no rule", Sort.CASE, idle


def _unused(knowledge: KnowledgeBase) -> Iterator[OrphanRow]:
    yield (
        "Sources nothing rests on or names",
        Sort.SOURCE,
        _left(knowledge.sources, _cited(knowledge)),
    )
    numbers = {name for name, users in knowledge.parameter_users.items() if users}
    yield "Named numbers nothing uses", Sort.PARAMETER, _left(knowledge.parameters, numbers)
    yield (
        "Questions no rule reads",
        Sort.QUESTION,
        _left(knowledge.questions, asked_questions(knowledge)),
    )
    read, counted = set[str](), set[str]()
    for _, condition in knowledge.conditions():
        read.update(findings_of(condition))
        counted.update(leaf.group for leaf in leaves(condition) if isinstance(leaf, Moves))
    yield "Groups of movements no rule counts", Sort.GROUP, _left(knowledge.groups, counted)
    summed = {name for _, one in knowledge.conditions() for name in scores_in(one)}
    yield "Scores no rule compares", Sort.SCORE, _left(knowledge.scores, summed)
    yield "Findings no rule uses", Sort.FINDING, _left(knowledge.findings, read)


def disputing(knowledge: KnowledgeBase, source: str) -> tuple[str, ...]:
    """Return the written rules that name a source where they say that sources disagree."""
    named = re.compile(rf"(?<![\w-]){re.escape(source)}(?![\w-])")
    return tuple(rule.id for rule in knowledge.written_rules if named.search(rule.conflict or ""))


def _cited(knowledge: KnowledgeBase) -> set[str]:
    """Return the sources something rests on."""
    cited = {e.source for rule in knowledge.live_rules for e in rule.evidence}
    cited |= {e.source for q in knowledge.trainer_questions.values() for e in q.evidence}
    cited |= {category.dose.source for category in knowledge.categories.values()}
    cited |= {parameter.source for parameter in knowledge.parameters.values()}
    cited |= {e.source for score in knowledge.scores.values() for e in score.evidence}
    cited |= {case.source for case in knowledge.cases.values()}
    cited |= {e.source for one in knowledge.exercises.values() for e in one.measured}
    cited |= {e.source for one in knowledge.cautions.values() for e in one.evidence}
    return cited | {source for source in knowledge.sources if disputing(knowledge, source)}


def _never_concluded(knowledge: KnowledgeBase) -> Iterator[OrphanRow]:
    said = [conclusion for rule in knowledge.live_rules for conclusion in rule.then]
    found = {c.finding for c in said if isinstance(c, Find)}
    yield "Findings no rule makes", Sort.FINDING, _left(knowledge.findings, found)
    offered = {c.category for c in said if isinstance(c, Recommend)}
    yield "Categories never offered", Sort.CATEGORY, _left(knowledge.categories, offered)
    given = {c.advice for c in said if isinstance(c, Advise)}
    yield "Advice never given", Sort.ADVICE, _left(knowledge.advice, given)
    reached = {c.stage for c in said if isinstance(c, AtStage)}
    yield "Stages no rule sets", Sort.STAGE, _left(knowledge.stages, reached)
    limited = {c.limit for c in said if isinstance(c, Limit)}
    yield "Limits no rule sets", Sort.LIMIT, _left(knowledge.limits, limited)
    asked_for = {c.clearance for c in said if isinstance(c, AtClearance)}
    yield "Clearances no rule sets", Sort.CLEARANCE, _left(knowledge.clearances, asked_for)
    seen = {level.to for level in knowledge.levels.values()} | set(_referred(said))
    yield "People nobody is sent to", Sort.TARGET, _left(knowledge.targets, seen)


def _referred(said: Iterable[Conclusion]) -> Iterator[str]:
    for conclusion in said:
        if isinstance(conclusion, Refer) and conclusion.level > Level.NONE:
            yield conclusion.to


def _without_alternative(knowledge: KnowledgeBase) -> Iterator[str]:
    bare = {
        conclusion.exercise
        for rule in knowledge.live_rules
        for conclusion in rule.then
        if isinstance(conclusion, AvoidExercise) and conclusion.follows and not conclusion.instead
    }
    return (name for name in knowledge.exercises if name in bare)


def _left(names: Iterable[str], used: set[str]) -> Iterator[str]:
    return (name for name in names if name not in used)
