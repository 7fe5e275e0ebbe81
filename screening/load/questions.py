"""From `questions/*.yaml` to questions in asking order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from screening.diagnostics import Code, Problems, quoted, suggestion
from screening.load.entries import Hand, Reader
from screening.load.follow import Declared, read_declared, read_validity
from screening.load.mapping_reader import Fields
from screening.load.phrase import Vocabulary, read_condition
from screening.load.tick_lists import ListReader
from screening.load.tree import Node, Text
from screening.model.kinds import Scale, how
from screening.model.question import (
    SESSION,
    Question,
    Topic,
    Validity,
    fixed_answers,
)
from screening.model.terms import Group, Parameter
from screening.schema.keys import Of
from screening.schema.questions import QUESTION, TICK_LIST, TOPIC


@dataclass
class QuestionReader:
    """Reads topic files one after the other; `finish` resolves `only_if`."""

    groups: Mapping[str, Group]
    parameters: Mapping[str, Parameter]
    problems: Problems
    topics: list[Topic] = field(default_factory=list)
    found: dict[str, Question] = field(default_factory=dict)
    conditions: dict[str, Node] = field(default_factory=dict)
    parts: dict[str, tuple[Text, ...]] = field(default_factory=dict)
    declared: list[Declared] = field(default_factory=list)
    topic: str = ""  # of the file being read
    lists: ListReader = field(init=False)
    usual: Validity = SESSION

    def __post_init__(self) -> None:
        """Begin with no tick list."""
        self.lists = ListReader(self.problems)

    def read(self, node: Node) -> None:
        """Read one topic file."""
        fields = Fields.of(node, self.problems, TOPIC.what)
        if fields is None:
            return
        self.topic = fields.quiet.text("topic")
        self.usual = read_validity(fields, SESSION, self.problems)
        hands: dict[str, Hand] = {QUESTION.what: self._keep, TICK_LIST.what: self.lists.keep}
        reader = Reader(self.problems, hands, {Of.GROUP: self.groups})
        self.topics.append(reader.entry(fields, TOPIC))

    def finish(self) -> dict[str, Question]:
        """Return the questions in asking order, with `only_if` and `sums_up` resolved."""
        for name, parts in self.parts.items():
            self.found[name] = replace(self.found[name], sums_up=tuple(self._known(name, parts)))
        for declared in self.declared:
            declared.resolve(self.found, self.problems)
        lists = self.lists.finish(self.found)
        vocabulary = Vocabulary(self.found, {}, self.groups, self.parameters, lists)
        for name, node in self.conditions.items():
            condition = read_condition(node, vocabulary, self.problems)
            self.found[name] = replace(self.found[name], only_if=condition)
        return self.found

    def _keep(self, entry: Fields, said: Question) -> Question:
        """Keep a question with all that its schema leaves open; one whose id is taken is noted."""
        question = self._question(entry, said)
        if question.id in self.found:
            message = f"the id {quoted(question.id)} is used twice"
            self.problems.add(Code.duplicate_id, entry.value_place("id"), message)
            return question
        self.found[question.id] = question
        parts = entry.texts("sums_up")
        if parts and not question.is_yes_no:
            message = "only a yes_no question can sum up others"
            self.problems.add(Code.wrong_shape, entry.place("sums_up"), message)
        elif parts:
            self.parts[question.id] = parts
        self.declared.append(Declared(question.id, entry))
        condition = entry.get("only_if")
        if condition is not None:
            self.conditions[question.id] = condition
        return question

    def _known(self, whole: str, parts: Iterable[Text]) -> Iterator[str]:
        """Yield the parts of a summing question that can be parts, noting the others."""
        for part in parts:
            question = self.found.get(part.value)
            if question is None:
                message = f"no question {quoted(part.value)}"
                help_ = suggestion(part.value, self.found)
                self.problems.add(Code.dangling_question, part.at, message, help_)
            elif part.value == whole or part.value in self.parts or question.is_number:
                message = f"{quoted(part.value)} cannot be summed up"
                help_ = "a part is another question, with fixed answers, that sums up nothing"
                self.problems.add(Code.wrong_shape, part.at, message, help_)
            else:
                yield part.value

    def _question(self, fields: Fields, said: Question) -> Question:
        is_ = how(said.kind)
        question = replace(said, topic=self.topic)
        question = read_declared(fields, question, self.usual, self.problems)
        if is_.answers is not None:
            question = replace(question, answers=fixed_answers(is_))
        if is_.scale is not None:
            question = self._bounds(fields, question, is_.scale)
        return replace(question, harmless=self._harmless(fields, question))

    def _bounds(self, fields: Fields, question: Question, scale: Scale) -> Question:
        low, high = self._end(fields, "from", scale), self._end(fields, "to", scale)
        if low >= high:
            message = f"`from` ({scale.write(low)}) must be below `to` ({scale.write(high)})"
            self.problems.add(Code.bad_number, fields.value_place("to"), message)
        return replace(question, low=low, high=high)

    def _end(self, fields: Fields, key: str, scale: Scale) -> int:
        """Return the number a scale begins or ends with."""
        written = fields.text(key)
        number = scale.read(written)
        if number is None and key in fields.node.by_key:
            message = f"`{key}` must be {scale.one}, found {quoted(written)}"
            self.problems.add(Code.bad_number, fields.value_place(key), message)
        return scale.first if number is None else number

    def _harmless(self, fields: Fields, question: Question) -> str | int:
        usual = question.how.harmless or ""
        fields.get("harmless", required=not usual)
        written = str(question.harmless) or usual
        if question.is_number:
            scale, number = question.scale, question.scale.read(written)
            if number is not None and question.low <= number <= question.high:
                return number
            ends = f"{scale.write(question.low)} to {scale.write(question.high)}"
            message = f"`harmless` must be {ends}, found {quoted(written)}"
            self.problems.add(Code.bad_number, fields.value_place("harmless"), message)
            return question.low
        if written and written not in question.words:
            message = f"`{question.id}` has no answer {quoted(written)}"
            help_ = suggestion(written, question.words)
            self.problems.add(Code.dangling_answer, fields.value_place("harmless"), message, help_)
        return written
