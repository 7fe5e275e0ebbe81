"""From a table to a draft of its map, for a person to read: what its columns seem to mean.

A draft is a guess, so it says of every line what it rests on, leaves open what it does not
understand, and is used only once somebody has saved it as a `--map` file.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from screening.batch.layout import UNIT_WORDS
from screening.batch.rows import read_rows
from screening.batch.table_source import (
    BOM,
    NAMED,
    UTF_8,
    WIDE,
    SourceTable,
    TableFormat,
    open_table,
    table_format,
)
from screening.diagnostics import Problems, Span
from screening.load.answer import read_answer
from screening.model.column_map import CLIENT, PROGRAMME, ROW_NUMBER, ColumnMap
from screening.model.knowledge import KnowledgeBase
from screening.model.name_matching import folded
from screening.model.question import Question
from screening.model.units import POINT, TIMES, unit_of

LOOKED_AT = 2_000  # rows that values are taken from
SHOWN = 6  # values shown of a column that is not understood
LONG = 30  # signs shown of a value
HEAD = 1 << 20  # bytes that tell how text is written
SURE, PERHAPS = 0.6, 0.34  # shares of words in common
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
CALLED: Mapping[str, frozenset[str]] = {
    CLIENT: frozenset({"id", "pseudonym", "member", "patient", "subject", "case", "code", "ref"}),
    PROGRAMME: frozenset({"exercises", "program", "workout", "training"}),
    "age": frozenset({"years", "yrs"}),
    "sex": frozenset({"gender"}),
    "pain_worst": frozenset({"nrs", "vas"}),
    "duration_weeks": frozenset({"duration"}),
}
"""What people call a column, beside a question's own words."""
IDLE = frozenset({"a", "an", "and", "any", "at", "by", "in", "is", "it", "no", "now", "of", "on",
                  "or", "the", "to", "with", "you", "your", "number", "nr"})  # fmt: skip
WORDS = re.compile(r"[a-z]+")
COMMA = re.compile(r"[0-9]+,[0-9]+")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column seems to be: a question, `client` or `programme`, and how sure that is."""

    column: str
    name: str
    sure: bool


@dataclass
class MapDraft:
    """A map being drafted: what stands in it, and what somebody has to look at."""

    said: ColumnMap
    columns: dict[str, str] = field(default_factory=dict)
    ignore: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    empty: dict[str, None] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    decimal: str = "."

    def note(self, name: str, said: str) -> None:
        """Have something looked at."""
        self.notes.setdefault(name, []).append(said)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft as a file, how many columns it understands of how many, and what is open."""

    text: str
    understood: int
    columns: int
    open: tuple[str, ...]


def proposed_map(path: Path, knowledge: KnowledgeBase) -> Proposal:
    """Return a draft of the map of a table.

    Raises:
        BadInputError: when it is no table this can read.

    """
    sheet = open_table(path, _written(path))
    draft = MapDraft(ColumnMap(separator=sheet.separator, encoding=sheet.encoding))
    cells = _nameable(_values(sheet), draft)
    guesses = _guesses(tuple(cells), knowledge)
    for guess in guesses.values():
        draft.columns[guess.column] = guess.name
        if not guess.sure:
            draft.note(guess.column, f"taken for `{guess.name}` by some of its words: check it")
        question = knowledge.questions.get(guess.name)
        if question is not None:
            _read_values(question, guess.column, cells[guess.column], draft)
    for column, counted in cells.items():
        if column not in draft.columns:
            draft.ignore[column] = f"{_shown(counted)}{_near(column, knowledge, draft)}"
    if CLIENT not in draft.columns.values():
        said = "no column looks like a pseudonym: name the one that is, as `client`, or write "
        draft.note("", f"{said}`{ROW_NUMBER}: client` under `columns`")
    return Proposal(_text(path, draft), len(draft.columns), len(cells), tuple(_open(draft)))


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
        if _steers(column):
            draft.note("", f"no map can name the column {_quoted(_clean(column))}: rename it")
    return {column: texts for column, texts in cells.items() if not _steers(column)}


def _steers(text: str) -> bool:
    return any(unicodedata.category(sign) == "Cc" for sign in text)


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


def _guesses(columns: Iterable[str], knowledge: KnowledgeBase) -> dict[str, Guess]:
    """Return what each column that is understood is, each thing once, the likeliest first."""
    known = _known(knowledge)
    scored = sorted(
        (
            (_likeness(column, name, words), -at, -place, column, name)
            for at, column in enumerate(columns)
            for place, (name, words) in enumerate(known.items())
        ),
        reverse=True,
    )
    found: dict[str, Guess] = {}
    for likeness, _, _, column, name in scored:
        taken = {guess.name for guess in found.values()}
        if likeness >= SURE and column not in found and name not in taken:
            found[column] = Guess(column, name, sure=likeness >= 1)
    return found


