"""From `rules/**/*.yaml` to rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

from screening.diagnostics import Code, Problems, quoted, suggestion
from screening.load.answer import read_answer
from screening.load.conclusions import ConclusionReader
from screening.load.entries import Hand, Reader
from screening.load.mapping_reader import Fields
from screening.load.phrase import Vocabulary, read_condition
from screening.load.tick_lists import GivenAnswers, listed_answers, together
from screening.load.tree import Mapping as MappingNode
from screening.load.tree import Node, Text
from screening.model.pack import Source
from screening.model.question import Value
from screening.model.rule import Example, Refer, Rule, UnknownPolicy, Unsure
from screening.schema.keys import Of
from screening.schema.rules import EXAMPLE, REFERRING, RULE

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
        fields = Fields.of(node, self.problems, RULE.what)
        if fields is None:
            return None
        hands: dict[str, Hand] = {RULE.what: self._rule, EXAMPLE.what: self._example}
        rule = Reader(self.problems, hands, {Of.SOURCE: self.sources}).entry(fields, RULE)
        check_file_name(fields, rule.id, path, "rule", self.problems)
        return replace(rule, topic=path.parent.name)

    def _rule(self, fields: Fields, rule: Rule) -> Rule:
        when, then = fields.get("when"), fields.get("then")
        conclusions = () if then is None else self.conclusions.read(then)
        self._covers(fields)
        return replace(
            rule,
            when=rule.when
            if when is None
            else read_condition(when, self.vocabulary, self.problems),
            then=conclusions,
            unknown=self._unknown(fields, refers=any(isinstance(c, Refer) for c in conclusions)),
        )

    def _covers(self, fields: Fields) -> None:
        """Note the statements covered that are not listed."""
        listed = self.statements
        for text in fields.quiet.texts("covers"):
            if listed is not None and text.value not in listed:
                message = f"no statement {quoted(text.value)} in `coverage.yaml`"
                help_ = "" if self.problems.many else suggestion(text.value, listed)
                self.problems.add(Code.dangling_statement, text.at, message, help_)

    def _unknown(self, fields: Fields, *, refers: bool) -> UnknownPolicy | None:
        inner = fields.mapping("unknown")
        if inner is None:
            return None
        if "see" in inner.node.by_key:
            policy = UnknownPolicy(Unsure.NOT_MET, see=inner.text("see") or None)
        else:
            legal = (*READINGS, *REFERRING) if refers else tuple(READINGS)
            word = inner.word("treat_as", legal)
            if word in REFERRING:
                policy = UnknownPolicy(Unsure.NOT_MET, level=REFERRING[word])
            else:
                policy = UnknownPolicy(READINGS[word])
        inner.done()
        return policy

    def _example(self, fields: Fields, example: Example) -> Example:
        node = fields.get("given")
        if node is None:
            return example
        if not isinstance(node, MappingNode):
            self.problems.add(Code.wrong_shape, node.at, "`given` must map questions to answers")
            return example
        return replace(example, given=read_answers(node, self.vocabulary, self.problems))


def check_file_name(
    fields: Fields, name: str, path: PurePath, what: str, problems: Problems
) -> None:
    """Note a file that is not named after what it holds."""
    if name and path.stem != name:
        message = f"the file of the {what} {quoted(name)} must be named {quoted(name + '.yaml')}"
        problems.add(Code.misnamed_file, fields.value_place("id"), message)


def read_answers(
    node: MappingNode, vocabulary: Vocabulary, problems: Problems
) -> dict[str, Value]:
    """Return the answers a mapping gives, noting unknown questions and answers."""
    return dict(read_given(node, vocabulary, problems).answers)


def read_given(node: MappingNode, vocabulary: Vocabulary, problems: Problems) -> GivenAnswers:
    """Return the answers a mapping gives, one by one and in tick lists."""
    own: dict[str, Value] = {}
    listed: dict[str, dict[str, Value]] = {}
    for key, value in node.entries:
        tick_list = vocabulary.tick_lists.get(key.value)
        if tick_list is None:
            own |= _answer(key, value, vocabulary, problems)
        else:
            ticks = listed_answers(tick_list, value, vocabulary.questions, problems)
            listed[key.value] = ticks
    return together(own, listed, vocabulary.questions)


def _answer(
    key: Text, value: Node, vocabulary: Vocabulary, problems: Problems
) -> dict[str, Value]:
    """Return the answer to one question, by its id; none where it cannot be read."""
    given: dict[str, Value] = {}
    question = vocabulary.questions.get(key.value)
    if question is None:
        message, known = (
            f"no question {quoted(key.value)}",
            (*vocabulary.questions, *vocabulary.tick_lists),
        )
        help_ = "" if problems.many else suggestion(key.value, known)
        problems.add(Code.dangling_question, key.at, message, help_)
    elif not isinstance(value, Text):
        message = f"the answer to `{key.value}` must be a word or a number"
        problems.add(Code.wrong_shape, value.at, message)
    else:
        answer = read_answer(question, value.value.strip(), value.at, problems)
        if answer is not None:
            given[key.value] = answer
    return given
