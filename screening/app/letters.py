"""Writing the letter that goes with a client who is to be looked at, and keeping it on record."""

from __future__ import annotations

import datetime
import re
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from screening.app.agreement import bad, day_of
from screening.app.audit.papers import letter_made
from screening.app.audit.rederivation import chosen, conclusions
from screening.app.audit.referrals import referral_of
from screening.app.chosen_case import ChosenCase
from screening.app.clients.find_case import last_case, name_of
from screening.app.conclude import Sources, assessor
from screening.app.look_back import library
from screening.app.no_paper import refuse_in_an_emergency, unasked
from screening.app.paper_file import (
    PaperWritten,
    form_of,
    no_day_of_its_own,
    put_off_record,
    put_on_record,
)
from screening.app.printout import Printout
from screening.app.settings import country
from screening.diagnostics import quoted, suggestion, word
from screening.errors import NoPaperError, UnknownTargetError
from screening.explain import Ground
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Level
from screening.records import Store, client_of, holding
from screening.records.consent import Purpose, consents, local_today
from screening.render.letter import Letter, clearance_asked, kept_out, letter_paper
from screening.render.page import PaperSize

WORD = re.compile(r"\w{4,}")
CALL_FIRST = "This is for today: call first. The letter goes along in the client's hand."
NO_CONSENT = (
    "Not recorded: that the client agrees to show this to a clinician. "
    "The client signs for this letter and its reader on the paper."
)


@dataclass(frozen=True, slots=True)
class LetterWanted:
    """What was asked for: to whom, where it is written, and what it may hold.

    Without a file it is only shown, and not kept. `on` is the day of a case that is not on record.
    """

    to: str | None = None
    file: Path | None = None
    on: str | None = None
    size: PaperSize = PaperSize.A4
    private: tuple[str, ...] = ()


def letter(
    subject: ChosenCase, directory: Path | None, sources: Sources, wanted: LetterWanted
) -> PaperWritten:
    """Return the letter about a case, which is in its file by then, and on record if the case is.

    Raises:
        NoPaperError: in an emergency, and where nobody is to look.
        UnknownTargetError: when there is no such case or target, or nothing was concluded yet.
        MisuseError: when an option cannot be used.
        UnwritableError: when it cannot be written, or is too long.

    """
    if wanted.file is not None:
        form_of(wanted.file)  # refuses before anything is read
    store = subject.records(sources)
    if store is not None:
        return _from_record(store, str(subject.intake), wanted)
    with_rules = assessor(directory)
    ground = Ground.of(with_rules, subject.case(with_rules, sources))
    return _off_record(ground, subject.named, wanted)


def _off_record(ground: Ground, named: str, wanted: LetterWanted) -> PaperWritten:
    """Return a letter about a case in a file, dated only if a day was given."""
    on = None if wanted.on is None else day_of(wanted.on, datetime.date.max)
    spec = _spec(ground, wanted, Letter("", named, on, country=country()))
    paper = letter_paper(ground, spec)
    said = (*_beside(ground, spec), *put_off_record(paper, wanted.file, "letter"))
    return PaperWritten(Printout(paper.page), said)


def _from_record(store: Store, name: str, wanted: LetterWanted) -> PaperWritten:
    """Return a letter about the last conclusion of a recorded case."""
    no_day_of_its_own(wanted.on)
    case = last_case(store, name)
    named = name_of(store, case)
    with holding(store, case, named) if wanted.file is not None else nullcontext():
        ground = last_conclusion(store, case, named)
        client = client_of(store, store.ledger(case).client)
        today = local_today(store)
        head = store.head(case).digest
        blank = Letter("", named, today, name=client.name, head=head, country=country())
        spec = _spec(ground, wanted, blank)
        paper = letter_paper(ground, spec)
        said = [*_beside(ground, spec)]
        agreed = {one.purpose: one.given for one in consents(store.events(client.id))}
        said += [] if agreed[Purpose.CLINICIAN] else [NO_CONSENT]
        if wanted.file is not None:
            said.append(
                put_on_record(
                    paper, wanted.file, lambda made: store.append(case, letter_made(spec, made))
                )
            )
    return PaperWritten(Printout(paper.page), tuple(said))


