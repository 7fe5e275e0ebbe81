"""From `questions/*.yaml` to questions in asking order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from screening.diagnostics import Code, Problems, quoted, suggestion
from screening.load.follow import Declared, read_declared, read_validity
from screening.load.mapping_reader import Fields
from screening.load.phrase import Vocabulary, read_condition
from screening.load.tree import Node, Text
from screening.model.kinds import Scale, how
from screening.model.knowledge import Group, Parameter
from screening.model.question import (
    SESSION,
    Option,
    Question,
    Topic,
    Validity,
    fixed_answers,
)
from screening.model.vocabularies import Kind, Level


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

    def read(self, node: Node) -> None:
        """Read one topic file."""
        fields = Fields.of(node, self.problems, "a topic file")
        if fields is None:
            return
        topic = Topic(
            fields.text("topic", required=True),
            fields.text("title", required=True),
            fields.text("lead_in"),
        )
        self.topics.append(topic)
        usual = read_validity(fields, SESSION, self.problems)
        for entry in fields.mappings("questions", "a question", required=True):
            self._keep(self._question(entry, topic.id, usual), entry)
            entry.done()
        fields.done()

    def finish(self) -> dict[str, Question]:
        """Return the questions in asking order, with `only_if` and `sums_up` resolved."""
        vocabulary = Vocabulary(self.found, {}, self.groups, self.parameters)
        for name, parts in self.parts.items():
            self.found[name] = replace(self.found[name], sums_up=tuple(self._known(name, parts)))
        for name, node in self.conditions.items():
            condition = read_condition(node, vocabulary, self.problems)
            self.found[name] = replace(self.found[name], only_if=condition)
        for declared in self.declared:
            declared.resolve(self.found, self.problems)
        return self.found

    def _keep(self, question: Question, entry: Fields) -> None:
        if question.id in self.found:
            message = f"the id {quoted(question.id)} is used twice"
            self.problems.add(Code.duplicate_id, entry.value_place("id"), message)
            return
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

    def _question(self, fields: Fields, topic: str, usual: Validity) -> Question:
        kind = fields.member("kind", Kind)
        is_ = how(kind)
        question = Question(
            id=fields.id(),
            topic=topic,
            ask=fields.text("ask", required=True),
            short=fields.text("short", required=True),
            kind=kind,
            harmless="",
            answers=self._answers(fields) if is_.answers is None else fixed_answers(is_),
            safety=fields.member("safety", Level, default=Level.NONE),
            intimate=fields.flag("intimate"),
            help=fields.text("help"),
            groups=self._groups(fields) if is_.movement else (),
            gap=fields.flag("gap"),
            renews=fields.flag("renews"),
            at=fields.node.at,
        )
        question = read_declared(fields, question, usual, self.problems)
        if is_.scale is not None:
            question = self._bounds(fields, question, is_.scale)
        return replace(question, harmless=self._harmless(fields, question))

    def _answers(self, fields: Fields) -> tuple[Option, ...]:
        options: dict[str, Option] = {}
        for entry in fields.mappings("answers", "an answer", required=True):
            option = Option(entry.id(), entry.text("say", required=True))
            entry.done()
            if option.id in options:
                message = f"the answer {quoted(option.id)} is given twice"
                self.problems.add(Code.duplicate_id, entry.value_place("id"), message)
            options[option.id] = option
        return tuple(options.values())

    def _groups(self, fields: Fields) -> tuple[str, ...]:
        names = fields.texts("groups")
        for name in names:
            if name.value not in self.groups:
                message = f"no movement group {quoted(name.value)}"
                help_ = suggestion(name.value, self.groups)
                self.problems.add(Code.dangling_group, name.at, message, help_)
        return tuple(name.value for name in names)

    def _bounds(self, fields: Fields, question: Question, scale: Scale) -> Question:
        low, high = self._end(fields, "from", scale), self._end(fields, "to", scale)
        if low >= high:
            message = f"`from` ({scale.write(low)}) must be below `to` ({scale.write(high)})"
            self.problems.add(Code.bad_number, fields.value_place("to"), message)
        unit = fields.text("unit", required=scale.digits)
        return replace(question, low=low, high=high, unit=unit)

    def _end(self, fields: Fields, key: str, scale: Scale) -> int:
        """Return the number a scale begins or ends with."""
        written = fields.text(key, required=True)
        number = scale.read(written)
        if number is None and key in fields.node.by_key:
            message = f"`{key}` must be {scale.one}, found {quoted(written)}"
            self.problems.add(Code.bad_number, fields.value_place(key), message)
        return scale.first if number is None else number

    def _harmless(self, fields: Fields, question: Question) -> str | int:
        usual = question.how.harmless or ""
        written = fields.text("harmless", required=not usual, default=usual)
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