def _known(knowledge: KnowledgeBase) -> dict[str, tuple[str, ...]]:
    """Return what can be meant, each with the names it goes by."""
    asked = {
        question.id: (question.id, question.short)
        for question in knowledge.questions.values()
        if question.derived is None
    }
    return {CLIENT: (CLIENT,), PROGRAMME: (PROGRAMME,), **asked}


def _likeness(column: str, name: str, words: tuple[str, ...]) -> float:
    """Return how alike a column's name and a thing are: 1 when it is the thing's own name."""
    if folded(column) in map(folded, words) or _bare(column) in CALLED.get(name, ()):
        return 1.0
    said = _said_in(column)
    return max(_common(said, _said_in(word)) for word in words) if said else 0.0


def _bare(column: str) -> str:
    """Return a column's only word, or nothing where it has several."""
    said = _said_in(column)
    return next(iter(said)) if len(said) == 1 else ""


def _said_in(name: str) -> frozenset[str]:
    """Return the words of a name that say something; units of time do not."""
    words = WORDS.findall(name.lower().replace("_", " "))
    return frozenset(w.removesuffix("s") for w in words) - IDLE - UNIT_WORDS


def _common(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _read_values(question: Question, column: str, counted: Counter[str], draft: MapDraft) -> None:
    """Say what the texts of a column mean to a question, and what nobody understands."""
    numbers: list[float] = []
    unread: list[str] = []
    for text in counted:
        if _steers(text):
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
        draft.note(column, f"not understood: {_listed(unread)}; it takes {_takes(question)}")


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


def _near(column: str, knowledge: KnowledgeBase, draft: MapDraft) -> str:
    """Return the question a column that is left out could be."""
    said, taken = _said_in(column), set(draft.columns.values())
    near = [
        (max(_common(said, _said_in(word)) for word in words), name)
        for name, words in _known(knowledge).items()
        if name not in taken and said
    ]
    likeness, name = max(near, default=(0.0, ""))
    return f"; perhaps `{name}`" if likeness >= PERHAPS else ""


def _shown(counted: Counter[str]) -> str:
    return _listed([text for text, _ in counted.most_common(SHOWN + 1)]) or "empty"


def _listed(texts: list[str]) -> str:
    more = ", …" if len(texts) > SHOWN else ""
    return ", ".join(_clean(text)[:LONG] for text in texts[:SHOWN]) + more


def _clean(text: str) -> str:
    """Return a text on one line, without signs that a terminal would obey."""
    return "".join(sign if sign.isprintable() else "?" for sign in " ".join(text.split()))


def _text(path: Path, draft: MapDraft) -> str:
    """Return the draft as a file."""
    lines = [f"# A draft from {_clean(path.name)}: read each line, save it, use it with `--map`."]
    lines += [f"# {said}" for said in draft.notes.get("", ())]
    lines += _section("columns", draft.columns, draft)
    lines += _section("ignore", None, draft)
    if draft.values:
        lines += ["values:"]
        lines += [f"  {name}: {_flow(said)}" for name, said in draft.values.items()]
    if draft.units:
        lines += [f"units: {_flow(draft.units)}"]
    if draft.empty:
        lines += [f"empty: [{', '.join(map(_quoted, draft.empty))}]"]
    written = {
        "separator": (NAMED.get(draft.said.separator, draft.said.separator), ","),
        "encoding": (draft.said.encoding, UTF_8),
        "decimal": (draft.decimal, "."),
    }
    lines += [f"{key}: {json.dumps(now)}" for key, (now, usual) in written.items() if now != usual]
    nothing = all(line.startswith("#") for line in lines)
    return "\n".join([*lines, "{}"] if nothing else lines) + "\n"


def _section(key: str, columns: Mapping[str, str] | None, draft: MapDraft) -> Iterator[str]:
    """Yield the lines about columns, each with what is to be looked at."""
    if columns is None:
        if draft.ignore:
            yield f"{key}:"
        for column, holds in draft.ignore.items():
            yield f"  - {_quoted(column)}  # holds {holds}"
        return
    if columns:
        yield f"{key}:"
    for column, name in columns.items():
        yield from (f"  # {_quoted(column)}: {said}" for said in draft.notes.get(column, ()))
        yield f"  {_quoted(column)}: {name}"


def _quoted(text: str) -> str:
    """Return a text as YAML quotes it."""
    signs = (
        s if s.isprintable() else f"\\U{ord(s):08x}" for s in json.dumps(text, ensure_ascii=False)
    )
    return "".join(signs)


def _flow(said: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{_quoted(a)}: {_quoted(b)}" for a, b in said.items()) + "}"


def _open(draft: MapDraft) -> Iterator[str]:
    """Yield what somebody has to look at, in words."""
    for column, said in draft.notes.items():
        yield from (f"{_quoted(column)}: {one}" if column else one for one in said)
    if draft.ignore:
        yield f"left out: {', '.join(map(_quoted, draft.ignore))}"
