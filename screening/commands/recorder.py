"""Writing down what happens in a case, as it happens: on disk before anything else is asked."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from screening import __version__
from screening.commands.stored import name_of
from screening.diagnostics import Problems
from screening.interview.asked import digest_of
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question
from screening.records import Store, add_client, find_client, has_knowledge, holding, start_case
from screening.records.event import Asked, CaseEvent, Closed, Concluded, Printed

UNSAVED = "Nothing is saved."


class Line(NamedTuple):
    """What identifies a report in the records: the case, the day, and the head digest."""

    case: str
    day: str
    digest: str

    @property
    def words(self) -> str:
        """The line under a report."""
        return f"Recorded: {self.case}, {self.day}, {self.digest}."


class Unsaved:
    """Keeps nothing: there is no store to keep it in."""

    where = UNSAVED
    name = ""

    def asked(self, question: Question) -> None:
        """Note nothing."""

    def record(self, *events: CaseEvent) -> None:
        """Keep nothing."""


class Recorder:
    """Writes one case to the store, which begins with the first thing said.

    `first` are the events to write before that: how the case started, or was resumed.
    """

    def __init__(
        self,
        store: Store,
        source: KnowledgeSource,
        first: tuple[CaseEvent, ...],
        *,
        case: str = "",
        client: str = "",
    ) -> None:
        self.store = store
        self.source = source
        self.first = first
        self.case = case
        self.client = client
        self._asked: tuple[CaseEvent, ...] = ()
        self._held = ExitStack()
