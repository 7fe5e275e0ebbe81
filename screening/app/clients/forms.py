"""The forms made for a client, and whether they came back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from screening.records import Recorded
from screening.records.event import FormMade, FormReceived
from screening.render.json_form import Json
from screening.render.page import Block, Heading, Pairs


class FormSent(NamedTuple):
    """A form made on a day (YYYY-MM-DD) and at an instant, and the cases filed from it."""

    invitation: str
    on: str
    at: str
    cases: tuple[str, ...]


def forms_in(ledger: Iterable[Recorded]) -> tuple[FormSent, ...]:
    """Return the forms in a client's ledger, the first one first."""
    kept = tuple(ledger)
    back = [one.event for one in kept if isinstance(one.event, FormReceived)]
    return tuple(
        FormSent(
            one.event.invitation,
            one.event.on,
            one.at,
            tuple(came.case for came in back if came.invitation == one.event.invitation),
        )
        for one in kept
        if isinstance(one.event, FormMade)
    )


def waiting(forms: tuple[FormSent, ...], last_opened: str) -> FormSent | None:
    """Return the last form, if it did not come back and no screening was begun since.

    `last_opened` is the instant at which the client's last screening began; empty for none.
    """
    last = forms[-1] if forms else None
    return last if last is not None and not last.cases and last.at > last_opened else None


def form_blocks(forms: tuple[FormSent, ...]) -> Iterator[Block]:
    """Yield the forms with whether each came back; nothing where none was made."""
    if forms:
        yield Heading("Forms to answer at home")
        yield Pairs(tuple((one.on, "came back" if one.cases else "not back yet") for one in forms))


def forms_form(forms: tuple[FormSent, ...]) -> list[Json]:
    """Return the forms as JSON values."""
    return [{"on": one.on, "cases": [*one.cases]} for one in forms]
