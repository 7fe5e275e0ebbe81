"""Who is recorded, what is kept of them, and getting it out or rid of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from screening.app.clients.dossier import Dossier, dossier, trend
from screening.app.clients.find_case import folded, known_client, name_of
from screening.app.clients.look_alikes import rename_hint
from screening.app.clients.notes import (
    LONGEST,
    LONGEST_GOAL,
    MOST,
    SCALE,
    about,
    goals_in,
    standing_goal,
)
from screening.app.clients.pages import (
    client_form,
    client_page,
    clients_form,
    clients_page,
    export_form,
    export_page,
)
from screening.app.knowledge import open_checked_knowledge, open_knowledge
from screening.app.ports import Tell
from screening.app.printout import Printout
from screening.assess import Assessor
from screening.diagnostics import quoted, word
from screening.errors import MisuseError, UnwritableError
from screening.records import (
    Client,
    Store,
    cases,
    client_of,
    of_each_client,
    own_link,
    rename,
)
from screening.records.consent import Purpose
from screening.records.erasing import ErasureReason, erase
from screening.records.errors import BusyStoreError
from screening.records.event import ConsentGiven, ConsentWithdrawn, GoalSaid, Noted, Started
from screening.render.page import Paragraph, counted

ERASES = "This erases the names, answers and results of `{}`, in {}. It cannot be undone."
STAYS = (
    "What stays: that a client was erased, when, and how many events there were. Copies made "
    "before (`store backup`, exports, printed reports) still hold the client."
)


class Wanted(NamedTuple):
    """Which clients are listed: who agreed to a purpose, and of whom some words are kept."""

    consent: str | None = None
    about: str | None = None

    def fits(self, one: Dossier) -> bool:
        """Tell whether a client is one of them."""
        agreed = not self.consent or one.agrees(Purpose(self.consent))
        return agreed and (self.about is None or self._told(one, self.about))

    def _told(self, one: Dossier, words: str) -> bool:
        named = folded(words) in folded(f"{one.client.pseudonym} {one.client.name}")
        return named or about(one.ledger, words)


def listed(store: Store, limit: int, wanted: Wanted, *, names: bool) -> Printout:
    """Return the clients who are wanted, the last one seen first."""
    unread: list[str] = []
    each = of_each_client(
        store, lambda one: dossier(store, client_of(store, one)), unread.append, limit
    )
    found = tuple(one for one in each if wanted.fits(one))
    page = (*clients_page(found, names=names), *map(Paragraph, unread))
    return Printout(page, clients_form(found, names=names), not unread)


def shown(store: Store, client: str, directory: Path | None, *, plain: bool) -> Printout:
    """Return a client's cases, what was agreed to, and how it went; no answers."""
    knowledge = open_checked_knowledge(directory)
    found = dossier(store, known_client(store, client))
    points = trend(Assessor(knowledge), found)
    page = client_page(knowledge, found, points, plain=plain)
    return Printout(page, client_form(found, points))


@dataclass(frozen=True, slots=True)
class Export:
    """All that is kept of a client; `agreed` tells that it may be shown to a clinician."""

    shown: Printout
    agreed: bool


def exported(store: Store, client: str, directory: Path | None) -> Export:
    """Return all that is kept of a client."""
    knowledge = open_knowledge(directory)
    found = dossier(store, known_client(store, client))
    for one in found.cases:
        own_link(store, found.client.id, one.events[0].event)
    made = Printout(export_page(knowledge, found), export_form(found))
    return Export(made, found.agrees(Purpose.CLINICIAN))


def put_new(path: Path, text: str | bytes, keep: Callable[[], object] = lambda: None) -> None:
    """Write a new file that is its owner's alone; `keep` puts it on record once it can be there.

    Raises:
        UnwritableError: when there is one already, or it cannot be written; no part of it is left.

    """
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                keep()
                file.write(text.encode() if isinstance(text, str) else text)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        reason = (getattr(error, "strerror", "") or "this is not a file name").lower()
        raise UnwritableError(f"`{path}` cannot be written: {reason}") from error


def consented(store: Store, client: str, purpose: str, *, withdraw: bool) -> tuple[str, ...]:
    """Tell that a client agrees to a purpose, or takes it back; return what to say of it."""
    words = Purpose(purpose).words
    event = ConsentWithdrawn(purpose) if withdraw else ConsentGiven(purpose, words)
    store.append(known_client(store, client, whole=True).id, event)
    said = f"Noted as {'withdrawn' if withdraw else 'agreed'}: {words}"
    if withdraw and purpose == Purpose.KEEP.value:
        return said, f"To get rid of what is kept: `screening clients erase {word(client)}`"
    return (said,)


