"""The page of the questions: how each is asked, how long an answer counts, what reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screening.errors import assert_never
from screening.explain.words import Phrases
from screening.model.conclusions import things_in
from screening.model.ids import Sort
from screening.model.knowledge import KnowledgeBase
from screening.model.question import (
    ChangeOf,
    DaysBetween,
    Derivation,
    EarlierLevel,
    IsFollowUp,
    Question,
    Topic,
    WasAvoided,
    WasOffered,
    WeeksInAll,
)
from screening.model.vocabularies import Level
from screening.render.knowledge_page import asking, counts_for
from screening.render.markdown import escaped
from screening.render.rule_book.place import Book, Here, anchor
from screening.render.rule_book.sheet import labelled, sheet, titled

HARMLESS = "raises no concern"
ALWAYS = "also: don't know, prefers not to say"
WORKED_OUT = "also: don't know"


def questions_page(book: Book) -> str:
    """Return the page of the questions, in asking order, and of the groups of movements."""
    here = Here(book, "questions.md")
    groups = (part for name in book.knowledge.groups for part in _group(here, name))
    return sheet(
        (
            titled("Questions", 1),
            f"[Rule book]({here.to('index.md')}). In asking order.",
            *(part for topic in book.knowledge.topics for part in _topic(here, topic)),
            titled("Groups of movements") if book.knowledge.groups else "",
            *groups,
        )
    )


def _topic(here: Here, topic: Topic) -> Iterator[str]:
    yield titled(topic.title)
    yield escaped(topic.lead_in)
    for question in here.book.knowledge.questions.values():
        if question.topic == topic.id:
            yield from _question(here, question)


def _question(here: Here, question: Question) -> Iterator[str]:
    knowledge = here.book.knowledge
    yield titled(question.short, 3, anchor(Sort.QUESTION, question.id))
    yield f"`{question.id}`: “{escaped(question.ask)}”"
    numbered = Phrases(knowledge, named=True)
    asked = "" if question.only_if is None else numbered.phrase(question.only_if)
    level = question.safety.word if question.safety > Level.NONE else ""
    rules = [r for r in asking(knowledge, question.id) if not knowledge.rules[r].cell]
    performed = (e.id for e in knowledge.exercises.values() if e.performed_as == question.id)
    worked_out = "" if question.derived is None else _worked_out(here, question.derived)
    again = (
        rule.id
        for rule in knowledge.written_rules
        if any((Sort.QUESTION, question.id) in things_in(c) for c in rule.then)
    )
    yield labelled(
        (
            ("Answers", _answers(question)),
            ("Asked if", escaped(asked)),
            ("Sums up", here.links(Sort.QUESTION, question.sums_up)),
            ("Asked in the tick list", escaped(_listed(knowledge, question))),
            ("Summed up by", here.links(Sort.QUESTION, _summed_up_by(knowledge, question))),
            ("Never asked, worked out from", worked_out),
            ("An answer counts for", counts_for(question)),
            ("Tells how old earlier answers are", "yes" if question.gap else ""),
            ("An answer alone can raise", escaped(level.replace("_", " "))),
            ("Asked in private", "yes" if question.intimate else ""),
            ("Help", escaped(question.help)),
            ("Groups", here.links(Sort.GROUP, question.groups)),
            ("Rules that read it", here.links(Sort.RULE, rules)),
            ("Rules that ask it again", here.links(Sort.RULE, again)),
            ("Exercises left out while it brings it on", here.links(Sort.EXERCISE, performed)),
        )
    )


def _answers(question: Question) -> str:
    """Return the answers a question takes, and which of them is the harmless one."""
    always = ALWAYS if question.derived is None else WORKED_OUT
    if question.is_number:
        usual = question.written(question.harmless)
        return f"{escaped(question.span)} ({usual} {HARMLESS}); {always}"
    options = (
        f"{escaped(option.say)}{f' ({HARMLESS})' if option.id == question.harmless else ''}"
        for option in question.answers
    )
    return f"{'; '.join(options)}; {always}"


def _listed(knowledge: KnowledgeBase, question: Question) -> str:
    """Return how a question is asked in its tick list; empty where it stands in none."""
    tick_list = knowledge.list_of.get(question.id)
    return f"“{tick_list.ask}”, as “{question.item}”" if tick_list else ""


def _summed_up_by(knowledge: KnowledgeBase, question: Question) -> Iterator[str]:
    """Yield the questions that sum up several of which this is one."""
    return (one.id for one in knowledge.summing_questions if question.id in one.sums_up)


SAID_OF: Mapping[type[Derivation], str] = {
    IsFollowUp: "whether the intake names an earlier case",
    EarlierLevel: "the level the earlier screening referred at",
    WeeksInAll: "the weeks between the screenings that follow each other",
    DaysBetween: "the days since the last screening, where both days are on record",
}


def _worked_out(here: Here, derived: Derivation) -> str:
    """Return what a question that is never asked is worked out from."""
    match derived:
        case IsFollowUp() | EarlierLevel() | WeeksInAll() | DaysBetween():
            return SAID_OF[type(derived)]
        case WasOffered(category):
            return f"whether the earlier screening offered {here.link(Sort.CATEGORY, category)}"
        case WasAvoided(category):
            return f"whether the earlier screening left out {here.link(Sort.CATEGORY, category)}"
        case ChangeOf():
            return _change(here, derived)
    assert_never(derived)


def _change(here: Here, change: ChangeOf) -> str:
    """Return what counts as better and as worse."""
    unit = here.book.knowledge.questions[change.question].unit
    percent = f" or {change.percent} per cent" if change.percent else ""
    return (
        f"{here.link(Sort.QUESTION, change.question)}, now and at the "
        f"{'first' if change.since_first else 'last'} screening: {change.by} {escaped(unit)}"
        f"{percent} less is better, {change.by} {escaped(unit)} more is worse"
    )


def _group(here: Here, name: str) -> Iterator[str]:
    yield titled(here.book.titles[Sort.GROUP, name], 3, anchor(Sort.GROUP, name))
    yield f"`{name}`: {here.links(Sort.QUESTION, here.book.knowledge.members[name])}"
