"""From what was asked for to the interview to hold: a new one, one to go on with, a follow-up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from screening import __version__
from screening.app.clients.find_case import known_client, last_case, name_of, one_case
from screening.app.history import (
    left_to,
    left_to_anew,
    left_to_follow_up,
    recalled,
    stale_notes,
)
from screening.app.trainers import Trainer, asked_by
from screening.diagnostics import Code, Diagnostic, Severity, Span, quoted, word
from screening.errors import MisuseError, assert_never
from screening.interview.asked import digest_of, said
from screening.interview.recall import OPEN, rechecked
from screening.interview.session import Entry, Order, Session, from_case
from screening.interview.talk import Opening
from screening.load import load_intake
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.records import Client, Store, cases, find_client, usable_label
from screening.records.event import (
    BY_RECORDS,
    Answered,
    Listed,
    Resumed,
    Started,
    Withdrawn,
)

WEEK = 7


@dataclass(frozen=True)
class New:
    """A new interview: of whom, and the intake whose answers are taken as given."""

    client: str | None = None
    answers: Path | None = None


@dataclass(frozen=True)
class Resume:
    """A recorded interview to go on with, by its name or its client's."""

    case: str


@dataclass(frozen=True)
class FollowUp:
    """The client whose last screening is followed up."""

    client: str


Beginning = New | Resume | FollowUp


def beginning(client: str, resume: str, answers: Path | None) -> New | Resume:
    """Return the interview to begin, or the one to go on with.

    Raises:
        MisuseError: when both are asked for.

    """
    if not resume:
        return New(client or None, answers)
    if client or answers:
        raise MisuseError("--resume goes on with a saved case: leave --client, --answers out")
    return Resume(resume)


def opened(
    knowledge: KnowledgeBase,
    store: Store | None,
    wanted: Beginning,
    order: Order | None,
    trainer: Trainer | None = None,
) -> Opening:
    """Return the interview that is wanted; without a store it can only be a new one.

    `trainer` is who asks, if anybody was named.

    Raises:
        MisuseError: when it cannot be held as wanted.
        BadInputError: when an intake cannot be used.
        UnknownTargetError: when there is no such case or client.

    """
    found = _found(knowledge, store, wanted, order)
    return found if trainer is None else asked_by(trainer, found, knowledge)


def _found(
    knowledge: KnowledgeBase, store: Store | None, wanted: Beginning, order: Order | None
) -> Opening:
    match wanted:
        case New(client, answers):
            return begun(knowledge, store, client, order or Order.ADAPTIVE, answers)
        case Resume() | FollowUp() if store is None:
            raise MisuseError("without records there is nothing to go on with")
        case Resume(case):
            return resumed(knowledge, store, case, order)
        case FollowUp(client):
            return followed(knowledge, store, client, order or Order.ADAPTIVE)
        case _:
            assert_never(wanted)


def begun(
    knowledge: KnowledgeBase,
    store: Store | None,
    client: str | None,
    order: Order,
    answers: Path | None,
) -> Opening:
    """Return a new interview, with the answers of an intake if there is one.

    Raises:
        MisuseError: when an interview of the client is still open.

    """
    case = load_intake(answers, knowledge) if answers else Case()
    if case.follows:
        raise MisuseError(
            "a new interview follows no other: leave `follows` out, or see the client again with "
            "`screening followup CLIENT`"
        )
    opening = given(knowledge, store, replace(case, client=client or case.client), order)
    return replace(opening, at_once=bool(opening.session.entries))


def given(knowledge: KnowledgeBase, store: Store | None, case: Case, order: Order) -> Opening:
    """Return an interview in which the answers of a case were given already.

    Raises:
        MisuseError: when an interview of the client is still open, or it follows another case
            than the client's last one, past what that left open.
        UnknownTargetError: when it follows a case that is not recorded.

    """
    label = usable_label(case.client)
    found = find_client(store, label) if store is not None and label else None
    called = f"{label}-1" if label and found is None else None
    follows = None
    if store is not None:
        called = _next_name(store, found) or called
        follows = _followed(store, found, label, case.follows) if case.follows else None
    started = Started(order.value, knowledge.digest, __version__, follows or "")
    opening = _opened(started, label or None, from_case(knowledge, case))
    number = 1 if label else None
    if store is not None and found is not None:
        number = len(cases(store, found.id)) + 1
        left = (
            left_to_follow_up(knowledge, store, follows, store.clock())
            if follows
            else left_to_anew(knowledge, store, found.id, number)
        )
        opening = replace(opening, session=replace(opening.session, earlier=left))
    return replace(opening, called=called, number=number, stale=tuple(_two_things(case)))


