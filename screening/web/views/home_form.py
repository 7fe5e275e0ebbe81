"""The form a client answers at home: made here, and received here when it comes back."""

from __future__ import annotations

from pathlib import Path

from werkzeug.wrappers import Response

from screening import app
from screening.app.clients.pages import called
from screening.app.receive import ReplyWanted
from screening.errors import BadInputError, MisuseError, UnknownTargetError, assert_never
from screening.render.page import Format, Shape
from screening.render.table import WIDTH
from screening.web.call import HTML, Call

STRANGE = (
    "No form of these records fits it: it was made with other records, or its client was erased."
)


def make(call: Call) -> Response:
    """Say how the form opens; give it out as a file, with its key on record."""
    who, office = call.client, call.office
    if not call.posted:
        return call.page("home_form.html", "Form at home", client=who, called=called(who))
    made = app.forms.given_out(office.store, office.knowledge, office.held.root, who.id)
    answer = Response(made.text, content_type=HTML)
    answer.headers["Content-Disposition"] = f"attachment; filename={made.name}"
    return answer


def receive(call: Call) -> Response:
    """Take what came back, by file or as text, and file it; say first what presses."""
    if not call.posted:
        return _asked(call, "")
    file, text = call.sent_file("file"), call.sent("text")
    if not (file or text.strip()):
        return _asked(call, "Choose the file, or paste the text.")
    shown = "the file" if file else "the text"
    again = call.sent("do") == "again"
    wanted = ReplyWanted(Path("-"), file or text.encode(), again, call.office.held.root, shown)
    urgent: list[str] = []
    try:
        shape = Shape(Format.TABLE, WIDTH, country=app.settings.country())
        made = app.receive.received(call.office.store, wanted, shape, urgent.append)
    except (BadInputError, MisuseError, UnknownTargetError) as error:
        return _asked(call, _why_not(error), urgent)
    return call.page(
        "received.html",
        "Received",
        urgent=urgent,
        first=made.first,
        doubts=[one.message for one in made.doubts],
        open=bool(made.then),
        owner=made.owner,
        case=made.case,
    )


def _asked(call: Call, problem: str, urgent: list[str] | None = None) -> Response:
    """Ask for what came back; what presses is said all the same."""
    return call.page("receive.html", "Receive", problem=problem, urgent=urgent or [])


def _why_not(error: BadInputError | MisuseError | UnknownTargetError) -> str:
    """Return why it was not taken, without what is typed in a terminal only."""
    match error:
        case BadInputError():
            return "; ".join(f"{one.message} ({one.help})" for one in error.diagnostics)
        case MisuseError():
            return error.message.partition(": ")[0]
        case UnknownTargetError():
            return STRANGE
    assert_never(error)
