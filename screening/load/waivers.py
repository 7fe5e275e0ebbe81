"""From `waivers.yaml` to the mutants that may stay alive, each with a reason."""

from __future__ import annotations

from collections.abc import Collection

from screening.diagnostics import Code, Problems, quoted, suggestion
from screening.load.mapping_reader import Fields
from screening.load.tree import Node
from screening.model.case_library import Waiver


def read_waivers(node: Node, rules: Collection[str], problems: Problems) -> tuple[Waiver, ...]:
    """Return the waivers in the order of the file; a rule that does not exist is noted."""
    found: dict[tuple[str, str], Waiver] = {}
    fields = Fields.of(node, problems, "waivers.yaml")
    if fields is None:
        return ()
    for entry in fields.mappings("waivers", "a waiver", required=True):
        waiver = Waiver(
            rule=entry.text("rule", required=True),
            mutant=entry.text("mutant", required=True),
            reason=entry.text("reason", required=True),
            at=entry.node.at,
        )
        entry.done()
        if waiver.rule and waiver.rule not in rules:
            help_ = suggestion(waiver.rule, rules)
            message = f"no rule {quoted(waiver.rule)}"
            problems.add(Code.dangling_target, entry.value_place("rule"), message, help_)
        if (waiver.rule, waiver.mutant) in found:
            message = f"`{waiver.rule}: {waiver.mutant}` is waived twice"
            problems.add(Code.duplicate_id, entry.node.at, message)
        found[waiver.rule, waiver.mutant] = waiver
    fields.done()
    return tuple(found.values())
