"""The page of what a client should ask a trainer."""

from __future__ import annotations

from collections.abc import Iterator

from screening.model.ids import Sort
from screening.model.pack import TrainerQuestion
from screening.render.markdown import escaped
from screening.render.rule_book.place import Book, Here, anchor
from screening.render.rule_book.rules import sources
from screening.render.rule_book.sheet import bullets, sheet, titled


def trainer_page(book: Book) -> str:
    """Return the page of the questions for a trainer, each with its reason and its sources."""
    here = Here(book, "trainer.md")
    knowledge = book.knowledge
    return sheet(
        (
            titled("What to ask a trainer", 1),
            f"[Rule book]({here.to('index.md')}). {escaped(knowledge.trainer_note)}",
            *(part for q in knowledge.trainer_questions.values() for part in _question(here, q)),
        )
    )


def _question(here: Here, question: TrainerQuestion) -> Iterator[str]:
    yield titled(question.ask, anchor=anchor(Sort.TRAINER_QUESTION, question.id))
    yield f"`{question.id}`: {escaped(question.because)}"
    yield "**Sources**"
    yield bullets(sources(here, question.evidence))
