"""The next hour as a page, and as the contract `session/1`."""

from __future__ import annotations

from collections.abc import Iterator

from screening.model.catalogue import Exercise
from screening.model.knowledge import KnowledgeBase
from screening.model.session import (
    LeftOut,
    PainZone,
    Phase,
    Planning,
    SessionItem,
    SessionPhase,
    TrainingSession,
)
from screening.model.vocabularies import FromTo
from screening.render.assessment_page import standing_line
from screening.render.explanation_page import unreviewed
from screening.render.json_form import Json, knowledge_form, review_form, texts
from screening.render.page import Block, Bullets, Grid, Heading, Page, Paragraph

PHASES = {
    Phase.CHECK_IN: "Check in",
    Phase.WARM_UP: "Warm up",
    Phase.CONTROL: "Control",
    Phase.MAIN: "Main part",
    Phase.CONDITIONING: "Conditioning",
    Phase.COOL_DOWN: "Cool down",
    Phase.TAKE_HOME: "Take home",
}
PLACES = {"gym": "gym", "home": "home, no equipment", "bands": "home, bands or dumbbells"}
UNITS = {"reps": "", "seconds": " s", "minutes": " min", "metres": " m"}
CHECK_IN = "Anything new since last time? Pain now, and the morning after, of 10."


def session_page(
    session: TrainingSession, knowledge: KnowledgeBase, named: str, changed: tuple[str, ...] = ()
) -> Page:
    """Return a session as a page; `changed` says what became of what was left out."""
    return tuple(_blocks(session, knowledge, named, changed))


def _blocks(
    session: TrainingSession, knowledge: KnowledgeBase, named: str, changed: tuple[str, ...]
) -> Iterator[Block]:
    place = PLACES[session.place.value]
    yield Heading(f"Next session, {session.minutes} minutes, {place}: {named}")
    if session.says:
        yield Bullets(session.says)
    if session.phases:
        yield from _plan(session, knowledge, changed)
    else:
        yield Paragraph("No exercise is given.")
    yield Paragraph(standing_line(knowledge, unreviewed(set(session.rules), knowledge)))


def _plan(
    session: TrainingSession, knowledge: KnowledgeBase, changed: tuple[str, ...]
) -> Iterator[Block]:
    stages = () if knowledge.session is None else knowledge.session.stages
    for stage in stages:
        if stage.id == session.stage:
            aim = f"{stage.title[0].upper()}{stage.title[1:]}. {stage.aim} {session.often}"
            yield Paragraph(aim.strip())
    told = tuple(filter(None, (session.moved, *changed)))
    if told:
        yield Bullets(told)
    rows = [row for phase in session.phases for row in _rows(phase, knowledge)]
    yield Grid(("min", "what", "how much", "watch", "if it does not go"), tuple(rows))
    if session.pain:
        yield Heading("Pain during an exercise, 0 to 10")
        yield Grid(("at rest", "go on up to", "make it less up to"), _zones(session.pain))
    yield from _reasons(session, knowledge)
    if session.one_step is not None:
        yield Heading("Next time")
        yield Paragraph(session.one_step.text)
    yield from road_blocks(session)
    yield Heading("Take home")
    yield Bullets(tuple(one.text for one in session.take_home))


def road_blocks(session: TrainingSession) -> Iterator[Block]:
    """Yield what the next twelve weeks hold, and what must be true first."""
    if session.road:
        yield Heading("The next twelve weeks")
        rows = tuple((str(one.weeks), one.what, one.when) for one in session.road)
        yield Grid(("weeks", "what", "only when"), rows)
        if session.ahead:
            yield Bullets(session.ahead)


def _reasons(session: TrainingSession, knowledge: KnowledgeBase) -> Iterator[Block]:
    """Yield why each exercise is there, and why others are not."""
    names = {one.id: one.name for one in knowledge.exercises.values()}
    why = {i.exercise: " ".join(because.reason for because in i.because) for i in session.items}
    if why:
        yield Heading("Why")
        yield Bullets(tuple(f"{names[name]}: {reason}" for name, reason in why.items()))
    if session.left_out:
        yield Heading("Not in this session")
        yield Bullets(tuple(_left_out(one, knowledge) for one in session.left_out))
    if session.unfilled:
        yield Heading("Offered, and not in this session")
        titles = knowledge.categories
        yield Bullets(tuple(f"{titles[u.category].title}: {u.reason}" for u in session.unfilled))


