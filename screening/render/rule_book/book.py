"""From a knowledge base to every page of its rule book."""

from __future__ import annotations

from screening.model.knowledge import KnowledgeBase
from screening.render.rule_book.cases import cases_page
from screening.render.rule_book.catalogue import exercises_page
from screening.render.rule_book.conclusions import conclusions_page
from screening.render.rule_book.index import index_page
from screening.render.rule_book.parameters import parameters_page
from screening.render.rule_book.pictures import pictures, urgency_page
from screening.render.rule_book.place import Book
from screening.render.rule_book.questions import questions_page
from screening.render.rule_book.rules import topic_page
from screening.render.rule_book.scores import scores_page
from screening.render.rule_book.sources import sources_page
from screening.render.rule_book.trace import trace_page
from screening.render.rule_book.trainer import trainer_page
from screening.render.rule_book.vocabulary import categories_page, findings_page

MARK = "<!-- Written by `screening knowledge doc`; what you change here is lost next time. -->"


def rule_book(knowledge: KnowledgeBase) -> dict[str, str]:
    """Return the pages by their path in the book; each begins with `MARK`."""
    book = Book(knowledge)
    pages = {
        "index.md": index_page(book),
        **{page: topic_page(book, topic) for topic, page in book.topics.items()},
        "questions.md": questions_page(book),
        "findings.md": findings_page(book),
        "categories.md": categories_page(book),
        "exercises.md": exercises_page(book),
        "conclusions.md": conclusions_page(book),
        "parameters.md": parameters_page(book),
        **({"scores.md": scores_page(book)} if knowledge.scores else {}),
        "cases.md": cases_page(book),
        "trainer.md": trainer_page(book),
        "sources.md": sources_page(book),
        "trace.md": trace_page(book),
        "urgency.md": urgency_page(book),
        **pictures(book),
    }
    return {page: f"{MARK}\n\n{text}" for page, text in pages.items()}
