"""What `screening referral` does once its options are read."""

from __future__ import annotations

import datetime
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from screening.audit.drawn import Library
from screening.audit.keep import Report, keep_report
from screening.audit.referrals import (
    REPEAT_AFTER,
    OpenReferral,
    open_referrals,
    overridable,
    record_agreement,
    record_override,
    to_decide,
)
from screening.clients.named import last_case, name_of
from screening.commands.common import open_checked_knowledge
from screening.commands.intake import page_width
from screening.commands.kept import shelf
from screening.diagnostics import quoted, suggestion, word
from screening.load.intake import exercise_names
from screening.model.decision import Agreement, Looked
from screening.model.knowledge import KnowledgeBase
from screening.records import Store, holding
from screening.render.json_form import Json
from screening.render.output import output
from screening.render.page import Block, Grid, Heading, Paragraph

LONGEST = 200  # characters of a name, a reason or a note
SHORTEST_REASON = 10  # characters; a word is no reason
HIGHEST = 100  # of a limit, in its own unit


@dataclass(frozen=True, slots=True)
class Clearing:
    """The options of `cleared`, as given."""

    by: str | None
    role: str | None
    on: str | None
    limits: tuple[str, ...]
    leave_out: tuple[str, ...]
    note: str


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
    return name, one.level.word, one.on.isoformat(), str(days), ", ".join(said) or "waiting"


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
    referral = to_decide(store, case)
    knowledge = open_checked_knowledge(directory)
    limits = tuple(sorted(_limit(text, knowledge) for text in given.limits))
    if len({one for one, _ in limits}) < len(limits):
        raise _bad("--limit", "a limit is given twice")
    left_out = tuple(dict.fromkeys(_left_out(text, knowledge) for text in given.leave_out))
    note = _printable("--note", given.note) if given.note else ""
    by = _wanted("--by", given.by, "Name of the clinician")
    role = _wanted("--role", given.role, "What is the clinician (GP, physiotherapist …)")
    on = _day(_wanted("--date", given.on, "Day it was said (YYYY-MM-DD)"), _today(store))
    agreed = Agreement(by, role, on, limits, left_out, note)
    with holding(store, case):
        record_agreement(store, referral, agreed)
    again = "" if referral.looked is not Looked.YES else " It takes the place of the one before."
    who = f"{agreed.by} ({agreed.role})"
    click.echo(f"Recorded: on {on} {who} agreed that {name} may exercise.{again}")
    click.echo(f"It counts from the next screening on: `screening followup {word(name)}`")


def overrule(store: Store, name: str, given: tuple[str | None, str | None], form: str) -> None:
    """Record a trainer's override, and print what follows.

    Raises:
        UsageError: when something is missing or cannot be used.
        UnwritableError: for an emergency, or a screening that is too old.

    """
    case = last_case(store, name)
    referral = to_decide(store, case)
    overridable(referral, _today(store))
    by = _wanted("--by", given[0], "Your name")
    reason = _wanted("--reason", given[1], "Why you go on, in a sentence")
    if len(reason) < SHORTEST_REASON:
        raise _bad("--reason", f"a sentence is expected, found {quoted(reason)}")
    library = Library(store, shelf().take)
    with holding(store, case):
        drawn = record_override(library, referral, by, reason)
        made = Report(drawn.concluded, name_of(store, case), form, page_width())
        click.echo(keep_report(store, case, made, drawn.assessor.knowledge), nl=False)


def _limit(text: str, knowledge: KnowledgeBase) -> tuple[str, int]:
    name, equals, number = (part.strip() for part in text.partition("="))
    if not equals:
        expected = f"expected LIMIT=N, as in `{next(iter(knowledge.limits))}=2`"
        raise _bad("--limit", f"{expected}, found {quoted(text)}")
    if name not in knowledge.limits:
        help_ = suggestion(name, knowledge.limits)
        raise _bad("--limit", f"no limit {quoted(name)}; {help_}")
    if not (number.isascii() and number.isdecimal() and int(number[:9]) <= HIGHEST):
        expected = f"expected a whole number, 0 to {HIGHEST}"
        raise _bad("--limit", f"{expected}, found {quoted(number)}")
    return name, int(number)


def _left_out(text: str, knowledge: KnowledgeBase) -> str:
    name = " ".join(text.lower().split())
    if name in knowledge.categories:
        return name
    exercises = exercise_names(knowledge)
    if name not in exercises:
        help_ = suggestion(name, (*knowledge.categories, *exercises))
        raise _bad("--leave-out", f"no category or exercise {quoted(text)}; {help_}")
    return exercises[name]


def _day(text: str, today: datetime.date) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        message = f"expected a day like {today.isoformat()}, found {quoted(text)}"
        raise _bad("--date", message) from None
    if day > today:
        raise _bad("--date", f"{day} is still to come; today is {today}")
    return day


def _wanted(option: str, given: str | None, ask: str) -> str:
    """Return what an option says; on a terminal it is asked for where it is missing.

    Raises:
        UsageError: when it is missing elsewhere.

    """
    if given is None and sys.stdin.isatty() and sys.stderr.isatty():
        given = click.prompt(ask, err=True)
    if given is None:
        raise click.UsageError(f"{option} is missing, and there is no terminal to ask on")
    return _printable(option, given)


def _printable(option: str, text: str) -> str:
    said = text.strip()
    if not said or not said.isprintable():
        raise _bad(option, "words that can be printed are expected")
    if len(said) > LONGEST:
        raise _bad(option, f"at most {LONGEST} characters are expected, found {len(said)}")
    return said


def _bad(option: str, message: str) -> click.BadParameter:
    return click.BadParameter(message, param_hint=option)


def _today(store: Store) -> datetime.date:
    return datetime.date.fromisoformat(store.clock()[:10])
