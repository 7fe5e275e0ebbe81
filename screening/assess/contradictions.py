"""Answers that do not fit together; all of them count, so the more urgent one decides (G10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screening.engines.applicable import applies, parents
from screening.engines.kleene import sides
from screening.model.assessment import Contradiction, SaidTo
from screening.model.case import ListedOtherwise, Outcome
from screening.model.expr import Found, Moves, asked_in, leaves
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.rule import Confirm, Head, Rule
from screening.model.vocabularies import Truth


def contradictions(
    knowledge: KnowledgeBase,
    outcome: Outcome,
    answers: Mapping[str, Value],
    given: Mapping[str, Value],
    listed: tuple[ListedOtherwise, ...] = (),
) -> tuple[Contradiction, ...]:
    """Return the answers in force that do not fit together, in asking order, each pair once.

    That is what a rule says to confirm; what was said to a question that another answer rules
    out; a part that concerns while the question that sums it up was denied; and an item that a
    tick list gives another answer than its own.
    """
    found = {
        (one.question, one.against.question): one
        for one in (
            *_by_rules(knowledge, outcome, answers),
            *_ruled_out(knowledge, answers, given),
            *_denied(knowledge, given),
            *_listed(knowledge, given, listed),
        )
    }
    order = {name: place for place, name in enumerate(knowledge.questions)}
    order |= {one.id: order[one.items[0]] for one in knowledge.tick_lists.values()}
    return tuple(found[pair] for pair in sorted(found, key=lambda p: (order[p[0]], order[p[1]])))


def _listed(
    knowledge: KnowledgeBase, given: Mapping[str, Value], listed: tuple[ListedOtherwise, ...]
) -> Iterator[Contradiction]:
    for one in listed:
        if one.item in knowledge.questions and one.tick_list in knowledge.tick_lists:
            own, ticks = SaidTo(one.item, one.own), SaidTo(one.tick_list, one.listed)
            counts, other = (own, ticks) if given[one.item] == one.own else (ticks, own)
            yield Contradiction(counts.question, counts.answer, other)


def _pair(question: str, other: str, answers: Mapping[str, Value]) -> Contradiction:
    return Contradiction(question, answers[question], SaidTo(other, answers[other]))


def _by_rules(
    knowledge: KnowledgeBase, outcome: Outcome, answers: Mapping[str, Value]
) -> Iterator[Contradiction]:
    for rule in knowledge.live_rules:
        for conclusion in rule.then:
            if isinstance(conclusion, Confirm) and outcome.fired(Head(rule.id)):
                first, *more = conclusion.questions
                others = more or [n for n in _made(knowledge, rule, answers) if n != first]
                for other in others:
                    if first in answers and other in answers:
                        yield _pair(first, other, answers)


def _made(knowledge: KnowledgeBase, rule: Rule, answers: Mapping[str, Value]) -> Iterator[str]:
    """Yield the questions whose answers make the leaves of a rule true."""
    for leaf in leaves(rule.when):
        if isinstance(leaf, Moves):
            has = leaf.effect.answers
            yield from (n for n in knowledge.members[leaf.group] if answers.get(n) in has)
        elif not isinstance(leaf, Found) and sides(leaf, answers, {}, knowledge.members).true:
            yield from asked_in(leaf, knowledge.members)


def _ruled_out(
    knowledge: KnowledgeBase, answers: Mapping[str, Value], given: Mapping[str, Value]
) -> Iterator[Contradiction]:
    for question in out_of_place(knowledge, answers, given):
        other = next(_behind(knowledge, question.id, given), None)
        if other is not None and _says_something(question, given[question.id]):
            yield _pair(question.id, other, given)


def out_of_place(
    knowledge: KnowledgeBase, answers: Mapping[str, Value], given: Mapping[str, Value]
) -> Iterator[Question]:
    """Yield the questions that were answered although they do not apply."""
    for question in knowledge.conditional_questions:
        if question.id in given and applies(knowledge, question, answers) is Truth.FALSE:
            yield question


def _behind(knowledge: KnowledgeBase, question: str, given: Mapping[str, Value]) -> Iterator[str]:
    """Yield the answered questions that decide whether a question applies, the nearest first."""
    asked = parents(knowledge, question)
    yield from (name for name in asked if name in given)
    for name in asked:
        yield from _behind(knowledge, name, given)


def _says_something(question: Question, answer: Value) -> bool:
    """Tell whether an answer is worth a doubt: what a movement does stands on its own."""
    return not question.is_movement and question.concerns(answer)


def _denied(knowledge: KnowledgeBase, given: Mapping[str, Value]) -> Iterator[Contradiction]:
    for whole in knowledge.summing_questions:
        if given.get(whole.id) == whole.harmless:
            for name in whole.sums_up:
                if name in given and knowledge.questions[name].concerns(given[name]):
                    yield _pair(name, whole.id, given)
