"""From the names of a table's columns to a `Layout`: which column answers which question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

import polars as pl

from screening.batch.older_columns import Filler, older_columns, take_over, today_of
from screening.batch.table_source import SourceTable, TableFormat
from screening.diagnostics import Code, Problems, Span, quoted, suggestion
from screening.errors import BadInputError
from screening.model.column_map import (
    CLIENT,
    NAMES,
    PROGRAMME,
    ROW_NUMBER,
    ColumnMap,
    TickedAnswer,
)
from screening.model.knowledge import KnowledgeBase
from screening.model.name_matching import folded
from screening.model.question import NamedThing, Question
from screening.model.units import TIMES, scale_of, turned, unit_of

UNIT_WORDS = frozenset(f"{name}{s}" for name in (*TIMES, "yr", "wk", "hr") for s in ("", "s"))
"""What units of time are called in the name of a column."""


@dataclass(frozen=True)
class Layout:
    """The table's name for each question, for `client` and for `programme`, in asking order.

    `said` is what the map says of values, and what old answers are taken as. Columns in `older`
    are questions that are gone. `units` is the unit a column's numbers are in, by question, where
    it is another than the question's. `lists` are the columns of tick lists, `fillers` the older
    ones that fill blanks. Where several columns say one thing, `several` has them by the one name
    that stands here for all of them. `ticks` are the columns that answers have of their own, by
    question; `numbered` says that each row is a client of its own. Every other column is ignored
    on request.
    """

    names: Mapping[str, str]
    said: ColumnMap
    older: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)
    several: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ticks: Mapping[str, Mapping[str, TickedAnswer]] = field(default_factory=dict)
    numbered: bool = False
    fillers: Mapping[str, tuple[Filler, ...]] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns to read; an older question's may be read for several."""
        whole = [one for name in (*self.names.values(), *self.lists.values())
                 for one in self.apart(name)]  # fmt: skip
        own = [column for columns in self.ticks.values() for column in columns]
        filling = [one.column for ones in self.fillers.values() for one in ones]
        return tuple(dict.fromkeys((*whole, *own, *filling)))

    @property
    def asked(self) -> frozenset[str]:
        """The questions that a column answers, alone or with others."""
        return frozenset({*self.names, *self.ticks})

    def apart(self, name: str) -> tuple[str, ...]:
        """Return the columns that a name stands for; none for the number of a row."""
        if self.numbered and name == ROW_NUMBER:
            return ()
        return self.several.get(name, (name,))

    @property
    def clients(self) -> tuple[str, ...]:
        """The columns that name a client together."""
        return self.apart(self.names[CLIENT])


def lay_out(sheet: SourceTable, knowledge: KnowledgeBase, said: ColumnMap) -> Layout:
    """Return which column of a table answers which question.

    The keys of JSON Lines are known only row by row: there every name is laid out.

    Raises:
        BadInputError: with every column that is unknown, missing, doubled or of no usable type.

    """
    problems = Problems()
    legal = _legal(sheet, knowledge, said)
    if sheet.form is not TableFormat.JSON_LINES:
        _misnamed(sheet, legal, said, knowledge, problems)
    stands = _stands_for(sheet, legal, knowledge, said, problems)
    several = {_as_one(columns, sheet): columns for columns in stands.values() if columns[1:]}
    found = {meant: _as_one(columns, sheet) for meant, columns in stands.items()}
    older = older_columns(sheet, knowledge, said)
    fillers = take_over(older, found, Span(str(sheet.path), 1), knowledge, problems)
    ticks = _ticks(sheet, found, said, problems)
    units = _units(sheet, found, knowledge, said, problems)
    numbered = _numbered(sheet, said)
    if numbered:
        found[CLIENT] = ROW_NUMBER
    if CLIENT not in found:
        message = "the column `client` is missing"
        help_ = "name the column that holds a pseudonym with `--map`; where none does, say there "
        help_ += f"`columns: {{{ROW_NUMBER}: client}}`, and each row is a client of its own"
        problems.add(Code.missing_column, Span(str(sheet.path)), message, help_)
    lists = {name: found.pop(name) for name in knowledge.tick_lists if name in found}
    if not {*found, *lists, *ticks} - set(NAMES):
        message = "no column is a question"
        help_ = "the ids are listed by `screening knowledge list questions`"
        problems.add(Code.missing_column, Span(str(sheet.path)), message, help_)
    if problems.errors:
        raise BadInputError(problems.sorted())
    order = (*knowledge.questions, *NAMES)
    names = {name: found[name] for name in order if name in found}
    values = {**said.values, **_old_answers(names, knowledge, said)}
    said = replace(said, values=values)
    return Layout(names, said, older, units, lists, several, ticks, numbered, fillers)


