"""The pages of the rules: one page a topic, one section a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from screening.explain.explanation import Cited
from screening.explain.words import Phrases
from screening.model.conclusions import concludes, things_in
from screening.model.expr import Moves, leaves
from screening.model.ids import Sort
from screening.model.rule import AvoidDemand, Conclusion, Evidence, Rule
from screening.render.explanation_page import source_words
from screening.render.knowledge_page import (
    expected_words,
    given_words,
    unknown_words,
)
from screening.render.markdown import escaped, stepped
from screening.render.review_words import status_words
from screening.render.rule_book.place import Book, Here, anchor
from screening.render.rule_book.related import Related, numbers_of, read_by
from screening.render.rule_book.sheet import bullets, labelled, sheet, table, titled

UNDECIDED = "leave the rule undecided"
REST = "everything else: the harmless answer"


def topic_page(book: Book, topic: str) -> str:
    """Return the page of a topic: a list of its rules, then each of them."""
    here = Here(book, book.topics[topic])
    rules = [r for r in book.knowledge.rules.values() if r.topic == topic and not r.cell]
    return sheet(
        (
            titled(f"Rules: {topic_title(topic)}", 1),
            f"[Rule book]({here.to('index.md')})",
            bullets(f"{here.link(Sort.RULE, r.id, r.title)} (`{r.id}`)" for r in rules),
            *(part for rule in rules for part in _rule(here, rule)),
        )
    )


def topic_title(topic: str) -> str:
    """Return a topic in words: the name of its folder."""
    return topic.replace("-", " ").replace("_", " ")


def _rule(here: Here, rule: Rule) -> Iterator[str]:
    knowledge = here.book.knowledge
    yield titled(rule.title, anchor=anchor(Sort.RULE, rule.id))
    yield f"`{rule.id}`: {escaped(status_words(knowledge, rule))}."
    yield "**If**"
    yield "\n".join(stepped(tuple(Phrases(knowledge, named=True).tree(rule.when))))
    yield "**Then**"
    yield bullets(_then(here, conclusion) for conclusion in rule.then)
    yield f"**Because** {escaped(rule.because)}"
    yield labelled(
        (
            ("Tell the client", escaped(rule.say or "")),
            ("Unknown answers", _unknown(here, rule)),
            ("Sources disagree", escaped(rule.conflict or "")),
            ("Covers", ", ".join(_statement(here, name) for name in rule.covers)),
            ("Cases that fire it", here.links(Sort.CASE, here.book.cases.get(rule.id, ()))),
            ("Cases it stays out of", here.links(Sort.CASE, here.book.silent.get(rule.id, ()))),
        )
    )
    yield "**Reads**"
    yield bullets(_reads(here, rule))
    yield "**Sources**"
    yield bullets(sources(here, rule.evidence))
    yield from _examples(here, rule)
    related = [(how, here.links(Sort.RULE, rules)) for how, rules in Related(knowledge).of(rule)]
    if any(rules for _, rules in related):
        yield "**Related rules**"
        yield labelled(related)


def _unknown(here: Here, rule: Rule) -> str:
    """Return what unknown answers mean to a rule."""
    if rule.unknown is None:
        return UNDECIDED
    see = rule.unknown.see
    if see is not None and see in here.book.knowledge.rules:
        return f"{here.link(Sort.RULE, see)} acts on them"
    return escaped(unknown_words(rule.unknown))


def _then(here: Here, conclusion: Conclusion) -> str:
    things = things_in(conclusion)
    words = escaped(concludes(here.book.knowledge, conclusion))
    if not things:
        return words
    if isinstance(conclusion, AvoidDemand):
        return f"{words}: {', '.join(here.link(*thing) for thing in things)}"
    return f"{words} ({', '.join(here.link(*thing, thing[1]) for thing in things)})"


def _statement(here: Here, name: str) -> str:
    return here.link(Sort.STATEMENT, name)


def _reads(here: Here, rule: Rule) -> Iterator[str]:
    yield from (_read(here, sort, name) for sort, name in read_by(rule.when))
    if any(isinstance(leaf, Moves) and not leaf.group for leaf in leaves(rule.when)):
        yield f"[every movement]({here.to('questions.md')})"
    for name in numbers_of(rule):
        number = here.book.knowledge.parameters[name]
        link = here.link(Sort.PARAMETER, name, name)
        words = f"{number.title}: {number.value} {number.unit}"
        yield f"the number {link}: {escaped(words)}"


def _read(here: Here, sort: Sort, name: str) -> str:
    """Return what a rule reads, with the words a question is asked in."""
    link = here.link(sort, name)
    match sort:
        case Sort.QUESTION:
            return f"{link}: “{escaped(here.book.knowledge.questions[name].ask)}”"
        case Sort.GROUP:
            return f"the movements of the group {link}"
        case _:
            return f"the finding {link}"


def sources(here: Here, evidence: Iterable[Evidence]) -> Iterator[str]:
    """Yield each piece of evidence: grade, place, what was read, and the source."""
    for one in evidence:
        source = here.book.knowledge.sources[one.source]
        words = escaped(source_words(Cited(one, source)))
        yield f"{words}. {escaped(source.citation)} ({here.link(Sort.SOURCE, one.source)})"


def _examples(here: Here, rule: Rule) -> Iterator[str]:
    if not rule.examples:
        return
    rows = []
    for one in rule.examples:
        given = given_words(here.book.knowledge, one.given)
        said = "; ".join(filter(None, (given, REST if one.harmless_rest else "")))
        rows.append((escaped(one.name), escaped(said), expected_words(one)))
    yield "**Examples** (what is not listed was not asked)"
    yield table(("example", "answers", "rule"), rows)
