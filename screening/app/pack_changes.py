"""Giving a thing of the knowledge another name, or taking it out: shown, asked, written whole."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from screening.app.knowledge_files import has_schema, put_schema
from screening.check import check
from screening.diagnostics import Severity
from screening.errors import BadInputError
from screening.model.knowledge import KnowledgeBase
from screening.render.page import clean, counted
from screening.scaffold.rename import RenamePlan, plan_rename
from screening.scaffold.things import thing_called
from screening.write.disk import writable
from screening.write.whole_pack import PackTexts

SHOWN_FILES = 12


@dataclass(frozen=True)
class PendingChange:
    """What is about to be written: what is said of it first, and the files before and after."""

    said: tuple[str, ...]
    question: str
    before: PackTexts
    after: PackTexts
    knowledge: KnowledgeBase

    def write(self) -> str:
        """Write it, all or nothing; return what to say of it.

        Raises:
            UnwritableError: when it cannot be written; all is then as before.

        """
        written = self.after.put(self.before)
        if has_schema(self.after.root):
            put_schema(self.after.root, self.knowledge)
        return f"{counted(len(written), 'file')} written in {clean(str(self.after.root))}"


def rename(old: str, new: str, kind: str | None, directory: Path | None) -> PendingChange:
    """Return what giving a thing another name would write.

    Raises:
        UnknownTargetError: when nothing has the old name.
        MisuseError: when several things have it, or the new one is taken.
        BadInputError: when the knowledge cannot be used.
        UnwritableError: when the knowledge is not theirs to write.

    """
    files = PackTexts.of(writable(directory))
    knowledge = files.loaded()
    plan = plan_rename(files, knowledge, thing_called(knowledge, old, kind), new)
    sound(plan.knowledge)
    return PendingChange(_of(plan), "Write this?", plan.before, plan.after, plan.knowledge)


def sound(knowledge: KnowledgeBase) -> None:
    """See that knowledge can be used.

    Raises:
        BadInputError: when its check finds an error.

    """
    found = check(knowledge, datetime.date.min)
    errors = tuple(one for one in found if one.severity is Severity.ERROR)
    if errors:
        raise BadInputError(errors)


def _of(plan: RenamePlan) -> tuple[str, ...]:
    """Return what is said of a renaming before it is written."""
    moved = (f"{old} becomes {new}" for old, new in plan.moved.items())
    reviews = counted(len(plan.reviews), "review")
    base = plan.knowledge
    sizes = ((base.rules, "rule"), (base.questions, "question"), (base.cases, "case"))
    compared = ", ".join(counted(len(things), what) for things, what in sizes)
    return (
        f"{plan.thing.words} becomes `{plan.new}`",
        *named_in(plan.named),
        *moved,
        *([f"{reviews} stay, as nothing that was read is said otherwise"] if plan.reviews else []),
        f"Compared in meaning: {compared}. Only the name is different.",
    )


def named_in(named: Mapping[str, int]) -> tuple[str, ...]:
    """Return how often each file names a thing, folders that hold many of them as one line."""
    total = f"Named {counted(sum(named.values()), 'time')} in {counted(len(named), 'file')}:"
    if len(named) <= SHOWN_FILES:
        return total, *(f"  {clean(name)}: {count}" for name, count in named.items())
    folders: dict[str, list[int]] = {}
    for name, count in named.items():
        folder = name.partition("/")[0] + "/" if "/" in name else name
        folders.setdefault(folder, []).append(count)
    lines = (
        f"  {clean(folder)}: {sum(counts)}"
        + (f" in {counted(len(counts), 'file')}" if folder.endswith("/") else "")
        for folder, counts in folders.items()
    )
    return total, *lines
