"""How a table names what the knowledge asks: its columns, its values and its units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

CLIENT, PROGRAMME = "client", "programme"
NAMES = (CLIENT, PROGRAMME)
EVERY_QUESTION = "every_question"


@dataclass(frozen=True)
class ColumnMap:
    """What a `--map` file says.

    `columns` gives the question id, `client` or `programme` by the table's own name for it.
    Columns in `ignore` are not read. `values` gives the answer by what the table says, by question
    id; those under `every_question` count for each choice that does not say otherwise. `units` is
    the unit a table's numbers are in, by question id.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)

    def answers_of(self, question: str, *, choice: bool) -> dict[str, str]:
        """Return what the table's values mean for one question.

        >>> ColumnMap(values={"every_question": {"Y": "yes"}}).answers_of("fever", choice=True)
        {'Y': 'yes'}
        """
        shared = self.values.get(EVERY_QUESTION, {}) if choice else {}
        return {**shared, **self.values.get(question, {})}
