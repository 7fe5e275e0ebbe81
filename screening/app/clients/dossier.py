"""All that the records hold of one client, read back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from screening.app.clients.find_case import name_of
from screening.assess import Assessor
from screening.follow import earlier_from
from screening.follow.decisions_from_events import level_of
from screening.follow.trend import Point, point
from screening.interview.recall import OPEN, Recalled, recall, rechecked
from screening.model.case import Earlier
from screening.model.vocabularies import Level
from screening.records import Client, Ledger, Recorded, Store, cases
from screening.records.consent import Consent, Purpose, consents, local_day
from screening.records.event import CaseEvent, Closed, Concluded, Printed


@dataclass(frozen=True)
class Kept:
    """One case: what it is called, and what happened in it."""

    name: str
    ledger: Ledger
    events: tuple[Recorded, ...]

    @property
    def recalled(self) -> Recalled:
        """The interview as it stands."""
        return recall(one.event for one in self.events if isinstance(one.event, CaseEvent))

    @property
    def day(self) -> str:
        """The day it ended last, or else began."""
        ends = [one.at for one in self.events if isinstance(one.event, Closed)]
        return local_day(ends[-1] if ends else self.ledger.opened)

    @property
    def level(self) -> Level | None:
        """The referral it came to last; none before a conclusion."""
        made = [one.event for one in self.events if isinstance(one.event, Concluded)]
        return level_of(made[-1]) if made else None

    @property
    def report(self) -> str:
        """The report as it was shown last; empty when none was."""
        shown = [one.event for one in self.events if isinstance(one.event, Printed)]
        return shown[-1].text if shown else ""


@dataclass(frozen=True)
class Dossier:
    """A client, what they agreed to, and their cases, the first one first."""

    client: Client
    agreed: tuple[Consent, ...]
    ledger: tuple[Recorded, ...]
    cases: tuple[Kept, ...]

    def agrees(self, purpose: Purpose) -> bool:
        """Tell whether the client agreed to a purpose and has not taken it back."""
        return any(one.given for one in self.agreed if one.purpose is purpose)


def dossier(store: Store, client: Client) -> Dossier:
    """Return all that is kept of a client.

    Raises:
        RecordsError: when a record cannot be read; nothing unreadable is shown as good.

    """
    own = store.events(client.id)
    kept = tuple(
        Kept(name_of(store, one.id), one, store.events(one.id)) for one in cases(store, client.id)
    )
    return Dossier(client, consents(own), own, kept)


def trend(assessor: Assessor, found: Dossier) -> tuple[Point, ...]:
    """Return how it went over the screenings that ended, the first one first."""
    left: dict[str | None, Earlier] = {}
    points = []
    for one in found.cases:
        if one.recalled.status == OPEN:
            continue
        session, _ = rechecked(one.recalled.session, assessor.knowledge)
        made = assessor.preview(replace(session.case(), earlier=left.get(session.follows)))
        left[one.ledger.id] = earlier_from(assessor.knowledge, made.case, made.assessment)
        points.append(point(assessor.knowledge, one.day, made.answers))
    return tuple(points)