def noted(store: Store, client: str, words: str) -> str:
    """Write a note down; return what to say of it.

    Raises:
        MisuseError: when it is empty or too long.

    """
    text = " ".join(words.split())
    if not text or len(text) > LONGEST:
        raise MisuseError(f"a note of 1 to {LONGEST} characters is expected; {len(text)} found")
    store.append(known_client(store, client, whole=True).id, Noted(text))
    return f"Noted: {text}"


def goal_said(store: Store, client: str, goal: str | None, score: int | None) -> str:
    """Keep a goal, a score for it, or both; return what to say of it.

    Without a goal the one that was said last is meant.

    Raises:
        MisuseError: when neither is said, the score is none, or there is no goal to score.

    """
    found = known_client(store, client, whole=True)
    before = standing_goal(goals_in(store.events(found.id)))
    text = " ".join((goal or before).split())
    if goal is None and score is None:
        raise MisuseError(f"say a GOAL, `--score 0..{MOST}`, or both")
    if not text or len(text) > LONGEST_GOAL:
        wanted = f"a goal of 1 to {LONGEST_GOAL} characters is expected"
        raise MisuseError(f"{wanted}, such as {quoted('garden for an hour')}")
    if score is not None and not 0 <= score <= MOST:
        raise MisuseError(f"0 to {MOST} is expected: {SCALE}", "--score")
    store.append(found.id, GoalSaid(text, score))
    return f"Goal: {text}{'' if score is None else f', {score} of {MOST} now'}."


def checked_consent(purpose: str | None, file: Path | None, *, withdraw: bool) -> None:
    """Refuse what is neither a purpose that is noted nor a page to be written.

    Raises:
        MisuseError: when it is neither, or both.

    """
    if purpose is None and (file is None or withdraw):
        purposes = ", ".join(one.value for one in Purpose)
        raise MisuseError(
            f"say a PURPOSE ({purposes}) to note it, or -o FILE for the page to sign"
        )
    if purpose is not None and file is not None:
        raise MisuseError("-o writes the page for all purposes: leave the PURPOSE out")


def checked_names(pseudonym: str | None, name: str | None) -> None:
    """Refuse to rename to nothing.

    Raises:
        MisuseError: when no name is given, or the pseudonym is empty.

    """
    if pseudonym is None and name is None:
        raise MisuseError("say --pseudonym, --name or both")
    if pseudonym is not None and not pseudonym.strip():
        raise MisuseError("a word is expected", "--pseudonym")


def renamed(store: Store, client: str, pseudonym: str | None, name: str | None) -> str:
    """Give a client another pseudonym, or a name; return what to say of it."""
    found = known_client(store, client, whole=True)
    label = found.pseudonym if pseudonym is None else pseudonym.strip()
    rename(store, found.id, label, found.name if name is None else name)
    called = found.name if name is None else name.strip()
    also = f", {called}" if called else ""
    looks = "" if pseudonym is None else rename_hint(store, label, found.id)
    return "\n".join(filter(None, (f"Now called {label or found.id}{also}.", looks)))


def erased(store: Store, client: str, sure: Tell) -> str:
    """Erase a client; return what to say of it. `sure` is told before, and raises if not meant."""
    found = known_client(store, client, whole=True)
    mixed = "".join(
        f"\nAnswers of {client} are also in {one}: erase both." for one in _mixed(store, found)
    )
    sure(ERASES.format(client, counted(len(cases(store, found.id)), "case")) + mixed)
    try:
        erase(store, found.id, ErasureReason.ASKED)
    except BusyStoreError as error:  # the name is gone by now: only the id is known again
        again = f"close screening elsewhere, then give `screening clients erase {found.id}`"
        raise BusyStoreError(error.message, again) from error
    return f"Erased. {STAYS}{mixed}"


def _mixed(store: Store, client: Client) -> tuple[str, ...]:
    """Return the cases of others that an earlier program let go on from one of this client."""
    mine = {one.id for one in cases(store, client.id)}

    def begun_from_mine(other: str) -> list[str]:
        theirs = cases(store, other) if other != client.id else ()
        begun = ((one.id, store.events(one.id)[0].event) for one in theirs)
        return [
            name_of(store, case)
            for case, event in begun
            if isinstance(event, Started) and event.follows in mine
        ]

    return tuple(chain.from_iterable(of_each_client(store, begun_from_mine, lambda _: None)))
