"""Whom a command is about: an intake, a recorded case, or a row of a table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from screening import app
from screening.app.conclude import FILES, Sources, case_in, named_records
from screening.app.extras import need
from screening.assess import Assessor
from screening.errors import MisuseError
from screening.model.case import Case
from screening.records import Store

STDIN = Path("-")
TABLES = {".csv", ".jsonl", ".ndjson", ".parquet", ".xlsx"}


@dataclass(frozen=True, slots=True)
class ChosenCase:
    """An intake, `-` for stdin, a recorded case, or with `row` a row of a table."""

    intake: Path
    row: int | None = None
    map_file: Path | None = None

    def __post_init__(self) -> None:
        """Refuse a table without a row, and a row without what reads tables.

        Raises:
            MisuseError: when it is so.

        """
        if self.row is not None:
            need("polars")
        elif self.intake.suffix.lower() in TABLES and self.intake.is_file():
            raise MisuseError(f"{self.intake} is a table: name one row of it with `--row N`")

    @property
    def named(self) -> str:
        """What it is called where it is not on record."""
        if self.row is not None:
            return f"{self.intake.stem}-row-{self.row}"
        if self.intake.suffix.lower() in FILES:
            return self.intake.stem
        return "case" if self.intake == STDIN else str(self.intake)

    def records(self, sources: Sources) -> Store | None:
        """Return the records in which it is looked for; None where it is in a file."""
        return None if self.row is not None else named_records(self.intake, sources)

    def case(self, assessor: Assessor, sources: Sources) -> Case:
        """Return the case; of a client's several the last one.

        Raises:
            BadInputError: when it cannot be used.
            UnknownTargetError: when it is no file, and the records have no such case.

        """
        if self.row is None:
            return case_in(self.intake, assessor, sources)
        table = app.tables.Table(self.intake, self.map_file)
        return app.tables.case_in_row(table, self.row, assessor.knowledge)
