"""From what was typed to an answer, a command, or why it is neither. Nothing is guessed."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from screening.diagnostics import Problems, Span, nearest, quoted
from screening.load.answer import read_answer
from screening.model.question import Question, Value
from screening.model.vocabularies import Unknown


class Word(Enum):
    """What can be said at every prompt."""

    HELP = "?"
    WHY = "why"
    BACK = "back"
    CHANGE = "change"
    SKIP = "skip"
    REVIEW = "review"
    SAVE = "save"
    CARD = "card"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Command:
    """A command, with the rest of the line."""

    word: Word
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer."""

    value: Value


@dataclass(frozen=True, slots=True)
class Unclear:
    """Neither: what was expected instead."""

    message: str


Reply = Command | Said | Unclear

COMMANDS: Mapping[str, Word] = {
    **{word.value: word for word in Word},
    "help": Word.HELP,
    "h": Word.HELP,
    "w": Word.WHY,
    "b": Word.BACK,
    "undo": Word.BACK,
    "s": Word.SKIP,
    "c": Word.CARD,
    "q": Word.QUIT,
    "exit": Word.QUIT,
}
UNKNOWNS: Mapping[str, Unknown] = {
    "dk": Unknown.DONT_KNOW,
    "don't know": Unknown.DONT_KNOW,
    "dont know": Unknown.DONT_KNOW,
    "not sure": Unknown.DONT_KNOW,
    "dont_know": Unknown.DONT_KNOW,
    "pns": Unknown.DECLINED,
    "prefer not to say": Unknown.DECLINED,
    "prefers not to say": Unknown.DECLINED,
    "declined": Unknown.DECLINED,
}


def keys(question: Question) -> dict[str, str]:
    """Return the short keys of a question's answers.

    >>> from screening.model.question import YES_NO
    >>> from screening.model.vocabularies import Kind
    >>> keys(Question("a", "t", "A?", "a", Kind.YES_NO, "no", YES_NO))
    {'y': 'yes', 'n': 'no'}

    """
    if question.how.keys is not None:
        return dict(question.how.keys)
    return {str(place): option.id for place, option in enumerate(question.answers, start=1)}


def read_command(text: str) -> Command | None:
    """Return the command on a line, or None.

    >>> read_command("change saddle")
    Command(word=<Word.CHANGE: 'change'>, rest='saddle')
    """
    first, _, rest = plain(text).lstrip(":").strip().partition(" ")
    word = COMMANDS.get(first)
    if word is None or (rest and word is not Word.CHANGE):
        return None
    return Command(word, rest.strip())


def read_reply(question: Question, text: str) -> Reply:
    """Return what a line means as an answer to a question.

    An answer may be a key, its id or its words; case and spacing do not matter.
    """
    command = read_command(text)
    if command is not None:
        return command
    said = plain(text).lstrip(":").strip()
    if said in UNKNOWNS:
        return Said(UNKNOWNS[said])
    if question.is_number:
        value = read_answer(question, said, Span(""), Problems())
        return Unclear(_unclear(question, text)) if value is None else Said(value)
    legal = _words(question)
    return Said(legal[said]) if said in legal else Unclear(_unclear(question, text))


def expected(question: Question) -> str:
    """Return what a question takes, in words.

    >>> from screening.model.question import MOVEMENT
    >>> from screening.model.vocabularies import Kind
    >>> expected(Question("a", "t", "A?", "a", Kind.MOVEMENT, "no_effect", MOVEMENT))
    'p, r, n or t'

    """
    if question.is_number:
        return question.scale.asks(question.low, question.high, question.unit)
    *rest, last = keys(question)
    return f"{', '.join(rest)} or {last}" if rest else last


def plain(text: str) -> str:
    """Return a line in lower case, with single spaces and straight apostrophes."""
    return " ".join(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").lower().split())


def find_question(questions: Mapping[str, Question], text: str) -> str | tuple[str, ...]:
    """Return the question a text names, by id or short text, or up to three near ones."""
    said = plain(text)
    names = {plain(q.short): q.id for q in questions.values()}
    names.update((name, name) for name in questions)
    names.update((name.replace("_", " "), name) for name in questions)
    if said in names:
        return names[said]
    near = difflib.get_close_matches(said[:200], names, n=3, cutoff=0.6)
    inside = [name for name in names if len(said) > 2 and said in name]  # noqa: PLR2004 - a word
    return tuple(dict.fromkeys(names[name] for name in (*inside, *near)))[:3]


def _words(question: Question) -> dict[str, str]:
    """Return everything that means an answer, plain.

    A number means an answer only where the answers are numbered: elsewhere 1 is no in one
    question and yes in the next.
    """
    words = keys(question)
    for option in question.answers:
        for name in (option.id, option.id.replace("_", " "), plain(option.say)):
            words.setdefault(name, option.id)
    if "no" in question.words:
        words.setdefault("n", "no")
    return words


def _unclear(question: Question, text: str) -> str:
    if not text.strip():
        return f"Expected {expected(question)}, or ? for help."
    words = (*_words(question), *UNKNOWNS, *COMMANDS)
    near = nearest(plain(text), [word for word in words if len(word) > 2])  # noqa: PLR2004 - a word
    hint = f" Did you mean `{near}`?" if near else ""
    return f"{quoted(text.strip())} is not an answer here.{hint} Expected {expected(question)}."
