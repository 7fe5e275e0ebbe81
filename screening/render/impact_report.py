"""From changes to a list people read, or one machines do: table, csv or json, piece by piece."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping

from screening.batch.impact import ResultChange, ResultTurn
from screening.model.knowledge import KnowledgeBase
from screening.render.json_form import Json, knowledge_form, texts
from screening.render.page import Block, Grid, Heading, Page, Paragraph
from screening.storage.whole import as_cell

SHOWN = 20  # changes of each kind in a table; csv and json have them all
FIELDS = (
    "client",
    "row",
    "turn",
    "level_before",
    "level_after",
    "what",
    "before",
    "after",
    "rules",
)


def impact_page(
    changes: Iterable[ResultChange],
    compared: Mapping[str, int],
    counts: Mapping[ResultTurn, int],
    review: str,
) -> Page:
    """Return how many results change, and the first of each kind."""
    told = f"{compared['compared']:,} compared: {sum(counts.values()):,} change"
    told += "".join(f", {counts[turn]:,} {turn.value}" for turn in ResultTurn if counts.get(turn))
    left_out = {name: n for name, n in compared.items() if n and name != "compared"}
    told += "".join(f"; {n:,} {name}" for name, n in left_out.items())
    blocks: list[Block] = [Paragraph(told + "."), Paragraph(review)]
    for turn, group in itertools.groupby(changes, key=lambda one: one.turn):
        rows = tuple(_row(one) for one in itertools.islice(group, SHOWN))
        blocks += [
            Heading(turn.value),
            Grid(("client", "referral", "what changes", "rules"), rows),
        ]
        if counts[turn] > SHOWN:
            blocks.append(Paragraph(f"and {counts[turn] - SHOWN:,} more: `--format csv`"))
    return tuple(blocks)


def _row(one: ResultChange) -> tuple[str, ...]:
    same = one.before is one.after
    level = one.after.word if same else f"{one.before.word} → {one.after.word}"
    others = (d for d in one.differences if d.column != "referral")
    what = "; ".join(
        ", ".join((*(f"no {said}" for said in d.before), *d.after)) for d in others
    )  # fmt: skip
    rules = dict.fromkeys(rule for d in one.differences for rule in d.rules)
    return (
        f"{one.client} (row {one.row})" if one.row else one.client,
        level,
        what,
        ", ".join(rules),
    )


def impact_csv(changes: Iterable[ResultChange]) -> Iterator[str]:
    """Yield the lines of a list with one line for each difference."""
    yield _csv(FIELDS)
    for one in changes:
        for d in one.differences:
            levels = one.before.word, one.after.word
            lists = ("; ".join(d.before), "; ".join(d.after), ", ".join(d.rules))
            yield _csv(
                (as_cell(one.client), one.row, one.turn.name.lower(), *levels, d.column, *lists)
            )


def _csv(cells: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def impact_json(
    changes: Iterable[ResultChange],
    old: KnowledgeBase,
    new: KnowledgeBase,
    compared: Mapping[str, int],
) -> Iterator[str]:
    """Yield the contract `impact/1` piece by piece, a change a line."""
    head = {
        "format": "impact/1",
        "old": knowledge_form(old),
        "new": knowledge_form(new),
        "review": new.pack.review,
        **compared,
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "changes": ['
    for number, one in enumerate(changes):
        yield (",\n" if number else "\n") + json.dumps(_form(one), ensure_ascii=False)
    yield "\n]}\n"


def _form(one: ResultChange) -> Json:
    return {
        "client": one.client,
        "row": one.row or None,
        "turn": one.turn.name.lower(),
        "level": {"before": one.before.word, "after": one.after.word},
        "differences": [
            {
                "what": d.column,
                "before": texts(d.before),
                "after": texts(d.after),
                "rules": texts(d.rules),
            }
            for d in one.differences
        ],
    }
