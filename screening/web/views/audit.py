"""What happened with a client, from the record; and whether the record is whole."""

from __future__ import annotations

from werkzeug.wrappers import Response

from screening import app
from screening.app.clients.pages import called
from screening.app.look_back import AuditQuestion
from screening.errors import UnknownTargetError
from screening.render.page import Page
from screening.web.call import Call


def audit(call: Call) -> Response:
    """Show what happened in each case of a client, the last first, and what verifying finds."""
    who, store = call.client, call.office.store
    try:
        told = [one.page for one in app.look_back.told(store, who.id, AuditQuestion())]
        checked: Page = app.look_back.verified(store, who.id, ()).page
    except UnknownTargetError:
        told, checked = [], ()
    return call.page(
        "audit.html", "History", client=who, called=called(who), told=told[::-1], checked=checked
    )