def _stands_for(
    sheet: SourceTable,
    legal: Mapping[str, tuple[str, ...]],
    knowledge: KnowledgeBase,
    said: ColumnMap,
    problems: Problems,
) -> dict[str, tuple[str, ...]]:
    """Return the columns of each thing that has one.

    Only what can be put together has several, and only where the map names all of them.
    """
    found: dict[str, tuple[str, ...]] = {}
    given = sheet.columns or tuple((name, pl.String()) for name in legal)
    for place, (name, kind) in enumerate(given, 1):
        at = Span(str(sheet.path), 1, place)
        for meant in () if name in said.ignore else legal.get(name, ()):
            before = found.get(meant, ())
            named = all(column in said.columns for column in (*before, name))
            if before and before != (name,) and not (
                named and meant in {*NAMES, *knowledge.tick_lists}
            ):  # fmt: skip
                message = f"{quoted(before[0])} and {quoted(name)} both stand for `{meant}`"
                problems.add(Code.duplicate_column, at, message, "ignore one of them in the map")
            else:
                found[meant] = tuple(dict.fromkeys((*before, name)))
            wanted = _unheld(kind, meant, knowledge)
            if wanted:
                message = f"the column {quoted(name)} holds values of type {str(kind).lower()}"
                problems.add(Code.wrong_type, at, message, f"expected {wanted}")
    return found


def _as_one(columns: tuple[str, ...], sheet: SourceTable) -> str:
    """Return the one name that stands for columns: their own where there is one."""
    name = " + ".join(columns)
    while columns[1:] and name in sheet.names:
        name += " +"
    return name


def _numbered(sheet: SourceTable, said: ColumnMap) -> bool:
    """Tell whether rows are clients by their number, and no column is called so."""
    return CLIENT in said.columns.get(ROW_NUMBER, ()) and ROW_NUMBER not in sheet.names


def _ticks(
    sheet: SourceTable, found: Mapping[str, str], said: ColumnMap, problems: Problems
) -> dict[str, dict[str, TickedAnswer]]:
    """Return the columns that answers have of their own, by question."""
    ticks: dict[str, dict[str, TickedAnswer]] = {}
    for column, answers in said.ticks.items():
        for one in answers:
            ticks.setdefault(one.question, {})[column] = one
            if one.question in found:
                message = (
                    f"{quoted(found[one.question])} and {quoted(column)} both stand for "
                    f"`{one.question}`"
                )
                at = Span(str(sheet.path), 1, _place(sheet, column))
                problems.add(Code.duplicate_column, at, message, "ignore one of them in the map")
    return ticks


def _units(
    sheet: SourceTable,
    found: Mapping[str, str],
    knowledge: KnowledgeBase,
    said: ColumnMap,
    problems: Problems,
) -> dict[str, str]:
    """Return the unit each column's numbers are in, noting those that nobody says.

    A name that is not the question's may be of another unit, and the range need not show it: 2,600
    weeks allow any number of days.
    """
    units: dict[str, str] = {}
    for name, column in found.items():
        question = knowledge.questions.get(name)
        if question is None or not question.is_number:
            continue
        given = said.units.get(name) or (_unit_in(column) if column != name else "")
        if given and scale_of(given) is not None:
            units[name] = given
        elif given and turned(Fraction(1), given.lower(), question.unit) is not None:
            if unit_of(given.lower()) != unit_of(question.unit):
                units[name] = given.lower()
        elif (
            unit_of(question.unit) in TIMES
            and folded(name) not in folded(column)
            and knowledge.older_names(NamedThing.QUESTION).get(column) != name
        ):
            message = f"the column {quoted(column)} is to fill `{name}`, and its unit is not said"
            help_ = f"say it in the map: `units: {{{name}: {question.unit}}}`, or days, weeks, "
            help_ += "months, years: it is converted"
            at = Span(str(sheet.path), 1, _place(sheet, column))
            problems.add(Code.other_unit, at, message, help_)
    return units


def _place(sheet: SourceTable, column: str) -> int:
    """Return the place of a column in its line, the first being 1."""
    return sheet.names.index(column) + 1 if column in sheet.names else 1


def _unit_in(column: str) -> str:
    """Return the unit of time that a column's name says; nothing where it says none, or two.

    >>> _unit_in("How long (days)"), _unit_in("weeks_or_months")
    ('days', '')
    """
    words = re.findall(r"[a-z]+", column.lower())
    named = [word for word in words if word in UNIT_WORDS]
    return named[0] if len({unit_of(word) for word in named}) == 1 else ""


