"""A rule's life: draft, reviewed by a named clinician, active, retired with a reason."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from screening.check import check
from screening.diagnostics import Code, Diagnostic, Severity
from screening.model.case_library import Named
from screening.model.knowledge import KnowledgeBase
from screening.model.logic_digest import rule_logic
from screening.model.rule import Rule
from screening.model.vocabularies import Read, Status
from screening.mutation.knowledge_tests import run_tests
from screening.mutation.verdicts import Judge, MutantVerdict
from screening.write import form_of, with_key
from screening.write.disk import files_of, put, read_text
from screening.write.renaming import without

UNREAD = (Read.UNVERIFIED, Read.SECOND_HAND)
MENDED = (Code.overdue_review, Code.unnamed_review)  # by the review itself, this one or the next


@dataclass(frozen=True)
class Signature:
    """Who has read a rule, on which day, and by when somebody must again."""

    by: str
    on: datetime.date
    due: datetime.date


def obstacles(judge: Judge, rule: Rule, today: datetime.date) -> tuple[Diagnostic, ...]:
    """Return what stands in the way of a review: its check, sources, tests and live mutants.

    Mutants are planted only where all tests of the rule pass.

    Raises:
        DisagreementError: when the engines differ.

    """
    knowledge = judge.knowledge
    errors = (d for d in check(knowledge, today) if d.severity is Severity.ERROR)
    cases = (case.id for case in knowledge.cases.values() if _names(rule, case.expect.rules))
    tests = run_tests(judge, (rule.id, *cases), tuple, mutants=True, covering=False)
    return (
        *(found for found in errors if found.code not in MENDED),
        *_sources(knowledge, rule),
        *tests.failed,
        *(_alive(verdict, rule) for verdict in tests.alive),
    )


def _names(rule: Rule, expected: Iterable[Named]) -> bool:
    return any(named.rule == rule.id for named in expected)


def _sources(knowledge: KnowledgeBase, rule: Rule) -> Iterator[Diagnostic]:
    """Yield the lack of any source that was read itself."""
    read = [knowledge.sources[evidence.source].read for evidence in rule.evidence]
    if all(how in UNREAD for how in read):
        message = f"no source of `{rule.id}` has been read itself"
        yield Diagnostic(Code.missing_evidence, message, rule.at, "read one, then say so under it")


def _alive(verdict: MutantVerdict, rule: Rule) -> Diagnostic:
    message = f"no example or case shows this mistake: {verdict.mutant.name}"
    wanted = "writes the example that does" if verdict.client else "says which case would"
    help_ = f"`screening knowledge examples {rule.id}` {wanted}"
    return Diagnostic(Code.live_mutant, message, rule.at, help_)


def sign(root: Path, rule: Rule, signed: Signature) -> Path:
    """Record in a rule's file who has read it and the logic they saw; return the file."""
    path, text = _file(root, rule)
    form = form_of(path.relative_to(root))
    status = Status.ACTIVE if rule.status is Status.ACTIVE else Status.REVIEWED
    says = {
        "due": signed.due.isoformat(),
        "by": signed.by,
        "on": signed.on.isoformat(),
        "logic": rule_logic(rule),
    }
    text = with_key(text, str(path), "status", status.value, form)
    put(path, with_key(text, str(path), "review", dict(says), form))
    return path


def put_active(root: Path, rule: Rule) -> Path:
    """Make a reviewed rule active; return its file."""
    path, text = _file(root, rule)
    form = form_of(path.relative_to(root))
    put(path, with_key(text, str(path), "status", Status.ACTIVE.value, form))
    return path


def put_away(root: Path, rule: Rule, reason: str) -> Path:
    """Retire a rule, with the reason; return its file."""
    path, text = _file(root, rule)
    form = form_of(path.relative_to(root))
    text = with_key(text, str(path), "status", Status.RETIRED.value, form)
    put(path, with_key(text, str(path), "retired", reason, form))
    return path


def brought_back(text: str, name: str) -> str:
    """Return the text of a retired rule's file as that of a draft."""
    path = PurePosixPath(name)
    text = without(text, path, frozenset({("retired",)}))
    return with_key(text, name, "status", Status.DRAFT.value, form_of(path))


def _file(root: Path, rule: Rule) -> tuple[Path, str]:
    """Return the file of a rule and its text."""
    path = next(path for path in files_of(root / "rules") if path.stem == rule.id)
    return path, read_text(path)
