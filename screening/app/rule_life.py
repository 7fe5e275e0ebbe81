"""A rule's life: who has read it as it is, that it is in use, or why no longer."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from screening import app
from screening.app.pack_effects import named_in_promises
from screening.app.ports import Tell
from screening.app.printout import Printout
from screening.app.result_cache import remembered
from screening.app.rule_tests import told_apart
from screening.diagnostics import Diagnostic, quoted, suggestion
from screening.errors import MisuseError, UnknownTargetError
from screening.load import load
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Rule
from screening.model.vocabularies import Status
from screening.mutation.verdicts import Judge
from screening.render.knowledge_page import show_page
from screening.scaffold.lifecycle import Signature, obstacles, put_active, put_away, sign
from screening.write.disk import writable

SHOWN_CASES = 5
YEAR = datetime.timedelta(days=365)


@dataclass(frozen=True)
class PendingReview:
    """A rule that is about to be signed: its page, and what stands in the way."""

    shown: Printout
    trouble: tuple[Diagnostic, ...]
    root: Path
    rule: Rule
    signature: Signature

    def sign(self) -> str:
        """Record in the rule's file who has read it; return what to say of it."""
        path = sign(self.root, self.rule, self.signature)
        return f"{path}: reviewed by {self.signature.by}, due {self.signature.due}"


def review(
    name: str, by: str, due: datetime.date | None, directory: Path | None, tell: Tell
) -> PendingReview:
    """Return what a named clinician is to sign; everything that can be tried comes first.

    Raises:
        MisuseError: when nobody is named, or the day to read it again is no day to come.
        UnknownTargetError: when there is no such rule in force.
        UnwritableError: when the knowledge is not theirs to write.

    """
    until = due or _today() + YEAR
    if not by or until <= _today():
        raise MisuseError("`--by` needs a name, and `--due` a day to come")
    root = writable(directory)
    base = load(root, library=True)
    rule = _rule(base, name)
    found = _obstacles(base, rule, tell)
    shown = Printout(show_page(base, name))
    return PendingReview(shown, found, root, rule, Signature(by, _today(), until))


def activated(name: str, directory: Path | None) -> str:
    """Make a reviewed rule active; return what to say of it.

    Raises:
        UnknownTargetError: when there is no such rule in force, or nobody has reviewed it.
        UnwritableError: when it cannot be written.

    """
    root = writable(directory)
    rule = _rule(load(root), name)
    if not rule.reviewed:
        raise UnknownTargetError(
            f"no clinician has reviewed `{name}` as it is\n"
            f"  help: `screening knowledge review {name} --by NAME`"
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
    path = put_away(root, _rule(base, name), reason)
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


def _today() -> datetime.date:
    return datetime.datetime.now(tz=datetime.timezone.utc).date()


def _obstacles(base: KnowledgeBase, rule: Rule, tell: Tell) -> tuple[Diagnostic, ...]:
    """Return what stands in the way of a review; proofs are made where the rest is in order."""
    apart, memory = told_apart(base, tell), remembered()
    found = obstacles(Judge(base, apart, memory), rule, _today())
    memory.save()
    if found or apart is None or base.safety is None:
        return found
    tell(f"proving {len(base.safety.invariants)} invariants")
    broken = app.proofs.broken_by(base, rule)
    for one in broken.others:
        tell(f"note, `{rule.id}` has no part in it: {one.message}")
    return broken.own


def _rule(base: KnowledgeBase, name: str) -> Rule:
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
