"""What a client wants to be able to do, how near that is, and what the trainer wrote down."""

from __future__ import annotations

from werkzeug.wrappers import Response

from screening import app
from screening.app.clients.notes import (
    MOST,
    SCALE,
    goals_in,
    notes_in,
    standing_goal,
)
from screening.app.clients.pages import called
from screening.errors import MisuseError
from screening.web.call import Call


def notes(call: Call) -> Response:
    """Show goal and notes of a client, and keep what was written."""
    who, problem = call.client, ""
    if call.posted:
        try:
            _keep(call)
        except MisuseError as error:
            problem = str(error)
        else:
            return call.go(f"/client/{who.id}/notes")
    ledger = call.office.store.events(who.id)
    goals = goals_in(ledger)
    return call.page(
        "notes.html",
        "Goal and notes",
        status=400 if problem else 200,
        client=who,
        called=called(who),
        problem=problem,
        goal=call.sent("goal") or standing_goal(goals),
        note=call.sent("note") if problem else "",
        goals=goals[::-1],
        notes=notes_in(ledger)[::-1],
        scores=range(MOST + 1),
        scale=SCALE,
    )


def _keep(call: Call) -> None:
    store, client = call.office.store, call.client.id
    if call.sent("do") == "note":
        app.client_records.noted(store, client, call.sent("note"))
    else:
        score = call.sent("score")
        app.client_records.goal_said(
            store, client, call.sent("goal"), int(score) if score.isdecimal() else None
        )
