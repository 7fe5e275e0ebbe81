"""What is said around the exercises: pain, what goes home, what is left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from screening.model.session import (
    HomeLine,
    LeftOut,
    PainClass,
    PainZone,
    Phase,
    SessionItem,
    Unfilled,
)
from screening.model.vocabularies import Verdict
from screening.session.exercises_of_a_phase import hardest
from screening.session.facts import SessionFacts

MOST_HOME = 2
MOST_PAIN = 5


def pain_class(facts: SessionFacts) -> PainClass:
    """Return the pain class of the limits concluded; the strictest where none is."""
    limits = {one.id: one.at_most for one in facts.concluded.assessment.limits}
    classes = facts.session.pain
    fitting = (one for one in classes if limits.get(one.limit, one.at_most + 1) <= one.at_most)
    return next(fitting, classes[0])


def zone(pain: PainClass, rest: int) -> PainZone:
    """Return what pain during an exercise means with so much at rest.

    >>> [(zone(PainClass("late", "", 5, 3, 5), rest).green) for rest in range(6)]
    [2, 3, 3, 3, 4, 5]
    """
    two_more = rest + 2
    green = max(rest, min(pain.green, two_more))
    amber = min(MOST_PAIN, max(green + 1, min(pain.amber, two_more)))
    return PainZone(rest, green, amber)


def take_home(
    facts: SessionFacts, items: Iterable[SessionItem], walk: str | None, pain: PainClass
) -> Iterator[HomeLine]:
    """Yield what the client does until next time: five lines at most, each with its ground."""
    exercises, home = facts.knowledge.exercises, at_home(facts, items)
    category = exercises[walk].category if walk else ""
    lost = _cardio_left_out(facts)
    if category in facts.offered and not facts.certain(facts.session.trained):
        yield _home(facts, "walk_home", minutes=10)
    elif category in facts.offered and lost is not None:
        yield _home(facts, "instead_home", exercise=exercises[lost].name)
    if home:
        names = " and ".join(exercises[name].name for name in home)
        yield _home(facts, "exercises_home", exercises=names[0].upper() + names[1:])
    for name in facts.offered:
        if name not in facts.knowledge.exercises_in:
            yield _home(facts, "change_home", dose=facts.knowledge.categories[name].dose.text)
            break
    yield _home(facts, "pain_home", green=zone(pain, 0).green)
    yield _home(facts, "stop_home")


def _cardio_left_out(facts: SessionFacts) -> str | None:
    """Return the first conditioning of the programme that is left out for now."""
    exercises, slots = facts.knowledge.exercises, facts.session.slots
    own = (n for n in facts.own if facts.plans[n].verdict is Verdict.AVOID and exercises[n].slot)
    phases = ((name, slots[exercises[name].slot].phase) for name in own)
    return next((name for name, phase in phases if phase is Phase.CONDITIONING), None)


def _home(facts: SessionFacts, line: str, **said: object) -> HomeLine:
    return HomeLine(line, facts.session.lines[line].text.format(**said))


def at_home(facts: SessionFacts, items: Iterable[SessionItem]) -> tuple[str, ...]:
    """Return the exercises that need nothing, as many as the stage lets the client do alone."""
    most = 1 if facts.stage.easiest else MOST_HOME
    exercises = facts.knowledge.exercises
    return tuple(i.exercise for i in items if not exercises[i.exercise].equipment)[:most]


def left_out(facts: SessionFacts, done: set[str]) -> Iterator[LeftOut]:
    """Yield the exercises of the programme that are not in the session, each with the reason."""
    for name in facts.own:
        if name in done:
            continue
        exercise, plan = facts.knowledge.exercises[name], facts.plans[name]
        if name in facts.without:
            yield LeftOut(name, "left out as asked")
        elif plan.verdict is Verdict.AVOID or facts.avoided(name):
            yield LeftOut(name, "left out for now", plan.rules)
        elif not facts.at_hand(exercise):
            yield LeftOut(name, "not at hand in this place")
        elif not exercise.slot:
            yield LeftOut(name, "done as usual, outside this session")
        elif not facts.allowed(name):
            yield LeftOut(name, "loads too much at this stage")
        elif hardest(facts, name) and any(hardest(facts, other) for other in done):
            yield LeftOut(name, "one that loads this much is enough for a session")
        else:
            yield LeftOut(name, "no room in this session")


def unfilled(facts: SessionFacts, items: Iterable[SessionItem]) -> Iterator[Unfilled]:
    """Yield the categories offered that have no exercise in the session, each with the reason."""
    done = {facts.knowledge.exercises[one.exercise].category for one in items}
    lines = facts.session.lines
    for category in facts.offered:
        named = facts.knowledge.exercises_in.get(category, ())
        if not named:
            yield Unfilled(category, lines["through_the_day"].text)
        elif category not in done:
            fits = any(map(facts.admitted, named))
            yield Unfilled(category, lines["no_room" if fits else "none_fits"].text)
