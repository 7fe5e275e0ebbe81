"""Who is due: interrupted, referred and waiting, or seen long enough ago to be asked again."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import IntEnum

from screening.app.audit.referrals import open_referrals
from screening.app.clients.dossier import Dossier, dossier
from screening.app.clients.find_case import folded, known_client, name_of
from screening.app.clients.forms import forms_in, waiting
from screening.app.clients.pages import called, state
from screening.app.ports import Tell
from screening.app.printout import Printout
from screening.interview.recall import OPEN
from screening.interview.wording import ago
from screening.model.decision import REPEAT_AFTER
from screening.records import Store, client_of, of_each_client
from screening.records.consent import Purpose, local_today
from screening.render.page import Block, Grid, Heading, Page, Paragraph, clean, counted

SHOWN = 12  # clients on one screen


class OnDesk(IntEnum):
    """Why a client stands where they do, the most pressing first."""

    WAITING = 0
    INTERRUPTED = 1
    FORM = 2
    AGAIN = 3
    SEEN = 4


@dataclass(frozen=True, slots=True)
class AtDesk:
    """A client on the desk: what they go by, why they stand here, that in words, and their id."""

    client: str
    name: str
    due: OnDesk
    words: str
    id: str


def at_desk(store: Store, tell: Tell) -> tuple[AtDesk, ...]:
    """Return the clients, the most pressing first; who cannot be read is told."""
    waits = {store.ledger(one.kept.case).client: one for one in open_referrals(store, tell)}
    today = local_today(store)
    found = []
    each = of_each_client(store, lambda one: dossier(store, client_of(store, one)), tell)
    for one in each:
        client = one.client
        if client.id in waits:
            said = waits[client.id]
            level = said.level.word.replace("_", " ")
            due, words = OnDesk.WAITING, f"referred ({level}), {ago(said.days(today))}"
            words += "".join(f"; {more}" for more in (_at_home(one), _sent(one, today)) if more)
        else:
            due, words = _due(one, today)
        found.append(AtDesk(called(client), client.name, due, words, client.id))
    return tuple(sorted(found, key=lambda one: one.due))


def _due(one: Dossier, today: datetime.date) -> tuple[OnDesk, str]:
    if sent := _sent(one, today):
        return OnDesk.FORM, sent
    if not one.cases:
        return OnDesk.SEEN, "not screened yet"
    last = one.cases[-1]
    if last.recalled.status == OPEN:
        how_far = state(last).removeprefix("open, ")
        return OnDesk.INTERRUPTED, _at_home(one) or f"interrupted, {how_far}"
    days = (today - datetime.date.fromisoformat(last.day)).days
    due = OnDesk.AGAIN if days > REPEAT_AFTER else OnDesk.SEEN
    return due, f"last screened {ago(days)}, {state(last)}"


def _sent(one: Dossier, today: datetime.date) -> str:
    """Return what to say of a form that is waited for; empty where none is."""
    opened = one.cases[-1].ledger.opened if one.cases else ""
    sent = waiting(forms_in(one.ledger), opened)
    if sent is None:
        return ""
    days = (today - datetime.date.fromisoformat(sent.on)).days
    return f"form made {ago(days)}, not back yet"


def _at_home(one: Dossier) -> str:
    """Return what to say of answers from home that nobody has gone through; empty for none."""
    last = one.cases[-1] if one.cases else None
    if last is None or last.recalled.status != OPEN:
        return ""
    came = {case for sent in forms_in(one.ledger) for case in sent.cases}
    answers = counted(len(last.recalled.session.answers()), "answer")
    return f"{answers} from home, to go through" if last.ledger.id in came else ""


def named_like(found: tuple[AtDesk, ...], typed: str) -> tuple[AtDesk, ...]:
    """Return those on the desk whose pseudonym or name has these letters; all for none."""
    said = folded(typed)
    return tuple(one for one in found if said in folded(f"{one.client} {one.name}"))


def whose(store: Store, found: tuple[AtDesk, ...], typed: str) -> AtDesk:
    """Return the client of a number on the desk, or of a name or part of one.

    Raises:
        UnknownTargetError: when there is none, or it can mean several.

    """
    place = typed.strip()
    if place.isdecimal() and 0 < int(place[:6]) <= len(found):
        return found[int(place) - 1]
    client = known_client(store, typed)
    return next(one for one in at_desk(store, _nobody) if one.client == called(client))


def _nobody(_: str) -> None:
    """Tell nobody: the desk before said it."""


def on_show(found: tuple[AtDesk, ...]) -> Printout:
    """Return the desk: the first clients with a number to choose them by."""
    return Printout(_page(found))


def _page(found: tuple[AtDesk, ...]) -> Page:
    if not found:
        return (Heading("Clients"), Paragraph("Nobody is recorded yet."))
    rows = tuple(
        (str(number), clean(one.client), clean(one.name), one.words)
        for number, one in enumerate(found[:SHOWN], start=1)
    )
    blocks: list[Block] = [Heading("Clients"), Grid(("", "client", "name", "now"), rows)]
    if len(found) > SHOWN:
        blocks.append(Paragraph(f"… and {len(found) - SHOWN} more: type a part of the name."))
    return tuple(blocks)


def last_report(store: Store, client: str) -> str:
    """Return the report that a client was shown last; "" where there is none."""
    found = dossier(store, known_client(store, client))
    shown = [one.report for one in found.cases if one.report]
    return shown[-1] if shown else ""


def how_to_go_on(store: Store, client: str) -> tuple[str, ...]:
    """Return the words of the command that sees a client next."""
    found = dossier(store, known_client(store, client))
    if not found.cases:
        return ("interview", "--client", client)
    last = found.cases[-1]
    if last.recalled.status == OPEN:
        return ("interview", "--resume", name_of(store, last.ledger.id))
    return ("followup", client)


def purposes() -> tuple[tuple[str, str], ...]:
    """Return what a client can agree to: each purpose and its words."""
    return tuple((purpose.value, purpose.words) for purpose in Purpose)
