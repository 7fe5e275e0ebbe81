"""A sample of `benchmarks/next_hours.py`: nothing is wrong with any session of drawn clients."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from complete_clients import complete_clients
from session_faults import faults

from screening.assess import Assessor
from screening.model.knowledge import KnowledgeBase
from screening.model.session import Place, Planning, SessionInputs
from screening.session import SessionFacts, build_session

SEEDS = range(20_261_130, 20_261_142)
KINDS = tuple(itertools.product((30, 45, 60), Place))


def test_nothing_is_wrong_with_any_session(shipped: KnowledgeBase) -> None:
    concluding, planned = Assessor(shipped), 0
    everything = tuple(shipped.exercises)
    for case in complete_clients(shipped, SEEDS):
        made = concluding.preview(replace(case, programme=everything))
        facts = SessionFacts.of(shipped, made, case.programme, SessionInputs())
        for minutes, place in KINDS:
            here = replace(facts, inputs=SessionInputs(minutes, place))
            session = build_session(here)
            planned += session.status is Planning.PLANNED
            assert not [*faults(here, session)], (minutes, place)
    assert planned > len(KINDS)


def test_a_fault_is_noticed(shipped: KnowledgeBase) -> None:
    """What looks for faults finds planted ones: a session longer than it is, and one too hard."""
    for case in complete_clients(shipped, SEEDS):
        made = Assessor(shipped).preview(replace(case, programme=tuple(shipped.exercises)))
        facts = SessionFacts.of(shipped, made, case.programme, SessionInputs())
        session = build_session(facts)
        if session.status is Planning.PLANNED:
            longer = replace(session, minutes=session.minutes + 1)
            assert any(one.startswith("R04") for one in faults(facts, longer))
            dropped = replace(
                session,
                unfilled=(),
                phases=tuple(replace(phase, items=()) for phase in session.phases),
            )
            assert [*faults(facts, dropped)]
            return
    pytest.fail("no session was planned")
