"""Drafts of interviews on disk: written whole after every answer, re-checked when read.

A draft holds the log of what was said. Each answer carries a digest of its question as it was
asked, so that an answer to another wording is never taken for an answer to the present one.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from screening.diagnostics import Code, Diagnostic, Problems, Span, quoted
from screening.errors import BadInputError, UnknownTargetError
from screening.interview.log import Damaged, as_text, entry_from, names, said_by, texts
from screening.interview.session import Answered, Entry, Listed, Order, Session, Unsure
from screening.load.source import decode, read_bytes
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question

FORMAT = "draft/1"
OPEN = "open"
CASES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Draft:
    """An interview as saved. `status` is `open` until it ends, then the assessment's.

    `set_aside` are answers to questions that changed since, as they were saved.
    """

    case: str
    session: Session
    status: str = OPEN
    set_aside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resumed:
    """A draft read back, what could not be taken from it, and whether the knowledge changed."""

    draft: Draft
    stale: tuple[Diagnostic, ...] = ()
    changed: bool = False


class Store:
    """Keeps one case on disk: every session it is given replaces the draft."""

    def __init__(self, folder: Path, draft: Draft, knowledge: KnowledgeBase) -> None:
        self.folder = folder
        self.draft = draft
        self.knowledge = knowledge

    def keep(self, session: Session, status: str = OPEN) -> str:
        """Save a session; return where."""
        self.draft = replace(self.draft, session=session, status=status)
        return str(save(self.folder, self.draft, self.knowledge))


def path_of(folder: Path, case: str) -> Path:
    """Return where the draft of a case is."""
    return folder / f"{case}.json"


def cases(folder: Path) -> tuple[str, ...]:
    """Return the cases saved, in order of name."""
    return tuple(sorted(path.stem for path in folder.glob("*.json")))


def question_digest(question: Question) -> str:
    """Return a digest of a question as asked: the wording and everything an answer can be."""
    answers = [[option.id, option.say] for option in question.answers]
    asked = [question.id, question.ask, question.kind.value, answers]
    bounds = [question.low, question.high, question.unit]
    return sha256(json.dumps([asked, bounds]).encode()).hexdigest()[:16]


def save(folder: Path, draft: Draft, knowledge: KnowledgeBase) -> Path:
    """Write a draft so that a crash leaves the old one or the new one whole; return its path.

    The folder is the owner's alone (0700), and so is the file (0600).
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = path_of(folder, draft.case)
    handle, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(_written(draft, knowledge), file, indent=1, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync(folder)
    return path


def _sync(folder: Path) -> None:
    """Put a rename on disk, where the system lets folders be synced."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _written(draft: Draft, knowledge: KnowledgeBase) -> dict[str, object]:
    pack = knowledge.pack
    return {
        "format": FORMAT,
        "case": draft.case,
        "client": draft.session.client,
        "follows": draft.session.follows,
        "status": draft.status,
        "order": draft.session.order.value,
        "knowledge": {"pack": pack.id, "version": pack.version, "digest": knowledge.digest},
        "entries": [_entry(entry, knowledge) for entry in draft.session.entries],
        "set_aside": list(draft.set_aside),
    }


def _entry(entry: Entry, knowledge: KnowledgeBase) -> dict[str, object]:
    written = as_text(entry)
    if isinstance(entry, Answered | Unsure):
        question = knowledge.questions[entry.question]
        written["asked"] = question_digest(question)
        written["said"] = f"{question.short}: {question.said(entry.value)}"
    return written


def read(folder: Path, case: str, knowledge: KnowledgeBase) -> Resumed:
    """Return a saved interview, re-checked against the knowledge in use.

    Raises:
        UnknownTargetError: when there is no such case.
        BadInputError: when the draft cannot be read back; the file is left alone.

    """
    path = path_of(folder, case)
    if case not in cases(folder):
        saved = cases(folder)
        known = ", ".join(saved[:CASES_SHOWN]) or "none yet"
        known += f" and {len(saved) - CASES_SHOWN} more" if len(saved) > CASES_SHOWN else ""
        raise UnknownTargetError(f"no case {quoted(case)} in {folder}; saved cases: {known}")
    problems = Problems()
    raw = read_bytes(path, str(path), problems)
    text = None if raw is None else decode(raw, str(path), problems)
    if text is None:
        raise _damaged(path, problems.found[0].message)
    try:
        return _resumed(json.loads(text), case, knowledge, path)
    except (Damaged, ValueError, RecursionError) as error:
        raise _damaged(path, str(error) if isinstance(error, Damaged) else "not JSON") from error


def _damaged(path: Path, reason: str) -> BadInputError:
    help_ = "the file is left as it is; move it away to begin anew, or restore a copy"
    message = f"the draft cannot be read back: {reason}"
    return BadInputError((Diagnostic(Code.damaged_draft, message, Span(str(path)), help_),))


def _resumed(tree: object, case: str, knowledge: KnowledgeBase, path: Path) -> Resumed:
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        raise Damaged(f"it is not of the form `{FORMAT}`")
    written = tree.get("entries")
    if not isinstance(written, list) or tree.get("case") != case:
        raise Damaged("it lacks its case or its entries")
    kept: list[Entry] = []
    stale: dict[str, str] = {}
    for item in written:
        entry = entry_from(item)
        name = getattr(entry, "question", "")
        if isinstance(entry, Answered | Unsure):
            stale.pop(name, None)
            if not _stands(entry, item, knowledge):
                kept = [e for e in kept if getattr(e, "question", "") != name]
                stale[name] = said_by(item)
                continue
        elif isinstance(entry, Listed):
            entry = _known(entry, knowledge, stale)
        elif name and name not in knowledge.questions:
            continue
        kept.append(entry)
    client, follows, order, status, digest = texts(tree)
    session = Session(tuple(kept), Order(order), client, follows)
    aside = (*names(tree.get("set_aside")), *stale.values())
    notes = tuple(_stale(path, knowledge, name, said) for name, said in stale.items())
    draft = Draft(case, session, status, aside)
    return Resumed(draft, notes, changed=digest != knowledge.digest)


def _stands(entry: Answered | Unsure, item: dict[str, object], knowledge: KnowledgeBase) -> bool:
    """Tell whether an answer was given to the question as it is now.

    Raises:
        Damaged: when it was, and is none of its answers.

    """
    question = knowledge.questions.get(entry.question)
    if question is None or item.get("asked") != question_digest(question):
        return False
    if not question.takes(entry.value):
        raise Damaged(f"`{question.id}` has no answer `{str(entry.value)[:40]}`")
    return True


def _known(entry: Listed, knowledge: KnowledgeBase, stale: dict[str, str]) -> Listed:
    """Return a programme without the exercises that are gone; those are asked about again."""
    gone = [name for name in entry.programme if name not in knowledge.exercises]
    for name in gone:
        stale[f"programme {name}"] = f"Current programme: {name}"
    kept = tuple(name for name in entry.programme if name not in gone)
    return Listed(kept, entry.other, more=entry.more or bool(gone))


def _stale(path: Path, knowledge: KnowledgeBase, name: str, said: str) -> Diagnostic:
    changed = "is asked differently now" if name in knowledge.questions else "is gone"
    message = f"`{name}` {changed}; the answer “{said}” is set aside"
    help_ = "it stays in the draft, counts for nothing, and what is needed is asked again"
    return Diagnostic(Code.stale_answer, message, Span(str(path)), help_)
