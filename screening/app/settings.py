"""What is the same for every client on this computer: the country, kept beside the records."""

from __future__ import annotations

import json
from pathlib import Path

from screening.app.home import home
from screening.app.printout import Printout
from screening.diagnostics import quoted, suggestion
from screening.errors import MisuseError, RecordsError
from screening.model.knowledge import KnowledgeBase
from screening.render.page import Heading, Pairs
from screening.storage.whole import aside

NOT_SET = "not set: numbers of several countries are given"


def country() -> str:
    """Return the id of the country that was set; "" where none was.

    Raises:
        RecordsError: when the settings cannot be read.

    """
    path = _path()
    try:
        found = json.loads(path.read_text("utf-8"))["country"] if path.exists() else ""
    except (OSError, ValueError, KeyError, TypeError) as error:
        help_ = "`screening settings set --country …` writes them anew"
        raise RecordsError(f"the settings in `{path}` cannot be read", help_) from error
    return found if isinstance(found, str) else ""


def set_country(knowledge: KnowledgeBase, wanted: str) -> str:
    """Keep a country, by its id or title; return what to say of it.

    Raises:
        MisuseError: when the knowledge has no words for it.

    """
    said = wanted.strip().lower()
    for one in knowledge.countries.values():
        if said in (one.id, one.title.lower()):
            with aside(_path(), private=True) as path:
                path.write_text(json.dumps({"country": one.id}), "utf-8")
            return f"From now on results are worded for: {one.title}."
    help_ = suggestion(said, knowledge.countries)
    raise MisuseError(f"no country {quoted(wanted)}; {help_}", "--country")


def shown(knowledge: KnowledgeBase) -> Printout:
    """Return the settings, and which countries there are."""
    chosen = knowledge.countries.get(country())
    there = "; ".join(f"{one.id} {one.title}" for one in knowledge.countries.values())
    rows = (("Country", chosen.title if chosen else NOT_SET), ("There are", there or "none"))
    return Printout((Heading("Settings"), Pairs(rows)), {"country": country() or None})


def _path() -> Path:
    return home() / "settings.json"