def _two_things(case: Case) -> Iterator[Diagnostic]:
    """Yield the items that a tick list and an own answer say two things of."""
    for one in case.at_odds:
        message = f"`{one.tick_list}` and `{one.item}` say two things; what is ticked counts"
        at, help_ = case.places.get(one.item, Span(case.client or "case")), "ask the client again"
        yield Diagnostic(Code.contradictory_answers, message, at, help_, Severity.WARNING)


def _followed(store: Store, client: Client | None, label: str, name: str) -> str:
    """Return the id of the case that a new one follows: the last one of the client.

    Raises:
        MisuseError: when it is another one.
        UnknownTargetError: when it is not recorded.

    """
    case = one_case(store, name)
    kept = cases(store, client.id) if client is not None else ()
    if kept and case == kept[-1].id:
        return case
    last = f"is `{name_of(store, kept[-1].id)}`" if kept else "is not on record yet"
    raise MisuseError(f"`follows` names {quoted(name)}; the last screening of `{label}` {last}")


def _opened(started: Started, client: str | None, entries: tuple[Entry, ...]) -> Opening:
    session = Session(client=client).after(started, *entries)
    return Opening(session, (started, *entries), client=client)


def _next_name(store: Store, client: Client | None) -> str | None:
    """Return what the next case of a client will be called; None where its id will do.

    Raises:
        MisuseError: while one is open.

    """
    if client is None:
        return None
    before = cases(store, client.id)
    for ledger in before[-1:]:
        last = recalled(store, ledger.id)
        if last.status == OPEN:
            name, count = name_of(store, ledger.id), len(last.session.answers())
            raise MisuseError(
                f"a screening of `{client.pseudonym or client.id}` is under way ({count} answered)"
                f": go on with `screening interview --resume {word(name)}`"
            )
    return f"{client.pseudonym}-{len(before) + 1}" if client.pseudonym else None


def resumed(knowledge: KnowledgeBase, store: Store, name: str, order: Order | None) -> Opening:
    """Return a recorded interview, re-checked; what was skipped may be asked again.

    Raises:
        UnknownTargetError: when there is none of that name.

    """
    case = last_case(store, name)
    events = store.head(case).events  # before the rest is read: what comes meanwhile must show
    before = recalled(store, case)
    session, stale = rechecked(before.session, knowledge)
    going_on = Resumed((order or session.order).value, knowledge.digest, __version__)
    aside = [Withdrawn(one.question, "it is asked differently now") for one in stale]
    session = replace(session, earlier=left_to(knowledge, store, case))
    return Opening(
        session.after(going_on),
        (going_on, *aside),
        case,
        status=OPEN if stale else before.status,
        level=before.level,
        by=before.by,
        listed=_programme_of(store, session.follows),
        events=events,
        stale=stale_notes(name, stale),
        other_knowledge=before.knowledge != knowledge.digest,
    )


def followed(knowledge: KnowledgeBase, store: Store, client: str, order: Order) -> Opening:
    """Return a follow-up of a client's last screening.

    The weeks since are known from the records, unless the clock says less than it did then.

    Raises:
        MisuseError: when the last screening has not ended, or there is none.

    """
    found = known_client(store, client)
    called, kept = _next_name(store, found), cases(store, found.id)
    if not kept:
        raise MisuseError(
            f"no screening of {quoted(client)} is recorded yet: "
            f"`screening interview --client {word(client)}`"
        )
    before = kept[-1].id
    earlier = left_to_follow_up(knowledge, store, before, store.clock())
    days = earlier.days
    started = Started(order.value, knowledge.digest, __version__, before)
    opening = _opened(started, found.pseudonym or found.id, _weeks(knowledge, days))
    session = replace(opening.session, earlier=earlier)
    listed, number = _programme_of(store, before), len(kept) + 1
    return replace(
        opening, session=session, called=called, listed=listed, days=days, number=number
    )


def _programme_of(store: Store, case: str | None) -> Listed | None:
    """Return the programme of the case that a follow-up follows; None where it follows none."""
    return recalled(store, case).session.listed() if case is not None else None


def _weeks(knowledge: KnowledgeBase, days: int | None) -> tuple[Entry, ...]:
    """Return the answer the records give to the question for the weeks since last time."""
    question = knowledge.questions.get(knowledge.gap)
    if question is None or days is None:
        return ()
    weeks = min(days // WEEK, question.high)
    words = f"{said(question, weeks)} {BY_RECORDS}"
    return (Answered(question.id, weeks, digest_of(question), words),)
