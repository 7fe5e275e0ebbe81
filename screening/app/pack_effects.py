"""What a change of the knowledge does: to the clients of the library, examples and promises."""

from __future__ import annotations

from collections.abc import Iterator

from screening.assess import Assessor
from screening.model.knowledge import KnowledgeBase
from screening.render.page import counted
from screening.testing.run_cases import ChangedCase, changed_cases, try_case
from screening.testing.run_examples import run_examples

SHOWN_CHANGES = 8


def concluded_otherwise(
    before: KnowledgeBase, after: KnowledgeBase, gone: str = ""
) -> tuple[ChangedCase, ...]:
    """Return the cases of the library that would be concluded otherwise; `gone` is left out."""
    changed = (
        one._replace(changes=tuple(c for c in one.changes if c.target != gone))
        for one in changed_cases(before, after)
    )
    return tuple(one for one in changed if one.changes)


def told(changed: tuple[ChangedCase, ...], after: KnowledgeBase) -> tuple[str, ...]:
    """Return how many cases would be concluded otherwise, and how the first are."""
    cases = counted(len(after.cases), "case")
    said = [f"Of {cases} of the library, {len(changed)} would be concluded otherwise."]
    for one in changed[:SHOWN_CHANGES]:
        became = (f"{c.target}: {c.before or '-'} → {c.after or '-'}" for c in one.changes)
        said.append(f"- {one.case}: {'; '.join(became)}")
    if len(changed) > SHOWN_CHANGES:
        said.append(f"- and {len(changed) - SHOWN_CHANGES} more")
    return tuple(said)


def failing(
    changed: tuple[ChangedCase, ...], before: KnowledgeBase, after: KnowledgeBase
) -> tuple[str, ...]:
    """Return the examples and cases that a change touches and that fail after it."""
    found = {one.rpartition(", ")[0]: one for one in _failing(changed, before, after)}
    shown = [*found.values()][:SHOWN_CHANGES]  # each engine says it; one of them is enough
    more = len(found) - len(shown)
    return (*shown, f"and {more} more") if more else tuple(shown)


def _failing(
    changed: tuple[ChangedCase, ...], before: KnowledgeBase, after: KnowledgeBase
) -> Iterator[str]:
    touched = {one.case for one in changed}
    for rule in after.written_rules:
        old = before.rules.get(rule.id)
        if old is None or (old.when, old.examples) != (rule.when, rule.examples):
            yield from (one.message for one in run_examples(after, rule.id).failed)
    assessor = Assessor(after)
    for case in after.cases.values():
        if case.id in touched or before.cases.get(case.id) != case:
            yield from (one.message for one in try_case(assessor, case).failed)


def named_in_promises(knowledge: KnowledgeBase, name: str) -> tuple[str, ...]:
    """Return the flags a rule is to see to, and the promises that are not asked of a thing."""
    return tuple(_promised(knowledge, name))


def _promised(knowledge: KnowledgeBase, name: str) -> Iterator[str]:
    safety = knowledge.safety
    if safety is None:
        return
    for flag in safety.flags:
        if name in flag.by:
            others = [rule for rule in flag.by if rule != name]
            left = f"left with {', '.join(others)}" if others else "left with no rule"
            yield f"The flag “{flag.words}” ({flag.level.word}) is {left}."
    for invariant in safety.invariants:
        if any(name in one.it.split() for one in invariant.exempt):
            yield f"The promise `{invariant.id}` is not asked of it."
