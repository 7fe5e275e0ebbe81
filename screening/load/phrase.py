"""From a condition as written to an `Expr`, with every name resolved."""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingABC
from dataclasses import dataclass, field
from typing import cast

from screening.diagnostics import Code, Problems, Span, quoted, suggestion
from screening.load.mapping_reader import WHOLE_NUMBER, Fields, shape
from screening.load.parameters import number_or_name
from screening.load.tick_lists import listed_condition
from screening.load.tree import Mapping, Node, Sequence, Text
from screening.model.expr import (
    All,
    AnyOf,
    AtLeast,
    Compare,
    Comparison,
    Expr,
    Found,
    Is,
    IsUnknown,
    Moves,
    Not,
    Reaches,
)
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question
from screening.model.score import POINTS
from screening.model.terms import DeclaredScore, Finding, Group, Parameter
from screening.model.tick_list import TickList, legal_words
from screening.model.vocabularies import Effect, Strength

MOST = 256  # phrases in one condition; the longest there is has 40
NOWHERE = AnyOf(())  # stands for a condition that could not be read
MOVES = re.compile(
    r"(?:any|at least (?P<count>\S+))(?: (?P<group>\S+))? movements? "
    r"(?P<effect>provokes?|relieves?|changes? it)"
)
IS = re.compile(r"(?P<name>\S+) is (?P<negated>not )?(?P<word>\S+)")
COMPARE = re.compile(r"(?P<name>\S+) ?(?P<op>>=|<=|>|<) ?(?P<number>.+)")
NAME = re.compile(r"\S+")
FORMS = (
    "expected `QUESTION is ANSWER`, `LIST is ITEM`, `QUESTION >= NUMBER`, "
    "`QUESTION is unknown`, `SCORE >= NUMBER`, `SCORE is BAND`, `FINDING`, "
    "`FINDING is STRENGTH` or "
    "`at least N GROUP movements provoke`"
)
EFFECTS = {
    "provoke": Effect.PROVOKE,
    "relieve": Effect.RELIEVE,
    "change it": Effect.CHANGE,
}


@dataclass(frozen=True)
class Vocabulary:
    """The names conditions may use."""

    questions: MappingABC[str, Question]
    findings: MappingABC[str, Finding]
    groups: MappingABC[str, Group]
    parameters: MappingABC[str, Parameter] = field(default_factory=dict)
    tick_lists: MappingABC[str, TickList] = field(default_factory=dict)
    scores: MappingABC[str, DeclaredScore] = field(default_factory=dict)

    def members(self, group: str) -> int:
        """Return how many movements a group has; the empty group has all."""
        moves = (q for q in self.questions.values() if q.is_movement)
        return sum(not group or group in q.groups for q in moves)


def vocabulary_of(knowledge: KnowledgeBase) -> Vocabulary:
    """Return the names that conditions on a knowledge base may use."""
    return Vocabulary(
        knowledge.questions,
        knowledge.findings,
        knowledge.groups,
        knowledge.parameters,
        knowledge.tick_lists,
        knowledge.scores,
    )


def read_condition(node: Node, vocabulary: Vocabulary, problems: Problems) -> Expr:
    """Return the condition a node says; what is wrong is noted and stands for false."""
    if too_many(node):
        message = f"a condition of more than {MOST} parts cannot be read by anybody"
        problems.add(Code.too_long, node.at, message, "let rules of their own find parts of it")
        return NOWHERE
    return _read(node, vocabulary, problems)


def too_many(node: Node) -> bool:
    """Tell whether a condition has more parts than are read."""
    left, found = [node], 0
    while left and found <= MOST:
        one = left.pop()
        found += isinstance(one, Text)
        left += one.items if isinstance(one, Sequence) else ()
        left += (value for _, value in one.entries) if isinstance(one, Mapping) else ()
    return found > MOST


def _read(node: Node, vocabulary: Vocabulary, problems: Problems) -> Expr:
    if isinstance(node, Text):
        return _phrase(node, vocabulary, problems)
    if isinstance(node, Mapping) and len(node.entries) == 1:
        return _tree(node, vocabulary, problems)
    what = "a list" if isinstance(node, Sequence) else f"{shape(node)} of several keys"
    message = f"a condition is a phrase or one of `all`, `any`, `not`, `at_least`; this is {what}"
    problems.add(Code.wrong_shape, node.at, message, "put `all:` or `any:` before the list")
    return NOWHERE


