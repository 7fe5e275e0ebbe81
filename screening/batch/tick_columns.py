"""Columns of tick lists: a cell such as `a;b` answers every item of the list at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from screening.diagnostics import Code, Problems, Span
from screening.engines.columnar import held, kind_of
from screening.load.tick_lists import read_ticks
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question
from screening.model.tick_list import TickList, legal_words, tick_of
from screening.model.vocabularies import ASKED_UNKNOWNS

AT_ODDS = "\x00odd"  # no column of a table is called so
BETWEEN = ";"
PLACE = Span("")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a text is no answer."""

    expected: str
    code: Code


@dataclass(frozen=True, slots=True)
class TickColumn:
    """A list's column: what the items are by the text of a cell, and why a text is no list."""

    tick_list: TickList
    meant: Mapping[str, Mapping[str, str | int | None]]
    wrong: Mapping[str, Wrong]
    texts: pl.Series

    def item(self, question: Question) -> pl.Series:
        """Return the answers of an item; null where the list says nothing."""
        by_text = {text: answers[question.id] for text, answers in self.meant.items()}
        answers: pl.Series = self.texts.replace_strict(
            by_text, default=None, return_dtype=kind_of(question)
        )
        return answers.alias(question.id)


def read_column(
    knowledge: KnowledgeBase, tick_list: TickList, cells: pl.Series, said: Mapping[str, str]
) -> TickColumn:
    """Return the column of a list; `said` gives items by what the table calls them.

    An answer of an older question by its name counts as today.
    """
    if isinstance(cells.dtype, pl.List):
        cells = cells.list.join(BETWEEN)
    texts = cells.cast(pl.String)
    meant: dict[str, Mapping[str, str | int | None]] = {}
    wrong: dict[str, Wrong] = {}
    old = knowledge.renamed_answers.get(tick_list.id, {})
    for text in texts.drop_nulls().unique(maintain_order=True).to_list():
        if text.strip() in old:
            now = old[text.strip()].items()
            told = {n: held(knowledge.questions[n], answer) for n, answer in now}
            meant[text] = {**dict.fromkeys(tick_list.items), **told}
            continue
        problems = Problems()
        words = [(word, PLACE) for word in _words(text, tick_list, said)]
        ticks = read_ticks(tick_list, words, knowledge.questions, problems) if words else {}
        if problems.found:
            first = problems.found[0]
            expected = f"`{tick_list.id}` takes {', '.join(legal_words(tick_list))}, with `;`"
            near = first.help if first.help.startswith("did you mean") else ""
            wrong[text] = Wrong("; ".join(filter(None, (expected, near))), first.code)
        elif ticks:
            meant[text] = {n: held(knowledge.questions[n], value) for n, value in ticks.items()}
    return TickColumn(tick_list, meant, wrong, texts)


def _words(text: str, tick_list: TickList, said: Mapping[str, str]) -> list[str]:
    """Return the words of a cell, between `;`, or between commas where forms write those."""
    for between in (None, BETWEEN, ","):
        parts = [text] if between is None else text.split(between)
        words = [said.get(part.strip(), part.strip()) for part in parts if part.strip()]
        if set(words) <= set(legal_words(tick_list)):
            return words
    return [said.get(part.strip(), part.strip()) for part in text.split(BETWEEN) if part.strip()]


def together(question: Question, own: pl.Series, ticks: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return the answers of an item's own column and its list's as one, and where they differ.

    The same as `together` in `load/tick_lists.py`: a tick counts, whoever says otherwise.
    """
    tick = pl.lit(tick_of(question), dtype=kind_of(question))
    frame = pl.DataFrame([own.alias("own"), ticks.alias("ticks")])
    unsure = pl.col("ticks").cast(pl.String).is_in(list(ASKED_UNKNOWNS))
    alike = (pl.col("own") == tick) == (pl.col("ticks") == tick)
    odd = (~unsure & ~alike).fill_null(value=False)
    counts = pl.when(odd).then(tick).otherwise(pl.coalesce("own", "ticks"))
    found = frame.select(counts.alias(question.id), odd.alias("odd"))
    return found[question.id], found["odd"]


def said_otherwise(
    tick_list: TickList, question: Question, own: pl.Series, ticks: pl.Series, odd: pl.Series
) -> pl.Series:
    """Return where a list and an own answer differ, as `LIST ITEM OWN LISTED`; else null."""
    words = pl.DataFrame([own.alias("own").cast(pl.String), ticks.alias("ticks").cast(pl.String)])
    head = pl.lit(f"{tick_list.id} {question.id}")
    said = pl.concat_str([head, pl.col("own"), pl.col("ticks")], separator=" ")
    return words.select(pl.when(odd).then(said).alias(question.id)).to_series()


def joined(before: pl.Series, more: pl.Series) -> pl.Series:
    """Return two columns of `AT_ODDS` as one."""
    both = pl.DataFrame([before.alias("before"), more.alias("more")])
    text = pl.concat_str("before", "more", separator=BETWEEN, ignore_nulls=True)
    return both.select(text.replace("", None)).to_series()


def counting(knowledge: KnowledgeBase, cell: str) -> Iterator[str]:
    """Yield what ticks where a list and an own answer differ: the item, or the list."""
    for tick_list, item, own, _ in contradicting(cell):
        yield item if own == tick_of(knowledge.questions[item]) else tick_list


def contradicting(cell: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield list, item, own answer and the list's, of a cell of `AT_ODDS`."""
    for one in filter(None, cell.split(BETWEEN)):
        tick_list, item, own, ticks = one.split(" ")
        yield tick_list, item, own, ticks
