"""The client's sheet: when to get help, what to do, what not yet, how much it may hurt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from screening.explain.reasons import reasons
from screening.model.session import Phase, Planning, SessionItem
from screening.model.vocabularies import Level
from screening.render.page import (
    Blank,
    Blanks,
    Block,
    Bullets,
    Cards,
    FigureCard,
    Framed,
    Heading,
    Paragraph,
)
from screening.render.pain_scale import pain_scale
from screening.render.sheet_lines import SheetLines, capital
from screening.render.small_print import day_words

UNIT, WIDE = 0.28, 80.0
"""Millimetres of a figure's unit, and of the column it stands in."""
CHART = 0.48  # millimetres of a chart's unit
POINTS = 12
A_ROW = 2
NOT_YET = 4
AT_HOME = 4
SHOWN = {"exercises_home", "pain_home", "stop_home"}
"""What goes home and stands elsewhere on the sheet, or is drawn."""


@dataclass(frozen=True)
class ClientSheet:
    """The client's sheet being written."""

    lines: SheetLines

    def blocks(self) -> Iterator[Block]:
        """Yield what is on it."""
        who = self.lines.sheet.name or self.lines.sheet.named
        day = "" if self.lines.sheet.on is None else f", from {day_words(self.lines.sheet.on)}"
        yield Heading(f"Your back until next time: {who}{day}")
        yield Framed("Get help at once", tuple(self._help()))
        if self.lines.level >= Level.ROUTINE:
            yield Framed(
                self.lines.knowledge.levels[self.lines.level].title, tuple(self._go_there())
            )
        if self.lines.session.status is Planning.WITHHELD:
            return
        yield from self._do()
        yield from self._not_yet()
        yield from self._how_much()
        yield from self.lines.trend(CHART) if self._roomy() else ()
        yield Heading("Stop and tell me when")
        yield Bullets((self.lines.knowledge.session.lines["stop_home"].text,))  # type: ignore[union-attr]
        yield Heading("Next time, please bring this page")
        yield Blanks((Blank("We meet on"), Blank("My phone")))

    def _roomy(self) -> bool:
        """Tell whether a chart fits too: little to do and to leave out, and nobody to go to."""
        little = len(self._home()) <= A_ROW and len(self._left_out()) <= 1
        return little and self.lines.level < Level.ROUTINE

    def _help(self) -> Iterator[str]:
        """Yield the signs for every client, sentence by sentence, and whom to call."""
        for one in self.lines.knowledge.advice.values():
            if one.always:
                yield from (f"{part.strip().rstrip('.')}." for part in one.text.split(". "))
        target = self.lines.knowledge.levels[Level.EMERGENCY].to
        if target:
            yield self.lines.knowledge.targets[target].how

    def _go_there(self) -> Iterator[str]:
        found = self.lines.facts.ground.assessment.referral
        yield from (self.lines.knowledge.targets[to].how for to in found.to)
        if self.lines.level is Level.SAME_DAY:
            private = any(self._rests_on_private(rule) for rule in found.decisive)
            yield from () if private else (f"Say: “{tell}”" for tell in found.tell)

    def _rests_on_private(self, rule: str) -> bool:
        return any(
            self.lines.private(name)
            for reason in reasons(self.lines.facts.ground, (rule,))
            for fact in reason.facts
            for name, _ in fact.answers
        )

    def _do(self) -> Iterator[Block]:
        """Yield what the client does until next time: of the session what needs nothing."""
        yield Heading("Do")
        session = self.lines.session
        walking = session.status is Planning.WALKING_ONLY
        yield Bullets(tuple(one.text for one in session.take_home if one.line not in SHOWN))
        items = session.items if walking else self._home()
        cards = tuple(map(self._home_card, items[:AT_HOME]))
        if cards:
            yield Cards(cards, across=2, wide=WIDE, over=True)

    def _home(self) -> tuple[SessionItem, ...]:
        """Return what goes home, then what loosens and needs nothing."""
        session, exercises = self.lines.session, self.lines.knowledge.exercises
        own = [one for one in session.items if one.exercise in session.home]
        loosens = [
            one
            for phase in session.phases
            for one in phase.items
            if phase.phase is Phase.WARM_UP
            and one.unit != "minutes"
            and not one.changed
            and not exercises[one.exercise].equipment
        ]
        return (*own, *loosens)

    def _home_card(self, one: SessionItem) -> FigureCard:
        exercise = self.lines.knowledge.exercises[one.exercise]
        side = " a side" if exercise.per_side else ""
        sketch = None if one.changed else self.lines.sketch(one.exercise, UNIT, WIDE)
        return FigureCard(capital(exercise.name), (_how_often(one, side), *one.cues[:1]), sketch)

    def _left_out(self) -> Sequence[tuple[str, str]]:
        left = [one for one in self.lines.session.left_out if one.rules]
        return self.lines.grouped((one, self.lines.because(one.rules)) for one in left)[:NOT_YET]

    def _not_yet(self) -> Iterator[Block]:
        lines = self._left_out()
        if lines:
            yield Heading("Not yet")
            yield Bullets(tuple(f"{names}{why and ', '}{why}." for names, why in lines))
            yield Paragraph("We look at these again when we meet.")

    def _how_much(self) -> Iterator[Block]:
        if not self.lines.session.pain:
            return
        yield Heading("How much may it hurt?")
        yield pain_scale(self.lines.session.pain[0].green, self.lines.session.pain[0].amber)
        lines = self.lines.knowledge.session.lines  # type: ignore[union-attr]
        yield Paragraph(lines["pain_home"].text.format(green=self.lines.session.pain[0].green))


def _how_often(one: SessionItem, side: str) -> str:
    """Return how much of an exercise, in plain words."""
    if one.unit == "minutes":
        return f"{one.amount} minutes, on most days."
    what = {"reps": "times", "seconds": "seconds", "metres": "metres"}[one.unit]
    times = "once" if one.sets == 1 else f"{one.sets} rounds"
    return f"{one.amount} {what}{side}, {times}, every other day."
