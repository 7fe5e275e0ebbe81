"""The forms made for a client, and whether they came back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from screening.records import Recorded
from screening.records.event import FormMade, FormReceived
from screening.render.json_form import Json
from screening.render.page import Block, Heading, Pairs


class FormSent(NamedTuple):
    """A form made on a day (YYYY-MM-DD), and the cases filed from it."""

    invitation: str
    on: str
    cases: tuple[str, ...]


def forms_in(ledger: Iterable[Recorded]) -> tuple[FormSent, ...]:
    """Return the forms in a client's ledger, the first one first."""
    events = [one.event for one in ledger]
    back = [one for one in events if isinstance(one, FormReceived)]
    return tuple(
        FormSent(
            made.invitation,
            made.on,
            tuple(one.case for one in back if one.invitation == made.invitation),
        )
        for made in events
        if isinstance(made, FormMade)
    )


def form_blocks(forms: tuple[FormSent, ...]) -> Iterator[Block]:
    """Yield the forms with whether each came back; nothing where none was made."""
    if forms:
        yield Heading("Forms to answer at home")
        yield Pairs(tuple((one.on, "came back" if one.cases else "not back yet") for one in forms))


def forms_form(forms: tuple[FormSent, ...]) -> list[Json]:
    """Return the forms as JSON values."""
    return [{"on": one.on, "cases": [*one.cases]} for one in forms]
