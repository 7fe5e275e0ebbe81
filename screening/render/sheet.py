"""From a concluded case and its session to one page: for the trainer's hour, or for the client."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from screening.draw.gallery import by_what_they_show, figures_of
from screening.draw.picture import picture
from screening.draw.svg import body
from screening.draw.words import words_of
from screening.explain import Ground
from screening.explain.reasons import reasons
from screening.model.assessment import Planned
from screening.model.figure import Figure
from screening.model.knowledge import KnowledgeBase
from screening.model.session import LeftOut, Phase, Place, Planning, SessionItem, TrainingSession
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
    PaperSize,
    Paragraph,
    Sketch,
)
from screening.render.pain_scale import pain_scale
from screening.render.paper import Paper
from screening.render.session_page import PLACES, much
from screening.render.small_print import day_words, small_print
from screening.render.trend_chart import screenings_of, trend_chart


class SheetReader(str, Enum):
    """Whom a sheet is for; each is the word it is asked for by."""

    TRAINER = "trainer"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What makes a sheet the one it is: for whom, of which case and day, on what paper.

    `named` is what the case is called, `name` the client's own, if it is kept; `head` is that of
    the record, empty for a case that is on none.
    """

    reader: SheetReader
    minutes: int
    place: Place
    named: str
    on: datetime.date | None = None
    size: PaperSize = PaperSize.A4
    name: str = ""
    head: str = ""


@dataclass(frozen=True)
class SheetFacts:
    """A concluded case, the session that is built from it, and the verdict on every exercise."""

    ground: Ground
    session: TrainingSession
    plans: Mapping[str, Planned]

    @property
    def knowledge(self) -> KnowledgeBase:
        """The knowledge both were concluded with."""
        return self.ground.knowledge

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """The figures there are, by what they show."""
        return by_what_they_show(figures_of(self.knowledge))


TRAINER_UNIT, TRAINER_WIDE = 0.14, 26.0
CLIENT_UNIT, CLIENT_WIDE = 0.28, 80.0
"""Millimetres of a figure's unit, and of the column it stands in."""
TRAINER_CHART, CLIENT_CHART = 0.48, 0.7  # millimetres of a chart's unit
TRAINER_POINTS, CLIENT_POINTS = 10, 12
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
NOT_YET = 4
AT_HOME = 4
RECHECK = datetime.timedelta(days=14)
PRIVATE = "for a reason the client keeps private"


def sheet_paper(facts: SheetFacts, sheet: Sheet) -> Paper:
    """Return a sheet: what is asked for, on one page."""
    writing = _Writing(facts, sheet)
    knowledge = facts.knowledge
    match sheet.reader:
        case SheetReader.TRAINER:
            page, points = tuple(writing.for_the_trainer()), TRAINER_POINTS
            title = f"Session sheet for {sheet.named}"
        case SheetReader.CLIENT:
            page, points = tuple(writing.for_the_client()), CLIENT_POINTS
            title = f"For {sheet.name or sheet.named}, until next time"
    small = small_print(sheet.named, sheet.on, knowledge, sheet.head)
    foot = (small, knowledge.pack.review)
    return Paper(title, knowledge.pack.language, sheet.size, page, foot, points)


