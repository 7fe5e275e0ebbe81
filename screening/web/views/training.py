"""The next hour of a client, and what takes the place of an exercise that does not go."""

from __future__ import annotations

from collections.abc import Mapping

from werkzeug.wrappers import Response

from screening.app import session_inputs
from screening.app.clients.pages import called
from screening.app.extras import have
from screening.app.session_inputs import (
    Experience,
    KeptSessions,
    Place,
    ToldOfSession,
    session_facts,
)
from screening.app.sessions import Wish, wished
from screening.model.catalogue import Exercise
from screening.model.knowledge import KnowledgeBase
from screening.model.session import SessionItem, TrainingSession
from screening.records import client_of
from screening.render.drawn import Drawings
from screening.render.pdf import LIBRARIES
from screening.render.session_page import CHECK_IN, PHASES, amount_of, session_page
from screening.session import SessionFacts
from screening.web.call import Call

MINUTES = (30, 45, 60, 90)
LENGTHS = {str(one) for one in range(session_inputs.MINUTES.low, session_inputs.MINUTES.high + 1)}
DAYS = range(session_inputs.DAYS.low, session_inputs.DAYS.high + 1)
EXPERIENCE = (
    (Experience.NEW, "new to it, or not now"),
    (Experience.SOME, "some months"),
    (Experience.YEARS, "years"),
)
PLACES = ((Place.GYM, "Gym"), (Place.HOME, "Home"), (Place.BANDS, "Home, bands"))
MOST = 20  # exercises to do without


def session(call: Call) -> Response:
    """Show the next session; with what was asked for by the form."""
    ledger = call.case
    ground = call.office.ground(ledger.id)
    wish, kept = wish_of(call), KeptSessions(call.office.store, ledger.id)
    facts = session_facts(ground.concluded.case, ground.assessor, wish.told, kept)
    made, changed = wished(facts, wish)
    if call.posted:
        kept.keep(facts.inputs, made)
    client = client_of(call.office.store, ledger.client or "")
    rest = session_page(made, facts.knowledge, called(client), changed)
    return call.page(
        "session.html",
        "Next session",
        case=ledger.id,
        called=called(client),
        wish=wish,
        inputs=facts.inputs,
        weights=_weights(facts),
        minutes=sorted({*MINUTES, facts.inputs.minutes}),
        places=PLACES,
        experience=EXPERIENCE,
        days=DAYS,
        moved=made.moved,
        road=made.road,
        ahead=made.ahead,
        phases=_phases(made, facts.knowledge, call.office.drawings(facts.knowledge)),
        check_in=CHECK_IN,
        changed=changed,
        says=made.says,
        pain=made.pain,
        take_home=[one.text for one in made.take_home],
        one_step=made.one_step.text if made.one_step else "",
        rest=rest,
        pdf=pdf_too(),
    )


def pdf_too() -> bool:
    """Tell whether papers can be given out as PDF."""
    return all(map(have, LIBRARIES))


def wish_of(call: Call) -> Wish:
    """Return what is wished for; what was taken out before stays out."""
    without = [one for one in call.request.form.getlist("without") if one][:MOST]
    swap = call.sent("swap")
    return Wish(told_of(call), tuple(dict.fromkeys([*without, *([swap] if swap else [])])))


def told_of(call: Call) -> ToldOfSession:
    """Return what the form says of the session; what it cannot say is not said."""
    places = {one.value: one for one, _ in PLACES}
    years = {one.value: one for one, _ in EXPERIENCE}
    minutes, days = call.sent("minutes"), call.sent("days")
    kilos = zip(
        call.request.form.getlist("lift"), call.request.form.getlist("kilos"), strict=False
    )
    return ToldOfSession(
        int(minutes) if minutes in LENGTHS else None,
        places.get(call.sent("place")),
        years.get(call.sent("experience")),
        int(days) if days in set(map(str, DAYS)) else None,
        tuple(f"{lift}={said}" for lift, said in kilos if said.strip()),
        call.sent("goal") if "goal" in call.request.form else None,
    )


def _weights(facts: SessionFacts) -> list[tuple[str, str, str]]:
    """Return the lifts of the programme for which a usual weight is asked, as it was said."""
    known = {one.exercise: f"{one.kilos}x{one.reps}" for one in facts.inputs.weights}
    exercises = facts.knowledge.exercises
    return [
        (name, exercises[name].name, known.get(name, ""))
        for name in facts.own
        if facts.stage.load and facts.session.ladder_of(name) and exercises[name].equipment
    ]


def _phases(
    made: TrainingSession, knowledge: KnowledgeBase, drawings: Drawings
) -> list[tuple[str, int, list[tuple[SessionItem, str, str, str, str]]]]:
    def shown(item: SessionItem) -> tuple[SessionItem, str, str, str, str]:
        figure = (
            "" if item.changed else drawings.of(item.exercise)
        )  # a changed one looks otherwise
        return item, *_words(item, knowledge.exercises), figure

    return [
        (PHASES[one.phase], one.minutes, [shown(item) for item in one.items])
        for one in made.phases
        if one.minutes
    ]


def _words(item: SessionItem, exercises: Mapping[str, Exercise]) -> tuple[str, str, str]:
    """Return what an exercise is called, how much of it, and what is done if it does not go."""
    exercise = exercises[item.exercise]
    instead = "leave it out" if item.instead is None else exercises[item.instead].name
    return exercise.name, amount_of(item, exercise), instead
