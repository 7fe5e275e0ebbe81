"""What is explained of a recorded case is what was decided: every rule stands as in its record."""

from __future__ import annotations

import datetime
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.app.audit.rederivation import Library, kept_in
from screening.app.clients.find_case import name_of
from screening.app.conclude import FiledIn, filed
from screening.app.history import load_case, taken_up
from screening.assess import Assessor
from screening.engines.applicable import with_harmless_rest
from screening.load import shipped_knowledge
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.records import Protection, cases, create_store, find_client, open_store
from screening.records.event import AgreementRecorded
from screening.render.page import Format, Shape

SHAPE = Shape(Format.TABLE, 80)
MORNING = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.timezone.utc)
SAID: tuple[dict[str, Value], ...] = (
    {},
    {"constant": "yes"},
    {"pain_worst": 8},
    {"bend_forward": "provokes", "sitting_slouched": "provokes"},
    {"fever": "yes"},
    {"weeks_since": 3, "pain_worst": 2},
)
STEPS = st.lists(
    st.tuples(st.sampled_from(SAID), st.booleans(), st.integers(-20, 40), st.booleans()),
    min_size=1,
    max_size=4,
)


def stamp(day: int) -> str:
    moment = MORNING + datetime.timedelta(days=day)
    return moment.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def sheet(knowledge: KnowledgeBase, said: dict[str, Value], *, follows: bool) -> dict[str, Value]:
    made = with_harmless_rest(knowledge, said)
    return {
        name: value
        for name, value in made.items()
        if knowledge.questions[name].derived is None and (follows or name != "weeks_since")
    }


@settings(max_examples=2)
@given(steps=STEPS)
@pytest.mark.usefixtures("root")
def test_every_rule_stands_as_in_its_record(
    assessor: Assessor, steps: list[tuple[dict[str, Value], bool, int, bool]]
) -> None:
    knowledge, day = assessor.knowledge, 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.db"
        create_store(path, Protection.NONE, str).close()
        for number, (said, follows, shift, agreed) in enumerate(steps):
            day += shift
            with open_store(path, str, clock=lambda: stamp(day)) as store:  # noqa: B023 - used here
                answers = sheet(knowledge, said, follows=follows and number > 0)
                before = f"ann-{number}" if follows and number else ""
                filed(
                    Case(answers, ("deadlift",), client="ann", follows=before),
                    assessor, FiledIn(store, shipped_knowledge()), SHAPE,
                )  # fmt: skip
                client = find_client(store, "ann")
                assert client is not None
                if agreed:
                    on = stamp(day)[:10]
                    event = AgreementRecorded("Dr A", "GP", on, "within_days", ("pain_during=2",))
                    store.append(cases(store, client.id)[-1].id, event)
        with open_store(path, str, clock=lambda: stamp(day)) as store:
            client = find_client(store, "ann")
            assert client is not None
            for ledger in cases(store, client.id):
                name, lib = name_of(store, ledger.id), Library(store)
                (*_, last) = kept_in(store, (ledger.id,))
                recorded = last.drawn(lib).concluded
                for case in (
                    load_case(store, ledger.id, name, knowledge, print),
                    taken_up(store, ledger.id, name, knowledge),
                ):
                    explained = assessor.conclude(case)
                    assert explained.outcome == recorded.outcome, name
                    assert replace(explained.assessment, agreed=None) == replace(
                        recorded.assessment, agreed=None
                    )
