"""From the cells of one column to answers, and what is wrong with the others.

The meaning of a text is that of an intake file. Exact words and plain numbers are recognised all
at once; everything else goes through `read_answer`, once for each different text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from screening.batch.layout import takes
from screening.batch.raw_rows import REJECTED, ROW
from screening.diagnostics import Code, Problems, Span, quoted
from screening.engines.columnar.answers import NUMBER, held, kind_of
from screening.load.answer import read_answer
from screening.model.question import Question
from screening.model.vocabularies import ASKED_UNKNOWNS

MANY = 100  # different bad texts in a column; past these no near word is looked for


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a text is no answer."""

    expected: str
    code: Code


@dataclass(frozen=True, slots=True)
class Cells:
    """A column: the cells as text, the answers, and the texts that are none."""

    column: str
    texts: pl.Series
    typed: pl.Series
    wrong: Mapping[str, Wrong]

    def rejected(self, rows: pl.Series, clients: pl.Series) -> pl.DataFrame:
        """Return a rejection for each wrong cell."""
        bad = self.texts.is_in(list(self.wrong)).fill_null(value=False)
        found = self.texts.filter(bad)

        def said(by_text: dict[str, str]) -> pl.Series:
            texts: pl.Series = found.replace_strict(by_text, return_dtype=pl.String)
            return texts

        return pl.DataFrame(
            {
                ROW: rows.filter(bad),
                "client": clients.filter(bad),
                "column": pl.repeat(self.column, len(found), dtype=pl.String, eager=True),
                "found": said({text: quoted(text) for text in self.wrong}),
                "expected": said({text: one.expected for text, one in self.wrong.items()}),
                "code": said({text: one.code.name for text, one in self.wrong.items()}),
            },
            schema=REJECTED,
        )

    def out_of_range(self) -> tuple[int, int]:
        """Return how many cells hold a number, and how many of these are out of range."""
        out = [text for text, one in self.wrong.items() if one.code is Code.out_of_range]
        beyond = int(self.texts.is_in(out).sum()) if out else 0
        return len(self.typed) - self.typed.null_count() + beyond, beyond


def read_cells(question: Question, cells: pl.Series, said: Mapping[str, str]) -> Cells:
    """Return a column of answers to a question; `said` gives answers by what the table says."""
    number = question.is_number
    at_once = _numbers(question, cells, said) if number else _words(question, cells, said)
    if at_once.null_count() == cells.null_count():  # every cell that says something was read
        return Cells(cells.name, cells, at_once, {})
    odd = cells.filter(at_once.is_null() & cells.is_not_null())
    texts = cells.cast(pl.String)
    meant: dict[str, str | int] = {}
    wrong: dict[str, Wrong] = {}
    for text in odd.cast(pl.String).unique(maintain_order=True).to_list():
        meaning = _meaning(question, _said(said, text), near=len(wrong) < MANY)
        if isinstance(meaning, Wrong):
            wrong[text] = meaning
        elif meaning is not None:
            meant[text] = meaning
    typed = at_once
    if meant:
        rest = texts.replace_strict(meant, default=None, return_dtype=at_once.dtype)
        typed = at_once.zip_with(at_once.is_not_null(), rest)
    return Cells(cells.name, texts, typed, wrong)


def _words(question: Question, cells: pl.Series, said: Mapping[str, str]) -> pl.Series:
    """Return the answers that are exact words; null elsewhere."""
    kind = kind_of(question)
    exact: pl.Series
    if said:
        words = {word: word for word in (*question.words, *ASKED_UNKNOWNS)} | dict(said)
        exact = cells.cast(pl.String).replace_strict(words, default=None, return_dtype=kind)
    elif isinstance(cells.dtype, pl.Enum | pl.Categorical):
        exact = cells.cast(kind, strict=False)
    else:
        exact = cells.cast(pl.String).cast(kind, strict=False)
    return exact


def _numbers(question: Question, cells: pl.Series, said: Mapping[str, str]) -> pl.Series:
    """Return the answers that are plain numbers of the range; null elsewhere."""
    if not question.scale.digits:
        return pl.repeat(None, len(cells), dtype=NUMBER, eager=True).alias(cells.name)
    if said or not cells.dtype.is_integer():
        texts = cells.cast(pl.String)
        cells = texts.set(texts.is_in(list(said)), None) if said else texts
    numbers: pl.Series = cells.cast(NUMBER, strict=False)
    inside = numbers.is_between(question.low, question.high)
    if not inside.all():
        numbers = numbers.set(~inside, None)
    return numbers


def _said(said: Mapping[str, str], text: str) -> str:
    """Return what a text stands for, blanks around it aside."""
    bare = text.strip()
    return said.get(text, said.get(bare, bare)).strip()


def _meaning(question: Question, text: str, *, near: bool) -> str | int | Wrong | None:
    """Return what a column holds for a text; None for a blank, which is not asked."""
    if not text:
        return None
    if not question.is_number and not near:
        return text if text in (*question.words, *ASKED_UNKNOWNS) else _wrong(question, "")
    problems = Problems()
    value = read_answer(question, text, Span(""), problems)
    if value is not None:
        return held(question, value)
    said = problems.found[0]
    help_ = said.help if said.help.startswith("did you mean") else ""
    return _wrong(question, help_, said.code)


def _wrong(question: Question, help_: str, code: Code = Code.dangling_answer) -> Wrong:
    expected = f"`{question.id}` takes {takes(question)}"
    return Wrong(f"{expected}; {help_}" if help_ else expected, code)
