"""Writing down what happens in a case, as it happens: on disk before anything else is asked."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from screening import __version__
from screening.commands.opening import Opening
from screening.commands.stored import name_of
from screening.diagnostics import Problems
from screening.interview.asked import digest_of
from screening.interview.recall import OPEN
from screening.load.files import Directory, concluding
from screening.model.knowledge import KnowledgeBase
from screening.model.logic import logic_digest, text_digest
from screening.model.question import Question
from screening.records import (
    Store,
    add_client,
    find_client,
    has_knowledge,
    holding,
    put_knowledge,
    start_case,
)
from screening.records.event import Asked, CaseEvent, Closed, Concluded, Printed


class Line(NamedTuple):
    """What finds a report in the records again: the case, the day, and the head digest."""

    case: str
    day: str
    digest: str

    @property
    def words(self) -> str:
        """The line under a report.

        >>> Line("blue-bike", "2026-11-25", "3f9a1b2c4d5e").words
        'Recorded: blue-bike, 2026-11-25, 3f9a1b2c4d5e.'
        """
        return f"Recorded: {self.case}, {self.day}, {self.digest}."


class Recorder:
    """Writes one case to the store; a new one begins with the first thing said.

    `root` is the directory of the knowledge, which is kept in the store as it is. Use it as a
    context: nobody else can open the case meanwhile.
    """

    def __init__(
        self, store: Store, knowledge: KnowledgeBase, root: Path, opening: Opening
    ) -> None:
        self.store = store
        self.knowledge = knowledge
        self.root = root
        self.client = opening.client
        self.case = opening.case
        self._first = opening.first
        self._asked: Asked | None = None
        self._held = ExitStack()

    def __enter__(self) -> Recorder:  # noqa: PYI034 - `Self` needs Python 3.11
        """Hold a case that exists.

        Raises:
            OpenCaseError: when it is open in another terminal.

        """
        if self.case:
            self._held.enter_context(holding(self.store, self.case))
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    @property
    def name(self) -> str:
        """What the case is called; empty while nothing was said."""
        return name_of(self.store, self.case) if self.case else ""

    @property
    def where(self) -> str:
        """Where it is kept, and how to go on with it."""
        if not self.case:
            return "Nothing was answered, so nothing is saved."
        return f"Saved in {self.store.path}. Go on with `screening interview --resume {self.name}`"

    def asked(self, question: Question) -> None:
        """Note that a question is shown; it is written with whatever is said to it."""
        self._asked = Asked(question.id, digest_of(question))

    def record(self, *events: CaseEvent) -> None:
        """Write what happened, all of it or nothing; it is on disk on return.

        Raises:
            RecordsError: when it cannot be written.

        """
        asked = () if self._asked is None else (self._asked,)
        written = (*self._first, *asked, *events)
        if self.case:
            self.store.append(self.case, *written)
        else:
            self._begin(written)
        self._first, self._asked = (), None

    def _begin(self, written: tuple[CaseEvent, ...]) -> None:
        self._keep_knowledge()
        found = find_client(self.store, self.client) if self.client else None
        client = add_client(self.store, self.client) if found is None else found.id
        self.case = start_case(self.store, client, *written)
        self._held.enter_context(holding(self.store, self.case))

    def _keep_knowledge(self) -> None:
        if not has_knowledge(self.store, self.knowledge.digest):
            files = concluding(Directory(self.root), Problems())
            logic, text = logic_digest(self.knowledge), text_digest(self.knowledge)
            put_knowledge(self.store, files, logic, text)

    def conclude(self, assessment: str, form: str, status: str) -> Line:
        """Write what was concluded, that the case ended unless it is open, and the showing.

        Returns the line for the report, with the head digest before the showing.
        """
        self._keep_knowledge()
        closed = () if status == OPEN else (Closed(status),)
        self.record(Concluded(assessment, self.knowledge.digest, __version__), *closed)
        head = self.store.head(self.case)
        self.store.append(self.case, Printed(form, head.digest))
        return Line(self.name, self.store.ledger(self.case).last[:10], head.digest)


class Unsaved:
    """Stands in for the recorder where there is no store: nothing is kept."""

    where = "Nothing is saved."

    def asked(self, question: Question) -> None:
        """Note nothing."""

    def record(self, *events: CaseEvent) -> None:
        """Keep nothing."""
