"""The pages of questions, findings and categories: what rules are made of."""

from __future__ import annotations

from collections.abc import Iterator

from screening.author.trace import Sort
from screening.explain.words import Phrases
from screening.model.expr import findings_of
from screening.model.knowledge import Category, Finding
from screening.model.question import Question, Topic
from screening.model.rule import AvoidCategory, Find, Recommend
from screening.model.words import Kind, Level, Strength
from screening.render.book.place import Book, Here, anchor
from screening.render.book.related import spoken_of
from screening.render.book.sheet import labelled, sheet, table, titled
from screening.render.explanation_page import GRADES
from screening.render.knowledge_page import asking
from screening.render.markdown import escaped

HARMLESS = "raises no concern"
FINDINGS_LEAD = (
    "What rules derive from answers. A finding says which answers go together; it is never a "
    "cause or a name for what is wrong."
)
ALWAYS = "also: don't know, prefers not to say"


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
    asked = "" if question.only_if is None else Phrases(knowledge).phrase(question.only_if)
    level = question.safety.word if question.safety > Level.NONE else ""
    rules = [r for r in asking(knowledge, question.id) if not knowledge.rules[r].cell]
    performed = (e.id for e in knowledge.exercises.values() if e.performed_as == question.id)
    again = (
        rule.id
        for rule in knowledge.written_rules
        if any((Sort.QUESTION, question.id) in spoken_of(c) for c in rule.then)
    )
    yield labelled(
        (
            ("Answers", _answers(question)),
            ("Asked if", escaped(asked)),
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
    if question.kind is Kind.NUMBER:
        said = f"{question.low} to {question.high} {question.unit}"
        return f"{escaped(said)} ({question.harmless} {HARMLESS}); {ALWAYS}"
    options = (
        f"{escaped(option.say)}{f' ({HARMLESS})' if option.id == question.harmless else ''}"
        for option in question.answers
    )
    return f"{'; '.join(options)}; {ALWAYS}"


def _group(here: Here, name: str) -> Iterator[str]:
    yield titled(here.book.titles[Sort.GROUP, name], 3, anchor(Sort.GROUP, name))
    yield f"`{name}`: {here.links(Sort.QUESTION, here.book.knowledge.members[name])}"


def findings_page(book: Book) -> str:
    """Return the page of the findings: what makes each, and what rests on it."""
    here = Here(book, "findings.md")
    return sheet(
        (
            titled("Findings", 1),
            f"[Rule book]({here.to('index.md')}). {FINDINGS_LEAD}",
            *(part for f in book.knowledge.findings.values() for part in _finding(here, f)),
        )
    )


def _finding(here: Here, finding: Finding) -> Iterator[str]:
    knowledge = here.book.knowledge
    yield titled(finding.title, anchor=anchor(Sort.FINDING, finding.id))
    yield f"`{finding.id}`{': a pattern of movements' if finding.pattern else ''}"
    rows = []
    for strength in Strength:
        made = Find(finding.id, strength)
        rules = (rule.id for rule in knowledge.written_rules if made in rule.then)
        rows.append((strength.word, here.links(Sort.RULE, rules)))
    yield table(("strength", "found by"), rows)
    resting = [rule for rule in knowledge.live_rules if finding.id in findings_of(rule.when)]
    cells = [rule.id for rule in resting if rule.cell]
    exercises = f"[{len(cells)} verdicts]({here.to('exercises.md')})" if cells else ""
    yield labelled(
        (
            ("Used by", here.links(Sort.RULE, (r.id for r in resting if not r.cell))),
            ("Exercises", exercises),
        )
    )


def categories_page(book: Book) -> str:
    """Return the page of the exercise categories: what, how much, when offered."""
    here = Here(book, "categories.md")
    return sheet(
        (
            titled("Exercise categories", 1),
            f"[Rule book]({here.to('index.md')})",
            *(part for c in book.knowledge.categories.values() for part in _category(here, c)),
        )
    )


def _category(here: Here, category: Category) -> Iterator[str]:
    knowledge, dose = here.book.knowledge, category.dose
    said = [(rule.id, c) for rule in knowledge.written_rules for c in rule.then]
    offered = [r for r, c in said if isinstance(c, Recommend) and c.category == category.id]
    left = [r for r, c in said if isinstance(c, AvoidCategory) and c.category == category.id]
    examples = (e.id for e in knowledge.exercises.values() if e.category == category.id)
    yield titled(category.title, anchor=anchor(Sort.CATEGORY, category.id))
    yield f"`{category.id}`: {escaped(category.examples)}"
    source = f"{here.link(Sort.SOURCE, dose.source)}, {GRADES[dose.grade]}"
    light = "stays when somebody must look within days"
    yield labelled(
        (
            ("Dose", f"{escaped(dose.text)} ({source})"),
            ("Easier", escaped(category.regress)),
            ("Harder", escaped(category.progress)),
            ("Usual light activity", light if category.light else ""),
            ("Offered by", here.links(Sort.RULE, offered)),
            ("Left out by", here.links(Sort.RULE, left)),
            ("In the catalogue", here.links(Sort.EXERCISE, examples)),
        )
    )
