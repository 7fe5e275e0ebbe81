"""A new client: what they are called here, and what they agree to."""

from __future__ import annotations

from werkzeug.wrappers import Response

from screening.app.introduced import ASKED, introduced, known
from screening.app.start_interview import New
from screening.records import usable_label
from screening.records.consent import Purpose
from screening.records.errors import BadLabelError
from screening.web.call import Call


def new(call: Call) -> Response:
    """Ask for a new client, and begin with them."""
    problem = _problem(call) if call.posted else ""
    if call.posted and not problem:
        return _begin(call)
    asked = [(one.value, one.words, call.sent(one.value)) for one in ASKED]
    fields = {name: call.sent(name) for name in ("label", "name")}
    kept = call.office.kept is not None
    return call.page("new.html", "New client", fields, problem=problem, asked=asked, kept=kept)


def _problem(call: Call) -> str:
    """Return what is still wrong with the form."""
    if call.office.kept is None:
        return ""
    try:
        label = usable_label(call.sent("label"))
        usable_label(call.sent("name"))
    except BadLabelError as error:
        return f"{error.message}: {error.remedy}"
    if known(call.office.store, label):
        return "There is a client of that name already. Find them on the desk."
    if any(call.sent(one.value) not in {"yes", "no"} for one in ASKED):
        return "Ask the client all three, and note yes or no."
    return ""


def _begin(call: Call) -> Response:
    agreed = {one: call.sent(one.value) == "yes" for one in ASKED}
    if call.office.kept is None or not agreed[Purpose.KEEP]:
        interview = call.office.begin(New(), kept=False)
        return call.go(f"/interview/{interview.key}")
    store = call.office.store
    name = introduced(store, usable_label(call.sent("label")), call.sent("name"), agreed)
    if call.sent("do") == "hand-over":
        client = call.office.client_called(name)
        return call.go(f"/client/{client.id}/hand-over")
    interview = call.office.begin(New(name))
    return call.go(f"/interview/{interview.key}")
