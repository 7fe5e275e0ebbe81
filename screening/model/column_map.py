"""How a table is written and names what the knowledge asks: columns, values and units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

CLIENT, PROGRAMME = "client", "programme"
NAMES = (CLIENT, PROGRAMME)
EVERY_QUESTION = "every_question"
ROW_NUMBER = "row number"
"""The column that a table need not have: which row it is."""


@dataclass(frozen=True, slots=True)
class TickedAnswer:
    """An answer that has a column of its own: what a tick there says, and what no tick says.

    `unticked` is empty where no tick leaves the question open.
    """

    question: str
    ticked: str
    unticked: str = ""


@dataclass(frozen=True)
class ColumnMap:
    """What a `--map` file says.

    `columns` gives the question ids, `client` or `programme` by the table's own name for them;
    `ticks` the answers that have a column of their own.
    Columns in `ignore` are not read. `values` gives the answer by what the table says, by question
    id; those under `every_question` count for each choice that does not say otherwise. `units` is
    the unit a table's numbers are in, by question id. Cells that say a word of `empty` are blank.
    `separator`, `encoding` and `decimal` are how CSV is written.
    """

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ticks: Mapping[str, tuple[TickedAnswer, ...]] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    empty: tuple[str, ...] = ()
    separator: str = ","
    encoding: str = "utf-8"
    decimal: str = "."

    def answers_of(self, question: str, *, choice: bool) -> dict[str, str]:
        """Return what the table's values mean for one question.

        >>> ColumnMap(values={"every_question": {"Y": "yes"}}).answers_of("fever", choice=True)
        {'Y': 'yes'}
        """
        shared = self.values.get(EVERY_QUESTION, {}) if choice else {}
        return {**shared, **self.values.get(question, {})}
