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
from screening.app.settings import country
from screening.diagnostics import quoted, word
from screening.errors import MisuseError, UnwritableError
from screening.model.decision import REPEAT_AFTER, Looked
from screening.records import Store, cases, holding
from screening.records.consent import local_today
from screening.render.json_form import Json
from screening.render.page import Block, Grid, Heading, PageFormat, Paragraph, Shape


def listed(store: Store) -> Printout:
    """Return the open referrals."""
    today = local_today(store)
    unread: list[str] = []
    found = [(name_of(store, one.kept.case), one) for one in open_referrals(store, unread.append)]
    rows = tuple(_row(name, one, today) for name, one in found)
    blocks: list[Block] = [Heading("Open referrals")]
    if rows:
        blocks.append(Grid(("case", "referred", "on", "days", "state"), rows))
        blocks.append(Paragraph("When a clinician has agreed: `screening referral cleared CASE`."))
    else:
        blocks.append(Paragraph("None on record."))
    blocks.extend(map(Paragraph, unread))
    json: dict[str, Json] = {
        "format": "referrals/1",
        "referrals": [_form(name, one, today) for name, one in found],
        **({"unread": [*unread]} if unread else {}),
    }
    return Printout(tuple(blocks), json, not unread)


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
    said = reply(given, open_checked_knowledge(directory), local_today(store), typist)
    if given.by is None:  # it was typed line by line
        shown = " ".join(_told(name, said))
        typist.typed(f"To be recorded: {shown} Is that right? (yes or no)", _meant)
    with _deciding(store, case) as referral:
        record_agreement(store, referral, *said)
    first, *more = _told(name, said)
    before = " It takes the place of the one before." if referral.looked is Looked.YES else ""
    if not said.slip.closes:
        return f"Recorded: {first}", *more
    after = f"It counts from the next screening on: `screening followup {word(name)}`"
    return f"Recorded: {first}{before}", *more, after


def _told(name: str, said: SlipReply) -> tuple[str, ...]:
    """Return what a clinician answered, in sentences."""
    agreed, answer = said.agreed, said.slip.answer
    who = f"{agreed.by} ({agreed.role})"
    if answer is not None and not answer.closes:
        stays = "The referral stays open; what was withheld stays withheld."
        return f"on {agreed.on} {who} answered “{answer.label}”.", stays
    within = [f"{limit} at most {number}" for limit, number in agreed.limits]
    within += [f"no {one}" for one in agreed.leave_out]
    return (
        f"on {agreed.on} {who} agreed that {name} may exercise.",
        f"Within: {', '.join(within)}." if within else "Without limits.",
        *([f"Until {agreed.until}; then ask again."] if agreed.until else []),
    )


def _meant(text: str) -> None:
    """Go on where it is right.

    Raises:
        UnwritableError: where it is not; then nothing is recorded.
        MisuseError: for anything else, which is asked again.

    """
    match text.lower():
        case "yes" | "y":
            return
        case "no" | "n":
            raise UnwritableError("nothing was recorded; give the command again")
        case _:
            raise MisuseError(f"`yes` or `no` is expected, found {quoted(text)}")


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
    overridable(to_decide(store, case), local_today(store))  # refuses before anything is asked
    by = wanted(typist, "--by", given.by, "Your name", printable)
    say = "Why you go on, in a sentence"
    reason = wanted(typist, "--reason", given.reason, say, sentence)
    with _deciding(store, case) as referral:
        overridable(referral, local_today(store))
        drawn = record_override(library(store), referral, by, reason)
        case = referral.kept.case
        made = Report(
            drawn.concluded,
            name_of(store, case),
            Shape(given.form, given.width, country=country()),
        )
        return keep_report(store, case, made, drawn.assessor.knowledge)


@contextmanager
def _deciding(store: Store, case: str) -> Iterator[OpenReferral]:
    """Hold what is decided about, and the client's last case, which may have been begun since."""
    last = cases(store, store.ledger(case).client)[-1].id
    with ExitStack() as held:
        for one in dict.fromkeys((case, to_decide(store, case).kept.case, last)):
            held.enter_context(holding(store, one, name_of(store, one)))
        yield to_decide(store, case)
