"""A rule's life: draft, reviewed by a named clinician, active, retired with a reason."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from screening.diagnostics import Code, Diagnostic, Severity
from screening.load.files import REVIEWS
from screening.model.case_library import Named
from screening.model.expr import asked_in, findings_of
from screening.model.knowledge import KnowledgeBase
from screening.model.pack import Reviewer
from screening.model.rule import Rule
from screening.model.seen_part import SeenPart, digests, plain
from screening.model.vocabularies import Read, Status
from screening.model.what_is_seen import seen
from screening.mutation.knowledge_tests import run_tests
from screening.mutation.verdicts import Judge, MutantVerdict
from screening.write import Plain, form_of, with_key
from screening.write.disk import files_of, put, read_text
from screening.write.renaming import without

UNREAD = (Read.UNVERIFIED, Read.SECOND_HAND)
MENDED = frozenset({Code.overdue_review, Code.unnamed_review})  # by the review itself
EVERYWHERE = frozenset({Code.circular_finding})  # nothing can be concluded while one is there


@dataclass(frozen=True, slots=True)
class Signature:
    """Who has read a rule, on which day, and by when somebody must again."""

    by: Reviewer
    on: datetime.date
    due: datetime.date


def obstacles(judge: Judge, rule: Rule) -> tuple[Diagnostic, ...]:
    """Return what stands in the way of a review: its sources, tests and live mutants.

    Mutants are planted only where all tests of the rule pass.

    Raises:
        DisagreementError: when the engines differ.

    """
    knowledge = judge.knowledge
    cases = (case.id for case in knowledge.cases.values() if _names(rule, case.expect.rules))
    tests = run_tests(judge, (rule.id, *cases), tuple, mutants=True, covering=False)
    return (
        *_sources(knowledge, rule),
        *tests.failed,
        *(_alive(verdict, rule) for verdict in tests.alive),
    )


def errors_about(
    knowledge: KnowledgeBase, rule: Rule, found: Iterable[Diagnostic]
) -> tuple[Diagnostic, ...]:
    """Return the errors of a check in a rule's file, or in what it asks; a review mends some."""
    asked = asked_in(rule.when, knowledge.members)
    named = {q for name in asked for q in (knowledge.questions[name].at,)}
    named |= {knowledge.findings[name].at for name in findings_of(rule.when)}
    errors = (d for d in found if d.severity is Severity.ERROR and d.code not in MENDED)
    return tuple(
        d
        for d in errors
        if d.code in EVERYWHERE
        or d.at.path == rule.at.path
        or f"`{rule.id}`" in d.message
        or d.at in named
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


def sign(root: Path, knowledge: KnowledgeBase, rule: Rule, signed: Signature) -> Path:
    """Record in a rule's file who has read it, and beside it what they saw; return the file."""
    saw = seen(knowledge, rule)
    path, text = _file(root, rule)
    form = form_of(path.relative_to(root))
    status = Status.ACTIVE if rule.status is Status.ACTIVE else Status.REVIEWED
    says = {"due": signed.due.isoformat(), "by": signed.by.id, "on": signed.on.isoformat()}
    says |= digests(saw)._asdict()
    text = with_key(text, str(path), "status", status.value, form)
    put(root / record_of(rule.id), record_text(rule.id, saw))
    put(path, with_key(text, str(path), "review", dict(says), form))
    return path


def record_of(rule: str) -> str:
    """Return the file of what the reviewer of a rule saw."""
    return f"{REVIEWS}/{rule}.yaml"


def record_text(rule: str, saw: Iterable[SeenPart]) -> str:
    """Return what stands in that file."""
    file = record_of(rule)
    form = form_of(PurePosixPath(file))
    parts: list[Plain] = [
        {"about": one.about, "what": one.what, "says": plain(one.says)} for one in saw
    ]
    text = with_key("rule: x\n", file, "rule", rule, form)
    return with_key(text, file, "saw", parts, form)


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
