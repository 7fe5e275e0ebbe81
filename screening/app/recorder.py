"""Writing down what happens in a case, as it happens: on disk before anything else is asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from screening import app
from screening.app.clients.find_case import name_of
from screening.diagnostics import word
from screening.interview.recall import OPEN
from screening.interview.talk import Opening
from screening.model.knowledge import KnowledgeBase
from screening.records import (
    Client,
    Store,
    add_client,
    find_client,
    has_knowledge,
    holding,
    start_case,
)
from screening.records.consent import consents
from screening.records.errors import OpenCaseError
from screening.records.event import Asked, CaseEvent, Closed
from screening.render.page import Shape

if TYPE_CHECKING:
    from screening.assess import ConcludedCase


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
        self._events = opening.events
        self._number = opening.number
        self._asked: tuple[Asked, ...] = ()
        self._held = ExitStack()
        self._known = self._owner()  # whatever becomes of the name meanwhile

    def __enter__(self) -> Recorder:  # noqa: PYI034 - `Self` needs Python 3.11
        """Hold a case that exists.

        Raises:
            OpenCaseError: when it is open in another terminal, or was since it was read.

        """
        if self.case:
            name = name_of(self.store, self.case)
            self._held.enter_context(holding(self.store, self.case, name))
            if self.store.head(self.case).events != self._events:
                self._held.close()
                message = f"case `{name}` was gone on with in another terminal"
                raise OpenCaseError(message, "nothing was changed; take it up again")
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    @property
    def name(self) -> str | None:
        """What the case is called; None while nothing was said."""
        return name_of(self.store, self.case) if self.case else None

    @property
    def where(self) -> str:
        """Where it is kept, and how to go on with it."""
        if self.name is None:
            return "Nothing was answered, so nothing is saved."
        go_on = f"screening interview --resume {word(self.name)}"
        return f"Saved in {self.store.path}. Go on with `{go_on}`"

    @property
    def caution(self) -> str | None:
        """What to say first where the client took back that answers may be kept; else None."""
        found = self._owner()
        if found is None:
            return None
        keep, *_ = consents(self.store.events(found.id))
        if keep.given or not keep.day:
            return None
        name = word(found.pseudonym or found.id)
        return (
            f"caution: {name} took back on {keep.day} that answers may be kept. Ask again and "
            f"note it (`screening clients consent {name} keep`), or keep nothing more."
        )

    def _owner(self) -> Client | None:
        """Return the client, if there is a record of one."""
        owner = self.store.ledger(self.case).client if self.case else self.client
        return find_client(self.store, owner) if owner else None

    def asked(self, asked: tuple[Asked, ...]) -> None:
        """Note which questions are shown; that is written with whatever is said to them."""
        self._asked = asked

    def record(self, *events: CaseEvent) -> str:
        """Write what happened, all of it or nothing; it is on disk on return. Return the case.

        Raises:
            RecordsError: when it cannot be written.

        """
        written = (*self._first, *self._asked, *events)
        if self.case is None:
            self.case = self._begun(written)
            self._held.enter_context(holding(self.store, self.case))
        else:
            self.store.append(self.case, *written)
        self._first, self._asked = (), ()
        return self.case

    def _begun(self, written: tuple[CaseEvent, ...]) -> str:
        self._keep_knowledge()
        found = self._known or self._owner()
        client = add_client(self.store, self.client or "") if found is None else found.id
        return start_case(self.store, client, *written, wanted=self._number or 0)

    def _keep_knowledge(self) -> None:
        if not has_knowledge(self.store, self.knowledge.digest):
            app.audit.keep_knowledge(self.store, self.knowledge, self.root)

    def report(self, concluded: ConcludedCase, shape: Shape, status: str) -> str:
        """Write what was concluded, and its report, which is returned; unless open, it has ended.

        Raises:
            RecordsError: when it cannot be written.

        """
        self._keep_knowledge()
        case = self.record() if self._first or self.case is None else self.case
        closing = () if status == OPEN else (Closed(status),)
        made = app.audit.Report(concluded, name_of(self.store, case), shape)
        return app.audit.keep_report(self.store, case, made, self.knowledge, *closing)


class Unsaved:
    """Stands in for the recorder where there is no store: nothing is kept."""

    where = "Nothing is saved."
    name = None

    def asked(self, asked: tuple[Asked, ...]) -> None:
        """Note nothing."""

    def record(self, *events: CaseEvent) -> None:
        """Keep nothing."""


@contextmanager
def keeping(
    store: Store | None, knowledge: KnowledgeBase, root: Path, opening: Opening
) -> Iterator[Recorder | Unsaved]:
    """Yield what keeps an interview, which holds the case meanwhile; it keeps nothing unstored.

    Raises:
        OpenCaseError: when the case is open in another terminal, or was since it was read.
        RecordsError: when what was given before it begins cannot be written.

    """
    if store is None:
        yield Unsaved()
        return
    with Recorder(store, knowledge, root, opening) as recorder:
        if opening.at_once:
            recorder.record()
        yield recorder
