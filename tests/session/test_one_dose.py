"""One dose for an exercise: a form that a rule asks for is the form of the session and sheets."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from complete_clients import complete_clients
from session_faults import faults

from screening.app.audit.papers import sheet_facts
from screening.assess import Assessor
from screening.engines.applicable import with_harmless_rest
from screening.explain import Ground
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Recommend
from screening.model.session import Experience, Place, Planning, SessionInputs, SessionItem
from screening.model.vocabularies import Verdict
from screening.render.session_page import session_form
from screening.render.sheet import Sheet, SheetReader, sheet_paper
from screening.render.table import text
from screening.session import SessionFacts, build_session, facts_of

LIFTER: dict[str, Value] = {
    "active": "yes",
    "duration_weeks": 20,
    "pain_worst": 2,
    "wants_to_lift": "yes",
    "ten_hinges": "yes",
    "ten_squats": "yes",
    "side_bridge_hold": 45,
}
LIFTS = ("deadlift", "trap_bar", "rack_pull", "farmer_carry")
SETS_A_FORM = re.compile(
    r"\bhalf\b|block|\blight\b|\bbrace\b|\bempty\b|\braised\b|\blying\b|both hands"
    r"|\bshort\b(?! of)|\bholds\b|\bmiddle\b|\bshown\b|\d",
    re.IGNORECASE,
)
NOT_OF_AN_EXERCISE = {"posture_breaks"}
CHOOSES = {"aerobic_alternative", "graded_exposure", "strength_around"}
"""Categories whose notes say which exercise of them to choose, or in which order they come."""
A_PACE = {"strength-when-settled", "over-it-since-last-time", "unload-when-load-sensitive"}
"""Rules whose note says how often, or which, and nothing of how an exercise is done."""
SEEDS = range(4400, 4460)


def forms(facts: SessionFacts, one: SessionItem) -> list[str]:
    """Return the forms the rules ask for, found in the rules anew."""
    knowledge = facts.knowledge
    category = knowledge.exercises[one.exercise].category
    offered = (o for o in facts.concluded.assessment.recommend if o.category == category)
    return [
        then.note
        for given in offered
        for rule in given.rules
        if rule in facts.session.forms
        for then in knowledge.rules[rule].then
        if isinstance(then, Recommend) and then.category == category
    ]


def of(knowledge: KnowledgeBase, more: dict[str, Value], own: tuple[str, ...]) -> SessionFacts:
    case = Case(with_harmless_rest(knowledge, more), own)
    inputs = SessionInputs(60, experience=Experience.YEARS)
    return facts_of(case, Assessor(knowledge), inputs)


@pytest.mark.parametrize("own", LIFTS)
def test_a_lift_of_the_programme_is_not_kept_bare_beside_a_form(
    shipped: KnowledgeBase, own: str
) -> None:
    facts = of(shipped, LIFTER, (own,))
    found = [one for one in build_session(facts).items if one.exercise == own]
    assert facts.plans[own].verdict is Verdict.KEEP
    (one,) = found
    assert one.changed
    assert one.cues[0] in forms(facts, one)
    told = json.dumps(session_form(build_session(facts), shipped))
    assert f'{{"exercise": "{own}", "verdict": "modify"' in told


@pytest.mark.parametrize("own", LIFTS)
def test_the_trainers_sheet_says_the_form(shipped: KnowledgeBase, own: str) -> None:
    case = Case(with_harmless_rest(shipped, LIFTER), (own,))
    wanted = Sheet(SheetReader.TRAINER, SessionInputs(60, experience=Experience.YEARS), "x")
    facts = sheet_facts(Ground.of(Assessor(shipped), case), wanted)
    (one,) = [one for one in facts.session.items if one.exercise == own]
    assert one.cues[0] in text(sheet_paper(facts, wanted).page, 100_000)


def test_a_form_is_said_of_whatever_it_is_asked_for(shipped: KnowledgeBase) -> None:
    """Of drawn clients, with any programme and in any place; a fault of R11 otherwise."""
    concluding, said = Assessor(shipped), 0
    owns = ((), *((name,) for name in LIFTS), ("plank", "back_squat", "suitcase_carry"))
    for seed, case in zip(SEEDS, complete_clients(shipped, SEEDS), strict=True):
        own = owns[seed % len(owns)]
        inputs = SessionInputs(60, [*Place][seed % 3])
        facts = facts_of(replace(case, programme=own), concluding, inputs)
        session = build_session(facts)
        if session.status is not Planning.PLANNED:
            continue
        assert not [one for one in faults(facts, session) if one.startswith("R11")]
        said += sum(bool(forms(facts, one)) for one in session.items)
    assert said > len(owns)


def test_every_note_that_sets_a_form_is_a_form(shipped: KnowledgeBase) -> None:
    assert shipped.session is not None
    missing = {
        rule.id: then.note
        for rule in shipped.rules.values()
        for then in rule.then
        if isinstance(then, Recommend)
        and SETS_A_FORM.search(then.note)
        and then.category not in NOT_OF_AN_EXERCISE | CHOOSES
        and shipped.exercises_in.get(then.category)
    }
    assert missing.keys() - set(shipped.session.forms) - A_PACE == set()
