"""What is wrong with a session, by rules written down anew: nothing is taken from its builder.

Each fault begins with the coherence rule that it breaks (`R01` and so on), or with a word for what
every session must have. Tests look at a sample, `benchmarks/next_hours.py` at thousands.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator

from screening.model.rule import Recommend
from screening.model.session import Phase, Planning, SessionItem, TrainingSession
from screening.model.vocabularies import DEMANDING, Level, Verdict
from screening.render.formats import output
from screening.render.page import Format
from screening.render.session_page import session_form, session_page
from screening.session import SessionFacts, build_session, exchange

EMPTY = {Phase.CHECK_IN, Phase.TAKE_HOME}
MOST_PAIN = 5
MOST_HOME = 2
MOST_LINES = 5
HARDEST = 3
BALANCED = {"legs", "pull", "push"}
GRADED = "GX"
BONES = ("brittle_bones", "simple_break", "steroids")
BELLY = "lying_face_down"
LONG_HOLD = 10  # seconds above which a hold is of a weight, or loosens
LONG = 45  # minutes in which every family has its place


def faults(facts: SessionFacts, session: TrainingSession) -> Iterator[str]:
    """Yield what is wrong with a session."""
    yield from _level(facts, session)
    if session.status is Planning.WITHHELD:
        if session.phases or session.take_home:
            yield "R10: there are exercises under what withholds them"
        return
    yield from _minutes(session)
    for one in session.items:
        yield from (f"{fault}: {one.exercise}" for fault in _item(facts, session, one))
    if session.status is Planning.PLANNED:
        yield from _whole(facts, session)
    yield from _said(facts, session)


def as_bytes(facts: SessionFacts, session: TrainingSession) -> bytes:
    """Return all that is told of a session."""
    return json.dumps(session_form(session, facts.knowledge)).encode()


def _level(facts: SessionFacts, session: TrainingSession) -> Iterator[str]:
    """Yield where more is planned than the referral leaves."""
    level = facts.concluded.assessment.referral.level
    open_ = any(
        Level.EMERGENCY.word in one.could_change for one in facts.concluded.assessment.open
    )
    if (level >= Level.SAME_DAY or open_) and session.status is not Planning.WITHHELD:
        yield f"R10: a session at {level.word}, or with an emergency question open"
    if level is Level.WITHIN_DAYS and session.status is Planning.PLANNED:
        yield "R10: more than walking within days"
    light = all(facts.knowledge.exercises[one.exercise].light for one in session.items)
    if session.status is not Planning.PLANNED and not light:
        yield "R10: more than walking"


def _minutes(session: TrainingSession) -> Iterator[str]:
    if [phase.phase for phase in session.phases] != list(Phase):
        yield "R04: phases out of order"
    if sum(phase.minutes for phase in session.phases) != session.minutes:
        yield "R04: the phases do not make the minutes"
    for phase in session.phases:
        if sum(one.minutes for one in phase.items) > phase.minutes:
            yield f"R04: {phase.phase.value} is longer than its minutes"
        if phase.phase in EMPTY and (phase.items or not phase.minutes):
            yield f"R04: {phase.phase.value} has exercises, or no time"


def _item(  # noqa: C901 - one for each rule
    facts: SessionFacts, session: TrainingSession, one: SessionItem
) -> Iterator[str]:
    """Yield what one exercise lacks or may not be."""
    exercise, slot = facts.knowledge.exercises[one.exercise], facts.session.slots[one.slot]
    for name in filter(None, (one.exercise, one.easier, one.harder, one.instead)):
        yield from (f"{fault} ({name})" for fault in _barred(facts, name))
    if one.sets < 1 or one.amount.low < 1 or one.effort.low < 1 or not one.unit:
        yield "dose: none"
    usual = exercise.dose.amounts.get("seconds") if exercise.dose else None
    if one.unit == "seconds" and usual is not None and one.amount.high < usual.low > LONG_HOLD:
        yield "dose: a weight held shorter than it ever is"
    if len(one.cues) < 2:
        yield "cues: fewer than two"
    if not one.because or not all(why.reason for why in one.because):
        yield "R03: no reason"
    if any(why.rule and why.rule not in session.rules for why in one.because):
        yield "R03: a reason of a rule that is not named"
    if one.instead in {other.exercise for other in session.items}:
        yield f"R03: the alternative {one.instead} is in the session already"
    if one.instead is not None:
        theirs = facts.knowledge.exercises[one.instead].demands
        if any(theirs[way] > exercise.demands[way] for way in facts.sensitive):
            yield f"R03: the alternative {one.instead} loads more where it hurts"
    if session.status is Planning.PLANNED:
        yield from _form(facts, one)
        stage = facts.stage
        work = (stage.back if slot.back else stage.other).effort
        most = max(stage.conditioning, work) if one.unit == "minutes" else work
        gates = [gate.effort for gate in facts.gates if gate.effort]
        if one.effort.high > min([most, *gates]):
            yield "R05: effort above the cap"
        loads = max(exercise.demands.values())
        own = one.exercise in facts.own
        if not own and (loads > stage.demand or exercise.own_only):
            yield "6.1: added although it loads too much or is only ever the client's own"


def _form(facts: SessionFacts, one: SessionItem) -> Iterator[str]:
    """Yield where an exercise is not in the form that a rule asks for its kind."""
    exercise, plan = facts.knowledge.exercises[one.exercise], facts.plans[one.exercise]
    asked = {
        then.note
        for given in facts.concluded.assessment.recommend
        if given.category == exercise.category
        for rule in set(given.rules) & set(facts.session.forms)
        for then in facts.knowledge.rules[rule].then
        if isinstance(then, Recommend) and then.category == given.category
    }
    apart = one.exercise in facts.session.apart
    if facts.stage.freely or apart or not asked or plan.instead:
        return
    little = one.exercise not in facts.own and max(exercise.demands.values()) < DEMANDING
    if asked.isdisjoint(one.cues if little else one.cues[:1]):
        yield "R11: not in the form that is asked for"
    if one.exercise in facts.own and not one.changed:
        yield "R11: kept bare beside the form that is asked for"


def _barred(facts: SessionFacts, name: str) -> Iterator[str]:
    """Yield why an exercise may not be named at all."""
    assessment, exercise = facts.concluded.assessment, facts.knowledge.exercises[name]
    avoided = {(one.kind, one.target) for one in assessment.avoid}
    if ("exercise", name) in avoided or ("category", exercise.category) in avoided:
        yield "R01: avoided"
    plan = facts.plans[name]
    if plan.verdict is Verdict.AVOID or plan.open:
        yield "R01: left out, or not decided"
    if exercise.slot == GRADED and any(exercise.demands[w] >= DEMANDING for w in facts.sensitive):
        yield "R12: a step back into a direction that is left out"
    weak = any(facts.concluded.answers.get(name) == "yes" for name in BONES)
    if weak and (
        exercise.demands["impact"] >= DEMANDING or exercise.demands["flexion"] >= HARDEST
    ):
        yield "R20: impact, or bending far, with weak bones"
    if facts.concluded.answers.get("pregnant") == "pregnant" and exercise.position == BELLY:
        yield "R20: face down in pregnancy"
    if exercise.category in {one.target for one in assessment.withheld} - {""}:
        yield from () if name in facts.own else ("R09: withheld",)
    if name in facts.without:
        yield "R01: left out as asked"
    things = facts.knowledge.equipment
    if not all(
        any(getattr(things[thing], facts.place.value) for thing in choice)
        for choice in exercise.equipment
    ):
        yield "A5: what it needs is not at hand"


def _whole(  # noqa: C901, PLR0912 - one for each rule
    facts: SessionFacts, session: TrainingSession
) -> Iterator[str]:
    """Yield what is wrong with a session as a whole."""
    main = next(p for p in session.phases if p.phase is Phase.MAIN).items
    exercises, slots = facts.knowledge.exercises, facts.session.slots
    done = {one.exercise for one in session.items}
    out = {one.exercise for one in session.left_out}
    for one, other in itertools.pairwise(main):
        a, b = (exercises[i.exercise].demands for i in (one, other))
        if any(a[way] >= DEMANDING and b[way] >= DEMANDING for way in a):
            yield f"R07: {one.exercise} and {other.exercise} load one direction"
    if sum(max(exercises[one.exercise].demands.values()) >= HARDEST for one in main) > 1:
        yield "R07: more than one exercise that loads a direction most"
    step = session.one_step
    if step is not None and step.exercise in done and "becomes" in step.text:
        yield f"R13: the next step is {step.exercise}, which is in the session already"
    if done & out:
        yield f"R02: in the session and left out: {sorted(done & out)}"
    if lost := set(facts.own) - done - out:
        yield f"R21: gone without a reason: {sorted(lost)}"
    most = {name for name in (*done, *out) if max(exercises[name].demands.values()) >= HARDEST}
    could = {name for slot in facts.stage.main for name in facts.candidates(slot)}
    mains = {one.exercise for one in main}
    if mains & most - set(facts.own) and out & most & could & set(facts.own):
        yield "R21: one that loads most was added, and the client's own is gone"
    if not all(one.reason for one in session.left_out):
        yield "R21: left out without a reason"
    for zone in session.pain:
        if not zone.rest <= zone.green <= max(zone.green, zone.amber) <= MOST_PAIN:
            yield "R06: pain numbers"
    families = {slots[one.slot].family for one in main} & BALANCED
    could = {
        slots[slot].family
        for slot in facts.stage.main
        if any(max(exercises[n].demands.values()) < DEMANDING for n in facts.candidates(slot))
    } & BALANCED
    if session.minutes >= LONG and could - families and len(families) < len(main):
        yield f"R17: nothing of {sorted(could - families)}"
    conditioning = next(p for p in session.phases if p.phase is Phase.CONDITIONING)
    if not conditioning.minutes and not any("conditioning" in line for line in session.says):
        yield "R22: no conditioning, and it does not say so"
    if len(session.take_home) > MOST_LINES or len(session.home) > MOST_HOME:
        yield "R18: too much goes home"
    if not set(session.home) <= done:
        yield "R18: what goes home was not done"
    told = {exercises[one.exercise].category for one in session.items} | {
        one.category for one in session.unfilled
    }
    if lost := set(facts.offered) - told:
        yield f"offer: dropped: {sorted(lost)}"


def _said(facts: SessionFacts, session: TrainingSession) -> Iterator[str]:
    """Yield what the page does not say."""
    page = output(session_page(session, facts.knowledge, "x"), None, Format.MARKDOWN)
    for one in session.items:
        if one.instead is None and "leave it out" not in page:
            yield f"R03: nothing stands for {one.exercise}, and it does not say so"


def left_out_faults(facts: SessionFacts, session: TrainingSession) -> tuple[int, list[str]]:
    """Leave exercises out one by one, the last first; return how many, and what went wrong."""
    wrong: list[str] = []
    left, now, many = facts, session, 0
    while now.items:
        gone = now.items[-1].exercise
        left = exchange(left, gone)
        now = build_session(left)
        many += 1
        wrong += [f"without {', '.join(sorted(left.without))}: {f}" for f in faults(left, now)]
        if many > len(facts.knowledge.exercises):
            return many, [*wrong, "leaving out does not end"]
    return many, wrong
