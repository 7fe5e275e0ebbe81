"""From rows as the table has them to typed answers: a row with one bad cell is rejected whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from screening.batch.cells import Cells, read_cells
from screening.batch.layout import Layout
from screening.batch.programme import Exercises
from screening.batch.raw_rows import NUMBERED, REJECTED, ROW, Raw, rejections
from screening.diagnostics import Code
from screening.model.column_map import CLIENT, PROGRAMME
from screening.model.knowledge import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Typed:
    """Rows whose every cell is an answer, and the rejections of the others, in order of row.

    `answers` has a column for each question the table asks, besides `row` and `client`.
    `numbers` says of each column of numbers how many cells hold one, and how many of these are
    out of range.
    """

    answers: pl.DataFrame
    rejected: pl.DataFrame
    numbers: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Typist:
    """Types the rows of tables of one layout."""

    knowledge: KnowledgeBase
    layout: Layout

    @cached_property
    def _exercises(self) -> Exercises:
        return Exercises.of(self.knowledge)

    def typed(self, raw: Raw, *also: pl.DataFrame) -> Typed:
        """Return the rows that can be screened, and why the others cannot.

        `also` are rejections known before, of rows whose client comes twice.
        """
        rows, clients = raw.frame[NUMBERED].alias(ROW), self._clients(raw.frame)
        columns = dict(self._columns(raw.frame))
        reject = [one.rejected(rows, clients) for one in columns.values() if one.wrong]
        reject += [one for one in also if len(one)]
        if (clients == "").any():
            reject.append(self._nameless(rows, clients))
        typed = {meant: one.typed for meant, one in columns.items()}
        answers = pl.DataFrame({ROW: rows, CLIENT: clients, **typed})
        if reject:
            bad = pl.concat(reject)[ROW].unique()
            answers = answers.filter(~pl.col(ROW).is_in(bad.implode()))
        rejected = pl.concat([rejections(raw.rejected), *reject]).sort(ROW, maintain_order=True)
        return Typed(answers, rejected, self._numbers(columns))

    def _clients(self, frame: pl.DataFrame) -> pl.Series:
        """Return the pseudonyms; empty where there is none."""
        name = self.layout.names[CLIENT]
        if name not in frame.columns:
            return pl.repeat("", len(frame), dtype=pl.String, eager=True).alias(CLIENT)
        clients: pl.Series = frame[name].cast(pl.String).str.strip_chars().fill_null("")
        return clients.alias(CLIENT)

    def _columns(self, frame: pl.DataFrame) -> Iterator[tuple[str, Cells]]:
        """Yield every question the rows answer, with its column; the programme comes last."""
        names, said = self.layout.names, self.layout.said
        for question in self.knowledge.questions.values():
            if names.get(question.id) in frame.columns:
                words = said.answers_of(question.id, choice=not question.is_number)
                yield question.id, read_cells(question, frame[names[question.id]], words)
        if names.get(PROGRAMME) in frame.columns:
            yield PROGRAMME, self._exercises.read(frame[names[PROGRAMME]])

    def _nameless(self, rows: pl.Series, clients: pl.Series) -> pl.DataFrame:
        """Return the rejections of rows that name no client."""
        texts = (
            "", self.layout.names[CLIENT], "nothing", "a pseudonym", Code.missing_client.name
        )  # fmt: skip
        return pl.DataFrame(
            [(row, *texts) for row in rows.filter(clients == "")], schema=REJECTED, orient="row"
        )

    def _numbers(self, columns: Mapping[str, Cells]) -> dict[str, tuple[int, int]]:
        questions = self.knowledge.questions
        return {
            name: one.out_of_range()
            for name, one in columns.items()
            if name in questions and questions[name].is_number
        }
