"""What stands on both sheets of a session: figures, reasons in answers, signs, how it went."""

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
from screening.model.session import Held, LeftOut, SessionInputs, TrainingSession
from screening.model.vocabularies import Level
from screening.render.page import (
    Block,
    Heading,
    PaperSize,
    Sketch,
)
from screening.render.trend_chart import screenings_of, trend_chart


class SheetReader(str, Enum):
    """Whom a sheet is for; each is the word it is asked for by."""

    TRAINER = "trainer"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What makes a sheet the one it is: for whom, of which case and day, on what paper.

    `named` is what the case is called, `name` the client's own, if it is kept; `head` is that of
    the record, empty for a case that is on none. `by` is the trainer who asked, if one was named.
    It begins from the `last` session.
    """

    reader: SheetReader
    inputs: SessionInputs
    named: str
    on: datetime.date | None = None
    size: PaperSize = PaperSize.A4
    name: str = ""
    head: str = ""
    by: str = ""
    last: tuple[Held, ...] = ()
    country: str = ""


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


PRIVATE = "for a reason the client keeps private"


@dataclass(frozen=True)
class SheetLines:
    """What a sheet takes from its facts, for either reader."""

    facts: SheetFacts
    sheet: Sheet

    @property
    def session(self) -> TrainingSession:
        """The session it shows."""
        return self.facts.session

    @property
    def knowledge(self) -> KnowledgeBase:
        """The knowledge it is made with."""
        return self.facts.knowledge

    @property
    def level(self) -> Level:
        """How soon somebody must look."""
        return self.facts.ground.assessment.referral.level

    def sketch(self, exercise: str, unit: float, wide: float) -> Sketch | None:
        """Return the figure of an exercise, no wider than its column."""
        figure = self.facts.figures.get(exercise)
        if figure is None:
            return None
        shown = picture(figure)
        box = (shown.left, -shown.top, shown.width, shown.height)
        fits = min(unit, wide / shown.width)
        name = capital(self.knowledge.exercises[exercise].name)
        return Sketch(body(shown), box, fits, name, words_of(figure))

    def grouped(self, why: Iterable[tuple[LeftOut, str]]) -> list[tuple[str, str]]:
        """Return exercises by why they are left out, those of one reason together."""
        found: dict[str, list[str]] = {}
        for one, reason in why:
            found.setdefault(reason, []).append(self.knowledge.exercises[one.exercise].name)
        return [(capital(", ".join(names)), reason) for reason, names in found.items()]

    def because(self, rules: Iterable[str]) -> str:
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
        if any(self.private(name) for fact in facts for name, _ in fact.answers):
            return PRIVATE
        return f"because of this answer: {_lowered(facts[0].words)}" if facts else ""

    def private(self, question: str) -> bool:
        """Tell whether answers to a question stay off the sheets."""
        return self.knowledge.questions[question].intimate

    def always(self) -> Iterator[str]:
        """Yield the signs that end a session: those for every client, and what may spread."""
        yield from (one.text for one in self.knowledge.advice.values() if one.always)
        lines = () if self.knowledge.session is None else self.knowledge.session.lines
        if "stop_home" in lines:
            yield self.knowledge.session.lines["stop_home"].text  # type: ignore[union-attr]

    def trend(self, unit: float) -> Iterator[Block]:
        """Yield how it went since the first time."""
        case = self.facts.ground.concluded.case
        chart = trend_chart(screenings_of(case), self.knowledge, unit)
        if chart is not None:
            yield Heading("How it went")
            yield chart


def capital(name: str) -> str:
    """Return a name as it begins a line."""
    return name[:1].upper() + name[1:]


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]
