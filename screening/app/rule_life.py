"""A rule's life once it is read: that it is in use, or why no longer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from screening.app.pack_effects import named_in_promises
from screening.diagnostics import quoted, suggestion
from screening.errors import MisuseError, UnknownTargetError
from screening.load import load
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Rule
from screening.model.vocabularies import Status
from screening.scaffold.lifecycle import put_active, put_away
from screening.write.disk import writable

SHOWN_CASES = 5


def activated(name: str, directory: Path | None) -> str:
    """Make a reviewed rule active; return what to say of it.

    Raises:
        UnknownTargetError: when there is no such rule in force, or nobody has reviewed it.
        UnwritableError: when it cannot be written.

    """
    root = writable(directory)
    rule = rule_in_force(load(root), name)
    if not rule.reviewed:
        raise UnknownTargetError(
            f"no clinician has reviewed `{name}` as it is\n"
            f"  help: `screening knowledge review {name} --by REVIEWER`"
        )
    return f"{put_active(root, rule)}: active"


def retired(name: str, reason: str, directory: Path | None) -> str:
    """Retire a rule with a reason; return what to say of it.

    Raises:
        MisuseError: when there is no reason.
        UnknownTargetError: when there is no such rule in force.
        UnwritableError: when it cannot be written.

    """
    if not reason:
        raise MisuseError("`--reason` needs a sentence")
    root = writable(directory)
    base = load(root, library=True)
    path = put_away(root, rule_in_force(base, name), reason)
    named = (*named_in_promises(base, name), *_expected(base, name))
    last = f"{path}: retired. Next: `screening knowledge check`, `test`, `prove`"
    return "\n".join((*named, last))


def _expected(base: KnowledgeBase, name: str) -> Iterator[str]:
    """Yield that cases of the library expect a rule to fire, where some do."""
    cases = [
        case.id
        for case in base.cases.values()
        if any(named.rule == name for named in case.expect.rules)
    ]
    if cases:
        more = f" and {len(cases) - SHOWN_CASES} more" if len(cases) > SHOWN_CASES else ""
        yield f"Expected to fire by {', '.join(cases[:SHOWN_CASES])}{more}: mend those cases."


def rule_in_force(base: KnowledgeBase, name: str) -> Rule:
    """Return a rule that has a file of its own and is in force.

    Raises:
        UnknownTargetError: when there is none of that name.

    """
    written = {rule.id: rule for rule in base.rules.values() if not rule.cell}
    if name not in written:
        help_ = suggestion(name, written)
        raise UnknownTargetError(f"no rule {quoted(name)} with a file of its own; {help_}")
    if written[name].status is Status.RETIRED:
        raise UnknownTargetError(
            f"`{name}` is retired\n  help: `screening knowledge unretire {name}` brings it back"
        )
    return written[name]
