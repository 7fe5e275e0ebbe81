"""What a use case hands back: a page and the same as JSON; whoever drives it prints."""

from __future__ import annotations

from dataclasses import dataclass

from screening.render.formats import output
from screening.render.json_form import Json
from screening.render.page import Page, PageFormat
from screening.render.table import WIDTH

NEAR = 3  # lines of a screen that may stay empty, for a part to end on it


@dataclass(frozen=True, slots=True)
class Printout:
    """A result as a page and, where programs read it, as JSON.

    `good` tells that nothing in it asks for attention.
    """

    page: Page
    json: Json = None
    good: bool = True

    def laid_out(self, form: PageFormat, width: int = WIDTH) -> str:
        """Return the result in a format."""
        return output(self.page, self.json, form, width=width)


def first_screen(shown: str, lines: int) -> tuple[str, str]:
    """Return what fits on so many lines and the rest, cut where a part ends if that is near."""
    every = shown.splitlines(keepends=True)
    if len(every) <= lines:
        return shown, ""
    ends = [place for place, line in enumerate(every[: lines + 1]) if not line.strip()]
    cut = ends[-1] if ends and ends[-1] >= lines - NEAR else lines
    return "".join(every[:cut]), "".join(every[cut:])
