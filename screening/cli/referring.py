"""What `screening referral` does once its options are read."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from screening.app.audit.record_conclusion import Report, keep_report
from screening.app.audit.rederivation import Library
from screening.app.audit.referrals import (
    OpenReferral,
    open_referrals,
    overridable,
    record_agreement,
    record_override,
    to_decide,
)
from screening.app.clients.find_case import last_case, name_of
from screening.app.knowledge_cache import shelf
from screening.cli.clearing import Clearing, agreement, bad, printable, wanted
from screening.cli.common import open_checked_knowledge
from screening.cli.intake import page_width
from screening.diagnostics import quoted, word
from screening.model.decision import REPEAT_AFTER, Looked
from screening.records import Store, cases, holding
from screening.records.days import local_day
from screening.render.formats import output
from screening.render.json_form import Json
from screening.render.page import Block, Grid, Heading, Paragraph

SHORTEST_REASON = 10  # characters; a word is no reason


def listed(store: Store, form: str) -> str:
    """Return the open referrals in a format."""
    today = _today(store)
    found = [(name_of(store, one.kept.case), one) for one in open_referrals(store)]
    rows = tuple(_row(name, one, today) for name, one in found)
    blocks: list[Block] = [Heading("Open referrals")]
    if rows:
        blocks.append(Grid(("case", "referred", "on", "days", "state"), rows))
        blocks.append(Paragraph("When a clinician has agreed: `screening referral cleared CASE`."))
    else:
        blocks.append(Paragraph("None on record."))
    json: dict[str, Json] = {
        "format": "referrals/1",
        "referrals": [_form(name, one, today) for name, one in found],
    }
    return output(tuple(blocks), json, form, width=page_width())


def _row(name: str, one: OpenReferral, today: datetime.date) -> tuple[str, ...]:
    days = one.days(today)
    said = ["overridden"] * one.overridden + ["screen again"] * (days > REPEAT_AFTER)
    return (
        name,
        one.level.word.replace("_", " "),
        one.on.isoformat(),
        str(days),
        ", ".join(said) or "waiting",
    )


def _form(name: str, one: OpenReferral, today: datetime.date) -> Json:
    return {
        "case": name,
        "level": one.level.word,
        "to": one.to or None,
        "on": one.on.isoformat(),
        "days": one.days(today),
        "overridden": one.overridden,
        "repeat": one.days(today) > REPEAT_AFTER,
    }


def clear(store: Store, name: str, directory: Path | None, given: Clearing) -> None:
    """Record a clinician's agreement; what is missing is asked for on a terminal.

    Raises:
        UsageError: when something is missing or cannot be used.
        UnknownTargetError: when nothing is to be agreed to.

    """
    case = last_case(store, name)
    to_decide(store, case)  # refuses before anything is asked
    agreed = agreement(given, open_checked_knowledge(directory), _today(store))
    with _deciding(store, case) as referral:
        record_agreement(store, referral, agreed)
    again = "" if referral.looked is not Looked.YES else " It takes the place of the one before."
    who = f"{agreed.by} ({agreed.role})"
    click.echo(f"Recorded: on {agreed.on} {who} agreed that {name} may exercise.{again}")
    if agreed.limits or agreed.leave_out:
        most = (f"{limit} at most {number}" for limit, number in agreed.limits)
        click.echo(f"Within: {', '.join((*most, *(f'no {one}' for one in agreed.leave_out)))}.")
    click.echo(f"It counts from the next screening on: `screening followup {word(name)}`")


def overrule(store: Store, name: str, given: tuple[str | None, str | None], form: str) -> None:
    """Record a trainer's override, and print what follows.

    Raises:
        UsageError: when something is missing or cannot be used.
        UnwritableError: for an emergency, or a screening that is too old.

    """
    case = last_case(store, name)
    overridable(to_decide(store, case), _today(store))  # refuses before anything is asked
    by = wanted("--by", given[0], "Your name", printable)
    reason = wanted("--reason", given[1], "Why you go on, in a sentence", _sentence)
    library = Library(store, shelf().take)
    with _deciding(store, case) as referral:
        overridable(referral, _today(store))
        drawn = record_override(library, referral, by, reason)
        case = referral.kept.case
        made = Report(drawn.concluded, name_of(store, case), form, page_width())
        click.echo(keep_report(store, case, made, drawn.assessor.knowledge), nl=False)


@contextmanager
def _deciding(store: Store, case: str) -> Iterator[OpenReferral]:
    """Hold what is decided about, and the client's last case, which may have been begun since."""
    last = cases(store, store.ledger(case).client)[-1].id
    with ExitStack() as held:
        for one in dict.fromkeys((case, to_decide(store, case).kept.case, last)):
            held.enter_context(holding(store, one, name_of(store, one)))
        yield to_decide(store, case)


def _sentence(option: str, text: str) -> str:
    reason = printable(option, text)
    if len(reason) < SHORTEST_REASON:
        raise bad(option, f"a sentence is expected, found {quoted(reason)}")
    return reason


def _today(store: Store) -> datetime.date:
    return datetime.date.fromisoformat(local_day(store.clock()))
