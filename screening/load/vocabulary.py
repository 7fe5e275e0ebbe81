"""From the small files (pack, sources, groups, findings …) to their model types."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from screening.diagnostics import Code, Problems, quoted
from screening.load.evidence import read_evidence
from screening.load.mapping_reader import Fields
from screening.load.parameters import filled
from screening.load.tree import Node
from screening.model.knowledge import (
    Advice,
    Category,
    Clearance,
    Dose,
    Finding,
    Group,
    LimitKind,
    Pack,
    Parameter,
    ReferralLevel,
    Source,
    Stage,
    Target,
    TrainerQuestion,
)
from screening.model.vocabularies import Grade, Level, Read


class HasId(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """The id."""


T = TypeVar("T", bound=HasId)


def read_pack(node: Node, problems: Problems) -> Pack:
    """Return what the knowledge says of itself."""
    fields = Fields.of(node, problems, "pack.yaml")
    if fields is None:
        return Pack("", "", "", "", "", "", (), "")
    pack = Pack(
        id=fields.id(),
        title=fields.text("title", required=True),
        version=fields.text("version", required=True),
        language=fields.text("language", required=True),
        region=fields.text("region", required=True),
        intended_use=fields.text("intended_use", required=True),
        not_for=fields.words("not_for"),
        review=fields.text("review", required=True),
        directions=fields.words("directions"),
    )
    fields.done()
    return pack


def read_list(
    node: Node, key: str, read: Callable[[Fields], T], problems: Problems
) -> dict[str, T]:
    """Return the entries of a file that holds one list, by id."""
    found: dict[str, T] = {}
    fields = Fields.of(node, problems, "the file")
    if fields is None:
        return found
    for entry in fields.mappings(key, f"an entry of `{key}`", required=True):
        _keep(read(entry), entry, found, problems)
        entry.done()
    fields.done()
    return found


def _keep(item: T, entry: Fields, found: dict[str, T], problems: Problems) -> None:
    """Note an id used twice, else keep the item."""
    if item.id in found:
        at = entry.value_place("id")
        problems.add(Code.duplicate_id, at, f"the id {quoted(item.id)} is used twice")
    elif item.id:
        found[item.id] = item


def read_sources(node: Node, problems: Problems) -> Mapping[str, Source]:
    """Return the sources by key."""
    found: dict[str, Source] = {}
    fields = Fields.of(node, problems, "sources.yaml")
    if fields is None:
        return found
    for entry in fields.mappings("sources", "a source", required=True):
        source = Source(
            key=entry.text("key", required=True),
            citation=entry.text("citation", required=True),
            kind=entry.text("kind", required=True),
            read=entry.member("read", Read),
            year=entry.text("year"),
            doi=entry.text("doi"),
            url=entry.text("url"),
            note=entry.text("note"),
        )
        if source.key in found:
            at = entry.value_place("key")
            problems.add(Code.duplicate_id, at, f"the key {quoted(source.key)} is used twice")
        found[source.key] = source
        entry.done()
    fields.done()
    return found


def read_group(fields: Fields) -> Group:
    """Return a movement group."""
    return Group(fields.id(), fields.text("title", required=True))


def read_finding(fields: Fields) -> Finding:
    """Return a finding."""
    title = fields.text("title", required=True)
    return Finding(fields.id(), title, pattern=fields.flag("pattern"), at=fields.node.at)


def stage_reader() -> Callable[[Fields], Stage]:
    """Return a reader of stages that ranks them in the order of the file."""
    seen: dict[str, int] = {}

    def read(fields: Fields) -> Stage:
        axis = fields.text("axis", required=True)
        seen[axis] = seen.get(axis, -1) + 1
        title = fields.text("title", required=True)
        return Stage(fields.id(), axis, title, seen[axis], at=fields.node.at)

    return read


def clearance_reader() -> Callable[[Fields], Clearance]:
    """Return a reader of clearances that ranks them in the order of the file."""
    ranks = itertools.count()

    def read(fields: Fields) -> Clearance:
        return Clearance(
            id=fields.id(),
            title=fields.text("title", required=True),
            say=fields.text("say"),
            meanwhile=fields.text("meanwhile", required=True),
            rank=next(ranks),
            only_light=fields.flag("only_light"),
            at=fields.node.at,
        )

    return read


def read_trainer(
    node: Node, sources: Mapping[str, Source], problems: Problems
) -> tuple[str, Mapping[str, TrainerQuestion]]:
    """Return what a client should ask a trainer: a note on where it is from, and the questions."""
    found: dict[str, TrainerQuestion] = {}
    fields = Fields.of(node, problems, "trainer.yaml")
    if fields is None:
        return "", found
    note = fields.text("note", required=True)
    for entry in fields.mappings("questions", "a question", required=True):
        ask = entry.text("ask", required=True)
        because = entry.text("because", required=True)
        evidence = read_evidence(entry, sources, problems)
        _keep(TrainerQuestion(entry.id(), ask, because, evidence), entry, found, problems)
        if not evidence:
            message = f"the question {quoted(entry.text('id'))} names no source"
            problems.add(Code.missing_evidence, entry.node.at, message, "add `evidence:`")
        entry.done()
    fields.done()
    return note, found


def read_limit(fields: Fields) -> LimitKind:
    """Return something limited."""
    title = fields.text("title", required=True)
    unit = fields.text("unit", required=True)
    return LimitKind(fields.id(), title, unit, at=fields.node.at)


def category_reader(
    parameters: Mapping[str, Parameter], problems: Problems
) -> Callable[[Fields], Category]:
    """Return a reader of categories that puts numbers in for the `{names}` in their texts."""

    def read(fields: Fields) -> Category:
        used: list[str] = []

        def text(inner: Fields, key: str) -> str:
            at = inner.value_place(key)
            whole, names = filled(inner.text(key, required=True), at, parameters, problems)
            used.extend(name for name in names if name in parameters)
            return whole

        inner = fields.mapping("dose", required=True)
        dose = Dose("", "", Grade.DESIGN)
        if inner is not None:
            source, grade = inner.text("source", required=True), inner.member("grade", Grade)
            dose = Dose(text(inner, "text"), source, grade)
            inner.done()
        return Category(
            id=fields.id(),
            title=fields.text("title", required=True),
            examples=fields.text("examples", required=True),
            dose=dose,
            regress=text(fields, "regress") if "regress" in fields.node.by_key else "",
            progress=text(fields, "progress") if "progress" in fields.node.by_key else "",
            light=fields.flag("light"),
            parameters=tuple(dict.fromkeys(used)),
            at=fields.node.at,
        )

    return read


def read_advice(fields: Fields) -> Advice:
    """Return a sentence a rule may say."""
    return Advice(fields.id(), fields.text("text", required=True), at=fields.node.at)


def read_referrals(
    node: Node, problems: Problems
) -> tuple[Mapping[Level, ReferralLevel], Mapping[str, Target]]:
    """Return what each level means, and whom one can see."""
    levels: dict[Level, ReferralLevel] = {}
    targets: dict[str, Target] = {}
    fields = Fields.of(node, problems, "referrals.yaml")
    if fields is None:
        return levels, targets
    for entry in fields.mappings("targets", "a target", required=True):
        title = entry.text("title", required=True)
        _keep(Target(entry.id(), title, entry.text("how")), entry, targets, problems)
        entry.done()
    for entry in fields.mappings("levels", "a level", required=True):
        level = _level(entry, targets, problems)
        if level.level in levels:
            message = f"the level `{level.level.word}` is given twice"
            problems.add(Code.duplicate_id, entry.value_place("id"), message)
        levels[level.level] = level
        entry.done()
    for missing in (level for level in Level if level not in levels):
        problems.add(
            Code.missing_key, fields.place("levels"), f"the level `{missing.word}` is missing"
        )
    fields.done()
    return levels, targets


def _level(entry: Fields, targets: Mapping[str, Target], problems: Problems) -> ReferralLevel:
    level = ReferralLevel(
        level=entry.member("id", Level),
        title=entry.text("title", required=True),
        act=entry.text("act", required=True),
        exercise=entry.text("exercise", required=True),
        to=entry.text("to"),
    )
    if level.to and level.to not in targets:
        message = f"no referral target {quoted(level.to)}"
        problems.add(Code.dangling_target, entry.value_place("to"), message)
    return level