def _left_out(one: LeftOut, knowledge: KnowledgeBase) -> str:
    """Return an exercise with why it is not in the session, and the rule that says so."""
    title = next((knowledge.rules[rule].title for rule in one.rules), "")
    reason = f"{one.reason} ({title[0].lower()}{title[1:]})" if title else one.reason
    return f"{knowledge.exercises[one.exercise].name}: {reason}"


def _zones(pain: tuple[PainZone, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple((str(z.rest), str(z.green), amber(z)) for z in pain)


def amber(zone: PainZone) -> str:
    """Return up to which pain an exercise is made less; a dash where more is too much."""
    return str(zone.amber) if zone.amber > zone.green else "-"


def _rows(phase: SessionPhase, knowledge: KnowledgeBase) -> Iterator[tuple[str, ...]]:
    """Yield the lines of a phase: its name with the minutes, then its exercises."""
    if phase.minutes:
        told = CHECK_IN if phase.phase is Phase.CHECK_IN else ""
        yield f"{phase.minutes}", PHASES[phase.phase].upper(), "", told, ""
    for one in phase.items:
        exercise = knowledge.exercises[one.exercise]
        name = f"{exercise.name}, changed" if one.changed else exercise.name
        instead = "leave it out" if one.instead is None else knowledge.exercises[one.instead].name
        yield "", name, amount_of(one, exercise), " ".join(one.cues), instead


def amount_of(one: SessionItem, exercise: Exercise) -> str:
    """Return how much of an exercise there is to do, in words."""
    return much(one, " a side" if exercise.per_side else "")


def much(one: SessionItem, side: str) -> str:
    """Return how often, how much, how hard, and the rest; `side` is how a side is said."""
    rest = f", rest {one.rest} s" if one.rest else ""
    sets = f"{one.sets} x " if one.unit != "minutes" else ""
    load = f". {one.load}" if one.load else ""
    return f"{sets}{one.amount}{UNITS[one.unit]}{side}, effort {one.effort}{rest}{load}"


def session_form(
    session: TrainingSession, knowledge: KnowledgeBase, changed: tuple[str, ...] = ()
) -> dict[str, Json]:
    """Return a session as the contract `session/1`."""
    return {
        "minutes": session.minutes,
        "equipment": session.place.value,
        "status": session.status.value,
        "by": texts(session.by),
        "phases": [_phase(phase) for phase in session.phases],
        "pain_rule": _pain(session),
        "one_step": _step(session),
        "take_home": [one.text for one in session.take_home],
        "rules": texts(session.rules),
        "stage": session.stage or None,
        "says": texts(session.says),
        "changed": texts(changed),
        "left_out": [
            {"exercise": one.exercise, "reason": one.reason, "rules": texts(one.rules)}
            for one in session.left_out
        ],
        "unfilled": [{"category": one.category, "reason": one.reason} for one in session.unfilled],
        "moved": session.moved or None,
        "often": session.often or None,
        "road": [
            {"weeks": _range(one.weeks), "what": one.what, "when": one.when}
            for one in session.road
        ],
        "ahead": texts(session.ahead),
        "knowledge": knowledge_form(knowledge),
        "review": review_form(knowledge, unreviewed(set(session.rules), knowledge)),
    }


def _pain(session: TrainingSession) -> Json:
    if session.status is not Planning.PLANNED:
        return None
    zones: list[Json] = [
        {"rest": zone.rest, "green": zone.green, "amber": zone.amber} for zone in session.pain
    ]
    return {"class": session.pain_class, "zones": zones}


def _step(session: TrainingSession) -> Json:
    step = session.one_step
    if step is None:
        return None
    return {
        "exercise": step.exercise,
        "amount": _range(step.amount),
        "unit": step.unit,
        "text": step.text,
        "sets": step.sets,
    }


def _phase(phase: SessionPhase) -> Json:
    return {
        "phase": phase.phase.value,
        "minutes": phase.minutes,
        "items": [_item(one) for one in phase.items],
    }


def _item(one: SessionItem) -> Json:
    because: list[Json] = [
        {"reason": why.reason, "rule": why.rule, "answer": why.answer} for why in one.because
    ]
    return {
        "exercise": one.exercise,
        "verdict": "modify" if one.changed else "keep",
        "sets": one.sets,
        "amount": _range(one.amount),
        "unit": one.unit,
        "effort": _range(one.effort),
        "rest": one.rest,
        "cues": texts((*one.cues, *([one.load] if one.load else []))),
        "easier": one.easier,
        "harder": one.harder,
        "instead": one.instead,
        "because": because,
    }


def _range(amount: FromTo) -> Json:
    """Return a number, or both ends where they differ."""
    if amount.low == amount.high:
        return amount.low
    return {"from": amount.low, "to": amount.high}
