"""From the cells of rows to typed answers: a row with one bad cell is rejected whole.

The meaning of a text is that of an intake file. Exact words and plain numbers are recognised all
at once; everything else goes through `read_answer`, once for each different text. The exercise
names in a cell are separated by `;`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import polars as pl

from screening.batch.layout import Layout, takes
from screening.batch.rows import NUMBERED, REJECTED, ROW, Raw, pseudonym, rejections
from screening.batch.several_columns import TickedColumns, put_together, read_ticked
from screening.batch.tick_columns import (
    AT_ODDS,
    BETWEEN,
    TickColumn,
    Wrong,
    joined,
    read_column,
    said_otherwise,
    together,
)
from screening.diagnostics import Code, Problems, Span, nearest, quoted
from screening.engines.columnar import NUMBER, held, kind_of
from screening.load.answer import read_answer
from screening.model.column_map import CLIENT, EVERY_QUESTION, PROGRAMME
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question
from screening.model.units import onto, scale_of, turned
from screening.model.vocabularies import ASKED_UNKNOWNS

WHOLE = re.compile(r"(?<=[0-9])\.0+$")
NUMERAL = re.compile(r"[+-]?[0-9]{1,9}(\.[0-9]{0,20})?")
SWAPPED = str.maketrans(".,", ",.")
MANY = 100  # different bad texts in a column; past these no near word is looked for


@dataclass(frozen=True, slots=True)
class ReadColumn:
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


@dataclass(frozen=True, slots=True)
class Writing:
    """How a column's numbers are written: their unit, if not the question's, and the decimals."""

    unit: str = ""
    decimal: str = "."

    def read(self, question: Question, text: str) -> str:
        """Return a number as the question takes it, in whole units; another text as it is."""
        if self.decimal == ",":
            text = text.translate(SWAPPED)
        scale = scale_of(self.unit)
        if scale and NUMERAL.fullmatch(text):
            return str(onto(Fraction(text), scale, (question.low, question.high)))
        if self.unit and NUMERAL.fullmatch(text):
            amount = turned(Fraction(text), self.unit, question.unit)
            return text if amount is None else str(math.floor(amount))
        return text


AS_ASKED = Writing()


def read_cells(
    question: Question, cells: pl.Series, said: Mapping[str, str], writing: Writing = AS_ASKED
) -> ReadColumn:
    """Return a column of answers to a question; `said` gives answers by what the table says."""
    if not question.is_number:
        at_once = _words(question, cells, said)
    elif writing == AS_ASKED:
        at_once = _numbers(question, cells, said)
    else:
        at_once = pl.repeat(None, len(cells), dtype=NUMBER, eager=True).alias(cells.name)
    if at_once.null_count() == cells.null_count():  # every cell that says something was read
        return ReadColumn(cells.name, cells, at_once, {})
    odd = cells.filter(at_once.is_null() & cells.is_not_null())
    texts = cells.cast(pl.String)
    meant: dict[str, str | int] = {}
    wrong: dict[str, Wrong] = {}
    for text in odd.cast(pl.String).unique(maintain_order=True).to_list():
        told = _said(said, text)
        told = writing.read(question, told) if question.is_number else told
        meaning = _meaning(question, told, near=len(wrong) < MANY)
        if isinstance(meaning, Wrong):
            wrong[text] = meaning
        elif meaning is not None:
            meant[text] = meaning
    typed = at_once
    if meant:
        rest = texts.replace_strict(meant, default=None, return_dtype=at_once.dtype)
        typed = at_once.zip_with(at_once.is_not_null(), rest)
    return ReadColumn(cells.name, texts, typed, wrong)


def _words(question: Question, cells: pl.Series, said: Mapping[str, str]) -> pl.Series:
    """Return the answers that are exact words; null elsewhere."""
    kind = kind_of(question)
    exact: pl.Series
    if said:
        words = {word: word for word in (*question.words, *ASKED_UNKNOWNS)} | dict(said)
        words = {text: word for text, word in words.items() if word}
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
    """Return what a text stands for, blanks around it and `.0` behind it aside."""
    bare = text.strip()
    whole = WHOLE.sub("", bare)
    return next((said[one] for one in (text, bare, whole) if one in said), bare).strip()


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


@dataclass(frozen=True)
class Exercises:
    """Reads exercises by every name and spelling they go by."""

    knowledge: KnowledgeBase

    def read(self, cells: pl.Series) -> ReadColumn:
        """Return a column of programmes, as ids between `;`, each once."""
        if isinstance(cells.dtype, pl.List):
            cells = cells.list.join(BETWEEN)
        texts = cells.cast(pl.String)
        meant: dict[str, str] = {}
        wrong: dict[str, Wrong] = {}
        for text in texts.drop_nulls().unique(maintain_order=True).to_list():
            programme = self._programme(text)
            if isinstance(programme, Wrong):
                wrong[text] = programme
            else:
                meant[text] = programme
        typed = texts.replace_strict(meant, default=None, return_dtype=pl.String)
        return ReadColumn(cells.name, texts, typed, wrong)

    def _programme(self, text: str) -> str | Wrong:
        found: dict[str, None] = {}
        for written in text.split(BETWEEN):
            exercise = self.knowledge.exercise_called(written)
            if exercise is not None:
                found[exercise] = None
            elif written.strip():
                names = self.knowledge.exercise_names
                near = nearest(" ".join(written.lower().split()), names)
                help_ = f"; did you mean `{names[near]}`?" if near else ""
                expected = f"an exercise of the catalogue in place of {quoted(written)}{help_}"
                return Wrong(expected, Code.unknown_exercise)
        return BETWEEN.join(found)


@dataclass(frozen=True, slots=True)
class Typed:
    """Rows whose every cell is an answer, and the rejections of the others, in order of row.

    `answers` has a column for each question the table asks, besides `row` and `client`; so has
    `readable`, with what can be read of the rejected rows that are rows. `numbers` says of each
    column of numbers how many cells hold one, and how many of these are out of range; `spread` how
    often each number of the answers is given.
    """

    answers: pl.DataFrame
    readable: pl.DataFrame
    rejected: pl.DataFrame
    numbers: Mapping[str, tuple[int, int]]
    spread: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Typist:
    """Types the rows of tables of one layout."""

    knowledge: KnowledgeBase
    layout: Layout

    @cached_property
    def _exercises(self) -> Exercises:
        return Exercises(self.knowledge)

    def typed(self, raw: Raw, *also: pl.DataFrame) -> Typed:
        """Return the rows that can be screened, and why the others cannot.

        `also` are rejections known before, of rows whose client comes twice.
        """
        frame = put_together(self._told(raw.frame), self.layout)
        rows, clients = frame[NUMBERED].alias(ROW), self._clients(frame)
        columns = dict(self._columns(frame))
        reject = [one.rejected(rows, clients) for one in columns.values() if one.wrong]
        reject += [one.rejected(rows, clients) for one in self._fillers(frame) if one.wrong]
        reject += [one for one in also if len(one)]
        if (clients == "").any():
            reject.append(self._nameless(rows, clients))
        typed = {meant: one.typed for meant, one in columns.items()}
        for ticked in self._ticks(frame):
            typed[ticked.question] = ticked.answers
            unread = (ReadColumn(o.column, o.texts, o.texts, o.wrong) for o in ticked.unread)
            reject += [one.rejected(rows, clients) for one in unread]
        for ticks in self._lists(frame):
            as_one = ReadColumn(ticks.texts.name, ticks.texts, ticks.texts, ticks.wrong)
            reject += [as_one.rejected(rows, clients)] if ticks.wrong else []
            self._ticked(ticks, typed)
        answers = pl.DataFrame({ROW: rows, CLIENT: clients, **typed})
        readable = answers.clear()
        if reject:
            bad = answers[ROW].is_in(pl.concat(reject)[ROW].unique().implode())
            answers, readable = answers.filter(~bad), answers.filter(bad)
        rejected = pl.concat([rejections(raw.rejected), *reject]).sort(ROW, maintain_order=True)
        spread = {name: _often(answers[name]) for name in columns if self._is_number(name)}
        return Typed(answers, readable, rejected, self._numbers(columns), spread)

    def _clients(self, frame: pl.DataFrame) -> pl.Series:
        """Return the pseudonyms; empty where there is none."""
        named = self.layout.clients
        if self.layout.numbered:
            return pl.Series(CLIENT, frame[NUMBERED].cast(pl.String))
        if not set(named) <= set(frame.columns):
            return pl.repeat("", len(frame), dtype=pl.String, eager=True).alias(CLIENT)
        clients = frame.select(pseudonym(*named).fill_null("").alias(CLIENT))
        return clients.to_series()

    def _told(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the cells that say something: those with a word of `empty` are blank."""
        words = list(self.layout.said.empty)
        if not words:
            return frame
        texts = pl.col(name for name, kind in frame.schema.items() if kind == pl.String)
        return frame.with_columns(pl.when(~texts.str.strip_chars().is_in(words)).then(texts))

    def _columns(self, frame: pl.DataFrame) -> Iterator[tuple[str, ReadColumn]]:
        """Yield every question the rows answer, with its column; the programme comes last."""
        names, said = self.layout.names, self.layout.said
        for question in self.knowledge.questions.values():
            if names.get(question.id) in frame.columns:
                words = said.answers_of(question.id, choice=not question.is_number)
                writing = Writing(self.layout.units.get(question.id, ""), said.decimal)
                read = read_cells(question, frame[names[question.id]], words, writing)
                yield question.id, self._filled(question, read, frame)
        if names.get(PROGRAMME) in frame.columns:
            yield PROGRAMME, self._exercises.read(frame[names[PROGRAMME]])

    def _ticks(self, frame: pl.DataFrame) -> Iterator[TickedColumns]:
        """Yield the questions whose answers have columns of their own."""
        words = self.layout.said.values.get(EVERY_QUESTION, {})
        for name, columns in self.layout.ticks.items():
            yield read_ticked(self.knowledge.questions[name], columns, frame, words)

    def _filled(self, question: Question, own: ReadColumn, frame: pl.DataFrame) -> ReadColumn:
        """Return a column with its blanks filled from older ones; a wrong cell stays wrong."""
        blank = own.texts.is_null()
        for one in self.layout.fillers.get(question.id, ()):
            if one.column in frame.columns:
                more = read_cells(question, frame[one.column], one.words)
                typed = more.typed.alias(own.typed.name)
                own = replace(own, typed=own.typed.zip_with(~blank, typed))
                blank &= typed.is_null()
        return own

    def _fillers(self, frame: pl.DataFrame) -> Iterator[ReadColumn]:
        """Yield the older columns that only fill blanks, each once, to see what no answer is."""
        seen = set(self.layout.names.values())
        for name, fillers in self.layout.fillers.items():
            for one in fillers:
                if one.column not in seen and one.column in frame.columns:
                    seen.add(one.column)
                    question = self.knowledge.questions[name]
                    yield read_cells(question, frame[one.column], one.words)

    def _lists(self, frame: pl.DataFrame) -> Iterator[TickColumn]:
        """Yield the columns of tick lists."""
        for name, column in self.layout.lists.items():
            if column in frame.columns:
                tick_list = self.knowledge.tick_lists[name]
                words = self.layout.said.answers_of(name, choice=False)
                yield read_column(self.knowledge, tick_list, frame[column], words)

    def _ticked(self, ticks: TickColumn, typed: dict[str, pl.Series]) -> None:
        """Put what a list says to the answers typed so far, and note where they differ."""
        for question in self.knowledge.items_of(ticks.tick_list.id):
            listed, own = ticks.item(question), typed.get(question.id)
            if own is None:
                typed[question.id] = listed
                continue
            typed[question.id], odd = together(question, own, listed)
            said = said_otherwise(ticks.tick_list, question, own, listed, odd)
            before = typed.get(AT_ODDS)
            typed[AT_ODDS] = said if before is None else joined(before, said)

    def _nameless(self, rows: pl.Series, clients: pl.Series) -> pl.DataFrame:
        """Return the rejections of rows that name no client."""
        texts = (
            "", self.layout.names[CLIENT], "nothing", "a pseudonym", Code.missing_client.name
        )  # fmt: skip
        return pl.DataFrame(
            [(row, *texts) for row in rows.filter(clients == "")], schema=REJECTED, orient="row"
        )

    def _numbers(self, columns: Mapping[str, ReadColumn]) -> dict[str, tuple[int, int]]:
        return {name: one.out_of_range() for name, one in columns.items() if self._is_number(name)}

    def _is_number(self, name: str) -> bool:
        return name != PROGRAMME and self.knowledge.questions[name].is_number


def _often(numbers: pl.Series) -> dict[str, int]:
    """Return how often each number is given; unknown answers are below all of them."""
    given = numbers.filter(numbers >= 0)
    return {str(number): count for number, count in sorted(given.value_counts().iter_rows())}
