"""One client: what there is to do, what they agreed to, and how it went."""

from __future__ import annotations

from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from screening import app
from screening.app.clients.dossier import Dossier, Kept, dossier, trend
from screening.app.clients.pages import called, state
from screening.app.start_interview import Beginning, FollowUp, New, Resume
from screening.interview.recall import OPEN
from screening.records import Client
from screening.records.consent import Purpose
from screening.render.trend import trend_blocks
from screening.web.call import Call


def client(call: Call) -> Response:
    """Show a client."""
    who = call.client
    found = dossier(call.office.store, who)
    points = trend(call.office.held.assessor, found)
    blocks = tuple(trend_blocks(call.office.knowledge, points, plain=False))
    cases = [(one.ledger.id, one.day, state(one), bool(one.report)) for one in found.cases]
    return call.page(
        "client.html",
        "Client",
        client=who,
        called=called(who),
        next=next_step(found),
        agreed=found.agreed,
        cases=cases[::-1],
        trend=blocks,
        last=next((one[0] for one in cases[::-1] if one[3]), ""),
    )


def next_step(found: Dossier) -> str:
    """Return how a client is seen next: interview, resume or followup."""
    if not found.cases:
        return "interview"
    return "resume" if _is_open(found.cases[-1]) else "followup"


def _is_open(case: Kept) -> bool:
    return case.recalled.status == OPEN


def wanted(call: Call, who: Client, do: str) -> Beginning:
    """Return the interview that is to begin."""
    match do:
        case "interview":
            return New(called(who))
        case "followup":
            return FollowUp(called(who))
        case "resume":
            return Resume(dossier(call.office.store, who).cases[-1].ledger.id)
        case _:
            raise BadRequest


def begin(call: Call) -> Response:
    """Begin with a client, or go on."""
    if not call.posted:
        return call.go(f"/client/{call.client.id}")
    interview = call.office.begin(wanted(call, call.client, call.sent("do")))
    return call.go(f"/interview/{interview.key}")


def consent(call: Call) -> Response:
    """Note what a client agrees to, or takes back."""
    who = call.client
    if call.posted and call.sent("purpose") in {one.value for one in Purpose}:
        withdraw = call.sent("do") == "withdraw"
        app.client_records.consented(
            call.office.store, who.id, call.sent("purpose"), withdraw=withdraw
        )
    return call.go(f"/client/{who.id}")
