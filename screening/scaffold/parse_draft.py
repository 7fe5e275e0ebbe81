"""From what a rule's file is to say to the rule, as the loader would read it."""

from __future__ import annotations

from pathlib import PurePath

from screening.diagnostics import Problems
from screening.load.conclusions import ConclusionReader, Names
from screening.load.phrase import vocabulary_of
from screening.load.rules import RuleReader
from screening.load.tree import parse
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Rule
from screening.write import Plain
from screening.write.forms import RULE
from screening.write.layout import laid_out
from screening.write.written import Document, from_plain


def rule_text(says: dict[str, Plain]) -> str:
    """Return the canonical text of a rule's file."""
    return laid_out(Document((), from_plain(says), ()), RULE)


def rule_of(knowledge: KnowledgeBase, says: dict[str, Plain]) -> Rule:
    """Return the rule a file would hold; what it does not say yet is empty."""
    problems = Problems()
    reader = RuleReader(
        vocabulary_of(knowledge),
        ConclusionReader(_names(knowledge), problems),
        knowledge.sources,
        None,
        problems,
    )
    node = parse(rule_text(says), "the rule", problems)
    rule = None if node is None else reader.read(node, PurePath(f"rules/draft/{says['id']}.yaml"))
    if rule is None:
        raise AssertionError("a rule of an interview is a mapping")
    return rule


def _names(knowledge: KnowledgeBase) -> Names:
    return Names(
        knowledge.questions,
        knowledge.findings,
        knowledge.stages,
        knowledge.limits,
        knowledge.categories,
        knowledge.advice,
        knowledge.targets,
        knowledge.exercises,
        knowledge.clearances,
        knowledge.parameters,
        knowledge.pack.directions,
    )
