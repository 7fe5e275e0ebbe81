"""From a template and what it shows to HTML: the only door to Jinja. All text is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from screening.draw.svg import styles
from screening.render.html import fragment
from screening.render.page import Page, clean


@cache
def _templates() -> Environment:
    found = Environment(
        loader=PackageLoader("screening.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found.filters["blocks"] = _blocks
    found.filters["clean"] = clean
    found.filters["titled"] = _titled
    found.filters["drawn"] = _drawn
    return found


def _blocks(page: Page) -> Markup:
    """Return blocks as they stand within a page; `fragment` escapes every text."""
    return Markup(fragment(page))  # noqa: S704 - see above


def _titled(page: Page) -> Markup:
    """Return blocks of which the first heading is that of the whole page."""
    return Markup(fragment(page, "h1"))  # noqa: S704 - as above


def _drawn(figure: str) -> Markup:
    """Return a drawing as it stands within a page; whatever draws escapes every text."""
    return Markup(figure)  # noqa: S704 - see above


def rendered(template: str, values: Mapping[str, object]) -> str:
    """Return a page as HTML."""
    return _templates().get_template(template).render(values)


@cache
def style() -> bytes:
    """Return the style sheet of all pages, and of the figures on them."""
    return files("screening.web").joinpath("templates/page.css").read_bytes() + styles().encode()
