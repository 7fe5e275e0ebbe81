"""Coming in and going out: the start link, the passphrase, the first records, lock and quit."""

from __future__ import annotations

from werkzeug.wrappers import Response

from screening.errors import RecordsError
from screening.records.errors import WrongPassphraseError
from screening.records.os_keyring import usable
from screening.web.call import LOOK_AGAIN, Call
from screening.web.office import HowKept
from screening.web.pages import style
from screening.web.visits import Who

NOTHING = 204


def style_sheet(_: Call) -> Response:
    """Return the style sheet."""
    return Response(style(), content_type="text/css; charset=utf-8")


def no_icon(_: Call) -> Response:
    """Return nothing: browsers ask for a picture by themselves."""
    return Response(status=NOTHING)


def start(call: Call) -> Response:
    """Let in the one browser that has the start link."""
    visit = call.visits.by_link(call.parts["key"])
    if visit is None:
        if call.visit is not None:
            return call.go("/")
        return call.page("outside.html", "This link was used", status=403)
    call.visit = visit
    if call.office.open_by_itself():
        visit.who = Who.TRAINER
    return call.go("/")


def new_link(call: Call) -> Response:
    """Say a new start link on the terminal."""
    return call.page("outside.html", "A new link", said=call.door.announce_link())


def unlock(call: Call) -> Response:
    """Ask for the passphrase, or for the number that takes the page back."""
    records = call.office.records
    if records is HowKept.NONE and not call.office.unsaved:
        return call.go("/first")
    asks = _asks(call, records)
    problem = _tried(call, asks) if call.posted else ""
    if call.posted and not problem:
        return _in(call)
    return call.page("unlock.html", "Locked", asks=asks, problem=problem)


def _asks(call: Call, records: HowKept) -> str:
    """Return what opens the page: a passphrase, a number, or nothing."""
    if records is HowKept.PASSPHRASE:
        return "passphrase"
    return "pin" if call.office.has_pin else ""


def _tried(call: Call, asks: str) -> str:
    """Try what was typed; return what is wrong with it."""
    guesses = call.office.guesses
    if guesses.wait:
        return f"Wait {guesses.wait} seconds, then try again."
    typed = call.sent("typed")
    if asks == "passphrase":
        right = _opens(call, typed)
    else:
        right = call.office.is_pin(typed)
        if right:
            call.office.reopen()
    if right:
        guesses.right()
        return ""
    guesses.wrong()
    return "That is not it."


def _opens(call: Call, typed: str) -> bool:
    try:
        call.office.unlock(typed)
    except WrongPassphraseError:
        return False
    return True


def _in(call: Call) -> Response:
    """Begin the trainer's visit, with a new cookie."""
    back = call.here.back_to
    call.visit = call.visits.instead(call.here, Who.TRAINER)
    return call.go(back)


def first(call: Call) -> Response:
    """Make the first records, or go on without any."""
    office = call.office
    if office.records is not HowKept.NONE:
        return call.go("/unlock")
    if call.sent("do") == "unsaved":
        office.unsaved = True
        return _in(call)
    problem = _made(call) if call.posted else ""
    if call.posted and not problem:
        return _in(call)
    return call.page("first.html", "Where answers are kept", problem=problem, keyring=usable())


def _made(call: Call) -> str:
    try:
        return call.office.make(call.sent("typed"), call.sent("again"))
    except RecordsError as error:
        return error.message


def lock(call: Call) -> Response:
    """Lock every trainer's page; keys go unless a client is answering."""
    if not call.posted:
        return call.go("/")
    call.visits.lock_all()
    if not call.visits.handed_over:
        call.office.lock()
    return call.go("/waiting")


def waiting(call: Call) -> Response:
    """Wait, locked, for a client who answers alone; tell an emergency, and name nobody."""
    if not (call.visits.handed_over or call.office.alarms):
        return call.go("/unlock")
    answer = call.page("waiting.html", "Locked")
    answer.headers["Refresh"] = f"{LOOK_AGAIN}; url=/waiting"
    return answer


def leave(call: Call) -> Response:
    """End the program."""
    if not call.posted:
        return call.page("leave.html", "Stop", waits=call.visits.handed_over)
    call.office.lock()
    call.visits.end(call.here)
    call.visit = None
    call.door.stop()
    return call.page("left.html", "Stopped")
