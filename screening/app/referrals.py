"""Closing the loop: the referrals that are open, an agreement, an override."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from screening.app.agreement import (
    AgreementGiven,
    AgreementTypist,
    SlipReply,
    printable,
    reply,
    sentence,
    wanted,
)
from screening.app.audit.record_conclusion import Report, keep_report
from screening.app.audit.referrals import (
    OpenReferral,
    open_referrals,
    overridable,
    record_agreement,
    record_override,
    to_decide,
)
from screening.app.clients.find_case import last_case, name_of
from screening.app.knowledge import open_checked_knowledge
from screening.app.look_back import library
from screening.app.printout import Printout
from screening.diagnostics import word
from screening.model.decision import REPEAT_AFTER, Looked
from screening.records import Store, cases, holding
from screening.records.consent import local_day
from screening.render.json_form import Json
from screening.render.page import Block, Grid, Heading, PageFormat, Paragraph


def listed(store: Store) -> Printout:
    """Return the open referrals."""
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
    return Printout(tuple(blocks), json)


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


def clear(
    store: Store, name: str, directory: Path | None, given: AgreementGiven, typist: AgreementTypist
) -> tuple[str, ...]:
    """Record a clinician's agreement; return what to say of it. What is missing is asked for."""
    case = last_case(store, name)
    to_decide(store, case)  # refuses before anything is asked
    said = reply(given, open_checked_knowledge(directory), _today(store), typist)
    with _deciding(store, case) as referral:
        record_agreement(store, referral, *said)
    return _recorded(name, said, again=referral.looked is Looked.YES)


def _recorded(name: str, said: SlipReply, *, again: bool) -> tuple[str, ...]:
    """Return what to say of a clinician's answer that is on record."""
    agreed, answer = said.agreed, said.slip.answer
    who = f"{agreed.by} ({agreed.role})"
    if answer is not None and not answer.closes:
        stays = f"Recorded: on {agreed.on} {who} answered “{answer.label}”."
        return stays, "The referral stays open; what was withheld stays withheld."
    within = [f"{limit} at most {number}" for limit, number in agreed.limits]
    within += [f"no {one}" for one in agreed.leave_out]
    before = " It takes the place of the one before." if again else ""
    return (
        f"Recorded: on {agreed.on} {who} agreed that {name} may exercise.{before}",
        *([f"Within: {', '.join(within)}."] if within else []),
        *([f"Until {agreed.until}; then ask again."] if agreed.until else []),
        f"It counts from the next screening on: `screening followup {word(name)}`",
    )


@dataclass(frozen=True)
class Overruling:
    """Who goes on against a referral and why, as far as given, and how the report is printed."""

    by: str | None
    reason: str | None
    form: PageFormat
    width: int


def overrule(store: Store, name: str, given: Overruling, typist: AgreementTypist) -> str:
    """Record a trainer's override, and return the report that follows from it."""
    case = last_case(store, name)
    overridable(to_decide(store, case), _today(store))  # refuses before anything is asked
    by = wanted(typist, "--by", given.by, "Your name", printable)
    say = "Why you go on, in a sentence"
    reason = wanted(typist, "--reason", given.reason, say, sentence)
    with _deciding(store, case) as referral:
        overridable(referral, _today(store))
        drawn = record_override(library(store), referral, by, reason)
        case = referral.kept.case
        made = Report(drawn.concluded, name_of(store, case), given.form, given.width)
        return keep_report(store, case, made, drawn.assessor.knowledge)


@contextmanager
def _deciding(store: Store, case: str) -> Iterator[OpenReferral]:
    """Hold what is decided about, and the client's last case, which may have been begun since."""
    last = cases(store, store.ledger(case).client)[-1].id
    with ExitStack() as held:
        for one in dict.fromkeys((case, to_decide(store, case).kept.case, last)):
            held.enter_context(holding(store, one, name_of(store, one)))
        yield to_decide(store, case)


def _today(store: Store) -> datetime.date:
    return datetime.date.fromisoformat(local_day(store.clock()))
