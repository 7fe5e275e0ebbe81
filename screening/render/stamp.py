"""What a report says of the record it belongs to."""

from __future__ import annotations

from typing import NamedTuple

from screening.diagnostics import word
from screening.render.json_form import Json

MINUTE = len("2026-03-02T10:00")


class Stamp(NamedTuple):
    """The case as it is called, its head digest then, and when it was concluded, in UTC."""

    case: str
    head: str
    at: str

    @property
    def line(self) -> str:
        """What stands at the end of the report.

        >>> Stamp("blue-bike-1", "abcdefghijkl", "2026-03-02T10:00:00.000Z").line[:49]
        'Record: blue-bike-1, 2026-03-02 10:00 UTC, head a'
        """
        when = self.at[:MINUTE].replace("T", " ")
        check = f"screening audit verify {word(self.case)} --head {self.head}"
        return f"Record: {self.case}, {when} UTC, head {self.head}. Check: `{check}`"

    @property
    def form(self) -> dict[str, Json]:
        """The same as JSON values."""
        return {"case": self.case, "at": self.at, "head": self.head}
