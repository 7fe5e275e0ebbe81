"""From `rules/**/*.yaml` to rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from screening.diagnostics import Code, Problems, quoted, suggestion
from screening.load.answer import read_answer
from screening.load.conclusions import ConclusionReader
from screening.load.evidence import read_evidence
from screening.load.mapping_reader import Fields
from screening.load.phrase import NOWHERE, Vocabulary, read_condition
from screening.load.tree import Mapping as MappingNode
from screening.load.tree import Node, Text
from screening.model.knowledge import Source
from screening.model.question import Value
from screening.model.rule import (
    Example,
    Refer,
    Review,
    Rule,
    UnknownPolicy,
    Unsure,
)
from screening.model.vocabularies import LEVELS, Level, Status, Truth

EXPECTATIONS = {"fires": Truth.TRUE, "silent": Truth.FALSE, "undecided": Truth.UNDECIDED}
READINGS = {member.value: member for member in Unsure}


@dataclass(frozen=True)
class RuleReader:
    """Reads rule files against the vocabulary; `statements` is None when none are listed."""

    vocabulary: Vocabulary
    conclusions: ConclusionReader
    sources: Mapping[str, Source]
    statements: Collection[str] | None
    problems: Problems

    def read(self, node: Node, path: PurePath) -> Rule | None:
        """Return the rule of one file, or None when it is not a mapping."""
        fields = Fields.of(node, self.problems, "a rule file")
        if fields is None:
            return None
        name = fields.id()
        if name and path.stem != name:
            message = f"the file of the rule {quoted(name)} must be named {quoted(name + '.yaml')}"
            self.problems.add(Code.misnamed_file, fields.value_place("id"), message)
        when = fields.get("when", required=True)
        then = fields.get("then", required=True)
        conclusions = () if then is None else self.conclusions.read(then)
        rule = Rule(
            id=name,
            title=fields.text("title", required=True),
            when=NOWHERE if when is None else read_condition(when, self.vocabulary, self.problems),
            then=conclusions,
            because=fields.text("because", required=True),
            topic=path.parent.name,
            status=fields.member("status", Status),
            say=fields.text("say") or None,
            covers=self._covers(fields),
            evidence=read_evidence(fields, self.sources, self.problems),
            conflict=fields.text("conflict") or None,
            retired=fields.text("retired") or None,
            unknown=self._unknown(fields, refers=any(isinstance(c, Refer) for c in conclusions)),
            review=self._review(fields),
            examples=self._examples(fields),
            at=fields.node.at,
        )
        fields.done()
        return rule

    def _covers(self, fields: Fields) -> tuple[str, ...]:
        """Return the statements covered, noting those that are not listed."""
        named = fields.texts("covers")
        for text in named:
            if self.statements is not None and text.value not in self.statements:
                message = f"no statement {quoted(text.value)} in `coverage.yaml`"
                help_ = "" if self.problems.many else suggestion(text.value, self.statements)
                self.problems.add(Code.dangling_statement, text.at, message, help_)
        return tuple(text.value for text in named)

    def _unknown(self, fields: Fields, *, refers: bool) -> UnknownPolicy | None:
        inner = fields.mapping("unknown")
        if inner is None:
            return None
        if "see" in inner.node.by_key:
            policy = UnknownPolicy(Unsure.NOT_MET, see=inner.text("see") or None)
        else:
            levels = {word: level for word, level in LEVELS.items() if level > Level.NONE}
            legal = (*READINGS, *levels) if refers else tuple(READINGS)
            word = inner.word("treat_as", legal)
            if word in levels:
                policy = UnknownPolicy(Unsure.NOT_MET, level=levels[word])
            else:
                policy = UnknownPolicy(READINGS[word])
        inner.done()
        return policy

    def _review(self, fields: Fields) -> Review:
        inner = fields.mapping("review", required=True)
        if inner is None:
            return Review()
        due, by = inner.date("due"), inner.text("by") or None
        on, logic = inner.date("on") or None, inner.text("logic") or None
        inner.done()
        return Review(due, by, on, logic)

    def _examples(self, fields: Fields) -> tuple[Example, ...]:
        found = []
        for entry in fields.mappings("examples", "an example"):
            example = Example(
                name=entry.text("name", required=True),
                given=self._given(entry),
                expect=EXPECTATIONS[entry.word("expect", EXPECTATIONS)],
                harmless_rest=entry.word("rest", ("harmless", "not_asked"), default="not_asked")
                == "harmless",
                refers=self._refers(entry),
                at=entry.node.at,
            )
            entry.done()
            found.append(example)
        return tuple(found)

    @staticmethod
    def _refers(entry: Fields) -> Level | None:
        if entry.get("refers") is None:
            return None
        return entry.member("refers", Level)

    def _given(self, entry: Fields) -> dict[str, Value]:
        node = entry.get("given", required=True)
        if node is None:
            return {}
        if not isinstance(node, MappingNode):
            self.problems.add(Code.wrong_shape, node.at, "`given` must map questions to answers")
            return {}
        return read_answers(node, self.vocabulary, self.problems)


def read_answers(
    node: MappingNode, vocabulary: Vocabulary, problems: Problems
) -> dict[str, Value]:
    """Return the answers a mapping gives, noting unknown questions and answers."""
    given: dict[str, Value] = {}
    for key, value in node.entries:
        question = vocabulary.questions.get(key.value)
        if question is None:
            message = f"no question {quoted(key.value)}"
            help_ = "" if problems.many else suggestion(key.value, vocabulary.questions)
            problems.add(Code.dangling_question, key.at, message, help_)
        elif not isinstance(value, Text):
            message = f"the answer to `{key.value}` must be a word or a number"
            problems.add(Code.wrong_shape, value.at, message)
        else:
            answer = read_answer(question, value.value.strip(), value.at, problems)
            if answer is not None:
                given[key.value] = answer
    return given
