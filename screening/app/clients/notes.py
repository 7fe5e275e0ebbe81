"""What a client wants to be able to do, how near that is, and what a trainer wrote down.

Neither is an answer: no rule reads them. They stand in the client's own ledger, sealed with the
client's key, and go with the client when erased.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from screening.app.clients.find_case import folded
from screening.records import Recorded
from screening.records.consent import local_day
from screening.records.event import GoalSaid, Noted
from screening.render.json_form import Json
from screening.render.page import Block, Bullets, Grid, Heading, Paragraph

LONGEST = 2_000  # characters of a note: a page of it
LONGEST_GOAL = 80  # characters: it stands in a line
MOST = 10  # as well as before the pain; 0 is not at all
SCALE = f"0 is not at all, {MOST} as well as before"


class Note(NamedTuple):
    """What was written down on a day (YYYY-MM-DD)."""

    day: str
    words: str


class GoalScore(NamedTuple):
    """How well something went on a day, 0 to 10; None where only the goal was said."""

    day: str
    goal: str
    score: int | None


def notes_in(ledger: Iterable[Recorded]) -> tuple[Note, ...]:
    """Return the notes in a client's ledger, the first one first."""
    return tuple(
        Note(local_day(one.at), one.event.words) for one in ledger if isinstance(one.event, Noted)
    )


def goals_in(ledger: Iterable[Recorded]) -> tuple[GoalScore, ...]:
    """Return what was said of goals in a client's ledger, the first one first."""
    return tuple(
        GoalScore(local_day(one.at), one.event.goal, one.event.score)
        for one in ledger
        if isinstance(one.event, GoalSaid)
    )


def standing_goal(goals: tuple[GoalScore, ...]) -> str:
    """Return the goal that was said last; "" for none."""
    return goals[-1].goal if goals else ""


def about(ledger: Iterable[Recorded], wanted: str) -> bool:
    """Tell whether some note or goal has these letters."""
    said = folded(wanted)
    kept = tuple(ledger)
    words = [one.words for one in notes_in(kept)] + [one.goal for one in goals_in(kept)]
    return any(said in folded(one) for one in words)


def goal_blocks(goals: tuple[GoalScore, ...]) -> Iterator[Block]:
    """Yield the goals with how near they came, day by day."""
    if not goals:
        return
    yield Heading("Goal")
    yield Grid(
        ("day", "goal", f"now, of {MOST}"),
        tuple((one.day, one.goal, _scored(one)) for one in goals),
    )
    yield Paragraph(f"{SCALE[0].upper()}{SCALE[1:]}.")


def note_blocks(notes: tuple[Note, ...]) -> Iterator[Block]:
    """Yield the notes, the last one first."""
    if notes:
        yield Heading("Notes")
        yield Bullets(tuple(f"{one.day}: {one.words}" for one in reversed(notes)))


def _scored(one: GoalScore) -> str:
    return "not said" if one.score is None else str(one.score)


def said_form(ledger: tuple[Recorded, ...]) -> dict[str, Json]:
    """Return goals and notes as JSON values."""
    return {
        "goals": [
            {"on": one.day, "goal": one.goal, "score": one.score} for one in goals_in(ledger)
        ],
        "notes": [{"on": one.day, "note": one.words} for one in notes_in(ledger)],
    }
