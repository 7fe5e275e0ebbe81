"""Looking back at records: whether they are whole, what follows from them again, and why."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from screening.app.audit.history import history
from screening.app.audit.pages import (
    from_record,
    history_form,
    history_page,
    record_form,
    replay_form,
    replay_page,
    verified_form,
    verified_page,
)
from screening.app.audit.papers import pdf_said
from screening.app.audit.rederivation import Kept, Library, chosen, conclusions, kept_in
from screening.app.audit.replay import replay
from screening.app.audit.verify import verify
from screening.app.clients.find_case import last_case, name_of, one_case
from screening.app.knowledge import open_checked_knowledge
from screening.app.knowledge_cache import shelf
from screening.app.ports import Tell
from screening.app.printout import Printout
from screening.assess import Assessor
from screening.diagnostics import quoted, suggestion
from screening.errors import BadInputError, MisuseError, RecordsError, UnknownTargetError
from screening.explain import Ground
from screening.model.knowledge import KnowledgeBase
from screening.records import Recorded, Store, cases, find_client
from screening.records.consent import local_day
from screening.records.event import PaperMade
from screening.render.explained import Ask, explained

DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


@dataclass(frozen=True, slots=True)
class AuditQuestion:
    """What is asked of which conclusion: the last at the end of `at`, or one by number.

    `rule` asks about a rule, `target` about anything; neither asks for all that happened.
    """

    rule: str | None = None
    target: str | None = None
    at: str | None = None
    conclusion: int | None = None

    @property
    def about(self) -> str | None:
        """What is asked about; None for the history."""
        return self.target if self.rule is None else self.rule


def verified(store: Store, name: str | None, heads: tuple[str, ...]) -> Printout:
    """Return what verifying the cases of a name, or the whole store, finds."""
    of = None if name is None else cases_of(store, name)
    found = verify(library(store), of, heads)
    return Printout(verified_page(found), verified_form(found), found.good)


def reprinted(store: Store, name: str, tell: Tell) -> Iterator[tuple[str, bool]]:
    """Yield every report again, and whether this program prints it as it was recorded."""
    found = kept_in(store, cases_of(store, name))
    chosen(found)  # refuses when there is none
    here, count = library(store), sum(len(kept.reports) for kept in found)
    reports = ((kept, report) for kept in found for report in kept.reports)
    for number, (kept, (recorded, printed)) in enumerate(reports, start=1):
        tell(f"Report {number} of {count}, {local_day(recorded.at)}:")
        same = kept.drawn(here).comes_out(printed)
        if not same:
            words = "this program prints it otherwise; here it is as it was recorded"
            tell(f"event {recorded.number} of `{kept.case}`: {words}")
        if isinstance(printed, PaperMade) and printed.maker:
            tell(pdf_said(printed))
        yield printed.text, same


def compared(store: Store, name: str, directory: Path) -> Printout:
    """Return what other knowledge would change of the last conclusion."""
    drawn = chosen(kept_in(store, cases_of(store, name))).drawn(library(store))
    found = replay(drawn, Assessor(open_checked_knowledge(directory)))
    return Printout(replay_page(found, name), replay_form(found, name), not found.changes)


def checked_question(question: AuditQuestion) -> None:
    """Refuse a question whose parts do not go together.

    Raises:
        MisuseError: when they do not.

    """
    asked, at, number = question.about, question.at, question.conclusion
    if question.rule is not None and question.target is not None:
        raise MisuseError("--rule and --target cannot be combined: ask one thing at a time")
    if at is not None and number is not None:
        raise MisuseError("--at and --conclusion cannot be combined: both choose one")
    if asked is None and (at is not None or number is not None):
        raise MisuseError("--at and --conclusion choose what --rule or --target is asked of")
    if asked is not None and not asked.strip():
        raise MisuseError("--rule and --target name something: an id is expected")
    if at is not None and not _in_calendar(at):
        message = f"expected a day or month like 2026-03-14 or 2026-03, found `{at[:40]}`"
        raise MisuseError(message, "--at")


def _in_calendar(at: str) -> bool:
    """Tell whether a text is a year, month or day that there is."""
    try:
        datetime.date.fromisoformat(at + "0001-01-01"[len(at) :])
    except ValueError:
        return False
    return DAY.fullmatch(at) is not None


def told(store: Store, name: str, question: AuditQuestion) -> Iterator[Printout]:
    """Yield what happened in each case of a name, or the answer to a question about one."""
    if question.about is not None:
        yield _explained(store, name, question, question.about)
        return
    for case in cases_of(store, name):
        recorded = store.events(case)
        lines = tuple(history(recorded, _words(library(store), case, recorded)))
        named = name_of(store, case)
        yield Printout(history_page(named, lines), history_form(named, lines))


def _explained(store: Store, name: str, question: AuditQuestion, about: str) -> Printout:
    """Return why something was said, or was not, from the record alone.

    Raises:
        UnknownTargetError: when nothing was concluded then, or nothing had that name.

    """
    found = kept_in(store, cases_of(store, name))
    one = chosen(found, at=question.at or "", number=question.conclusion)
    drawn = one.drawn(library(store))
    rules = drawn.assessor.knowledge.rules
    if question.rule is not None and about not in rules:
        message = f"no rule {quoted(about)} in the knowledge of then"
        raise UnknownTargetError(f"{message}\n  help: {suggestion(about, rules)}")
    ground = Ground(drawn.assessor, drawn.concluded)
    page, json = explained(ground, Ask.WHY, (about,), name)
    return Printout((from_record(drawn, name), *page), json | {"record": record_form(drawn, name)})


def cases_of(store: Store, name: str) -> tuple[str, ...]:
    """Return the case of a name, or all cases of a client, the first one first."""
    client = find_client(store, name)
    if client is None:
        return (one_case(store, name),)
    return tuple(one.id for one in cases(store, client.id)) or (last_case(store, name),)


def library(store: Store) -> Library:
    """Return the knowledge a store keeps; what was compiled on this machine is read faster."""
    return Library(store, shelf().take)


def _words(kept: Library, case: str, recorded: tuple[Recorded, ...]) -> KnowledgeBase | None:
    """Return the knowledge of the last conclusion, for its words; None where it has none."""
    found: tuple[Kept, ...] = conclusions(case, recorded)
    if not found:
        return None
    try:
        return kept.assessor(found[-1].event.knowledge).knowledge
    except (RecordsError, BadInputError):
        return None
