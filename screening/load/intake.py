"""From an intake file (YAML or JSON) to a `Case`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from screening.diagnostics import Code, Problems, Span, nearest, quoted, suggestion
from screening.errors import BadInputError
from screening.load.answer import read_answer
from screening.load.entries import Reader
from screening.load.mapping_reader import Fields
from screening.load.phrase import Vocabulary
from screening.load.renamed import todays
from screening.load.rules import read_given
from screening.load.source import decode, read_bytes, within_limit
from screening.load.tick_lists import GivenAnswers
from screening.load.tree import Mapping as MappingNode
from screening.load.tree import Node, parse
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.schema.library import INTAKE


def load_intake(path: Path, knowledge: KnowledgeBase) -> Case:
    """Return the case in an intake file.

    Raises:
        BadInputError: with every diagnostic; nothing is guessed.

    """
    problems = Problems()
    shown = str(path)
    raw = read_bytes(path, shown, problems)
    return _read(raw, shown, knowledge, problems)


def read_intake(raw: bytes, shown: str, knowledge: KnowledgeBase) -> Case:
    """Return the case in the bytes of an intake; `shown` names them in diagnostics.

    Raises:
        BadInputError: with every diagnostic; nothing is guessed.

    """
    problems = Problems()
    return _read(within_limit(raw, shown, problems), shown, knowledge, problems)


def read_what_if(written: Iterable[str], knowledge: KnowledgeBase) -> dict[str, Value]:
    """Return the answers of texts of the form `QUESTION=ANSWER`.

    Raises:
        BadInputError: with every text that names no question or no answer, or one question twice.

    """
    problems = Problems()
    answers: dict[str, Value] = {}
    for text in written:
        name, equals, answer = (part.strip() for part in text.partition("="))
        at = Span("--what-if", 1, 1, len(name), text)
        question = knowledge.questions.get(name)
        if not equals:
            help_ = "as in `walk=provokes`"
            problems.add(
                Code.wrong_shape, at, f"expected QUESTION=ANSWER, found {quoted(text)}", help_
            )
        elif question is None:
            help_ = suggestion(name, knowledge.questions)
            problems.add(Code.dangling_question, at, f"no question {quoted(name)}", help_)
        elif name in answers:
            problems.add(Code.duplicate_key, at, f"{quoted(name)} is given twice")
        else:
            place = Span("--what-if", 1, text.index("=") + 2, len(answer), text)
            value = read_answer(question, answer, place, problems)
            answers[name] = question.harmless if value is None else value
    if problems.errors:
        raise BadInputError(problems.sorted())
    return answers


def _read(raw: bytes | None, shown: str, knowledge: KnowledgeBase, problems: Problems) -> Case:
    text = None if raw is None else decode(raw, shown, problems)
    tree = None if text is None else parse(text, shown, problems)
    case = None if tree is None else _case(tree, knowledge, problems)
    if case is None or problems.errors:
        raise BadInputError(problems.sorted())
    return case


def _case(tree: Node, knowledge: KnowledgeBase, problems: Problems) -> Case:
    def hand(fields: Fields, case: Case) -> Case:
        given = _given(fields, problems)
        answers, dated = (None, ()) if given is None else todays(given, knowledge, problems)
        vocabulary = Vocabulary(knowledge.questions, {}, {}, tick_lists=knowledge.tick_lists)
        said = GivenAnswers() if answers is None else read_given(answers, vocabulary, problems)
        return replace(
            case,
            answers=said.answers,
            at_odds=said.at_odds,
            programme=read_programme(fields, knowledge, problems),
            other_exercises=tuple(filter(str.strip, case.other_exercises)),
            places={} if answers is None else _places(answers, knowledge),
            dated=dated,
            follows_at=fields.value_place("follows"),
        )

    return Reader(problems, {INTAKE.what: hand}).file(tree, INTAKE)


def _places(answers: MappingNode, knowledge: KnowledgeBase) -> dict[str, Span]:
    """Return where each answer stands; that of an item in a list stands at the list."""
    places = {key.value: key.at for key in answers.keys}
    for name in places.keys() & knowledge.tick_lists.keys():
        places = dict.fromkeys(knowledge.tick_lists[name].items, places[name]) | places
    return places


def _given(fields: Fields, problems: Problems) -> MappingNode | None:
    node = fields.get("answers")
    if node is None or isinstance(node, MappingNode):
        return node
    message = "`answers` must map questions to answers"
    problems.add(Code.wrong_shape, node.at, message, "as in `answers: {saddle: no}`")
    return None


def read_programme(
    fields: Fields, knowledge: KnowledgeBase, problems: Problems
) -> tuple[str, ...]:
    """Return the exercises under `programme`, by id, noting names the catalogue lacks."""
    names = knowledge.exercise_names
    found: dict[str, None] = {}
    for text in fields.texts("programme"):
        exercise = knowledge.exercise_called(text.value)
        if exercise is not None:
            found[exercise] = None
            continue
        near = None if problems.many else nearest(" ".join(text.value.lower().split()), names)
        help_ = f"did you mean `{names[near]}`? " if near else ""
        help_ += "what the catalogue lacks goes under `other_exercises`"
        message = f"no exercise {quoted(text.value)}"
        problems.add(Code.unknown_exercise, text.at, message, help_)
    return tuple(found)
