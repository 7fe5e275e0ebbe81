"""Every page of the site is looked at by axe: light and dark, on a phone and on a tablet."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import stores
from every_page import NAMES, Gallery, Tour
from real_browser import Browser

from screening.model.knowledge import KnowledgeBase
from screening.web.pages import _templates, style
from screening.web.routes import ROUTES

LEAD_ELSEWHERE = {
    "/asking",
    "/case/<case>/change",
    "/client/<client>/begin",
    "/client/<client>/consent",
    "/client/<client>/override",
    "/interview/<interview>",
    "/lock",
    "/seen",
    "/start/<key>",
}
"""What shows no page of its own."""
NO_PAGES = {"/page.css", "/favicon.ico"}
PHONE, TABLET, LAPTOP = 360, 820, 1280
LOOKS = tuple((width, dark) for dark in (False, True) for width in (PHONE, TABLET, LAPTOP))
EVERY_LOOK = "SCREENING_EVERY_LOOK"
"""Set, each page is looked at in all six ways; else in one, each in the next."""


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory, shipped: KnowledgeBase) -> Gallery:
    home = tmp_path_factory.mktemp("home")
    _templates.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCREENING_HOME", str(home))
        stores.quick(patch)
        patch.setattr("screening.web.office.usable", lambda: False)
        patch.setattr("screening.web.views.door.usable", lambda: False)
        return Tour(home, shipped).walk()


def test_every_route_and_every_template_was_seen(gallery: Gallery) -> None:
    assert {one.path for one in ROUTES} - gallery.routes == LEAD_ELSEWHERE | NO_PAGES
    pages = {one for one in _templates().list_templates() if one.endswith(".html")}
    cached = _templates().cache
    assert cached is not None
    assert pages == {name for _, name in cached}


def test_no_title_names_anybody(gallery: Gallery) -> None:
    for (route, kind), html in gallery.pages.items():
        title = html.partition("<title>")[2].partition("</title>")[0]
        assert title, (route, kind)
        assert [one for one in NAMES if one in title] == [], (route, kind)


def test_axe_finds_nothing_serious_on_any_page(
    gallery: Gallery, browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "page.css").write_bytes(style())
    found = []
    for place, ((route, kind), html) in enumerate(gallery.pages.items()):
        file = tmp_path / "page.html"
        file.write_text(html.replace('href="/page.css"', 'href="page.css"'), "utf-8")
        for width, dark in LOOKS if os.environ.get(EVERY_LOOK) else [LOOKS[place % len(LOOKS)]]:
            browser.wide(width)
            browser.dark(on=dark)
            browser.open(file.as_uri())
            found += [f"{route} ({kind}) {width} {dark}: {one}" for one in browser.serious()]
            if (more := browser.sideways) > 0 and not kind.startswith("a paper"):
                found.append(f"{route} ({kind}): {more} px wider than {width}")
    browser.dark(on=False)
    browser.wide(0)
    assert found == []