def last_conclusion(store: Store, case: str, named: str) -> Ground:
    """Return the last conclusion of a case, drawn again from its record.

    Raises:
        UnknownTargetError: when there is none, or more was answered since.

    """
    drawn = chosen(conclusions(case, store.events(case))).drawn(library(store))
    referral = referral_of(store, case)
    if referral is not None and referral.answered_since:
        raise UnknownTargetError(
            "more was answered since the last conclusion: go on with "
            f"`screening interview --resume {word(named)}`, then write the letter"
        )
    return Ground(drawn.assessor, drawn.concluded)


def _spec(ground: Ground, wanted: LetterWanted, spec: Letter) -> Letter:
    """Return what the letter is to say; refuses where none is to be written."""
    _due(ground)
    private = _private(ground.knowledge, wanted.private)
    return replace(spec, to=_target(ground, wanted.to), size=wanted.size, private=private)


def _due(ground: Ground) -> None:
    """Refuse a letter in an emergency, before emergencies are asked about, and for nobody.

    Raises:
        NoPaperError: for one of these.

    """
    refuse_in_an_emergency(ground, "letter")
    level, knowledge = ground.assessment.referral.level, ground.knowledge
    if level <= Level.MONITOR and clearance_asked(ground) is None:
        title = knowledge.levels[level].title
        raise NoPaperError(f"no answer asks for a letter: {title[:1].lower()}{title[1:]}")


def _target(ground: Ground, wanted: str | None) -> str:
    """Return whom a letter is to: who is meant by a word, else who is to look first."""
    knowledge, advised = ground.knowledge, ground.assessment.referral.to
    if wanted is not None:
        return target_of(knowledge, wanted)
    level = ground.assessment.referral.level
    return advised[0] if level > Level.MONITOR else knowledge.levels[Level.WITHIN_DAYS].to


def target_of(knowledge: KnowledgeBase, wanted: str) -> str:
    """Return the target of an id, a title, or a word that is in only one title.

    Raises:
        MisuseError: when nobody, or no one target, is meant.

    """
    readers = {
        name: one.title.lower()
        for name, one in knowledge.targets.items()
        if name != knowledge.levels[Level.MONITOR].to
    }
    said = " ".join(wanted.lower().split())
    exact = [name for name, title in readers.items() if said in (name, title)]
    found = exact or [name for name, title in readers.items() if said in WORD.findall(title)]
    if len(found) != 1:
        help_ = suggestion(said, found or readers)
        raise bad("--to", f"{quoted(wanted)} is {'several' if found else 'nobody'} here; {help_}")
    return found[0]


def _private(knowledge: KnowledgeBase, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the private questions that are let in, in asking order.

    Raises:
        MisuseError: when one is no private question.

    """
    private = [name for name, one in knowledge.questions.items() if one.intimate]
    for name in wanted:
        if name not in private:
            help_ = suggestion(name, private)
            raise bad("--private", f"{quoted(name)} is no private question; {help_}")
    return tuple(name for name in private if name in wanted)


def _beside(ground: Ground, spec: Letter) -> list[str]:
    """Return what the trainer is told beside the letter."""
    said = []
    if ground.assessment.referral.level is Level.SAME_DAY:
        said.append(CALL_FIRST)
        if unasked(ground):
            said.append(f"Still to ask now: {'; '.join(unasked(ground))}.")
    out = kept_out(ground, spec)
    if out:
        said.append(
            f"Kept out, as private: {', '.join(out)}. What the client wants in it: "
            f"`--private {out[0]}`, once for each."
        )
    return said
