"""From the small files to their model types: what the schema of these files cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from screening.diagnostics import Code, Problems, Span, quoted
from screening.load.entries import Reader
from screening.load.mapping_reader import Fields
from screening.load.tree import Mapping as MappingNode
from screening.load.tree import Node
from screening.model.pack import TrainerQuestion
from screening.model.terms import ReferralLevel, Target
from screening.model.vocabularies import Level
from screening.schema.vocabulary import ADVISER, LEVEL, REFERRALS, TRAINER


def read_referrals(
    node: Node, problems: Problems
) -> tuple[Mapping[Level, ReferralLevel], Mapping[str, Target]]:
    """Return what each level means, and whom one can see; a level nobody describes is noted."""
    named: list[tuple[str, Span]] = []

    def level(fields: Fields, level: ReferralLevel) -> ReferralLevel:
        named.append((level.to, fields.value_place("to")))
        return level

    levels, targets = Reader(problems, {LEVEL.what: level}).file(node, REFERRALS)
    for target, at in named:
        if target and target not in targets:
            problems.add(Code.dangling_target, at, f"no referral target {quoted(target)}")
    if isinstance(node, MappingNode):
        for missing in (level for level in Level if level not in levels):
            message = f"the level `{missing.word}` is missing"
            problems.add(Code.missing_key, node.place("levels"), message)
    return levels, targets


def read_trainer(node: Node, reader: Reader) -> tuple[str, Mapping[str, TrainerQuestion]]:
    """Return what a client should ask a trainer; a question without a source is noted."""

    def sourced(fields: Fields, question: TrainerQuestion) -> TrainerQuestion:
        if not question.evidence:
            message = f"the question {quoted(question.id)} names no source"
            reader.problems.add(Code.missing_evidence, fields.node.at, message, "add `evidence:`")
        return question

    return replace(reader, hands={ADVISER.what: sourced}).file(node, TRAINER)
