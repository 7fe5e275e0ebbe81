"""What comes after this session: the next rungs of ladders, and how many sessions a week."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from screening.model.session import Rung, SessionItem
from screening.model.vocabularies import FromTo
from screening.session.facts import SessionFacts


def rungs_ahead(facts: SessionFacts, items: Iterable[SessionItem]) -> Iterator[str]:
    """Yield the next rung of each ladder that an exercise is on, and what must be true first."""
    said = facts.session.lines["next_rung"].text
    doing = {one.exercise for one in items}
    for ladder in facts.session.ladders:
        on = [n for n, rung in enumerate(ladder.rungs) if rung.exercise in doing]
        rung = (
            next((r for r in ladder.rungs[on[-1] + 1 :] if _may_come(facts, r)), None)
            if on
            else None
        )
        if rung is not None:
            name = facts.knowledge.exercises[rung.exercise].name
            form = f" ({rung.form})" if rung.form else ""
            when = f", when {rung.when}" if rung.when else ""
            if not facts.is_reached(rung.stage):
                title = facts.session.stage_named(rung.stage).title
                when += facts.session.lines["from_stage"].text.format(stage=title)
            yield said.format(ladder=ladder.title, exercise=name, form=form, when=when)


def _may_come(facts: SessionFacts, rung: Rung) -> bool:
    """Tell whether nothing speaks against an exercise later, and what it needs is at hand."""
    name = rung.exercise
    plan, exercise = facts.plans[name], facts.knowledge.exercises[name]
    free = facts.undisputed(name) and not plan.open
    own = name in facts.own or not exercise.own_only
    return free and own and facts.at_hand(exercise)


def often(facts: SessionFacts) -> str:
    """Return how many such sessions a week, no more than the client has days."""
    usual = facts.stage.days
    if usual is None:
        return ""
    most = usual.high if facts.inputs.days is None else min(usual.high, facts.inputs.days)
    days = FromTo(min(usual.low, most), most)
    text = facts.session.lines["often" if days.high > 1 else "once"].text
    return text.format(days=days)
