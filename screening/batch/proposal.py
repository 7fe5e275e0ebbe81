"""From a table to a draft of its map, for a person to read: what its columns seem to mean.

A draft is a guess, so it says of every line what it rests on, leaves open what it does not
understand, and is used only once somebody has saved it as a `--map` file.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from screening.batch.column_guess import WORDS, guessed, nearest
from screening.batch.layout import UNIT_WORDS
from screening.batch.map_draft import (
    MapDraft,
    draft_text,
    listed,
    open_points,
    printable,
    quoted,
    shown,
    steers,
)
from screening.batch.rows import read_rows
from screening.batch.table_source import (
    BOM,
    UTF_8,
    WIDE,
    SourceTable,
    TableFormat,
    open_table,
    table_format,
)
from screening.diagnostics import Problems, Span
from screening.load.answer import read_answer
from screening.model.column_map import CLIENT, ROW_NUMBER, ColumnMap
from screening.model.knowledge import KnowledgeBase
from screening.model.name_matching import folded
from screening.model.question import Question
from screening.model.units import POINT, TIMES, unit_of

LOOKED_AT = 2_000  # rows that values are taken from
HEAD = 1 << 20  # bytes that tell how text is written
SEPARATORS = (",", ";", "\t", "|")
NOTHING = frozenset({"na", "n/a", "-", "--", ".", "nan", "null", "missing", "not asked", "?"})
SAID: Mapping[str, frozenset[str]] = {
    "yes": frozenset({"y", "yes", "true", "t", "1", "j", "ja", "oui", "o", "s", "si", "sim", "x"}),
    "no": frozenset({"n", "no", "false", "f", "0", "nein", "non", "nao", "não"}),
    "female": frozenset({"f", "w", "female", "woman", "women", "girl"}),
    "male": frozenset({"m", "male", "man", "men", "boy"}),
    "provokes": frozenset({"worse", "hurts", "pain", "painful", "aggravates", "increases"}),
    "relieves": frozenset({"better", "eases", "helps", "relief", "decreases"}),
    "no_effect": frozenset({"same", "neutral", "nothing", "no change", "unchanged", "fine"}),
    "not_tried": frozenset({"not tried", "untried", "not tested"}),
    "dont_know": frozenset({"unknown", "don't know", "dont know", "dk", "unsure", "not sure"}),
    "declined": frozenset({"declined", "refused", "prefer not to say", "rather not say"}),
}
"""What people write for an answer, in small letters."""
COMMA = re.compile(r"[0-9]+,[0-9]+")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft as a file, how many columns it understands of how many, and what is open."""

    text: str
    understood: int
    columns: int
    open: tuple[str, ...]

    @property
    def said(self) -> tuple[str, ...]:
        """What somebody has to look at."""
        counts = f"{self.understood} of {self.columns} columns understood; read the draft first"
        return (counts, *(f"look at {one}" for one in self.open))


def proposed_map(path: Path, knowledge: KnowledgeBase) -> Proposal:
    """Return a draft of the map of a table.

    Raises:
        BadInputError: when it is no table this can read.

    """
    sheet = open_table(path, _written(path))
    draft = MapDraft(ColumnMap(separator=sheet.separator, encoding=sheet.encoding))
    cells = _nameable(_values(sheet), draft)
    guesses = guessed(tuple(cells), knowledge)
    for guess in guesses.values():
        draft.columns[guess.column] = guess.name
        if not guess.sure:
            draft.note(guess.column, f"taken for `{guess.name}` by some of its words: check it")
        question = knowledge.questions.get(guess.name)
        if question is not None:
            _read_values(question, guess.column, cells[guess.column], draft)
    for column, counted in cells.items():
        if column not in draft.columns:
            draft.ignore[column] = f"{shown(counted)}{nearest(column, knowledge, draft)}"
    if CLIENT not in draft.columns.values():
        said = "no column looks like a pseudonym: name the one that is, as `client`, or write "
        draft.note("", f"{said}`{ROW_NUMBER}: client` under `columns`")
    return Proposal(
        draft_text(path, draft), len(draft.columns), len(cells), tuple(open_points(draft))
    )


def _written(path: Path) -> ColumnMap:
    """Return how a table of text seems to be written."""
    if table_format(path) is not TableFormat.CSV or not path.is_file():
        return ColumnMap()
    with path.open("rb") as file:
        head = file.read(HEAD)
    encoding = _encoding(head)
    line = head.decode(encoding, "replace").splitlines()[:1]
    separator = max(SEPARATORS, key=lambda sign: "".join(line).count(sign))
    return ColumnMap(separator=separator, encoding=encoding)


