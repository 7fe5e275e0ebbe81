"""The page of the scores: what every answer gives, the bands, and which rules compare them."""

from __future__ import annotations

from collections.abc import Iterator

from screening.model.expr import scores_in
from screening.model.ids import Sort
from screening.model.knowledge import KnowledgeBase
from screening.model.score import Score, ScoreItem, band_words
from screening.model.terms import DeclaredScore
from screening.model.vocabularies import Unknown
from screening.render.markdown import escaped
from screening.render.rule_book.place import Book, Here, anchor
from screening.render.rule_book.rules import sources
from screening.render.rule_book.sheet import bullets, labelled, sheet, table, titled

LEAD = "Sums of points over answers. What is not asked or not known leaves a sum open."


def scores_page(book: Book) -> str:
    """Return the page of the scores, in the order of the file."""
    here = Here(book, "scores.md")
    return sheet(
        (
            titled("Scores", 1),
            f"[Rule book]({here.to('index.md')}). {LEAD}",
            *(part for one in book.knowledge.scores.values() for part in _score(here, one)),
        )
    )


def _score(here: Here, declared: DeclaredScore) -> Iterator[str]:
    score, knowledge = declared.score, here.book.knowledge
    yield titled(score.title, anchor=anchor(Sort.SCORE, score.id))
    yield f"`{score.id}`: {score.least} to {score.most} points"
    rows = [
        (here.link(Sort.QUESTION, item.question), escaped("; ".join(_gives(knowledge, item))))
        for item in score.items
    ]
    yield table(("question", "points"), rows)
    rules = (r.id for r in knowledge.written_rules if score.id in scores_in(r.when))
    yield labelled(
        (
            ("Bands", escaped(", ".join(_bands(score)))),
            ("Compared by", here.links(Sort.RULE, rules)),
        )
    )
    yield "**Sources**"
    yield bullets(sources(here, declared.evidence))


def _gives(knowledge: KnowledgeBase, item: ScoreItem) -> Iterator[str]:
    """Yield what each answer gives, in the words of the question."""
    question = knowledge.questions[item.question]
    for word, points in item.words:
        if word != Unknown.NOT_APPLICABLE.value:
            yield f"{question.said(word)}: {points}"
    for low, high, points in item.ranges:
        ends = dict.fromkeys((question.scale.write(low), question.scale.write(high)))
        yield f"{' to '.join(ends)}: {points}"


def _bands(score: Score) -> Iterator[str]:
    for band in score.bands:
        yield f"{band_words(band.id)} from {band.begins}"
