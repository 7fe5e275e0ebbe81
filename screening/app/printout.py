"""What a use case hands back: a page and the same as JSON; whoever drives it prints."""

from __future__ import annotations

from dataclasses import dataclass

from screening.render.formats import output
from screening.render.json_form import Json
from screening.render.page import Page, PageFormat
from screening.render.table import WIDTH


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
