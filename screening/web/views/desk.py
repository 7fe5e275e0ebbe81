"""The desk: who waits, who was interrupted, who is due; and whom a trainer looks for."""

from __future__ import annotations

from werkzeug.wrappers import Response

from screening import app
from screening.app.desk import SHOWN, AtDesk, OnDesk, named_like
from screening.web.call import Call

GROUPS = (
    (OnDesk.WAITING, "Referred, waiting"),
    (OnDesk.INTERRUPTED, "Interrupted"),
    (OnDesk.FORM, "Form at home"),
    (OnDesk.AGAIN, "Due again"),
    (OnDesk.SEEN, "Seen lately"),
)


def desk(call: Call) -> Response:
    """Show who is due; with letters of a name, those it can be."""
    if call.office.kept is None:
        none = {"groups": (), "typed": "", "more": 0, "nobody": True, "unread": (), "kept": False}
        return call.page("desk.html", "Desk", {**none, **_who(call)})
    unread: list[str] = []
    everybody = app.desk.at_desk(call.office.store, unread.append)
    typed = call.sent("find").strip()
    found = named_like(everybody, typed)
    shown = found if typed else found[:SHOWN]
    return call.page(
        "desk.html",
        "Desk",
        _who(call),
        groups=_grouped(shown),
        typed=typed,
        more=len(found) - len(shown),
        nobody=not everybody,
        unread=unread,
        kept=True,
    )


def _who(call: Call) -> dict[str, object]:
    """Return who asks, and who else there is."""
    return {"trainers": call.office.trainers, "asks": call.office.trainer}


def asking(call: Call) -> Response:
    """Let another trainer of this computer ask from now on."""
    initials = call.sent("trainer")
    if initials in {one.initials for one in call.office.trainers}:
        call.office.ask_as(initials)
    return call.go("/")


def _grouped(found: tuple[AtDesk, ...]) -> list[tuple[str, list[AtDesk]]]:
    groups = [(title, [one for one in found if one.due is due]) for due, title in GROUPS]
    return [(title, those) for title, those in groups if those]


def seen(call: Call) -> Response:
    """Take down what a client's emergency answer put up: the trainer is with this one."""
    case = call.sent("case")
    call.office.alarm_seen(case)
    return call.go(f"/case/{case}" if case.isprintable() and "/" not in case and case else "/")
