"""What `screening audit` does once its options are read: from a store to what is printed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

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
from screening.app.audit.rederivation import Kept, Library, conclusions
from screening.app.audit.replay import replay
from screening.app.audit.select_conclusion import chosen, kept_in
from screening.app.audit.verify import verify
from screening.app.clients.find_case import last_case, name_of, one_case
from screening.app.knowledge_cache import shelf
from screening.assess import Assessor
from screening.cli.common import open_checked_knowledge
from screening.cli.intake import page_width
from screening.diagnostics import quoted, suggestion
from screening.errors import BadInputError, RecordsError, UnknownTargetError
from screening.explain import Ground
from screening.model.knowledge import KnowledgeBase
from screening.records import Recorded, Store, cases, find_client
from screening.records.days import local_day
from screening.render.explained import Ask, explained
from screening.render.formats import output
from screening.render.json_form import Json
from screening.render.page import Page


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of which conclusion: the last at the end of `at`, or one by number."""

    target: str
    at: str = ""
    conclusion: int | None = None
    rule_only: bool = False


def verified(store: Store, name: str | None, heads: tuple[str, ...], form: str) -> bool:
    """Print what verifying the cases of a name, or the whole store, finds; tell if nothing."""
    of = None if name is None else cases_of(store, name)
    found = verify(library(store), of, heads)
    _show(verified_page(found), verified_form(found), form)
    return found.good


def reprinted(store: Store, name: str) -> bool:
    """Print every report again; tell whether each comes out as it was recorded."""
    found = kept_in(store, cases_of(store, name))
    chosen(found)  # refuses when there is none
    here, same, count = library(store), True, sum(len(kept.reports) for kept in found)
    reports = ((kept, report) for kept in found for report in kept.reports)
    for number, (kept, (recorded, printed)) in enumerate(reports, start=1):
        click.echo(f"Report {number} of {count}, {local_day(recorded.at)}:", err=True)
        if kept.drawn(here).report(printed) != printed.text:
            same = False
            words = "this program prints it otherwise; here it is as it was recorded"
            click.echo(f"event {recorded.number} of `{kept.case}`: {words}", err=True)
        click.echo(printed.text, nl=False)
    return same


def compared(store: Store, name: str, directory: Path, form: str) -> bool:
    """Print what other knowledge would change of the last conclusion; tell whether nothing."""
    drawn = chosen(kept_in(store, cases_of(store, name))).drawn(library(store))
    found = replay(drawn, Assessor(open_checked_knowledge(directory)))
    _show(replay_page(found, name), replay_form(found, name), form)
    return not found.changes


def tell(store: Store, name: str, form: str) -> None:
    """Print what happened in the cases of a name."""
    for case in cases_of(store, name):
        recorded = store.events(case)
        lines = tuple(history(recorded, _words(library(store), case, recorded)))
        named = name_of(store, case)
        _show(history_page(named, lines), history_form(named, lines), form)


def explain(store: Store, name: str, question: Question, form: str) -> None:
    """Print why something was said, or was not, from the record alone.

    Raises:
        UnknownTargetError: when nothing was concluded then, or nothing had that name.

    """
    found = kept_in(store, cases_of(store, name))
    drawn = chosen(found, at=question.at, number=question.conclusion).drawn(library(store))
    rules = drawn.assessor.knowledge.rules
    if question.rule_only and question.target not in rules:
        help_ = suggestion(question.target, rules)
        message = f"no rule {quoted(question.target)} in the knowledge of then"
        raise UnknownTargetError(f"{message}\n  help: {help_}")
    ground = Ground(drawn.assessor, drawn.concluded)
    page, json = explained(ground, Ask.WHY, (question.target,), name)
    _show((from_record(drawn, name), *page), json | {"record": record_form(drawn, name)}, form)


def cases_of(store: Store, name: str) -> tuple[str, ...]:
    """Return the case of a name, or all cases of a client, the first one first.

    Raises:
        UnknownTargetError: when there is none.

    """
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


def _show(page: Page, json: dict[str, Json], form: str) -> None:
    click.echo(output(page, json, form, width=page_width()), nl=False)
