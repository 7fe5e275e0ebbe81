"""Figures against bodies: what no body can do, what would fall, and promises that are not kept."""

from __future__ import annotations

from screening.diagnostics import Code, Diagnostic, Problems
from screening.draw.faults import faults
from screening.draw.gallery import figures_of
from screening.model.knowledge import KnowledgeBase


def check_figures(knowledge: KnowledgeBase) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the figures of a knowledge base, in order of place.

    It is no part of what knowledge must pass before it concludes: a plan does not fail because
    of a figure, which is left out instead.
    """
    problems = Problems()
    shown: dict[str, str] = {}
    for figure in figures_of(knowledge, problems):
        for found in faults(figure):
            problems.add(Code.impossible_figure, figure.at, f"`{figure.id}`: {found}")
        for name in figure.shows:
            first = shown.setdefault(name, figure.id)
            if first != figure.id:
                message = f"`{name}` is shown by `{first}` and by `{figure.id}`"
                problems.add(Code.duplicate_id, figure.at, message)
    return problems.sorted()
