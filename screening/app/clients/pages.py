"""From what is kept of clients to pages, and to JSON: the list, one client, an export."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from screening.app.clients.dossier import Dossier, Kept
from screening.app.clients.forms import form_blocks, forms_form, forms_in
from screening.app.clients.notes import goal_blocks, goals_in, note_blocks, notes_in, said_form
from screening.follow.trend import Point
from screening.interview.recall import OPEN
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Level
from screening.records import Client, Recorded
from screening.records.consent import Consent, local_day
from screening.records.event import Answered, Changed, Event, FormMade
from screening.records.payload import encode
from screening.render.json_form import Json
from screening.render.page import Block, Grid, Heading, Page, Pairs, Paragraph
from screening.render.trend import trend_blocks, trend_form

NOBODY = "No client is recorded yet. `screening interview --client NAME` begins with one."
FORM = "client/1"


def called(client: Client) -> str:
    """Return what a client is called: the pseudonym, or else the id."""
    return client.pseudonym or client.id


def clients_page(found: tuple[Dossier, ...], *, names: bool) -> Page:
    """Return the list of clients, with their names only if asked for."""
    if not found:
        return (Paragraph(NOBODY),)
    headers = ("client", *(("name",) if names else ()), "last seen", "cases", "last case")
    rows = tuple(
        (
            called(one.client),
            *((one.client.name,) if names else ()),
            local_day(one.client.last),
            str(len(one.cases)),
            state(one.cases[-1]) if one.cases else "",
        )
        for one in found
    )
    return (Grid(headers, rows),)


def clients_form(found: tuple[Dossier, ...], *, names: bool) -> Json:
    """Return the list of clients as JSON values."""
    return [
        {
            "id": one.client.id,
            "client": one.client.pseudonym or None,
            **({"name": one.client.name or None} if names else {}),
            "last": one.client.last,
            "cases": len(one.cases),
        }
        for one in found
    ]


def state(kept: Kept) -> str:
    """Return how far a case is, in a few words."""
    found = kept.recalled
    if found.status == OPEN:
        return f"open, {len(found.session.answers())} answered"
    level = kept.level or Level.NONE
    return "no referral" if level is Level.NONE else f"referral: {level.word.replace('_', ' ')}"


def client_page(
    knowledge: KnowledgeBase, found: Dossier, points: tuple[Point, ...], *, plain: bool
) -> Page:
    """Return what is kept of a client, without the answers."""
    return tuple(_client(knowledge, found, points, plain=plain))


def _client(
    knowledge: KnowledgeBase, found: Dossier, points: tuple[Point, ...], *, plain: bool
) -> Iterator[Block]:
    yield Heading(called(found.client))
    rows = [("Id", found.client.id), ("Name", found.client.name or "not kept")]
    yield Pairs(tuple(rows))
    yield Heading("Agreed to")
    yield Pairs(tuple((one.purpose.words, one.state) for one in found.agreed))
    if found.cases:
        yield Heading("Cases")
        yield _cases(found)
    yield from form_blocks(forms_in(found.ledger))
    yield from trend_blocks(knowledge, points, plain=plain)
    yield from goal_blocks(goals_in(found.ledger))
    yield from note_blocks(notes_in(found.ledger))


def _cases(found: Dossier) -> Grid:
    """Return the cases, with who asked where anybody was named."""
    asked = any(one.recalled.by for one in found.cases)
    headers = ("case", "day", *(("asked by",) if asked else ()), "result", "record")
    rows = (
        (one.name, one.day, *((one.recalled.by,) if asked else ()), state(one), _head(one))
        for one in found.cases
    )
    return Grid(headers, tuple(rows))


def client_form(found: Dossier, points: tuple[Point, ...]) -> Json:
    """Return what is kept of a client as JSON values, without the answers."""
    return {
        **_who(found),
        "cases": [
            {
                "case": one.name,
                "id": one.ledger.id,
                "on": one.day,
                "by": one.recalled.by or None,
                "status": one.recalled.status,
                "referral": None if one.level is None else one.level.word,
                "head": _head(one),
            }
            for one in found.cases
        ],
        "forms": forms_form(forms_in(found.ledger)),
        "trend": trend_form(points),
        **said_form(found.ledger),
    }


def _who(found: Dossier) -> dict[str, Json]:
    return {
        "id": found.client.id,
        "client": found.client.pseudonym or None,
        "name": found.client.name or None,
        "consent": [_consent(one) for one in found.agreed],
    }


def _consent(one: Consent) -> Json:
    words = one.purpose.words
    return {
        "purpose": one.purpose.value,
        "words": words,
        "given": one.given,
        "on": one.day or None,
    }


def _head(kept: Kept) -> str:
    return kept.events[-1].head.digest if kept.events else ""


def export_form(found: Dossier) -> Json:
    """Return every record of a client as JSON values, each event as it is stored.

    The keys that open what clients send back are left out.
    """
    return {
        "format": FORM,
        **_who(found),
        "events": _events(found.ledger),
        "cases": [
            {
                "case": one.name,
                "id": one.ledger.id,
                "head": _head(one),
                "events": _events(one.events),
            }
            for one in found.cases
        ],
    }


def _events(events: Iterable[Recorded]) -> list[Json]:
    return [
        {"number": one.number, "at": one.at, **json.loads(encode(_shown(one.event)))}
        for one in events
    ]


def _shown(event: Event) -> Event:
    """Return an event as it is exported: the key to a form stays here."""
    return replace(event, key="") if isinstance(event, FormMade) else event


def export_page(knowledge: KnowledgeBase, found: Dossier) -> Page:
    """Return the answers and results of a client, case by case, for people to read."""
    return tuple(_export(knowledge, found))


def _export(knowledge: KnowledgeBase, found: Dossier) -> Iterator[Block]:
    yield Heading(called(found.client))
    yield Pairs((("Name", found.client.name or "not kept"), ("Id", found.client.id)))
    yield Pairs(tuple((one.purpose.words, one.state) for one in found.agreed))
    yield from goal_blocks(goals_in(found.ledger))
    yield from note_blocks(notes_in(found.ledger))
    for kept in found.cases:
        yield Heading(f"{kept.name}, {kept.day}")
        session = kept.recalled.session
        yield Pairs((("Result", state(kept)), ("Record", _head(kept))))
        yield Grid(("asked", "answered"), tuple(_answers(kept)))
        listed = session.listed()
        if listed is not None:
            names = [
                knowledge.exercises[name].name if name in knowledge.exercises else name
                for name in listed.programme
            ]
            yield Paragraph(f"Programme: {', '.join((*names, *listed.other)) or 'none'}.")


def _answers(kept: Kept) -> Iterator[tuple[str, str]]:
    """Yield the answers given that stand, in the words of the time."""
    session = kept.recalled.session
    words = {
        entry.question: entry.said
        for entry in session.entries
        if isinstance(entry, Answered | Changed)
    }
    for name, value in session.answers().items():
        short, _, answer = words[name].partition(": ")
        yield short or name, answer or str(value)
