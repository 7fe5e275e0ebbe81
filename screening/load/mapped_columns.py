"""From the `columns` of a `--map` file to what each column of a table stands for."""

from __future__ import annotations

from screening.diagnostics import Code, suggestion
from screening.load.mapping_reader import Fields
from screening.load.tree import Sequence, Text
from screening.model.column_map import CLIENT, PROGRAMME, TickedAnswer
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question
from screening.model.tick_list import tick_of

IS = " is "  # between a question and the answer that has a column of its own


def mapped_columns(
    fields: Fields, knowledge: KnowledgeBase
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[TickedAnswer, ...]]]:
    """Return what each column stands for, and which answers have a column of their own."""
    found: dict[str, tuple[str, ...]] = {}
    ticks: dict[str, tuple[TickedAnswer, ...]] = {}
    inner = fields.mapping("columns")
    if inner is None:
        return found, ticks
    for key in inner.node.keys:
        several = isinstance(inner.get(key.value), Sequence)
        meant = inner.texts(key.value) if several else only_text(inner, key.value)
        whole = tuple(one for one in meant if IS not in one.value)
        answers = (_ticked(one, fields, knowledge) for one in meant if IS in one.value)
        found[key.value] = tuple(one.value for one in whole if _meant(one, fields, knowledge))
        ticks[key.value] = tuple(answer for answer in answers if answer is not None)
    return found, {column: answers for column, answers in ticks.items() if answers}


def _meant(one: Text, fields: Fields, knowledge: KnowledgeBase) -> bool:
    """Tell whether a column can stand for this, noting it when it cannot."""
    legal = (*knowledge.questions, *knowledge.tick_lists, CLIENT, PROGRAMME)
    if one.value not in legal:
        message = f"no question `{one.value}`"
        help_ = suggestion(one.value, legal)
        fields.problems.add(Code.dangling_question, one.at, message, help_)
    return one.value in legal


def _ticked(one: Text, fields: Fields, knowledge: KnowledgeBase) -> TickedAnswer | None:
    """Return what a tick says, of `QUESTION is ANSWER` or `LIST is ITEM`; else note it."""
    name, _, word = (part.strip() for part in one.value.partition(IS))
    legal = (*knowledge.questions, *knowledge.tick_lists)
    if name not in legal:
        message, help_ = f"no question `{name}`", suggestion(name, legal)
        fields.problems.add(Code.dangling_question, one.at, message, help_)
        return None
    listed = knowledge.tick_lists.get(name)
    words = listed.items if listed is not None else knowledge.questions[name].words
    if word not in words:
        number = listed is None and knowledge.questions[name].is_number
        message = f"`{name}` takes a number" if number else f"`{name}` has no answer `{word}`"
        help_ = "give it a whole column" if number else suggestion(word, words)
        fields.problems.add(Code.dangling_answer, one.at, message, help_)
        return None
    if listed is not None:
        item = knowledge.questions[word]
        return TickedAnswer(item.id, tick_of(item), str(item.harmless))
    return TickedAnswer(name, word, _other(knowledge.questions[name], word))


def _other(question: Question, word: str) -> str:
    """Return the other answer of a question that has two."""
    rest = [one for one in question.words if one != word]
    return rest[0] if len(rest) == 1 else ""


def only_text(fields: Fields, key: str) -> tuple[Text, ...]:
    """Return the one text of a key; none where it is something else, with that noted."""
    value = fields.get(key)
    if isinstance(value, Text):
        return (value,)
    if value is not None:
        fields.problems.add(Code.wrong_shape, value.at, f"`{key}` must map to text")
    return ()
