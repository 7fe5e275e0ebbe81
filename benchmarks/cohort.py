"""A table of simulated clients of any size, from a seed: `python benchmarks/cohort.py FILE ROWS`.

Clients are those of `population.py`, with one answer in twenty taken from another of them, so that
hardly two are alike. Beyond a million rows the answers repeat, with other pseudonyms.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).parents[1]))

from population import client

from screening.engines.applicable import with_harmless_rest
from screening.engines.columnar import frame
from screening.load import load, shipped_knowledge
from screening.model.vocabularies import Kind

DRAWN = 5_000  # clients answer by answer
SWAPPED = 20  # one cell in so many is another client's
BLOCK = 1_000_000  # rows


def cohort(rows: int, seed: int = 1) -> pl.DataFrame:
    """Return a table of so many clients, as text and numbers."""
    knowledge = load(shipped_knowledge())
    draw = random.Random(seed)
    people = (client(draw, low_risk=False) for _ in range(DRAWN))
    drawn = frame(knowledge, (with_harmless_rest(knowledge, one) for one in people))
    row = pl.int_range(rows, eager=True)
    own = row.hash(seed) % DRAWN
    columns = [("c" + row.cast(pl.String)).alias("client")]
    for number, question in enumerate(knowledge.questions.values()):
        chance = row.hash(seed + 1 + number)
        other = (chance // SWAPPED) % DRAWN
        place = own.zip_with(chance % SWAPPED != 0, other)
        cells = drawn[question.id].gather(place)
        columns.append(cells if question.kind is Kind.NUMBER else cells.cast(pl.String))
    return pl.DataFrame(columns)


def write(path: Path, rows: int, seed: int = 1) -> None:
    """Write a table of so many clients, a million at a time in memory."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        block = Path(folder, "block.parquet")
        cohort(min(rows, BLOCK), seed).write_parquet(block)
        blocks = [
            pl.scan_parquet(block)
            .head(min(BLOCK, rows - at))
            .with_columns(pl.format("{}-{}", pl.lit(at // BLOCK), "client").alias("client"))
            for at in range(0, rows, BLOCK)
        ]
        pl.concat(blocks).sink_parquet(path)


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
