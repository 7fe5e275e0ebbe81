"""Figures as parts of a page: each with what it shows in words; its looks are in the style."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from screening.draw.gallery import by_what_they_show, figures_of
from screening.draw.picture import picture
from screening.draw.svg import figure_svg
from screening.model.figure import Figure
from screening.model.knowledge import KnowledgeBase
from screening.render.figure_sheets import named


@dataclass(frozen=True)
class Drawings:
    """The figures of a knowledge base, drawn as they are asked for."""

    knowledge: KnowledgeBase

    def of(self, shown: str) -> str:
        """Return the SVG of what shows a question or an exercise; "" where nothing does.

        Its ids stand once on a page as long as each figure does. The style is `draw.svg.styles()`.
        """
        figure = self._figures.get(shown)
        if figure is None:
            return ""
        return figure_svg(picture(figure), named(figure, self.knowledge), f"{shown}-")

    @cached_property
    def _figures(self) -> dict[str, Figure]:
        return dict(by_what_they_show(figures_of(self.knowledge)))
