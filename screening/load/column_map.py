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
from screening.load.mapping_reader import Fields
from screening.load.source import decode, read_bytes
from screening.load.tree import Mapping, Sequence, Text, parse
from screening.model.column_map import CLIENT, EVERY_QUESTION, PROGRAMME, ColumnMap
from screening.model.knowledge import KnowledgeBase
from screening.model.units import TIMES, turned, unit_of
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
        return replace(
            found,
            columns=_columns(fields, knowledge),
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


def _columns(fields: Fields, knowledge: KnowledgeBase) -> dict[str, tuple[str, ...]]:
    """Return what each column stands for: one question, or a list of several."""
    found: dict[str, tuple[str, ...]] = {}
    legal = (*knowledge.questions, *knowledge.tick_lists, CLIENT, PROGRAMME)
    inner = fields.mapping("columns")
    if inner is None:
        return found
    for key in inner.node.keys:
        several = isinstance(inner.get(key.value), Sequence)
        meant = inner.texts(key.value) if several else _text(inner, key.value)
        found[key.value] = tuple(one.value for one in meant if one.value in legal)
        for one in meant:
            if one.value not in legal:
                message = f"no question `{one.value}`"
                help_ = suggestion(one.value, legal)
                fields.problems.add(Code.dangling_question, one.at, message, help_)
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
    """Return the units given; one that cannot be turned into the question's is an error."""
    found: dict[str, str] = {}
    for key, value in _texts(fields, "units"):
        if not _asked(key, fields, knowledge):
            continue
        question = knowledge.questions[key.value]
        if not question.is_number:
            fields.problems.add(Code.wrong_kind, key.at, f"`{key.value}` takes no number")
        elif turned(Fraction(1), value.value.lower(), question.unit.lower()) is None:
            message = f"`{key.value}` is asked in {question.unit}, found `{value.value}`"
            help_ = f"expected {question.unit}"
            if unit_of(question.unit) in TIMES:
                help_ += f", or another of {', '.join(f'{name}s' for name in TIMES)}"
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
    inner = Fields(node, fields.problems)
    return [(name, value) for name, _ in node.entries for value in _text(inner, name.value)]


def _text(fields: Fields, key: str) -> tuple[Text, ...]:
    """Return the one text of a key; none where it is something else, with that noted."""
    value = fields.get(key)
    if isinstance(value, Text):
        return (value,)
    if value is not None:
        fields.problems.add(Code.wrong_shape, value.at, f"`{key}` must map to text")
    return ()
