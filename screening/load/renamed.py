"""From `renamed.yaml` to what became of old answers, and from old answers to today's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from screening.diagnostics import Code, Diagnostic, Problems, Severity, quoted, suggestion
from screening.load.answer import read_answer
from screening.load.entries import Reader
from screening.load.mapping_reader import Fields
from screening.load.tree import Mapping as MappingNode
from screening.load.tree import Node, Text
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Renamed
from screening.model.vocabularies import ASKED_UNKNOWNS
from screening.schema.library import RENAMED, RENAMED_ANSWER


def read_renamed(
    node: Node, questions: Mapping[str, Question], problems: Problems
) -> tuple[Renamed, ...]:
    """Return the old answers, in the order of the file; one that is still an answer is noted."""

    def meant(fields: Fields, old: Renamed) -> Renamed:
        asked = questions.get(old.question)
        if asked is not None and (asked.is_number or old.answer in asked.words):
            message = f"`{old.question}` still takes {quoted(old.answer)}"
            problems.add(Code.duplicate_id, fields.value_place("answer"), message)
        return replace(old, now=_stands_for(fields, questions, problems))

    found: dict[tuple[str, str], Renamed] = {}
    for old in Reader(problems, {RENAMED_ANSWER.what: meant}).file(node, RENAMED):
        if (old.question, old.answer) in found:
            message = f"what became of `{old.question}: {old.answer}` is said twice"
            problems.add(Code.duplicate_id, old.at, message)
        found[old.question, old.answer] = old
    return tuple(found.values())


def _stands_for(
    fields: Fields, questions: Mapping[str, Question], problems: Problems
) -> dict[str, str]:
    """Return today's answers by question, each written as in `leg_swollen is yes`."""
    now: dict[str, str] = {}
    for text in fields.quiet.texts("now"):
        name, joined, answer = text.value.partition(" is ")
        if not joined:
            message = f"expected QUESTION is ANSWER, found {quoted(text.value)}"
            problems.add(Code.bad_phrase, text.at, message, "as in `leg_swollen is yes`")
        elif name not in questions:
            help_ = suggestion(name, questions)
            problems.add(Code.dangling_question, text.at, f"no question {quoted(name)}", help_)
        elif read_answer(questions[name], answer, text.at, problems) is not None:
            now[name] = answer
    return now


def todays(
    node: MappingNode, knowledge: KnowledgeBase, problems: Problems
) -> tuple[MappingNode, tuple[Diagnostic, ...]]:
    """Return given answers with old ones as what they stand for, and what is said of each.

    An old answer that nothing stands for is left out: its question is asked again. One for a
    question that is answered as well is noted as given twice.
    """
    keys: list[Text] = []
    values: dict[str, Node] = {}
    said: list[Diagnostic] = []
    for key, value in node.entries:
        now = _now(key, value, knowledge, problems)
        if now is None:
            keys.append(key)
            values[key.value] = value
            continue
        said.append(_note(key, value, now))
        for name, answer in now.items():
            if name in node.by_key and name != key.value:
                message = f"`{key.value}` stands for `{name}`, which is answered as well"
                problems.add(Code.duplicate_key, key.at, message, "keep the newer one")
            keys.append(key._replace(value=name))
            values[name] = Text(answer, key.event, key.origin)
    return node._replace(keys=tuple(keys), by_key=values), tuple(said)


def _now(
    key: Text, value: Node, knowledge: KnowledgeBase, problems: Problems
) -> Mapping[str, str] | None:
    """Return what an answer stands for today; None where it is one of today's, or of nothing."""
    old = knowledge.renamed_answers.get(key.value)
    if old is None or not isinstance(value, Text):
        return None
    answer = value.value.strip()
    if answer in old:
        return old[answer]
    if key.value in knowledge.questions:
        return None
    if answer not in ASKED_UNKNOWNS:
        message = f"the older question `{key.value}` had no answer {quoted(answer)}"
        help_ = suggestion(answer, (*old, *ASKED_UNKNOWNS))
        problems.add(Code.dangling_answer, value.at, message, help_)
        return {}
    return {name: answer for now in old.values() for name in tuple(now)[:1]}


def _note(key: Text, value: Node, now: Mapping[str, str]) -> Diagnostic:
    shown = value.value if isinstance(value, Text) else ""
    taken = " and ".join(f"`{name}: {answer}`" for name, answer in now.items())
    became = f"is taken as {taken}" if taken else "counts for nothing now"
    message = f"`{key.value}: {shown}` answers an older question and {became}"
    return Diagnostic(
        Code.renamed_answer, message, key.at, "ask the client again", Severity.WARNING
    )