def _tree(node: Mapping, vocabulary: Vocabulary, problems: Problems) -> Expr:
    (key, value) = node.entries[0]
    match key.value:
        case "all":
            return All(_parts(value, vocabulary, problems))
        case "any":
            return AnyOf(_parts(value, vocabulary, problems))
        case "not":
            return Not(_read(value, vocabulary, problems))
        case "at_least":
            return _at_least(value, vocabulary, problems)
    message = f"a condition cannot begin with {quoted(key.value)}"
    help_ = suggestion(key.value, ("all", "any", "not", "at_least"))
    problems.add(Code.unknown_key, key.at, message, help_)
    return NOWHERE


def _parts(node: Node, vocabulary: Vocabulary, problems: Problems) -> tuple[Expr, ...]:
    if isinstance(node, Sequence) and node.items:
        return tuple(_read(item, vocabulary, problems) for item in node.items)
    problems.add(Code.wrong_shape, node.at, "a list of conditions is expected")
    return ()


def _at_least(node: Node, vocabulary: Vocabulary, problems: Problems) -> Expr:
    fields = Fields.of(node, problems, "`at_least`")
    if fields is None:
        return NOWHERE
    count = fields.number("count", required=True)
    parts = fields.get("of", required=True)
    fields.done()
    if parts is None:
        return NOWHERE
    read = _parts(parts, vocabulary, problems)
    _possible(count, len(read), fields.value_place("count"), problems)
    return AtLeast(count, read)


def _possible(count: int, of: int, at: Span, problems: Problems) -> None:
    if not 1 <= count <= of:
        message = f"at least {count} of {of} can never be decided by the answers"
        problems.add(Code.impossible_count, at, message, f"expected 1 to {of}")


def _phrase(node: Text, vocabulary: Vocabulary, problems: Problems) -> Expr:
    words = " ".join(node.value.split())
    reader = _PhraseReader(vocabulary, problems, node.at)
    if match := MOVES.fullmatch(words):
        return reader.moves(match)
    if match := IS.fullmatch(words):
        return reader.compare_word(match["name"], match["word"], negated=bool(match["negated"]))
    if match := COMPARE.fullmatch(words):
        return reader.compare_number(match["name"], match["op"], match["number"])
    if NAME.fullmatch(words):
        return reader.found(words, "suspected")
    problems.add(Code.bad_phrase, node.at, f"{quoted(words)} is not a condition", FORMS)
    return NOWHERE


