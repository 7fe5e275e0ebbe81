"""The loop of a referral: what a clinician answered, and going on against it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from werkzeug.wrappers import Response

from screening import app
from screening.app.agreement import AgreementGiven
from screening.app.audit.referrals import OpenReferral, last_referral
from screening.app.clients.pages import called
from screening.app.referrals import Overruling
from screening.errors import MisuseError, ScreeningError
from screening.model.reply_slip import SlipAnswer
from screening.records.consent import local_today
from screening.render.page import Format
from screening.render.table import WIDTH
from screening.web.call import Call

T = TypeVar("T")
FIELDS = ("seen", "answer", "until", "stop_if", "may_contact", "by", "role", "on", "note")
LABELS = {"--by": "Name", "--role": "Role", "--date": "Day it was said", "--seen": "Seen on"}
LABELS |= {"--answer": "Answer", "--limit": "Limit", "--leave-out": "Leave out"}
LABELS |= {"--until": "Counts until", "--stop-if": "Stop if", "--note": "Note"}
LABELS |= {"--reason": "Why you go on"}


class Nobody:
    """Is not there to be asked: the form has every field."""

    def there(self) -> bool:
        """Tell that nobody is."""
        return False

    def typed(self, say: str, read: Callable[[str], T]) -> T:
        """Refuse."""
        raise MisuseError(f"{say} ({read})")


def referral(call: Call) -> Response:
    """Show the referral of a client, and take what a clinician answered."""
    who = call.client
    problem, done = "", tuple[str, ...]()
    if call.posted:
        try:
            given = _given(call)
            done = app.referrals.clear(call.office.store, called(who), None, given, Nobody())
        except (MisuseError, ScreeningError) as error:
            problem = _in_words(error)
    return _page(call, problem, tuple(one for one in done if "`" not in one))


def override(call: Call) -> Response:
    """Go on against a referral, for a reason, under the trainer's name."""
    who = call.client
    if not call.posted:
        return call.go(f"/client/{who.id}/referral")
    given = Overruling(call.sent("by"), call.sent("reason"), Format.TABLE, WIDTH)
    try:
        app.referrals.overrule(call.office.store, called(who), given, Nobody())
    except (MisuseError, ScreeningError) as error:
        return _page(call, _in_words(error), ())
    found = last_referral(call.office.store, who.id)
    return call.go(f"/case/{found.kept.case}" if found else f"/client/{who.id}")


def _page(call: Call, problem: str, done: tuple[str, ...]) -> Response:
    who, knowledge = call.client, call.office.knowledge
    found = last_referral(call.office.store, who.id)
    return call.page(
        "referral.html",
        "Referral",
        client=who,
        called=called(who),
        found=found,
        level=_titled(call, found),
        days=found.days(local_today(call.office.store)) if found else 0,
        problem=problem,
        done=done,
        answers=[*SlipAnswer],
        limits=[*knowledge.limits.values()],
        sent={name: call.sent(name) for name in (*FIELDS, "reason", "leave_out")},
    )


def _titled(call: Call, found: OpenReferral | None) -> str:
    return call.office.knowledge.levels[found.level].title if found else ""


def _given(call: Call) -> AgreementGiven:
    """Return what the form holds of a clinician's answer."""
    words = {name: call.sent(name).strip() or None for name in FIELDS}
    limits = [
        f"{one}={call.sent(f'limit-{one}').strip()}"
        for one in call.office.knowledge.limits
        if call.sent(f"limit-{one}").strip()
    ]
    left_out = tuple(one.strip() for one in call.sent("leave_out").split(",") if one.strip())
    note = words.pop("note") or ""
    by, role, on = (words.pop(name) for name in ("by", "role", "on"))
    return AgreementGiven(by, role, on, tuple(limits), left_out, note, **words)


def _in_words(error: ScreeningError) -> str:
    """Return what is wrong, with the field as the page names it."""
    option = getattr(error, "option", None) or ""
    words = str(error).split("\n", maxsplit=1)[0]
    for name, label in LABELS.items():
        words = words.replace(
            f"{name} is missing, and there is no terminal to ask on", f"{label}?"
        )
        option = label if option == name else option
    return f"{option}: {words}" if option else words