def _encoding(head: bytes) -> str:
    """Return the encoding of some bytes: UTF-8 where they are that, else a Windows program's."""
    if head.startswith(WIDE):
        return "utf-16"
    cut = head.removeprefix(BOM)[: HEAD - 8].rpartition(b"\n")[0] or head
    try:
        cut.decode(UTF_8)
    except UnicodeDecodeError:
        return "cp1252"
    return UTF_8


def _values(sheet: SourceTable) -> dict[str, Counter[str]]:
    """Return the texts of each column, and how often each comes, in the first rows."""
    wanted = sheet.names or _keys(sheet)
    frame = read_rows(sheet, sheet.chunks[0], wanted).frame.head(LOOKED_AT)
    return {
        name: Counter(
            text.strip() for text in map(_plain, frame[name].to_list()) if text and text.strip()
        )
        for name in wanted
        if name in frame.columns
    }


def _nameable(cells: dict[str, Counter[str]], draft: MapDraft) -> dict[str, Counter[str]]:
    """Return the columns that a map can name; signs that steer a terminal stand in no map."""
    for column in cells:
        if steers(column):
            draft.note("", f"no map can name the column {quoted(printable(column))}: rename it")
    return {column: texts for column, texts in cells.items() if not steers(column)}


def _plain(cell: object) -> str:
    """Return a cell as a person would write it."""
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case float() if cell.is_integer():
            return str(int(cell))
        case list():
            return ";".join(map(str, cell))
        case _:
            return str(cell)


def _keys(sheet: SourceTable) -> tuple[str, ...]:
    """Return the keys of the first lines of JSON Lines."""
    found: dict[str, None] = {}
    for line in sheet.text(sheet.chunks[0]).splitlines()[:LOOKED_AT]:
        try:
            record = json.loads(line)
        except ValueError:
            continue
        found |= dict.fromkeys(record if isinstance(record, dict) else ())
    return tuple(found)


def _read_values(question: Question, column: str, counted: Counter[str], draft: MapDraft) -> None:
    """Say what the texts of a column mean to a question, and what nobody understands."""
    numbers: list[float] = []
    unread: list[str] = []
    for text in counted:
        if steers(text):
            unread.append(text)
        elif text.lower() in NOTHING and text.lower() not in question.words:
            draft.empty[text] = None
        elif question.is_number:
            _number(text, draft, numbers, unread)
        elif not _reads(question, text):
            meant = _meant(question, text)
            if meant:
                draft.values.setdefault(question.id, {})[text] = meant
            else:
                unread.append(text)
    if numbers:
        _unit(question, column, numbers, draft)
    if unread:
        draft.note(column, f"not understood: {listed(unread)}; it takes {_takes(question)}")


def _number(text: str, draft: MapDraft, numbers: list[float], unread: list[str]) -> None:
    """Take a text for a number, with a decimal comma if it has one."""
    if COMMA.fullmatch(text):
        draft.decimal = ","
    try:
        numbers.append(float(text.replace(",", ".")))
    except ValueError:
        unread.append(text)


def _unit(question: Question, column: str, numbers: list[float], draft: MapDraft) -> None:
    """Say what a column of numbers is in, and what numbers there are."""
    ordered = sorted(numbers)
    middle = ordered[len(ordered) // 2]
    spread = f"least {ordered[0]:g}, median {middle:g}, most {ordered[-1]:g}"
    units = [w for w in WORDS.findall(column.lower().replace("_", " ")) if w in UNIT_WORDS]
    timed = unit_of(question.unit) in TIMES
    if timed and len({unit_of(w) for w in units}) == 1:
        if unit_of(units[0]) != unit_of(question.unit):
            draft.units[question.id] = units[0]
        draft.note(column, f"read as {units[0]}: {spread}")
    elif timed and folded(question.id) not in folded(column):
        draft.note(
            column, f"say its unit under `units`, `{question.id}` is in {question.unit}: {spread}"
        )
    elif not question.low <= ordered[0] <= ordered[-1] <= question.high:
        draft.note(
            column, f"{question.span}, found {spread}: another unit or scale?{_scale(question)}"
        )


def _scale(question: Question) -> str:
    """Return how another scale of points is said."""
    if unit_of(question.unit) != POINT:
        return ""
    return f" Say it under `units`, such as `{question.id}: 0-100`"


def _reads(question: Question, text: str) -> bool:
    problems = Problems()
    return read_answer(question, text, Span(""), problems) is not None


def _meant(question: Question, text: str) -> str:
    """Return the answer that a text stands for, or nothing."""
    low = text.lower()
    labels = {folded(option.say): option.id for option in question.answers}
    if folded(text) in labels:
        return labels[folded(text)]
    legal = (*question.words, "dont_know", "declined")
    return next((word for word in legal if low in SAID.get(word, ())), "")


def _takes(question: Question) -> str:
    return question.span if question.is_number else ", ".join(question.words)
