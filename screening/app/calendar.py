"""What is due with whom, from the records: reminders for the trainer's calendar."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from screening.app.audit.referrals import OpenReferral, last_referral
from screening.app.client_records import put_new
from screening.app.clients.forms import forms_in, waiting
from screening.app.clients.pages import called
from screening.app.ports import Tell
from screening.app.printout import Printout
from screening.model.decision import REPEAT_AFTER, Looked
from screening.model.vocabularies import Level
from screening.records import Client, Store, cases, client_of, of_each_client
from screening.records.consent import Purpose, consents
from screening.render.ics import Reminder, ics
from screening.render.json_form import Json
from screening.render.page import Block, Grid, Heading, Paragraph

WAITED = {Level.SAME_DAY: 1, Level.WITHIN_DAYS: 7, Level.ROUTINE: 28}
"""Days after which to ask what became of a referral: the last day its level gives, or the next."""
RENEW_AFTER = 335  # days: a month before the twelve for which a consent counts are over
ANSWERED_AFTER = 3  # days: by then a form is usually answered, or forgotten
FORMAT = "calendar/1"
TITLES = {
    "check": "Check-in with {}: all questions again",
    "letter": "Ask {} about the letter",
    "advice": "Ask {} for news of the letter",
    "form": "Renew the form with {}",
    "answers": "Ask {} for the answers from home",
}
NOTES = {
    "check": "Ten minutes before you start. An earlier screening is too old from this day on.",
    "letter": "Open since {}.",
    "advice": "What was answered counts until {}.",
    "form": "What was agreed to counts for twelve months at most. Agreed on {}.",
    "answers": "The questions went out on {}, and nothing came back yet.",
}


class Matter(NamedTuple):
    """What is due with a client: on which day, and since when it has been on record."""

    client: str
    what: str
    on: datetime.date
    since: datetime.date
    reminder: Reminder


def due(store: Store, tell: Tell) -> tuple[Matter, ...]:
    """Return what is due with each client, the first day first; who cannot be read is told."""
    each = of_each_client(store, lambda client: tuple(_of(store, client_of(store, client))), tell)
    found = [one for these in each for one in these]
    return tuple(sorted(found, key=lambda one: (one.on, one.client, one.what)))


def _of(store: Store, client: Client) -> Iterator[Matter]:
    last = last_referral(store, client.id)
    if last is not None:
        yield _due(store, client, "check", last.on, REPEAT_AFTER + 1)
        if _waits(last):
            yield _due(store, client, "letter", last.on, WAITED[last.level])
        elif last.until is not None:
            yield _due(store, client, "advice", last.until, 0)
    opened = max((one.opened for one in cases(store, client.id)), default="")
    sent = waiting(forms_in(store.events(client.id)), opened)
    if sent is not None:
        yield _due(store, client, "answers", datetime.date.fromisoformat(sent.on), ANSWERED_AFTER)
    agreed = {one.purpose: one for one in consents(store.events(client.id))}[Purpose.KEEP]
    if agreed.given:
        day = datetime.date.fromisoformat(agreed.day)
        yield _due(store, client, "form", day, RENEW_AFTER)


def _waits(last: OpenReferral) -> bool:
    """Tell whether somebody is to be asked what became of a referral; never of an emergency."""
    return last.level in WAITED and last.looked is not Looked.YES


def _due(store: Store, client: Client, what: str, since: datetime.date, days: int) -> Matter:
    """Return one reminder; its id is that of the client and the matter, whatever the day."""
    name, on = called(client), since + datetime.timedelta(days=days)
    sequence = sum(ledger.events for ledger in (store.ledger(client.id), *cases(store, client.id)))
    reminder = Reminder(
        uid=sha256(f"{client.id} {what}".encode()).hexdigest()[:32],
        on=on,
        title=TITLES[what].format(name),
        note=NOTES[what].format(since.isoformat()),
        sequence=sequence,
    )
    return Matter(name, what, on, since, reminder)


def listed(store: Store) -> Printout:
    """Return what is due, as a page and as JSON."""
    unread: list[str] = []
    found = due(store, unread.append)
    rows = tuple((one.on.isoformat(), one.reminder.title, one.since.isoformat()) for one in found)
    blocks: list[Block] = [Heading("What is due")]
    if rows:
        blocks.append(Grid(("on", "what", "since"), rows))
        blocks.append(Paragraph("For your calendar: `screening calendar -o FILE.ics`."))
    else:
        blocks.append(Paragraph("Nothing on record."))
    blocks.extend(map(Paragraph, unread))
    json: dict[str, Json] = {
        "format": FORMAT,
        "due": [
            {
                "client": one.client,
                "what": one.what,
                "on": one.on.isoformat(),
                "since": one.since.isoformat(),
            }
            for one in found
        ],
        **({"unread": [*unread]} if unread else {}),
    }
    return Printout(tuple(blocks), json, not unread)


def written(store: Store, file: Path, tell: Tell) -> str:
    """Write what is due as a new calendar file, tell who is not in it; return what to say of it.

    Raises:
        UnwritableError: when it cannot be written.

    """
    found = due(store, tell)
    put_new(file, ics((one.reminder for one in found), store.clock()))
    return (
        f"{len(found)} reminders written to {file}. Titles name pseudonyms only, for "
        "calendars are shared. After an erasure a calendar still holds them."
    )
