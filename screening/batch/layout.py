"""From the names of a table's columns to a `Layout`: which column answers which question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from screening.batch.table_source import SourceTable, TableFormat
from screening.diagnostics import Code, Problems, Span, quoted, suggestion
from screening.errors import BadInputError
from screening.model.column_map import CLIENT, NAMES, PROGRAMME, ColumnMap
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question
from screening.model.vocabularies import ASKED_UNKNOWNS


@dataclass(frozen=True)
class Layout:
    """The table's name for each question, for `client` and for `programme`, in asking order.

    `said` is what the map says of values and units, and what old answers are taken as. Columns in
    `older` are questions that are gone. Every other column is ignored on request.
    """

    names: Mapping[str, str]
    said: ColumnMap
    older: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns to read; an older question's may be read for several."""
        return tuple(dict.fromkeys(self.names.values()))


def lay_out(sheet: SourceTable, knowledge: KnowledgeBase, said: ColumnMap) -> Layout:
    """Return which column of a table answers which question.

    The keys of JSON Lines are known only row by row: there every name is laid out.

    Raises:
        BadInputError: with every column that is unknown, missing, doubled or of no usable type.

    """
    problems = Problems()
    legal = _legal(knowledge, said)
    given = sheet.columns or tuple((name, pl.String()) for name in legal)
    if sheet.form is not TableFormat.JSON_LINES:
        _misnamed(sheet, legal, said, knowledge, problems)
    found: dict[str, str] = {}
    for place, (name, kind) in enumerate(given, 1):
        meant = legal.get(name)
        if meant is None or name in said.ignore:
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
    older = _older(sheet, knowledge, said)
    for name in older:
        _taken_to(name, found, Span(str(sheet.path), 1), knowledge, problems)
    if CLIENT not in found:
        message = "the column `client` is missing"
        help_ = "give each row a pseudonym, or name the column that holds it with `--map`"
        problems.add(Code.missing_column, Span(str(sheet.path)), message, help_)
    if not set(found) - set(NAMES):
        message = "no column is a question"
        help_ = "the ids are listed by `screening knowledge list questions`"
        problems.add(Code.missing_column, Span(str(sheet.path)), message, help_)
    if problems.errors:
        raise BadInputError(problems.sorted())
    order = (*knowledge.questions, *NAMES)
    names = {name: found[name] for name in order if name in found}
    values = {**said.values, **_old_answers(names, knowledge, said)}
    return Layout(names, replace(said, values=values), older)


def _older(sheet: SourceTable, knowledge: KnowledgeBase, said: ColumnMap) -> tuple[str, ...]:
    """Return the columns that are older questions; of JSON Lines they are not known."""
    gone = set(knowledge.renamed_answers) - {*knowledge.questions, *said.columns, *said.ignore}
    return tuple(name for name, _ in sheet.columns if name in gone)


def _taken_to(
    name: str, found: dict[str, str], at: Span, knowledge: KnowledgeBase, problems: Problems
) -> None:
    """Lay an older question's column out for each question its answers are taken to."""
    for new in dict.fromkeys(q for now in knowledge.renamed_answers[name].values() for q in now):
        if new in found:
            message = f"{quoted(found[new])} and the older {quoted(name)} both stand for `{new}`"
            problems.add(Code.duplicate_column, at, message, "ignore one of them in the map")
        found.setdefault(new, name)


def _old_answers(
    names: Mapping[str, str], knowledge: KnowledgeBase, said: ColumnMap
) -> dict[str, dict[str, str]]:
    """Return what cells say today, by question; an old answer that nothing stands for is blank."""
    taken: dict[str, dict[str, str]] = {}
    for new, column in names.items():
        by_column = knowledge.renamed_answers.get(column)
        old = by_column or knowledge.renamed_answers.get(new)
        if old is not None:
            words = said.answers_of(new, choice=True)
            texts = {**{answer: answer for answer in old}, **words}
            today = {text: old[word].get(new, "") for text, word in texts.items() if word in old}
            if by_column and not any(new in tuple(now)[:1] for now in old.values()):
                today |= dict.fromkeys(ASKED_UNKNOWNS, "")  # not known stands for the first
            taken[new] = {**words, **today}
    return taken


def without_column(layout: Layout, knowledge: KnowledgeBase) -> tuple[str, ...]:
    """Return the emergency questions that have no column, nor one that sums them up.

    Those that apply only after another answer are left out, unless they are summed up.
    """
    missing: dict[str, None] = {}
    for name in knowledge.emergency_questions:
        sums = [q.id for q in knowledge.summing_questions if name in q.sums_up]
        always = bool(sums) or knowledge.questions[name].only_if is None
        if always and not any(one in layout.names for one in (name, *sums)):
            missing[name] = None
    return tuple(missing)


def _legal(knowledge: KnowledgeBase, said: ColumnMap) -> dict[str, str]:
    """Return what each name stands for: those of the map first, else the ids themselves."""
    own = {name: name for name in (*NAMES, *knowledge.questions)}
    return {**own, **said.columns}


def _misnamed(
    sheet: SourceTable,
    legal: Mapping[str, str],
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
        elif name not in {*legal, *said.ignore, *knowledge.renamed_answers}:
            help_ = "" if problems.many else _nearest(name, legal, knowledge)
            problems.add(Code.unknown_column, at, f"unknown column {quoted(name)}", help_)
        seen.add(name)
    for name in (*said.columns, *sorted(said.ignore)):
        if name not in seen:
            message = f"the map names a column {quoted(name)} that is not there"
            help_ = suggestion(name, seen)
            problems.add(Code.missing_column, Span(str(sheet.path)), message, help_)


def _nearest(name: str, legal: Mapping[str, str], knowledge: KnowledgeBase) -> str:
    """Return help for an unknown column, with the unit a number is asked in."""
    help_ = suggestion(name, legal)
    near = next((word for word in legal if help_ == f"did you mean `{word}`?"), "")
    question = knowledge.questions.get(legal.get(near, ""))
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
        listed = meant == PROGRAMME and kind == pl.List(pl.String)
        return "" if texts or listed or (meant == CLIENT and kind.is_integer()) else "text"
    return "" if texts or kind.is_numeric() or kind == pl.Boolean() else takes(question)


def takes(question: Question) -> str:
    """Return what a question takes, in words."""
    if question.is_number:
        return question.scale.takes(question.low, question.high, question.unit)
    return f"one of: {', '.join(question.words)}, dont_know, declined"
