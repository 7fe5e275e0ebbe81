"""From a `--map` file to a `ColumnMap`."""

from __future__ import annotations

import codecs
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from screening.diagnostics import Code, Problems, quoted, suggestion
from screening.errors import BadInputError
from screening.load.answer import read_answer
from screening.load.entries import Reader
from screening.load.mapped_columns import mapped_columns, only_text
from screening.load.mapping_reader import Fields
from screening.load.source import decode, read_bytes
from screening.load.tree import Mapping, Text, parse
from screening.model.column_map import EVERY_QUESTION, ColumnMap
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question
from screening.model.tick_list import legal_words
from screening.model.units import POINT, TIMES, scale_of, turned, unit_of
from screening.model.vocabularies import ASKED_UNKNOWNS
from screening.schema.library import COLUMN_MAP

SEPARATORS = (",", ";", "|", "tab")
SIGNS = {"tab": "\t"}


def load_column_map(path: Path, knowledge: KnowledgeBase) -> ColumnMap:
    """Return what a file says of a table's columns, values and units.

    Raises:
        BadInputError: with every diagnostic; nothing is guessed.

    """
    problems, shown = Problems(), str(path)
    raw = read_bytes(path, shown, problems)
    text = None if raw is None else decode(raw, shown, problems)
    tree = None if text is None else parse(text, shown, problems)
    if tree is None:
        raise BadInputError(problems.sorted())

    def hand(fields: Fields, found: ColumnMap) -> ColumnMap:
        columns, ticks = mapped_columns(fields, knowledge)
        return replace(
            found,
            columns=columns,
            ticks=ticks,
            values=_values(fields, knowledge),
            units=_units(fields, knowledge),
            separator=SIGNS.get(sign := fields.word("separator", SEPARATORS, default=","), sign),
            encoding=_encoding(fields),
            decimal=fields.word("decimal", (".", ","), default="."),
        )

    found = Reader(problems, {COLUMN_MAP.what: hand}).file(tree, COLUMN_MAP)
    if problems.errors:
        raise BadInputError(problems.sorted())
    return found


def _encoding(fields: Fields) -> str:
    """Return the name Python has for the encoding given."""
    said = fields.text("encoding", default="utf-8")
    try:
        "".encode(said)
        return codecs.lookup(said).name
    except (LookupError, ValueError):
        message = f"no encoding is called {quoted(said)}"
        help_ = "for example utf-8, utf-16, cp1252 (Windows), latin-1 or mac-roman"
        fields.problems.add(Code.bad_word, fields.value_place("encoding"), message, help_)
        return "utf-8"


def _values(fields: Fields, knowledge: KnowledgeBase) -> dict[str, dict[str, str]]:
    inner = fields.mapping("values")
    if inner is None:
        return {}
    found: dict[str, dict[str, str]] = {}
    for key in inner.node.keys:
        named = key.value == EVERY_QUESTION or key.value in knowledge.tick_lists
        if named or _asked(key, fields, knowledge):
            found[key.value] = _answers(key.value, inner, knowledge)
        inner.get(key.value)
    return found


def _answers(question: str, inner: Fields, knowledge: KnowledgeBase) -> dict[str, str]:
    """Return the answers that a question's values stand for, noting those it does not have."""
    known, listed = knowledge.questions.get(question), knowledge.tick_lists.get(question)
    found: dict[str, str] = {}
    for key, value in _texts(inner, question):
        if listed is not None and value.value not in legal_words(listed):
            message = f"`{question}` has no item `{value.value}`"
            help_ = suggestion(value.value, legal_words(listed))
            inner.problems.add(Code.dangling_answer, value.at, message, help_)
        elif listed is not None:
            pass
        elif known is not None:
            read_answer(known, value.value, value.at, inner.problems)
        elif value.value not in ASKED_UNKNOWNS and not _anywhere(value.value, knowledge):
            message = f"no question has the answer `{value.value}`"
            inner.problems.add(Code.dangling_answer, value.at, message)
        found[key.value] = value.value
    return found


def _anywhere(word: str, knowledge: KnowledgeBase) -> bool:
    return any(word in question.words for question in knowledge.questions.values())


def _units(fields: Fields, knowledge: KnowledgeBase) -> dict[str, str]:
    """Return the units given; one that cannot be turned into the question's is an error."""
    found: dict[str, str] = {}
    for key, value in _texts(fields, "units"):
        if not _asked(key, fields, knowledge):
            continue
        question = knowledge.questions[key.value]
        if not question.is_number:
            fields.problems.add(Code.wrong_kind, key.at, f"`{key.value}` takes no number")
        elif not _convertible(value.value, question):
            message = f"`{key.value}` is asked in {question.unit}, found `{value.value}`"
            help_ = f"expected {question.unit}"
            if unit_of(question.unit) in TIMES:
                help_ += f", or another of {', '.join(f'{name}s' for name in TIMES)}"
            elif unit_of(question.unit) == POINT:
                help_ += ", or another scale, such as `0-100`"
            fields.problems.add(Code.wrong_unit, value.at, message, help_)
        found[key.value] = value.value
    return found


def _convertible(given: str, question: Question) -> bool:
    """Tell whether numbers given so can be turned into what a question takes."""
    points = unit_of(question.unit) == POINT and scale_of(given) is not None
    return points or turned(Fraction(1), given.lower(), question.unit.lower()) is not None


def _asked(key: Text, fields: Fields, knowledge: KnowledgeBase) -> bool:
    """Tell whether a key is a question, noting it when it is not."""
    if key.value in knowledge.questions:
        return True
    help_ = suggestion(key.value, knowledge.questions)
    fields.problems.add(Code.dangling_question, key.at, f"no question `{key.value}`", help_)
    return False


def _texts(fields: Fields, key: str) -> list[tuple[Text, Text]]:
    """Return the texts of a mapping from text to text."""
    node = fields.get(key)
    if node is None:
        return []
    if not isinstance(node, Mapping):
        message = f"`{key}` must map what the table says to what is meant"
        fields.problems.add(Code.wrong_shape, node.at, message)
        return []
    inner = Fields(node, fields.problems)
    return [(name, value) for name, _ in node.entries for value in only_text(inner, name.value)]
