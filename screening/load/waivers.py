"""From `waivers.yaml` to the mutants that may stay alive, each with a reason."""

from __future__ import annotations

from screening.diagnostics import Code
from screening.load.entries import Reader
from screening.load.tree import Node
from screening.model.case_library import Waiver
from screening.schema.library import WAIVERS


def read_waivers(node: Node, reader: Reader) -> tuple[Waiver, ...]:
    """Return the waivers in the order of the file; one that is given twice is noted."""
    found: dict[tuple[str, str], Waiver] = {}
    for waiver in reader.file(node, WAIVERS):
        name = (waiver.rule, waiver.mutant)
        if name in found:
            message = f"`{waiver.rule}: {waiver.mutant}` is waived twice"
            reader.problems.add(Code.duplicate_id, waiver.at, message)
        found[name] = waiver
    return tuple(found.values())
