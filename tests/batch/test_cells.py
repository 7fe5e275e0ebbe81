"""A cell means what the same text means in an intake file, however a table holds it."""

from __future__ import annotations

import csv
import io
from typing import Literal

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from strategies import cells, questions

from screening.batch.cells import read_cells
from screening.batch.rows import NUMBERED, csv_rows
from screening.diagnostics import Problems, Span
from screening.engines.columnar import read_back
from screening.load.answer import read_answer
from screening.model.question import Question, Value

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\n\r\0"), max_size=5)


def meant(question: Question, text: str | None) -> Value | None:
    if text is None or not text.strip():
        return None
    return read_answer(question, text.strip(), Span(""), Problems())


@given(st.data())
def test_a_text_is_read_as_in_an_intake(data: st.DataObject) -> None:
    question = data.draw(st.sampled_from([*data.draw(questions()).values()]))
    texts = data.draw(st.lists(cells(question), max_size=8))
    found = read_cells(question, pl.Series("c", texts, dtype=pl.String), {})
    typed = [None if cell is None else read_back(cell) for cell in found.typed]
    assert typed == [meant(question, text) for text in texts]
    wrong = {t for t in texts if t is not None and t.strip() and meant(question, t) is None}
    assert set(found.wrong) == wrong


@given(st.data())
def test_words_and_numbers_of_other_types_mean_the_same(data: st.DataObject) -> None:
    question = data.draw(st.sampled_from([*data.draw(questions()).values()]))
    texts = data.draw(st.lists(cells(question), max_size=8))
    held = pl.Series("c", texts, dtype=pl.String)
    plain = read_cells(question, held, {})
    as_categories = read_cells(question, held.cast(pl.Categorical), {})
    assert plain.typed.equals(as_categories.typed)
    assert plain.wrong == as_categories.wrong
    if not question.words:
        numbers = held.cast(pl.Int64, strict=False)
        as_text = read_cells(question, numbers.cast(pl.String), {})
        for kind in (pl.Int64, pl.Float64, pl.Int128):
            assert read_cells(question, numbers.cast(kind), {}).typed.equals(as_text.typed)


@given(
    rows=st.lists(st.lists(TEXTS, min_size=3, max_size=3), max_size=6),
    quoting=st.sampled_from((csv.QUOTE_ALL, csv.QUOTE_MINIMAL)),
)
def test_lines_are_taken_apart_as_they_were_put_together(
    rows: list[list[str]], quoting: Literal[0, 1]
) -> None:
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n", quoting=quoting).writerows(rows)
    found = csv_rows(lines.getvalue().encode(), 1, ("a", "b", "c"))
    numbers = found.frame[NUMBERED].to_list()
    for row in found.frame.iter_rows():
        assert [cell or "" for cell in row[1:]] == rows[row[0] - 1]
    rejected = [one.row for one in found.rejected]
    assert sorted((*numbers, *rejected)) == list(range(1, len(rows) + 1))
    assert all(
        not "".join(rows[n - 1]).strip() or rows[n - 1] == ["a", "b", "c"] for n in rejected
    )
