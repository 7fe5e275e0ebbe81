"""Screenings on record to test with, without encryption."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from screening.app.audit import Report, keep_knowledge, keep_report
from screening.assess import Assessor
from screening.engines.applicable import with_harmless_rest
from screening.follow.decisions_from_events import on_record
from screening.interview.asked import digest_of
from screening.load import shipped_knowledge
from screening.model.case import Case
from screening.model.question import Value
from screening.records import Protection, Store, add_client, create_store, find_client, start_case
from screening.records.event import Answered, Listed, Started
from screening.render.formats import page_format
from screening.render.page import Shape

PROGRAMME = ("deadlift", "plank")
CONSTANT: Mapping[str, Value] = {"constant": "yes", "walk": "relieves"}  # within days


def new_store(home: Path) -> Store:
    return create_store(home / "records.db", Protection.NONE, str)


def sheet(assessor: Assessor, given: Mapping[str, Value]) -> dict[str, Value]:
    return with_harmless_rest(assessor.knowledge, given)


def screen(
    store: Store,
    assessor: Assessor,
    answers: Mapping[str, Value],
    *,
    client: str = "blue-bike",
    layout: tuple[str, int] = ("table", 80),
) -> str:
    """Record a screening of a client with a report of it; return the case."""
    knowledge = assessor.knowledge
    keep_knowledge(store, knowledge, shipped_knowledge())
    found = find_client(store, client)
    owner = add_client(store, client) if found is None else found.id
    said = [answer(assessor, name, value) for name, value in answers.items()]
    began = Started("adaptive", knowledge.digest, "0.1.0")
    case = start_case(store, owner, began, *said, Listed(PROGRAMME))
    record = on_record(store.events(case))
    concluded = assessor.conclude(Case(answers, PROGRAMME, record=record))
    made = Report(concluded, client, Shape(page_format(layout[0]), layout[1]))
    keep_report(store, case, made, knowledge)
    return case


def answer(assessor: Assessor, name: str, value: Value) -> Answered:
    asked = assessor.knowledge.questions[name]
    return Answered(name, value, digest_of(asked), f"{asked.short}: {asked.said(value)}")


def two_to_be_seen(home: Path, assessor: Assessor) -> Path:
    """Fill a home with a client who is to be seen within days, and another one."""
    with new_store(home) as store:
        screen(store, assessor, sheet(assessor, CONSTANT))
        screen(store, assessor, sheet(assessor, CONSTANT), client="other-client")
    return home
