"""From a `--map` file to a `ColumnMap`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from screening.diagnostics import Code, Problems, suggestion
from screening.errors import BadInputError
from screening.load.answer import read_answer
from screening.load.entries import Reader
from screening.load.mapping_reader import Fields
from screening.load.source import decode, read_bytes
from screening.load.tree import Mapping, Text, parse
from screening.model.column_map import CLIENT, EVERY_QUESTION, PROGRAMME, ColumnMap
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import ASKED_UNKNOWNS
from screening.schema.library import COLUMN_MAP


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
        return replace(
            found,
            columns=_columns(fields, knowledge),
            values=_values(fields, knowledge),
            units=_units(fields, knowledge),
        )

    found = Reader(problems, {COLUMN_MAP.what: hand}).file(tree, COLUMN_MAP)
    if problems.errors:
        raise BadInputError(problems.sorted())
    return found


def _columns(fields: Fields, knowledge: KnowledgeBase) -> dict[str, str]:
    found: dict[str, str] = {}
    legal = (*knowledge.questions, CLIENT, PROGRAMME)
    for key, value in _texts(fields, "columns"):
        if value.value in legal:
            found[key.value] = value.value
        else:
            message = f"no question `{value.value}`"
            help_ = suggestion(value.value, legal)
            fields.problems.add(Code.dangling_question, value.at, message, help_)
    return found


def _values(fields: Fields, knowledge: KnowledgeBase) -> dict[str, dict[str, str]]:
    inner = fields.mapping("values")
    if inner is None:
        return {}
    found: dict[str, dict[str, str]] = {}
    for key in inner.node.keys:
        if key.value == EVERY_QUESTION or _asked(key, fields, knowledge):
            found[key.value] = _answers(key.value, inner, knowledge)
        inner.get(key.value)
    return found


def _answers(question: str, inner: Fields, knowledge: KnowledgeBase) -> dict[str, str]:
    """Return the answers that a question's values stand for, noting those it does not have."""
    known = knowledge.questions.get(question)
    found: dict[str, str] = {}
    for key, value in _texts(inner, question):
        if known is not None:
            read_answer(known, value.value, value.at, inner.problems)
        elif value.value not in ASKED_UNKNOWNS and not _anywhere(value.value, knowledge):
            message = f"no question has the answer `{value.value}`"
            inner.problems.add(Code.dangling_answer, value.at, message)
        found[key.value] = value.value
    return found


def _anywhere(word: str, knowledge: KnowledgeBase) -> bool:
    return any(word in question.words for question in knowledge.questions.values())


def _units(fields: Fields, knowledge: KnowledgeBase) -> dict[str, str]:
    """Return the units given; one that is not the question's own is an error."""
    found: dict[str, str] = {}
    for key, value in _texts(fields, "units"):
        if not _asked(key, fields, knowledge):
            continue
        question = knowledge.questions[key.value]
        if not question.is_number:
            fields.problems.add(Code.wrong_kind, key.at, f"`{key.value}` takes no number")
        elif value.value.lower() != question.unit.lower():
            message = f"`{key.value}` is asked in {question.unit}, found `{value.value}`"
            help_ = f"convert the column to whole {question.unit} first: nothing is converted here"
            fields.problems.add(Code.wrong_unit, value.at, message, help_)
        found[key.value] = value.value
    return found


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
    found = []
    for name, value in node.entries:
        if isinstance(value, Text):
            found.append((name, value))
        else:
            fields.problems.add(Code.wrong_shape, value.at, f"`{name.value}` must map to text")
    return found
