"""A map being drafted, and the draft as a file that says of every line what it rests on."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from screening.batch.table_source import NAMED, UTF_8
from screening.model.column_map import ColumnMap

SHOWN = 6  # values shown of a column that is not understood
LONG = 30  # signs shown of a value


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


def steers(text: str) -> bool:
    """Tell whether a text holds signs that a terminal would obey."""
    return any(unicodedata.category(sign) == "Cc" for sign in text)


def shown(counted: Counter[str]) -> str:
    """Return the texts of a column that come most often."""
    return listed([text for text, _ in counted.most_common(SHOWN + 1)]) or "empty"


def listed(texts: list[str]) -> str:
    """Return the first of some texts, each cut short."""
    more = ", …" if len(texts) > SHOWN else ""
    return ", ".join(printable(text)[:LONG] for text in texts[:SHOWN]) + more


def printable(text: str) -> str:
    """Return a text on one line, without signs that a terminal would obey."""
    return "".join(sign if sign.isprintable() else "?" for sign in " ".join(text.split()))


def draft_text(path: Path, draft: MapDraft) -> str:
    """Return the draft as a file."""
    lines = [
        f"# A draft from {printable(path.name)}: read each line, save it, use it with `--map`."
    ]
    lines += [f"# {said}" for said in draft.notes.get("", ())]
    lines += _section("columns", draft.columns, draft)
    lines += _section("ignore", None, draft)
    if draft.values:
        lines += ["values:"]
        lines += [f"  {name}: {_flow(said)}" for name, said in draft.values.items()]
    if draft.units:
        lines += [f"units: {_flow(draft.units)}"]
    if draft.empty:
        lines += [f"empty: [{', '.join(map(quoted, draft.empty))}]"]
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
            yield f"  - {quoted(column)}  # holds {holds}"
        return
    if columns:
        yield f"{key}:"
    for column, name in columns.items():
        yield from (f"  # {quoted(column)}: {said}" for said in draft.notes.get(column, ()))
        yield f"  {quoted(column)}: {name}"


def quoted(text: str) -> str:
    """Return a text as YAML quotes it."""
    signs = (
        s if s.isprintable() else f"\\U{ord(s):08x}" for s in json.dumps(text, ensure_ascii=False)
    )
    return "".join(signs)


def _flow(said: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{quoted(a)}: {quoted(b)}" for a, b in said.items()) + "}"


def open_points(draft: MapDraft) -> Iterator[str]:
    """Yield what somebody has to look at, in words."""
    for column, said in draft.notes.items():
        yield from (f"{quoted(column)}: {one}" if column else one for one in said)
    if draft.ignore:
        yield f"left out: {', '.join(map(quoted, draft.ignore))}"
