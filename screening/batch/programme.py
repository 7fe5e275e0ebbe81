"""From the exercise names in a cell, separated by `;`, to exercises of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from screening.batch.cells import Cells, Wrong
from screening.diagnostics import Code, nearest, quoted
from screening.load.intake import exercise_names
from screening.load.name_matching import folded, spellings
from screening.model.knowledge import KnowledgeBase

BETWEEN = ";"


@dataclass(frozen=True)
class Exercises:
    """Exercises by every name and spelling they go by."""

    names: Mapping[str, str]
    spelt: Mapping[str, str]

    @staticmethod
    def of(knowledge: KnowledgeBase) -> Exercises:
        """Return the exercises of a catalogue."""
        names = exercise_names(knowledge)
        return Exercises(names, spellings(names))

    def read(self, cells: pl.Series) -> Cells:
        """Return a column of programmes, as ids between `;`, each once."""
        if isinstance(cells.dtype, pl.List):
            cells = cells.list.join(BETWEEN)
        texts = cells.cast(pl.String)
        meant: dict[str, str] = {}
        wrong: dict[str, Wrong] = {}
        for text in texts.drop_nulls().unique(maintain_order=True).to_list():
            programme = self._programme(text)
            if isinstance(programme, Wrong):
                wrong[text] = programme
            else:
                meant[text] = programme
        typed = texts.replace_strict(meant, default=None, return_dtype=pl.String)
        return Cells(cells.name, texts, typed, wrong)

    def _programme(self, text: str) -> str | Wrong:
        found: dict[str, None] = {}
        for written in text.split(BETWEEN):
            name = " ".join(written.lower().split())
            exercise = self.names.get(name) or self.spelt.get(folded(name))
            if exercise is not None:
                found[exercise] = None
            elif name:
                near = nearest(name, self.names)
                help_ = f"; did you mean `{self.names[near]}`?" if near else ""
                expected = f"an exercise of the catalogue in place of {quoted(written)}{help_}"
                return Wrong(expected, Code.unknown_exercise)
        return BETWEEN.join(found)