@dataclass(frozen=True)
class _Writing:
    """One sheet being written."""

    facts: SheetFacts
    sheet: Sheet

    @property
    def session(self) -> TrainingSession:
        return self.facts.session

    @property
    def knowledge(self) -> KnowledgeBase:
        return self.facts.knowledge

    @property
    def level(self) -> Level:
        return self.facts.ground.assessment.referral.level

    # for the trainer

    def for_the_trainer(self) -> Iterator[Block]:
        place, sheet = PLACES[self.sheet.place.value], self.sheet
        yield Heading(f"{sheet.name or sheet.named}: {sheet.minutes} minutes, {place}")
        yield Framed(*self._safety())
        yield Heading("Before it begins")
        yield Blanks((Blank("Anything new or worse", ("no", "yes: stop, ask everything again")),))
        yield Blanks((Blank("Pain now, of 10"), Blank("The morning after last time, of 10")))
        yield from self._zones()
        yield Heading("Session")
        yield from self._exercises()
        yield from self._left_out()
        yield Heading("Stop the session if")
        yield Bullets(tuple(self._always()))
        yield from self._trend(TRAINER_CHART, most=FEW_CARDS)
        yield Heading("Notes, and next")
        yield from (Blanks((Blank("Worst pain, and what did it"),)), Blanks((Blank("Notes"),)))
        yield Paragraph(" ".join(self._next()))

    def _safety(self) -> tuple[str, tuple[str, ...]]:
        """Return the level with what it forbids, and what else holds the session back."""
        level = self.knowledge.levels[self.level]
        asked = clearance_asked(self.facts.ground)
        said = [level.exercise, *(() if asked is None else (asked.meanwhile,)), *self.session.says]
        over = self.facts.ground.assessment.overrides
        said += [f"Overridden by the trainer: {one.override.who}." for one in over]
        return level.title, tuple(dict.fromkeys(filter(None, said)))

    def _zones(self) -> Iterator[Block]:
        pain = self.session.pain
        if pain:
            yield Heading("Pain during an exercise, of 10")
            yield Grid(
                ("at rest", *(str(one.rest) for one in pain)),
                (
                    ("go on up to", *(str(one.green) for one in pain)),
                    ("make it less up to", *(str(one.amber) for one in pain)),
                ),
            )

    def _exercises(self) -> Iterator[Block]:
        """Yield the exercises in order, each once; of many only those of two parts as cards."""
        once = {one.exercise: one for one in reversed(self.session.items)}
        items = [one for one in self.session.items if once[one.exercise] is one]
        drawn = items if len(items) <= MOST_CARDS else [i for i in items if self._in_a_card(i)]
        others = [one for one in items if one not in drawn]
        if others:
            lines = ((self._capital_name(one), self._in_a_line(one)) for one in others)
            yield Pairs(tuple(lines))
        yield Cards(tuple(map(self._row, drawn)), across=2, wide=TRAINER_WIDE)

    def _in_a_card(self, one: SessionItem) -> bool:
        parts = (phase for phase in self.session.phases if one in phase.items)
        return next(parts).phase in {Phase.CONTROL, Phase.MAIN}

    def _capital_name(self, one: SessionItem) -> str:
        return _capital(self.knowledge.exercises[one.exercise].name)

    def _in_a_line(self, one: SessionItem) -> str:
        """Return all of an exercise but its figure."""
        card = self._row(one)
        return " ".join(f"{line.rstrip('.')}." for line in card.lines)

    def _first(self, one: SessionItem) -> tuple[str, ...]:
        """Return when an exercise is done, with the minutes where it fills a part."""
        return tuple(
            f"{SHORT[phase.phase]} {item.amount.low} min"
            if item.unit == "minutes"
            else SHORT[phase.phase]
            for phase in self.session.phases
            for item in phase.items
            if item.exercise == one.exercise
        )

    def _row(self, one: SessionItem) -> FigureCard:
        exercise = self.knowledge.exercises[one.exercise]
        side = " a side" if exercise.per_side else ""
        dose = much(one, side) if one.unit != "minutes" else f"effort {one.effort}"
        instead = "" if one.instead is None else self.knowledge.exercises[one.instead].name
        cue = self.facts.plans[one.exercise].instead if one.changed else " ".join(one.cues[:1])
        sketch = None if one.changed else self._sketch(one.exercise, TRAINER_UNIT, TRAINER_WIDE)
        when = _capital(", ".join(self._first(one)))
        lines = (f"{when}: {dose}", cue, f"Else: {instead or 'leave it out'}")
        return FigureCard(_capital(exercise.name), lines, sketch, Blank("pain"))

    def _sketch(self, exercise: str, unit: float, wide: float) -> Sketch | None:
        """Return the figure of an exercise, no wider than its column."""
        figure = self.facts.figures.get(exercise)
        if figure is None:
            return None
        shown = picture(figure)
        box = (shown.left, -shown.top, shown.width, shown.height)
        fits = min(unit, wide / shown.width)
        name = _capital(self.knowledge.exercises[exercise].name)
        return Sketch(body(shown), box, fits, name, words_of(figure))

    def _left_out(self) -> Iterator[Block]:
        left = self._grouped((one, self._why(one)) for one in self.session.left_out)
        if left:
            yield Heading("Left out today")
            lines = [f"{names}: {why}." for names, why in left[:LEFT_OUT]]
            more = len(left) - LEFT_OUT
            yield Bullets((*lines, *([f"And {more} more: see the plan."] if more > 0 else [])))

    def _grouped(self, why: Iterable[tuple[LeftOut, str]]) -> list[tuple[str, str]]:
        """Return exercises by why they are left out, those of one reason together."""
        found: dict[str, list[str]] = {}
        for one, reason in why:
            found.setdefault(reason, []).append(self.knowledge.exercises[one.exercise].name)
        return [(_capital(", ".join(names)), reason) for reason, names in found.items()]

    def _why(self, one: LeftOut) -> str:
        """Return why an exercise is not done, in the client's answers where they tell."""
        found = self._because(one.rules)
        return f"{one.reason}, {found}" if found else one.reason

    def _because(self, rules: Iterable[str]) -> str:
        """Return what rules rest on in a clause: what hurts first; nothing where nothing does."""
        facts = [f for one in reasons(self.facts.ground, rules) for f in one.facts]
        hurts = dict.fromkeys(
            self.knowledge.questions[name].short
            for fact in facts
            for name, value in fact.answers
            if value == "provokes"
        )
        if hurts:
            return f"because of {' and '.join([*hurts][:2])}"
        if any(self._private(name) for fact in facts for name, _ in fact.answers):
            return PRIVATE
        return f"because of this answer: {_lowered(facts[0].words)}" if facts else ""

    def _private(self, question: str) -> bool:
        return self.knowledge.questions[question].intimate

    def _always(self) -> Iterator[str]:
        """Yield the signs that end a session: those for every client, and what may spread."""
        yield from (one.text for one in self.knowledge.advice.values() if one.always)
        lines = () if self.knowledge.session is None else self.knowledge.session.lines
        if "stop_home" in lines:
            yield self.knowledge.session.lines["stop_home"].text  # type: ignore[union-attr]

    def _trend(self, unit: float, *, most: int) -> Iterator[Block]:
        """Yield how it went since the first time, where there is room for it."""
        case = self.facts.ground.concluded.case
        chart = trend_chart(screenings_of(case), self.knowledge, unit)
        if chart is not None and len({one.exercise for one in self.session.items}) <= most:
            yield Heading("How it went")
            yield chart

    def _next(self) -> Iterator[str]:
        if self.session.one_step is not None:
            yield self.session.one_step.text
        if self.sheet.on is not None:
            yield f"All questions again by {day_words(self.sheet.on + RECHECK)}."
        if self.level >= Level.ROUTINE:
            yield self.knowledge.levels[self.level].act

    # for the client

    def for_the_client(self) -> Iterator[Block]:
        who = self.sheet.name or self.sheet.named
        day = "" if self.sheet.on is None else f", from {day_words(self.sheet.on)}"
        yield Heading(f"Your back until next time: {who}{day}")
        yield Framed("Get help at once", tuple(self._help()))
        if self.level >= Level.ROUTINE:
            yield Framed(self.knowledge.levels[self.level].title, tuple(self._go_there()))
        if self.session.status is Planning.WITHHELD:
            return
        yield from self._do()
        yield from self._not_yet()
        yield from self._how_much()
        yield from self._trend(CLIENT_CHART, most=len(self.session.items))
        yield Heading("Stop and tell me when")
        yield Bullets((self.knowledge.session.lines["stop_home"].text,))  # type: ignore[union-attr]
        yield Heading("Next time")
        yield Blanks((Blank("We meet on"), Blank("My phone")))
        yield Paragraph("Please bring this page.")

    def _help(self) -> Iterator[str]:
        """Yield the signs for every client, sentence by sentence, and whom to call."""
        for one in self.knowledge.advice.values():
            if one.always:
                yield from (f"{part.strip().rstrip('.')}." for part in one.text.split(". "))
        target = self.knowledge.levels[Level.EMERGENCY].to
        if target:
            yield self.knowledge.targets[target].how

    def _go_there(self) -> Iterator[str]:
        found = self.facts.ground.assessment.referral
        yield from (self.knowledge.targets[to].how for to in found.to)
        if self.level is Level.SAME_DAY:
            private = any(self._rests_on_private(rule) for rule in found.decisive)
            yield from () if private else (f"Say: “{tell}”" for tell in found.tell)

    def _rests_on_private(self, rule: str) -> bool:
        return any(
            self._private(name)
            for reason in reasons(self.facts.ground, (rule,))
            for fact in reason.facts
            for name, _ in fact.answers
        )

    def _do(self) -> Iterator[Block]:
        """Yield what the client does until next time: of the session what needs nothing."""
        yield Heading("Do")
        walking = self.session.status is Planning.WALKING_ONLY
        home = [] if walking else self._home()[:AT_HOME]
        lines = self.session.take_home[: -1 if walking else -2]
        yield Bullets(tuple(lines[: len(lines) - bool(home)]))
        cards = [self._home_card(one) for one in (self.session.items if walking else home)]
        if cards:
            yield Cards(tuple(cards), across=2, wide=CLIENT_WIDE, over=True)

    def _home(self) -> list[SessionItem]:
        """Return the exercises of the session that need nothing and stay as they are."""
        exercises = self.knowledge.exercises
        parts = (Phase.CONTROL, Phase.MAIN, Phase.WARM_UP)
        items = [
            one
            for part in parts
            for phase in self.session.phases
            if phase.phase is part
            for one in phase.items
        ]
        return [
            one
            for one in items
            if not one.changed and not exercises[one.exercise].equipment and one.unit != "minutes"
        ]

    def _home_card(self, one: SessionItem) -> FigureCard:
        exercise = self.knowledge.exercises[one.exercise]
        side = " a side" if exercise.per_side else ""
        lines = (_how_often(one, side), *one.cues[:1])
        sketch = self._sketch(one.exercise, CLIENT_UNIT, CLIENT_WIDE)
        return FigureCard(_capital(exercise.name), lines, sketch)

    def _not_yet(self) -> Iterator[Block]:
        left = [one for one in self.session.left_out if one.rules]
        lines = self._grouped((one, self._because(one.rules)) for one in left)[:NOT_YET]
        if lines:
            yield Heading("Not yet")
            yield Bullets(tuple(f"{names}{why and ', '}{why}." for names, why in lines))
            yield Paragraph("We look at these again when we meet.")

    def _how_much(self) -> Iterator[Block]:
        if not self.session.pain:
            return
        yield Heading("How much may it hurt?")
        yield pain_scale(self.session.pain[0].green, self.session.pain[0].amber)
        lines = self.knowledge.session.lines  # type: ignore[union-attr]
        yield Paragraph(lines["pain_home"].text.format(green=self.session.pain[0].green))


def _how_often(one: SessionItem, side: str) -> str:
    """Return how much of an exercise, in plain words."""
    if one.unit == "minutes":
        return f"{one.amount} minutes, on most days."
    what = {"reps": "times", "seconds": "seconds", "metres": "metres"}[one.unit]
    times = "once" if one.sets == 1 else f"{one.sets} rounds"
    return f"{one.amount} {what}{side}, {times}, every other day."


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]
