"""From `renamed.yaml` to what became of old answers, and from old answers to today's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from screening.diagnostics import Code, Diagnostic, Problems, Severity, quoted, suggestion
from screening.load.answer import BOOLEANS, read_answer
from screening.load.entries import Hand, Reader
from screening.load.mapping_reader import Fields
from screening.load.tree import Mapping as MappingNode
from screening.load.tree import Node, Text
from screening.model.knowledge import KnowledgeBase
from screening.model.question import NamedThing, OlderName, Question, Renamed
from screening.model.vocabularies import ASKED_UNKNOWNS
from screening.schema.library import OLDER_NAME, RENAMED, RENAMED_ANSWER


def read_renamed(
    node: Node | None,
    questions: Mapping[str, Question],
    exercises: Collection[str],
    problems: Problems,
) -> tuple[tuple[OlderName, ...], tuple[Renamed, ...]]:
    """Return older names and old answers, in the order of the file; what still counts is noted."""
    if node is None:
        return (), ()
    known = {NamedThing.QUESTION: questions.keys(), NamedThing.EXERCISE: exercises}

    def today(fields: Fields, old: OlderName) -> OlderName:
        _note_older(fields, old, known[old.of], problems)
        return old

    def meant(fields: Fields, old: Renamed) -> Renamed:
        asked = questions.get(old.question)
        if asked is not None and (asked.is_number or old.answer in asked.words):
            message = f"`{old.question}` still takes {quoted(old.answer)}"
            problems.add(Code.duplicate_id, fields.value_place("answer"), message)
        return replace(old, now=_stands_for(fields, questions, problems))

    hands: dict[str, Hand] = {RENAMED_ANSWER.what: meant, OLDER_NAME.what: today}
    called, answers = Reader(problems, hands).file(node, RENAMED)
    return _once(called, problems), _each_once(answers, problems)


def _note_older(
    fields: Fields, old: OlderName, known: Collection[str], problems: Problems
) -> None:
    """Note an older name that something has, and a newer one that nothing has."""
    if old.was in known:
        message = f"there is still a {old.of.value} {quoted(old.was)}"
        problems.add(Code.duplicate_id, fields.value_place("was"), message)
    if old.now and old.now not in known:
        asked = old.of is NamedThing.QUESTION
        code = Code.dangling_question if asked else Code.dangling_target
        message, help_ = f"no {old.of.value} {quoted(old.now)}", suggestion(old.now, known)
        problems.add(code, fields.value_place("now"), message, help_)


def _once(called: Iterable[OlderName], problems: Problems) -> tuple[OlderName, ...]:
    """Return older names, noting one that is said twice."""
    found: dict[tuple[NamedThing, str], OlderName] = {}
    for old in called:
        if (old.of, old.was) in found:
            message = f"what {quoted(old.was)} is called today is said twice"
            problems.add(Code.duplicate_id, old.at, message)
        found[old.of, old.was] = old
    return tuple(found.values())


def _each_once(answers: Iterable[Renamed], problems: Problems) -> tuple[Renamed, ...]:
    """Return old answers, noting one that is said twice."""
    found: dict[tuple[str, str], Renamed] = {}
    for old in answers:
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

    An old answer that nothing stands for is left out: its question is asked again. What is said of
    a question by itself counts; an old answer that says worse of it is noted as given twice.
    """
    keys: list[Text] = []
    values: dict[str, Node] = {}
    older: dict[str, _Older] = {}
    node, said = _called_today(node, knowledge, problems)
    for key, value in node.entries:
        now = _now(key, value, knowledge, problems)
        if now is None:
            keys.append(key)
            values[key.value] = value
            continue
        read = {
            name: _Older(answer, _harmless(name, answer, knowledge), len(now))
            for name, answer in now.items()
        }
        counts = {
            name: one
            for name, one in read.items()
            if (name == key.value or not (one.harmless and name in node.by_key))
            and one.outweighs(older.get(name))
        }
        older |= counts
        said.append(_note(key, value, {name: one.answer for name, one in counts.items()}))
        for name, one in counts.items():
            if name in node.by_key and name != key.value:
                message = f"`{key.value}` stands for `{name}`, which is answered as well"
                problems.add(Code.duplicate_key, key.at, message, "keep the newer one")
            if name not in values:
                keys.append(key._replace(value=name))
            values[name] = Text(one.answer, key.event, key.origin)
    return node._replace(keys=tuple(keys), by_key=values), tuple(said)


@dataclass(frozen=True, slots=True)
class _Older:
    """What an older answer says of a question, and of how many it says something at once."""

    answer: str
    harmless: bool  # or not known
    at_once: int

    def outweighs(self, other: _Older | None) -> bool:
        """Tell whether this counts beside another: what is worse, else what says it of fewer."""
        if other is None or not self.harmless:
            return True
        return other.harmless and self.at_once <= other.at_once


def _harmless(name: str, answer: str, knowledge: KnowledgeBase) -> bool:
    return answer in {str(knowledge.questions[name].harmless), *ASKED_UNKNOWNS}


def _called_today(
    node: MappingNode, knowledge: KnowledgeBase, problems: Problems
) -> tuple[MappingNode, list[Diagnostic]]:
    """Return given answers with each question under today's name, and what is said of each."""
    today = knowledge.older_names(NamedThing.QUESTION)
    said: list[Diagnostic] = []
    keys: dict[str, Text] = {}
    for key in node.keys:
        name = today.get(key.value, key.value)
        if name != key.value:
            said.append(_renaming_note(key, name))
        if name:
            keys[name] = key._replace(value=name)
        if name != key.value and name in node.by_key:
            message = f"`{key.value}` stands for `{name}`, which is answered as well"
            problems.add(Code.duplicate_key, key.at, message, "keep the newer one")
    values = {today.get(name, name): value for name, value in node.by_key.items()}
    values.pop("", None)
    return node._replace(keys=tuple(keys.values()), by_key=values), said


def _renaming_note(key: Text, name: str) -> Diagnostic:
    """Return what is said of an older question: what it is called, or that it is gone."""
    message, help_ = f"the question `{key.value}` is called `{name}` today", f"write `{name}`"
    if not name:
        message = f"the question `{key.value}` is asked no more; its answer counts for nothing"
        help_ = "take it out"
    return Diagnostic(Code.renamed_answer, message, key.at, help_, Severity.WARNING)


def _now(
    key: Text, value: Node, knowledge: KnowledgeBase, problems: Problems
) -> Mapping[str, str] | None:
    """Return what an answer stands for today; None where it is one of today's, or of nothing."""
    old = knowledge.renamed_answers.get(key.value)
    if old is None or not isinstance(value, Text):
        return None
    answer = value.value.strip()
    if answer not in old:
        answer = BOOLEANS.get(answer.lower(), answer)
    if answer in old:
        return old[answer]
    if key.value in knowledge.questions or key.value in knowledge.tick_lists:
        return None
    if answer not in ASKED_UNKNOWNS:
        message = f"the older question `{key.value}` had no answer {quoted(answer)}"
        help_ = suggestion(answer, tuple(dict.fromkeys((*old, *ASKED_UNKNOWNS))))
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
