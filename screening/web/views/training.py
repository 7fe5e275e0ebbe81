"""The next hour of a client, and what takes the place of an exercise that does not go."""

from __future__ import annotations

from collections.abc import Mapping

from werkzeug.wrappers import Response

from screening.app.clients.pages import called
from screening.app.extras import have
from screening.app.sessions import Place, Wish, wished
from screening.model.knowledge import Exercise, KnowledgeBase
from screening.model.session import SessionItem, TrainingSession
from screening.records import client_of
from screening.render.drawn import Drawings
from screening.render.pdf import LIBRARIES
from screening.render.session_page import CHECK_IN, PHASES, amount_of, session_page
from screening.session import facts_of
from screening.web.call import Call

MINUTES = (30, 45, 60, 90)
PLACES = ((Place.GYM, "Gym"), (Place.HOME, "Home"), (Place.BANDS, "Home, bands"))
MOST = 20  # exercises to do without


def session(call: Call) -> Response:
    """Show the next session; with what was asked for by the form."""
    ledger = call.case
    ground = call.office.ground(ledger.id)
    wish = wish_of(call)
    facts = facts_of(ground.concluded.case, ground.assessor, wish.place)
    made, changed = wished(facts, wish)
    client = client_of(call.office.store, ledger.client or "")
    rest = session_page(made, facts.knowledge, called(client), changed)
    return call.page(
        "session.html",
        "Next session",
        case=ledger.id,
        called=called(client),
        wish=wish,
        minutes=MINUTES,
        places=PLACES,
        phases=_phases(made, facts.knowledge, call.office.drawings(facts.knowledge)),
        check_in=CHECK_IN,
        changed=changed,
        says=made.says,
        pain=made.pain,
        take_home=made.take_home,
        one_step=made.one_step.text if made.one_step else "",
        rest=rest,
        pdf=pdf_too(),
    )


def pdf_too() -> bool:
    """Tell whether papers can be given out as PDF."""
    return all(map(have, LIBRARIES))


def wish_of(call: Call) -> Wish:
    """Return what is wished for; what was taken out before stays out."""
    minutes = call.sent("minutes")
    places = {one.value: one for one, _ in PLACES}
    without = [one for one in call.request.form.getlist("without") if one][:MOST]
    swap = call.sent("swap")
    return Wish(
        int(minutes) if minutes in map(str, MINUTES) else MINUTES[1],
        places.get(call.sent("place"), Place.GYM),
        tuple(dict.fromkeys([*without, *([swap] if swap else [])])),
    )


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
