"""From knowledge to its figures: each read, by what it shows, and what is wrong with the files."""

from __future__ import annotations

from collections.abc import Mapping

from screening.diagnostics import Problems
from screening.draw.body import CONTACTS, posed
from screening.draw.things import THINGS
from screening.load.figures import KnownWords, read_figures
from screening.model.figure import Figure, Pose
from screening.model.knowledge import KnowledgeBase


def figures_of(knowledge: KnowledgeBase, problems: Problems | None = None) -> tuple[Figure, ...]:
    """Return the figures of a knowledge base in order; those that cannot be read are left out."""
    shown = {*knowledge.exercises, *knowledge.questions}
    words = KnownWords(_points(), CONTACTS, THINGS, shown)
    return read_figures(knowledge.drawings, words, problems or Problems())


def by_what_they_show(figures: tuple[Figure, ...]) -> Mapping[str, Figure]:
    """Return figures by the ids of what they show."""
    return {name: figure for figure in figures for name in figure.shows}


def _points() -> frozenset[str]:
    """Return the names of points of the body; `*` stands for the own side."""
    names = posed(Pose({}, {}, (), {})).points
    either = {f"{name.removesuffix('_r')}_*" for name in names if name.endswith("_r")}
    return frozenset((*names, *either))