@dataclass(frozen=True)
class _PhraseReader:
    """Resolves the names in one phrase."""

    vocabulary: Vocabulary
    problems: Problems
    at: Span

    def moves(self, match: re.Match[str]) -> Expr:
        group = match["group"] or ""
        if group and group not in self.vocabulary.groups:
            help_ = suggestion(group, self.vocabulary.groups)
            message = f"no movement group {quoted(group)}"
            self.problems.add(Code.dangling_group, self.at, message, help_)
            return NOWHERE
        written = match["count"] or "1"
        if not WHOLE_NUMBER.fullmatch(written):
            message = f"`at least` takes a whole number, found {quoted(written)}"
            self.problems.add(Code.bad_number, self.at, message)
            return NOWHERE
        _possible(int(written), self.vocabulary.members(group), self.at, self.problems)
        effect = match["effect"].replace("changes", "change").removesuffix("s")
        return Moves(group, EFFECTS[effect], int(written))

    def question(self, name: str) -> Question | None:
        found = self.vocabulary.questions.get(name)
        if found is None:
            lists = self.vocabulary.tick_lists
            scores = self.vocabulary.scores
            known = (*self.vocabulary.questions, *lists, *self.vocabulary.findings, *scores)
            message = f"no question or finding {quoted(name)}"
            self.problems.add(Code.dangling_question, self.at, message, suggestion(name, known))
        return found

    def compare_word(self, name: str, word: str, *, negated: bool) -> Expr:
        if name in self.vocabulary.findings:
            strength = self.found(name, word)
            return Not(strength) if negated else strength
        if name in self.vocabulary.tick_lists:
            listed = self.compare_item(name, word)
            return Not(listed) if negated else listed
        if name in self.vocabulary.scores:
            band = self.in_band(name, word)
            return Not(band) if negated else band
        question = self.question(name)
        if question is None:
            return NOWHERE
        if word == "unknown":
            return Not(IsUnknown(name)) if negated else IsUnknown(name)
        if question.is_number:
            what = f"a number in {question.unit}" if question.unit else question.how.meaning
            message = f"`{name}` is {what}; it cannot be {quoted(word)}"
            help_ = f"compare it, as in `{name} >= {question.scale.write(question.low)}`"
            self.problems.add(Code.wrong_kind, self.at, message, help_)
        elif word not in question.words:
            message = f"`{name}` has no answer {quoted(word)}"
            help_ = suggestion(word, question.words)
            self.problems.add(Code.dangling_answer, self.at, message, help_)
        return Not(Is(name, word)) if negated else Is(name, word)

    def compare_item(self, name: str, word: str) -> Expr:
        lists = self.vocabulary.tick_lists
        found = listed_condition(name, word, lists, self.vocabulary.questions)
        if found is None:
            help_ = suggestion(word, (*legal_words(lists[name])[:-2], "unknown"))
            message = f"`{name}` has no item {quoted(word)}"
            self.problems.add(Code.dangling_answer, self.at, message, help_)
        return NOWHERE if found is None else found

    def in_band(self, name: str, word: str) -> Expr:
        """Return that a score is in a band: from where it begins, and not where the next does."""
        score = self.vocabulary.scores[name].score
        legal = [band.id for band in score.bands]
        if word not in legal:
            message = f"`{name}` has no band {quoted(word)}"
            help_ = suggestion(word, legal) if legal else f"compare it, as in `{name} >= 1`"
            self.problems.add(Code.dangling_answer, self.at, message, help_)
            return NOWHERE
        if not score.items:
            return NOWHERE
        low, high = score.ends(word)
        parts: list[Expr] = [] if low is None else [Reaches(score, low)]
        parts += [] if high is None else [Not(Reaches(score, high))]
        if not parts:
            message = f"every sum of `{name}` is {quoted(word)}"
            self.problems.add(Code.impossible_count, self.at, message)
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def compare_points(self, name: str, op: str, written: str) -> Expr:
        """Return that a score compares so: that it reaches a number, or does not."""
        score = self.vocabulary.scores[name].score
        read = self.named_number(written, POINTS)
        if read is None or not score.items:
            return NOWHERE
        number, parameter = read
        reached = number + (op in {">", "<="})
        if not score.least < reached <= score.most:
            message = f"`{name}` is {score.least} to {score.most}: that decides nothing"
            self.problems.add(Code.out_of_range, self.at, message)
        reaches = Reaches(score, reached, parameter)
        return reaches if op in {">=", ">"} else Not(reaches)

    def compare_number(self, name: str, op: str, written: str) -> Expr:
        if name in self.vocabulary.scores:
            return self.compare_points(name, op, written)
        question = self.question(name)
        if question is None:
            return NOWHERE
        if not question.is_number:
            message = f"`{name}` is not a number"
            help_ = f"its answers are {', '.join(question.words)}"
            self.problems.add(Code.wrong_kind, self.at, message, help_)
            return NOWHERE
        exact, unit = question.scale.read(written), question.unit
        read = (exact, "") if exact is not None else self.named_number(written, unit)
        if read is None:
            return NOWHERE
        number, parameter = read
        if not question.low <= number <= question.high:
            said = question.scale.write(number)
            found = f"{said} (`{parameter}`)" if parameter else said
            message = f"`{name}` is {question.span}, found {found}"
            self.problems.add(Code.out_of_range, self.at, message)
        return Compare(name, cast("Comparison", op), number, parameter)

    def named_number(self, written: str, unit: str) -> tuple[int, str] | None:
        parameters = self.vocabulary.parameters
        return number_or_name(written, unit, self.at, parameters, self.problems)

    def found(self, name: str, word: str) -> Expr:
        if name not in self.vocabulary.findings:
            if name in self.vocabulary.questions:
                message = f"{quoted(name)} is a question; say which answer"
                self.problems.add(Code.bad_phrase, self.at, message, f"as in `{name} is ANSWER`")
            else:
                message = f"no finding {quoted(name)}"
                help_ = suggestion(name, self.vocabulary.findings)
                self.problems.add(Code.dangling_finding, self.at, message, help_)
            return NOWHERE
        legal = {s.word: s for s in Strength}
        if word not in legal:
            message = f"a finding is suspected, supported or confirmed, not {quoted(word)}"
            self.problems.add(Code.bad_word, self.at, message, suggestion(word, legal))
            return NOWHERE
        return Found(name, legal[word])
