"""Giving a thing of the knowledge another name, or taking it out: shown, asked, written whole."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from screening.app.knowledge_files import has_schema, put_schema
from screening.app.pack_effects import concluded_otherwise, failing, named_in_promises, told
from screening.app.ports import Tell
from screening.check import check
from screening.diagnostics import Diagnostic, Severity, quoted, suggestion
from screening.errors import BadInputError, UnknownTargetError
from screening.model.ids import Sort
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Status
from screening.render.page import clean, counted
from screening.scaffold.delete import DeletePlan, Stands, plan_delete
from screening.scaffold.lifecycle import brought_back
from screening.scaffold.rename import RenamePlan, plan_rename
from screening.scaffold.things import PackThing, file_of, thing_called
from screening.write.disk import writable
from screening.write.whole_pack import PackTexts

SHOWN_FILES = 12
SHOWN_PLACES = 12


@dataclass(frozen=True)
class PendingChange:
    """What is about to be written: what is said of it first, and the files before and after."""

    said: tuple[str, ...]
    question: str  # empty where it cannot be
    before: PackTexts
    after: PackTexts
    knowledge: KnowledgeBase
    trouble: tuple[Diagnostic, ...] = ()

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


def delete(
    name: str, kind: str | None, directory: Path | None, tell: Tell, *, with_uses: bool
) -> PendingChange:
    """Return what taking a thing out would write, or what stands on it.

    Raises:
        UnknownTargetError: when nothing has the name.
        MisuseError: when several things have it.
        BadInputError: when the knowledge cannot be used, or could not without it.
        UnwritableError: when the knowledge is not theirs to write.

    """
    files = PackTexts.of(writable(directory))
    knowledge = files.loaded()
    plan = plan_delete(files, knowledge, thing_called(knowledge, name, kind))
    said = (plan.thing.words, *_standing(plan), *named_in_promises(knowledge, name))
    firm, loose = plan.standing(Stands.FIRM), plan.standing(Stands.LOOSE)
    if firm or (loose and not with_uses):
        last = "Mend those first." if firm else "`--with-uses` takes them out as well."
        return PendingChange((*said, f"Nothing is written. {last}"), "", files, files, knowledge)
    try:
        after = plan.after.loaded()
        sound(after)
    except BadInputError as error:
        last = "Nothing is written: without it the check finds errors."
        return PendingChange((*said, last), "", files, files, knowledge, error.diagnostics)
    tell(f"concluding {counted(len(after.cases), 'case')} with and without it")
    changed = concluded_otherwise(knowledge, after, name)
    fails = (f"Would fail: {one}" for one in failing(changed, knowledge, after))
    return PendingChange(
        (*said, *told(changed, after), *fails), "Delete this?", files, plan.after, after
    )


def unretire(name: str, directory: Path | None, tell: Tell) -> PendingChange:
    """Return what bringing a retired rule back as a draft would write, and what it changes.

    Raises:
        UnknownTargetError: when there is no retired rule of that name.
        BadInputError: when the knowledge could not be used with it.
        UnwritableError: when the knowledge is not theirs to write.

    """
    files = PackTexts.of(writable(directory))
    knowledge = files.loaded()
    retired = [rule.id for rule in knowledge.rules.values() if rule.status is Status.RETIRED]
    if name not in retired:
        help_ = suggestion(name, retired) if retired else "no rule is retired"
        raise UnknownTargetError(f"no retired rule {quoted(name)}\n  help: {help_}")
    file = str(file_of(PackThing(Sort.RULE, name), dict(files.texts)))
    after = files.with_texts({file: brought_back(files.texts[file], file)})
    made = after.loaded()
    sound(made)
    tell(f"concluding {counted(len(made.cases), 'case')} with and without it")
    changed = concluded_otherwise(knowledge, made)
    fails = (f"Would fail: {one}" for one in failing(changed, knowledge, made))
    said = (f"{name} becomes a draft again", *told(changed, made), *fails)
    return PendingChange(said, "Write this?", files, after, made)


def _standing(plan: DeletePlan) -> Iterator[str]:
    """Yield what stands on a thing: what says nothing without it by place, the rest by file."""
    firm, loose = plan.standing(Stands.FIRM), plan.standing(Stands.LOOSE)
    if firm:
        yield f"{counted(len(firm), 'place')} would say nothing, or something else, without it:"
    for use in firm[:SHOWN_PLACES]:
        yield f"  {clean(use.file)}:{use.at.line}: {use.where}: {clean(use.mention.text.value)}"
    if len(firm) > SHOWN_PLACES:
        yield f"  and {len(firm) - SHOWN_PLACES} more"
    if loose:
        yield from named_in(Counter(use.file for use in loose))


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
