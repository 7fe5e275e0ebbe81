"""What a client answered at home, filed as an intake of theirs, and what is to be done first."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from screening.app.answers_compared import otherwise
from screening.app.audit.rederivation import Library
from screening.app.clients.forms import forms_in
from screening.app.clients.pages import called
from screening.app.conclude import concluded
from screening.app.form_answers import LockedReply, Told, raw_of, reply_in, told_in
from screening.app.history import recalled
from screening.app.knowledge import open_checked_knowledge, root_of
from screening.app.knowledge_cache import shelf
from screening.app.ports import Tell
from screening.app.recorder import Recorder
from screening.app.settings import who_asks
from screening.app.start_interview import given
from screening.app.trainers import asked_by
from screening.assess import Assessor, doubts
from screening.diagnostics import Code, Diagnostic, Severity, Span, quoted, word
from screening.errors import BadInputError, MisuseError, UnknownTargetError
from screening.interview.asked import digest_of
from screening.interview.conversation import Conversation
from screening.interview.form_gates import client_questions
from screening.interview.planner import Planner
from screening.interview.programme import Near, find_exercise, names_in
from screening.interview.session import Order
from screening.interview.talk import End
from screening.load import read_intake
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value, plain
from screening.model.vocabularies import Level
from screening.records import Client, Store, cases, client_of, of_each_client
from screening.records.event import FormMade, FormReceived
from screening.render.page import Shape, counted

CALL_NOW = "EMERGENCY in these answers. Your client is not with you: call them now, then read on."
CALL_TODAY = (
    "These answers ask for a doctor today. Call your client now; do not wait for the session."
)
TOGETHER = "Go through them with the client (`review`, `change`), and ask the rest"


class Received(NamedTuple):
    """What to say first, what does not go together, the report, and how to go on.

    It was filed as a `case` of the client with the id `owner`.
    """

    first: tuple[str, ...]
    doubts: tuple[Diagnostic, ...]
    report: str
    then: str
    owner: str
    case: str


@dataclass(frozen=True, slots=True)
class ReplyWanted:
    """What is received: a file, or what was `typed`; and whether a used form is taken again.

    What was typed is called `shown`.
    """

    file: Path
    typed: bytes | None
    again: bool
    directory: Path | None
    shown: str = "stdin"


class Invited(NamedTuple):
    """Whose form it is, and the cases that were filed from it."""

    client: Client
    form: FormMade
    used: tuple[str, ...]


def received(store: Store, wanted: ReplyWanted, shape: Shape, tell: Tell) -> Received:
    """File what came back as an intake of its client, which stays open; nothing else is trusted.

    Raises:
        BadInputError: when it is damaged, or answers no question of its form.
        UnknownTargetError: when no form of these records fits it.
        MisuseError: when its form was used before, or the client is being screened.

    """
    reply = reply_in(*raw_of(wanted.file, wanted.typed, wanted.shown))
    invited = _invited(store, reply, tell)
    if invited.used and not wanted.again:
        raise MisuseError(_used(invited))
    told = told_in(reply, invited.form)
    assessor = Assessor(open_checked_knowledge(wanted.directory))
    case, notes = _todays(store, invited, told, reply.shown, assessor.knowledge)
    made = assessor.preview(case)
    if urgent := _urgent(made.assessment.referral.level):
        tell(urgent)  # before it can be refused: the client may be under way
    found = (*notes, *doubts(made, assessor.knowledge))
    filing = _Filing(store, assessor, root_of(wanted.directory), invited, reply)
    return filing.filed(case, told.on, shape)._replace(doubts=found)


def _invited(store: Store, reply: LockedReply, tell: Tell) -> Invited:
    """Return the form that a reply answers; a client who cannot be read stops nobody else."""
    for found in of_each_client(store, lambda one: _form_of(store, one, reply), tell):
        if found is not None:
            return found
    raise UnknownTargetError(
        f"`{reply.shown}` answers no form of these records: it was made with others (`--store`), "
        "or its client was erased"
    )


def _form_of(store: Store, client: str, reply: LockedReply) -> Invited | None:
    """Return the form of a client that a reply answers; None where it answers none of theirs."""
    recorded = store.events(client)
    for one in recorded:
        if isinstance(one.event, FormMade) and one.event.invitation == reply.invitation:
            sent = next(f for f in forms_in(recorded) if f.invitation == reply.invitation)
            return Invited(client_of(store, client), one.event, sent.cases)
    return None


def _used(invited: Invited) -> str:
    whose = called(invited.client)
    return (
        f"this form of {quoted(whose)} came back before, and counts once: make another with "
        f"`screening form {word(whose)}`, or take this one as well with --again"
    )


def _todays(
    store: Store, invited: Invited, told: Told, shown: str, knowledge: KnowledgeBase
) -> tuple[Case, tuple[Diagnostic, ...]]:
    """Return the case as the knowledge in use takes it, and what it does not take.

    Every answer must be one of its question on the day of the form. One to a question that is
    asked differently now, and for which nothing says what it stands for, is set aside.
    """
    name = f"answers in {shown}"
    then = knowledge
    if invited.form.knowledge != knowledge.digest:
        library = Library(store, shelf().take)
        then = library.assessor(invited.form.knowledge).knowledge
    case = read_intake(told.intake(), name, then)
    _only_what_was_asked(case, then)
    aside = frozenset(
        one for one, value in case.answers.items() if _differs(one, value, then, knowledge)
    )
    notes = tuple(_aside(name, one, then) for one in sorted(aside))
    if then is not knowledge:
        case = read_intake(told.intake(but=aside), name, knowledge)
    return _with_programme(case, told.programme, knowledge), notes


def _with_programme(case: Case, lines: tuple[str, ...], knowledge: KnowledgeBase) -> Case:
    """Return the case with the exercises a client named; what nothing is called stays as typed."""
    names = [name for line in lines for name in names_in(knowledge, line)]
    found = [find_exercise(knowledge, name) for name in names]
    programme = dict.fromkeys(one for one in found if isinstance(one, str))
    other = dict.fromkeys(one.name for one in found if isinstance(one, Near))
    return replace(case, programme=tuple(programme), other_exercises=tuple(other))


def _only_what_was_asked(case: Case, then: KnowledgeBase) -> None:
    """Refuse an answer to a question that no form asks: whoever wrote it had another one."""
    asked = {one.id for one in client_questions(then)}
    strange = tuple(
        Diagnostic(Code.dangling_question, f"no form asks {quoted(one)}", case.places[one])
        for one in case.answers
        if one not in asked
    )
    if strange:
        raise BadInputError(strange)


def _differs(name: str, value: Value, then: KnowledgeBase, now: KnowledgeBase) -> bool:
    """Tell whether it is asked differently now, and nothing says what the answer became."""
    asked = now.questions.get(name)
    became = now.renamed_answers.get(name)
    if became is not None and (asked is None or plain(value) in became):
        return False
    return asked is None or digest_of(asked) != digest_of(then.questions[name])


def _aside(shown: str, name: str, then: KnowledgeBase) -> Diagnostic:
    message = f"{quoted(name)} is asked differently now; the answer is set aside"
    help_ = f"ask again: {then.questions[name].short}"
    return Diagnostic(Code.stale_answer, message, Span(shown), help_, Severity.WARNING)


def _urgent(level: Level) -> str:
    """Return what is said before all else; empty where nothing presses."""
    if level is Level.EMERGENCY:
        return CALL_NOW
    return CALL_TODAY if level is Level.SAME_DAY else ""


@dataclass(frozen=True, slots=True)
class _Filing:
    """A reply that was opened, on its way into the records."""

    store: Store
    assessor: Assessor
    root: Path
    invited: Invited
    reply: LockedReply

    def filed(self, case: Case, on: datetime.date, shape: Shape) -> Received:
        """Record the answers as an interview begun with them, and what follows from them."""
        owner, knowledge = self.invited.client, self.assessor.knowledge
        compared = self._against_before(owner, case.answers)
        own = replace(case, client=called(owner))
        opening = given(knowledge, self.store, own, Order.ADAPTIVE)
        if (trainer := who_asks()) is not None:
            opening = asked_by(trainer, opening, knowledge)
        talk = Conversation(Planner(knowledge), opening)
        with Recorder(self.store, knowledge, self.root, opening) as recorder:
            caution = recorder.caution
            filed = recorder.record()
            self._mark(filed)
            turn = talk.begin()
            if turn.events:
                recorder.record(*turn.events)
            ended = turn.next is End.FINISHED
            report = concluded(self.assessor, talk.session, recorder, shape, ended=ended)
            named = recorder.name or filed
        what = counted(len(case.answers), "answer")
        head = f"{what} of {called(owner)}, written on {on} by their device; filed as {named}."
        first = (head, *((caution,) if caution else ()), *compared)
        go_on = f"`screening interview --resume {word(named)}`"
        then = "" if ended else f"{TOGETHER}: {go_on}"
        return Received(first, (), report, then, owner.id, filed)

    def _mark(self, case: str) -> None:
        """Keep that the form was used; from now on it counts no more."""
        invitation = self.invited.form.invitation
        came = FormReceived(invitation, case, self.reply.digest)
        self.store.append(self.invited.client.id, came)

    def _against_before(self, owner: Client, answers: Mapping[str, Value]) -> tuple[str, ...]:
        """Return what is answered otherwise than in the client's last screening."""
        kept = cases(self.store, owner.id)
        if not kept:
            return ()
        before = recalled(self.store, kept[-1].id).session.answers()
        lines = tuple(otherwise(self.assessor.knowledge, before, answers))
        return lines or ("Nothing is answered otherwise than last time.",)