def _old_answers(
    names: Mapping[str, str], knowledge: KnowledgeBase, said: ColumnMap
) -> dict[str, dict[str, str]]:
    """Return what cells say today, by question; an old answer that nothing stands for is blank."""
    taken: dict[str, dict[str, str]] = {}
    for new, column in names.items():
        words = said.answers_of(new, choice=True)
        if column in knowledge.renamed_answers:
            texts = today_of(column, new, knowledge)
            translated = {text: texts[word] for text, word in words.items() if word in texts}
            taken[new] = {**words, **texts, **translated}
        elif new in knowledge.renamed_answers:
            old = knowledge.renamed_answers[new]
            texts = {**{answer: answer for answer in old}, **words}
            today = {text: old[word].get(new, "") for text, word in texts.items() if word in old}
            taken[new] = {**words, **today}
    return taken


def without_column(layout: Layout, knowledge: KnowledgeBase) -> tuple[str, ...]:
    """Return the emergency questions that have no column, nor one that sums or lists them up.

    Those that apply only after another answer are left out, unless they are summed up.
    """
    missing: dict[str, None] = {}
    for name in knowledge.emergency_questions:
        sums = [q.id for q in knowledge.summing_questions if name in q.sums_up]
        always = bool(sums) or knowledge.questions[name].only_if is None
        listed = name in knowledge.list_of and knowledge.list_of[name].id in layout.lists
        if always and not listed and not any(one in layout.asked for one in (name, *sums)):
            missing[name] = None
    return tuple(missing)


def _legal(
    sheet: SourceTable, knowledge: KnowledgeBase, said: ColumnMap
) -> dict[str, tuple[str, ...]]:
    """Return what each name stands for: those of the map first, else the ids themselves.

    Keys of JSON Lines may all be there, so an id whose thing the map calls otherwise is none.
    """
    own = {n: (n,) for n in (*NAMES, *knowledge.questions, *knowledge.tick_lists)}
    if sheet.form is TableFormat.JSON_LINES:
        renamed = {meant for columns in said.columns.values() for meant in columns}
        own = {name: meant for name, meant in own.items() if name not in renamed}
    left = {ROW_NUMBER} if _numbered(sheet, said) else set()
    return {**own, **{n: meant for n, meant in said.columns.items() if n not in left}}


def _misnamed(
    sheet: SourceTable,
    legal: Mapping[str, tuple[str, ...]],
    said: ColumnMap,
    knowledge: KnowledgeBase,
    problems: Problems,
) -> None:
    """Note the columns nobody knows or that come twice, and what the map names in vain."""
    seen: set[str] = set()
    for place, (name, _) in enumerate(sheet.columns, 1):
        at = Span(str(sheet.path), 1, place)
        if name in seen:
            problems.add(Code.duplicate_column, at, f"the column {quoted(name)} comes twice")
        elif name not in {*legal, *said.ignore, *older_columns(sheet, knowledge, said)}:
            help_ = "" if problems.many else _nearest(name, legal, knowledge)
            problems.add(Code.unknown_column, at, f"unknown column {quoted(name)}", help_)
        seen.add(name)
    numbered = {ROW_NUMBER} if _numbered(sheet, said) else set()
    for name in (*said.columns, *sorted(said.ignore)):
        if name not in {*seen, *numbered}:
            message = f"the map names a column {quoted(name)} that is not there"
            help_ = suggestion(name, seen)
            problems.add(Code.missing_column, Span(str(sheet.path)), message, help_)


def _nearest(name: str, legal: Mapping[str, tuple[str, ...]], knowledge: KnowledgeBase) -> str:
    """Return help for an unknown column, with the unit a number is asked in."""
    help_ = suggestion(name, legal)
    near = next((word for word in legal if help_ == f"did you mean `{word}`?"), "")
    question = knowledge.questions.get(next(iter(legal.get(near, ())), ""))
    if question is not None and question.is_number:
        help_ = f"did you mean `{near}`? it is in {question.unit}"
    elif not near:
        help_ = "rename it with `--map`, or list it there under `ignore`"
    return help_


def _unheld(kind: pl.DataType, meant: str, knowledge: KnowledgeBase) -> str:
    """Return what was expected of a column whose type can hold no answer; else nothing."""
    texts = isinstance(kind, pl.String | pl.Categorical | pl.Enum | pl.Null)
    question = knowledge.questions.get(meant)
    if question is None:
        several = meant == PROGRAMME or meant in knowledge.tick_lists
        listed = several and kind == pl.List(pl.String)
        return "" if texts or listed or (meant == CLIENT and kind.is_integer()) else "text"
    return "" if texts or kind.is_numeric() or kind == pl.Boolean() else takes(question)


def takes(question: Question) -> str:
    """Return what a question takes, in words."""
    if question.is_number:
        return question.scale.takes(question.low, question.high, question.unit)
    return f"one of: {', '.join(question.words)}, dont_know, declined"
