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
from screening.model.column_map import CLIENT, NAMES, PROGRAMME, ColumnMap
from screening.model.knowledge import KnowledgeBase
from screening.model.name_matching import folded
from screening.model.question import NamedThing, Question
from screening.model.units import TIMES, turned, unit_of

UNIT_WORDS = frozenset(f"{name}{s}" for name in (*TIMES, "yr", "wk", "hr") for s in ("", "s"))
"""What units of time are called in the name of a column."""


@dataclass(frozen=True)
class Layout:
    """The table's name for each question, for `client` and for `programme`, in asking order.

    `said` is what the map says of values, and what old answers are taken as. Columns in `older`
    are questions that are gone. `units` is the unit a column's numbers are in, by question, where
    it is another than the question's. `lists` are the columns of tick lists, `fillers` the older
    ones that fill blanks. Every other column is ignored on request.
    """

    names: Mapping[str, str]
    said: ColumnMap
    older: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)
    fillers: Mapping[str, tuple[Filler, ...]] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns to read; an older question's may be read for several."""
        filling = (one.column for ones in self.fillers.values() for one in ones)
        return tuple(dict.fromkeys((*self.names.values(), *self.lists.values(), *filling)))


def lay_out(sheet: SourceTable, knowledge: KnowledgeBase, said: ColumnMap) -> Layout:
    """Return which column of a table answers which question.

    The keys of JSON Lines are known only row by row: there every name is laid out.

    Raises:
        BadInputError: with every column that is unknown, missing, doubled or of no usable type.

    """
    problems = Problems()
    legal = _legal(knowledge, said)
    given = sheet.columns or tuple((name, pl.String()) for name in legal)
    pairs = (
        (at, one, meant) for at, one in enumerate(given, 1) for meant in legal.get(one[0], ())
    )
    if sheet.form is not TableFormat.JSON_LINES:
        _misnamed(sheet, legal, said, knowledge, problems)
    found: dict[str, str] = {}
    for place, (name, kind), meant in pairs:
        if name in said.ignore:
            continue
        at = Span(str(sheet.path), 1, place)
        if meant in found and found[meant] != name:
            message = f"{quoted(found[meant])} and {quoted(name)} both stand for `{meant}`"
            problems.add(Code.duplicate_column, at, message, "ignore one of them in the map")
        found.setdefault(meant, name)
        wanted = _unheld(kind, meant, knowledge)
        if wanted:
            message = f"the column {quoted(name)} holds values of type {str(kind).lower()}"
            problems.add(Code.wrong_type, at, message, f"expected {wanted}")
    older = older_columns(sheet, knowledge, said)
    fillers = take_over(older, found, Span(str(sheet.path), 1), knowledge, problems)
    units = _units(sheet, found, knowledge, said, problems)
    if CLIENT not in found:
        message = "the column `client` is missing"
        help_ = "give each row a pseudonym, or name the column that holds it with `--map`"
        problems.add(Code.missing_column, Span(str(sheet.path)), message, help_)
    lists = {name: found.pop(name) for name in knowledge.tick_lists if name in found}
    if not {*found, *lists} - set(NAMES):
        message = "no column is a question"
        help_ = "the ids are listed by `screening knowledge list questions`"
        problems.add(Code.missing_column, Span(str(sheet.path)), message, help_)
    if problems.errors:
        raise BadInputError(problems.sorted())
    order = (*knowledge.questions, *NAMES)
    names = {name: found[name] for name in order if name in found}
    values = {**said.values, **_old_answers(names, knowledge, said)}
    return Layout(names, replace(said, values=values), older, units, lists, fillers)


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
        if given and turned(Fraction(1), given.lower(), question.unit) is not None:
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
        if always and not listed and not any(one in layout.names for one in (name, *sums)):
            missing[name] = None
    return tuple(missing)


def _legal(knowledge: KnowledgeBase, said: ColumnMap) -> dict[str, tuple[str, ...]]:
    """Return what each name stands for: those of the map first, else the ids themselves."""
    own = {n: (n,) for n in (*NAMES, *knowledge.questions, *knowledge.tick_lists)}
    return {**own, **said.columns}


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
    for name in (*said.columns, *sorted(said.ignore)):
        if name not in seen:
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
