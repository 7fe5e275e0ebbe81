"""The trainer's sheet: what is asked first, the session with its figures, what is left out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from screening.model.session import LeftOut, Phase, SessionItem
from screening.model.vocabularies import Level
from screening.render.letter import clearance_asked
from screening.render.page import (
    Blank,
    Blanks,
    Block,
    Bullets,
    Cards,
    FigureCard,
    Framed,
    Grid,
    Heading,
    Pairs,
    Paragraph,
)
from screening.render.session_page import PLACES, amber, much
from screening.render.sheet_lines import SheetLines, capital
from screening.render.small_print import day_words

UNIT, WIDE = 0.14, 26.0
"""Millimetres of a figure's unit, and of the column it stands in."""
CHART = 0.48  # millimetres of a chart's unit
POINTS = 10
SHORT = {
    Phase.CHECK_IN: "first",
    Phase.WARM_UP: "warm-up",
    Phase.CONTROL: "control",
    Phase.MAIN: "main",
    Phase.CONDITIONING: "steady",
    Phase.COOL_DOWN: "last",
    Phase.TAKE_HOME: "home",
}
FEW_CARDS = 6  # beside which a chart fits too
MOST_CARDS = 9  # beside which everything else fits on a page
LEFT_OUT = 6
RECHECK = datetime.timedelta(days=14)


@dataclass(frozen=True)
class TrainerSheet:
    """The trainer's sheet being written."""

    lines: SheetLines

    def blocks(self) -> Iterator[Block]:
        """Yield what is on it."""
        sheet = self.lines.sheet
        place, minutes = PLACES[sheet.inputs.place.value], sheet.inputs.minutes
        yield Heading(f"{sheet.name or sheet.named}: {minutes} minutes, {place}")
        yield Framed(*self._safety())
        yield Heading("Before it begins")
        yield Blanks((Blank("Anything new or worse", ("no", "yes: stop, ask everything again")),))
        yield Blanks((Blank("Pain now, of 10"), Blank("The morning after last time, of 10")))
        yield from self._zones()
        yield Heading("Session")
        yield from self._exercises()
        yield from self._left_out()
        yield Heading("Stop the session if")
        yield Bullets(tuple(self.lines.always()))
        few = len({one.exercise for one in self.lines.session.items}) <= FEW_CARDS
        yield from self.lines.trend(CHART) if few else ()
        yield Heading("Notes, and next")
        yield from (Blanks((Blank("Worst pain, and what did it"),)), Blanks((Blank("Notes"),)))
        yield Paragraph(" ".join(self._next()))

    def _safety(self) -> tuple[str, tuple[str, ...]]:
        """Return the level with what it forbids, and what else holds the session back."""
        level = self.lines.knowledge.levels[self.lines.level]
        asked = clearance_asked(self.lines.facts.ground)
        said = [
            level.exercise,
            *(() if asked is None else (asked.meanwhile,)),
            *self.lines.session.says,
        ]
        over = self.lines.facts.ground.assessment.overrides
        said += [f"Overridden by the trainer: {one.override.who}." for one in over]
        return level.title, tuple(dict.fromkeys(filter(None, said)))

    def _zones(self) -> Iterator[Block]:
        pain = self.lines.session.pain
        if pain:
            yield Heading("Pain during an exercise, of 10")
            yield Grid(
                ("at rest", *(str(one.rest) for one in pain)),
                (
                    ("go on up to", *(str(one.green) for one in pain)),
                    ("make it less up to", *map(amber, pain)),
                ),
            )

    def _exercises(self) -> Iterator[Block]:
        """Yield the exercises in order, each once; of many only those of two parts as cards."""
        once = {one.exercise: one for one in reversed(self.lines.session.items)}
        items = [one for one in self.lines.session.items if once[one.exercise] is one]
        drawn = items if len(items) <= MOST_CARDS else [i for i in items if self._in_a_card(i)]
        others = [one for one in items if one not in drawn]
        if others:
            lines = ((self._capital_name(one), self._in_a_line(one)) for one in others)
            yield Pairs(tuple(lines))
        yield Cards(tuple(map(self._row, drawn)), across=2, wide=WIDE)

    def _in_a_card(self, one: SessionItem) -> bool:
        parts = (phase for phase in self.lines.session.phases if one in phase.items)
        return next(parts).phase in {Phase.CONTROL, Phase.MAIN}

    def _capital_name(self, one: SessionItem) -> str:
        return capital(self.lines.knowledge.exercises[one.exercise].name)

    def _in_a_line(self, one: SessionItem) -> str:
        """Return all of an exercise but its figure."""
        card = self._row(one)
        return " ".join(f"{line.rstrip('.')}." for line in card.lines)

    def _first(self, one: SessionItem) -> tuple[str, ...]:
        """Return when an exercise is done, with the minutes where it fills a part.

        And how hard, where that is otherwise than in the first part.
        """
        return tuple(
            f"{SHORT[phase.phase]} {item.amount.low} min"
            + (f" (effort {item.effort})" if item.effort != one.effort else "")
            if item.unit == "minutes"
            else SHORT[phase.phase]
            for phase in self.lines.session.phases
            for item in phase.items
            if item.exercise == one.exercise
        )

    def _row(self, one: SessionItem) -> FigureCard:
        exercise = self.lines.knowledge.exercises[one.exercise]
        side = " a side" if exercise.per_side else ""
        dose = much(one, side) if one.unit != "minutes" else f"effort {one.effort}"
        instead = "" if one.instead is None else self.lines.knowledge.exercises[one.instead].name
        sketch = None if one.changed else self.lines.sketch(one.exercise, UNIT, WIDE)
        when = capital(", ".join(self._first(one)))
        lines = (f"{when}: {dose}", *one.cues[:1], f"Else: {instead or 'leave it out'}")
        return FigureCard(capital(exercise.name), lines, sketch, Blank("pain"))

    def _left_out(self) -> Iterator[Block]:
        left = self.lines.grouped((one, self._why(one)) for one in self.lines.session.left_out)
        if left:
            yield Heading("Left out today")
            lines = [f"{names}: {why}." for names, why in left[:LEFT_OUT]]
            more = len(left) - LEFT_OUT
            yield Bullets((*lines, *([f"And {more} more: see the plan."] if more > 0 else [])))

    def _why(self, one: LeftOut) -> str:
        """Return why an exercise is not done, in the client's answers where they tell."""
        found = self.lines.because(one.rules)
        return f"{one.reason}, {found}" if found else one.reason

    def _next(self) -> Iterator[str]:
        if self.lines.session.one_step is not None:
            yield self.lines.session.one_step.text
        if self.lines.sheet.on is not None:
            yield f"All questions again by {day_words(self.lines.sheet.on + RECHECK)}."
        if self.lines.level >= Level.ROUTINE:
            yield self.lines.knowledge.levels[self.lines.level].act
