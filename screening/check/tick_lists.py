"""Tick lists whose items cannot be asked together, or whose id means something else as well."""

from __future__ import annotations

from screening.diagnostics import Code, Problems
from screening.model.expr import asked_in
from screening.model.knowledge import KnowledgeBase


def waiting_items(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each item that is asked only after another item of its list was answered."""
    for tick_list in knowledge.tick_lists.values():
        for item in knowledge.items_of(tick_list.id):
            if item.only_if is None:
                continue
            waits = [n for n in asked_in(item.only_if, knowledge.members) if n in tick_list.items]
            if waits:
                message = f"`{item.id}` waits for `{waits[0]}`, which is in the same list"
                help_ = f"take one of them out of `{tick_list.id}`: its items are asked at once"
                problems.add(Code.unfit_item, tick_list.at, message, help_)
