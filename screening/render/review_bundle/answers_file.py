"""The file a reviewer answers in: one entry a rule, in the order of the bundle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Rule
from screening.model.what_is_seen import seen_digest
from screening.render.page import clean
from screening.render.review_bundle.parts import BundlePart

LEAD = """\
# Change `not_read` to `agree`, `change` (I agree with the change in the remarks) or `disagree`.
# Write remarks in place of "-", between the quotes. Leave all else as it is.
# Back with whoever gave it to you: screening knowledge review --from THIS-FILE
"""


def answers_file(knowledge: KnowledgeBase, parts: Sequence[BundlePart]) -> str:
    """Return the file for the answers, with nothing answered yet."""
    lines = [LEAD + 'reviewer: "-"  # your name, as it is on record', "answers:"]
    for part in parts:
        lines.append(f"  # part {part.number}, about {part.minutes} minutes")
        lines += (line for rule in part.rules for line in _entry(knowledge, rule))
    return "\n".join(lines) + "\n"


def _entry(knowledge: KnowledgeBase, rule: Rule) -> Iterator[str]:
    yield f"  # {' '.join(clean(rule.title).split())}"
    yield f"  - rule: {rule.id}"
    yield f"    seen: {seen_digest(knowledge, rule)}"
    yield "    answer: not_read"
    yield '    remarks: "-"'
