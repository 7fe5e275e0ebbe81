"""Columns whose numbers look like those of another unit: said, never guessed."""

from __future__ import annotations

from screening.batch.checkpoints import Done
from screening.batch.layout import Layout
from screening.diagnostics import Code, Diagnostic, Span
from screening.errors import BadInputError
from screening.model.knowledge import KnowledgeBase

FEW = 20  # numbers; of fewer, one slip is a large share
SHARE = 20  # one in so many out of range is more than slips of the pen; design estimate


def other_unit(done: Done, layout: Layout, knowledge: KnowledgeBase, table: str) -> None:
    """Refuse a table too many of whose numbers are out of range, unless its unit is given.

    Numbers in range may then be of the other unit too, so no row can be trusted.

    Raises:
        BadInputError: with every such column.

    """
    found = []
    for name, (held, out) in done.numbers.items():
        question = knowledge.questions[name]
        unsaid = question.scale.digits and name not in layout.said.units
        if held >= FEW and out * SHARE >= held and unsaid:
            column, unit = layout.names[name], question.unit
            message = (
                f"column `{column}`: {out} of {held} numbers are outside {question.span}; "
                f"the column may be in another unit"
            )
            help_ = f"convert it to {unit}; if it is in {unit}, say so in the map: "
            help_ += f"`units: {{{name}: {unit}}}`"
            found.append(Diagnostic(Code.other_unit, message, Span(table), help_))
    if found:
        raise BadInputError(tuple(found))
