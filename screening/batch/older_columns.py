"""From the columns of questions that are gone to the questions of today that they answer.

A question that asked for several things at once stands for each of them. Where a table asks for
one of them as well, its own column counts, and the older one fills the cells that it leaves blank;
but an older column that can say worse than nothing is not to be overruled: that is an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from screening.batch.table_source import SourceTable
from screening.diagnostics import Code, Problems, Span, quoted
from screening.model.column_map import ColumnMap
from screening.model.knowledge import KnowledgeBase
from screening.model.question import NamedThing
from screening.model.vocabularies import ASKED_UNKNOWNS


@dataclass(frozen=True, slots=True)
class Filler:
    """An older column that fills the blanks of another, and what its texts say today."""

    column: str
    words: Mapping[str, str]


def older_columns(
    sheet: SourceTable, knowledge: KnowledgeBase, said: ColumnMap
) -> tuple[str, ...]:
    """Return the columns that are older questions; of JSON Lines they are not known."""
    old = {*knowledge.renamed_answers, *knowledge.older_names(NamedThing.QUESTION)}
    gone = old - {*knowledge.questions, *knowledge.tick_lists, *said.columns, *said.ignore}
    return tuple(name for name, _ in sheet.columns if name in gone)


def take_over(
    older: tuple[str, ...],
    found: dict[str, str],
    at: Span,
    knowledge: KnowledgeBase,
    problems: Problems,
) -> dict[str, tuple[Filler, ...]]:
    """Lay older columns out for each question they stand for; return those that fill blanks."""
    fillers: dict[str, tuple[Filler, ...]] = {}
    for column in sorted(older, key=lambda name: not _can_say_worse(name, knowledge)):
        for new in dict.fromkeys(_stands_for(column, knowledge)):
            if new in found and _can_say_worse(column, knowledge, new):
                message = f"{quoted(found[new])} and the older {quoted(column)} both stand for "
                problems.add(
                    Code.duplicate_column, at, f"{message}`{new}`", "ignore one of them in the map"
                )
            elif new in found:
                one = Filler(column, today_of(column, new, knowledge))
                fillers[new] = (*fillers.get(new, ()), one)
            found.setdefault(new, column)
    return fillers


def today_of(column: str, new: str, knowledge: KnowledgeBase) -> dict[str, str]:
    """Return what the answers of an older question say of a newer one; blank for nothing."""
    old = knowledge.renamed_answers[column]
    words = {answer: now.get(new, "") for answer, now in old.items()}
    first = any(new in tuple(now)[:1] for now in old.values())
    unknown = ((word, word if first else "") for word in ASKED_UNKNOWNS)  # stands for the first
    return {**dict(unknown), **words}


def _stands_for(column: str, knowledge: KnowledgeBase) -> Iterator[str]:
    called = knowledge.older_names(NamedThing.QUESTION).get(column)
    if called:
        yield called
        return
    for now in knowledge.renamed_answers.get(column, {}).values():
        yield from now


def _can_say_worse(column: str, knowledge: KnowledgeBase, new: str = "") -> bool:
    """Tell whether an older question can stand for more than a harmless answer (to `new`)."""
    if column in knowledge.older_names(NamedThing.QUESTION):
        return True
    return any(
        answer not in {str(knowledge.questions[name].harmless), *ASKED_UNKNOWNS}
        for now in knowledge.renamed_answers[column].values()
        for name, answer in now.items()
        if new in {"", name}
    )
