"""Tick lists: which questions stand in one, and what is said with it in conditions and answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from screening.diagnostics import Code, Problems, Span, quoted, suggestion
from screening.load.mapping_reader import Fields
from screening.load.tree import Node, Sequence, Text
from screening.model.case import ListedOtherwise
from screening.model.expr import All, AnyOf, Expr, Is, IsUnknown, Not
from screening.model.kinds import how
from screening.model.question import Question, Value
from screening.model.tick_list import (
    LEAST,
    LONGEST,
    MOST,
    NONE,
    TickList,
    clash,
    legal_words,
    rest_in,
    tick_of,
    ticked,
)
from screening.model.vocabularies import Kind, Unknown

TICKED = " or ".join(f"`{kind.value}`" for kind in Kind if how(kind).ticked)
NOWHERE = AnyOf(())  # stands for a condition that could not be read


@dataclass
class ListReader:
    """Keeps the tick lists of topic files until all questions are read."""

    problems: Problems
    found: dict[str, TickList] = field(default_factory=dict)
    entries: dict[str, Fields] = field(default_factory=dict)

    def keep(self, entry: Fields, tick_list: TickList) -> TickList:
        """Keep a list; one whose id is taken is noted."""
        if tick_list.id in self.found:
            self._taken(entry, tick_list.id)
        else:
            self.found[tick_list.id] = tick_list
            self.entries[tick_list.id] = entry
        return tick_list

    def finish(self, questions: Mapping[str, Question]) -> dict[str, TickList]:
        """Return the lists with those items that can stand in them; the others are noted."""
        seen: dict[str, str] = {}
        for name in [one for one in self.found if one in questions]:  # the question keeps it
            self._taken(self.entries[name], name)
            del self.found[name]
        for name, tick_list in self.found.items():
            entry = self.entries[name]
            items = tuple(self._fitting(tick_list, entry.texts("items"), questions, seen))
            topic = questions[items[0]].topic if items else ""
            self.found[name] = replace(tick_list, items=items, topic=topic)
            self._number(entry, entry.texts("items"))
        return self.found

    def _taken(self, entry: Fields, name: str) -> None:
        message = f"the id {quoted(name)} is used twice"
        self.problems.add(Code.duplicate_id, entry.value_place("id"), message)

    def _number(self, entry: Fields, items: tuple[Text, ...]) -> None:
        if not LEAST <= len(items) <= MOST:
            message = f"a tick list has {LEAST} to {MOST} items, this has {len(items)}"
            self.problems.add(Code.impossible_count, entry.value_place("items"), message)

    def _fitting(
        self,
        tick_list: TickList,
        items: tuple[Text, ...],
        questions: Mapping[str, Question],
        seen: dict[str, str],
    ) -> Iterator[str]:
        """Yield the items that can stand in a list together."""
        fitting: list[Question] = []
        for item in items:
            question = questions.get(item.value)
            if question is None:
                message, help_ = (
                    f"no question {quoted(item.value)}",
                    suggestion(item.value, questions),
                )
                self.problems.add(Code.dangling_question, item.at, message, help_)
            elif why := _unfit(question, fitting, seen):
                message = f"{quoted(item.value)} cannot stand in {quoted(tick_list.id)}: {why[0]}"
                self.problems.add(Code.unfit_item, item.at, message, why[1])
            else:
                fitting.append(question)
                seen[question.id] = tick_list.id
                yield question.id


def _unfit(
    question: Question, before: list[Question], seen: Mapping[str, str]
) -> tuple[str, str] | None:
    """Return why a question cannot follow the items before it, and what to do; None if it can."""
    if question.id in seen:
        return f"it stands in `{seen[question.id]}`", "an item stands in one list, once"
    if not tick_of(question):
        return f"its kind is `{question.kind.value}`", f"an item is {TICKED}"
    if question.harmless != question.how.harmless:
        help_ = f"an item is not ticked where the answer is `{question.how.harmless}`"
        return f"its harmless answer is `{question.harmless}`", help_
    if question.derived is not None or question.gap:
        return "its answer is worked out", "an item is asked"
    if len(question.item) > LONGEST:
        return (
            f"its words have {len(question.item)} characters",
            f"at most {LONGEST}: give it a `tick`",
        )
    return _unlike(question, before[0]) if before else None


def _unlike(question: Question, first: Question) -> tuple[str, str] | None:
    if question.kind is not first.kind:
        return f"`{first.id}` is of another kind", "the items of a list are of one kind"
    if question.topic != first.topic:
        return f"`{first.id}` is of another topic", "the items of a list are of one topic"
    return None


def listed_condition(
    name: str, word: str, lists: Mapping[str, TickList], questions: Mapping[str, Question]
) -> Expr | None:
    """Return what `LIST is ITEM`, `is none` and `is unknown` stand for; None for another word."""
    items = [questions[item] for item in lists[name].items]
    if word == NONE:
        return All(tuple(Not(Is(item.id, tick_of(item))) for item in items))
    if word == "unknown":
        return AnyOf(tuple(IsUnknown(item.id) for item in items))
    return next((Is(item.id, tick_of(item)) for item in items if item.id == word), None)


def listed_answers(
    tick_list: TickList, node: Node, questions: Mapping[str, Question], problems: Problems
) -> dict[str, Value]:
    """Return the answers that a list gives to its items; what is wrong is noted."""
    texts = (
        [one for one in node.items if isinstance(one, Text)] if isinstance(node, Sequence) else []
    )
    if isinstance(node, Text):
        texts = [node]
    odd = not texts or (isinstance(node, Sequence) and len(texts) < len(node.items))
    if odd:
        message = f"`{tick_list.id}` must be a list of its items"
        help_ = f"as in `{tick_list.id}: [{tick_list.items[0]}]`, or `[{NONE}]`"
        problems.add(Code.wrong_shape, node.at, message, help_)
        return {}
    return read_ticks(
        tick_list, [(one.value.strip(), one.at) for one in texts], questions, problems
    )


def read_ticks(
    tick_list: TickList,
    written: list[tuple[str, Span]],
    questions: Mapping[str, Question],
    problems: Problems,
) -> dict[str, Value]:
    """Return the answers to the items of a list, from the words written with their places."""
    words, legal = tuple(word for word, _ in written), legal_words(tick_list)
    for word, at in written:
        if word not in legal:
            message = f"`{tick_list.id}` has no item {quoted(word)}"
            problems.add(Code.dangling_answer, at, message, suggestion(word, legal))
    if not set(words) <= set(legal):
        return {}
    if why := clash(words):
        problems.add(Code.wrong_shape, written[-1][1], f"`{tick_list.id}`: {why}")
        return {}
    items = tuple(questions[item] for item in tick_list.items)
    return ticked(items, words, rest_in(words))


@dataclass(frozen=True, slots=True)
class GivenAnswers:
    """The answers of a client, and where a tick list says another thing than an own answer."""

    answers: Mapping[str, Value] = field(default_factory=dict)
    at_odds: tuple[ListedOtherwise, ...] = ()


def together(
    own: Mapping[str, Value],
    listed: Mapping[str, Mapping[str, Value]],
    questions: Mapping[str, Question],
) -> GivenAnswers:
    """Return own answers and those of lists as one; a tick counts, whoever says otherwise.

    An own answer that is no tick, to an item that is not ticked, only says more than the list.
    """
    answers: dict[str, Value] = {n: v for ticks in listed.values() for n, v in ticks.items()}
    odd: list[ListedOtherwise] = []
    for name, value in own.items():
        ticks = answers.get(name)
        tick = tick_of(questions[name])
        if ticks is None or isinstance(ticks, Unknown) or (ticks == tick) == (value == tick):
            answers[name] = value
        else:
            answers[name] = tick
            named = next(list_id for list_id, one in listed.items() if name in one)
            odd.append(ListedOtherwise(named, name, value, ticks))
    return GivenAnswers(answers, tuple(odd))
