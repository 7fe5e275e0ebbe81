"""From a list of `evidence` to the sources behind something."""

from __future__ import annotations

from collections.abc import Mapping

from screening.diagnostics import Code, Problems, quoted, suggestion
from screening.load.mapping_reader import Fields
from screening.model.knowledge import Source
from screening.model.rule import Evidence
from screening.model.vocabularies import Grade


def read_evidence(
    fields: Fields, sources: Mapping[str, Source], problems: Problems
) -> tuple[Evidence, ...]:
    """Return the evidence listed, noting sources that do not exist."""
    found = []
    for entry in fields.mappings("evidence", "a piece of evidence"):
        key = entry.text("source", required=True)
        if key and key not in sources:
            message = f"no source {quoted(key)}"
            help_ = suggestion(key, sources)
            problems.add(Code.dangling_source, entry.value_place("source"), message, help_)
        found.append(Evidence(key, entry.member("grade", Grade), entry.text("at")))
        entry.done()
    return tuple(found)
