"""From what was typed to an answer, a command, or why it is neither. Nothing is guessed.

What is on the screen can be typed: a key, the words of an answer, their beginning, a no where one
answer is a no. What fits two answers is none.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from textwrap import shorten

from screening.diagnostics import Problems, Span, nearest, quoted
from screening.interview.amount import is_bare_year, read_amount
from screening.load.answer import read_answer
from screening.model.question import Question, Value
from screening.model.tick_list import TickList
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

LETTERS: Mapping[str, Word] = {
    "h": Word.HELP,
    "w": Word.WHY,
    "b": Word.BACK,
    "s": Word.SKIP,
    "c": Word.CARD,
    "q": Word.QUIT,
}
"""Commands in short, where no answer begins so."""
COMMANDS: Mapping[str, Word] = {
    **{word.value: word for word in Word},
    "help": Word.HELP,
    "undo": Word.BACK,
    "exit": Word.QUIT,
    **LETTERS,
}
UNKNOWNS: Mapping[str, Unknown] = {
    "dk": Unknown.DONT_KNOW,
    "don't know": Unknown.DONT_KNOW,
    "dont know": Unknown.DONT_KNOW,
    "i don't know": Unknown.DONT_KNOW,
    "i dont know": Unknown.DONT_KNOW,
    "not sure": Unknown.DONT_KNOW,
    "unsure": Unknown.DONT_KNOW,
    "no idea": Unknown.DONT_KNOW,
    "dont_know": Unknown.DONT_KNOW,
    "pns": Unknown.DECLINED,
    "prefer not to say": Unknown.DECLINED,
    "prefers not to say": Unknown.DECLINED,
    "rather not": Unknown.DECLINED,
    "rather not say": Unknown.DECLINED,
    "i would rather not say": Unknown.DECLINED,
    "i'd rather not say": Unknown.DECLINED,
    "declined": Unknown.DECLINED,
}
NOES = frozenset(("n", "no", "nope", "nah", "none", "neither", "nothing", "nobody"))
NOES |= {"not at all", "nothing like that", "no problem", "no problems"}
UNCHANGED = frozenset(("no change", "no changes", "nothing changed", "nothing has changed"))
"""A no to what asks whether anything changed, and to nothing else."""
YESES = frozenset(("y", "yes", "yeah", "yep", "yup"))
SHORTEST = 5  # letters, with the blanks around them, that tell one answer from another
PUNCTUATION = re.compile(r"""[,.:;!?()"\u2013]+|(?<!\w)-(?!\w)""")


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


def read_reply(question: Question, text: str, today: datetime.date | None = None) -> Reply:
    """Return what a line means as an answer to a question; case and spacing do not matter.

    An answer is given by a key, its id, its words or the beginning of them; an amount in any unit
    of time, and where it is asked how long ago by a day, if `today` is known.
    """
    command, said = read_command(text), plain(text)
    if command is not None and said not in LETTERS:
        return command
    found = _meant(question, said, today)
    if command is not None and not found:
        return command
    if command is None and len(found) == 1:
        return Said(found[0])
    return Unclear(_unclear(question, text, found))


def _meant(question: Question, said: str, today: datetime.date | None) -> tuple[Value, ...]:
    """Return the answers that a line can mean: exactly, else by how they begin."""
    bare = _bare(said)
    if bare in UNKNOWNS:
        return (UNKNOWNS[bare],)
    if question.is_number:
        number = _number(question, said, today)
        return () if number is None else (number,)
    exact = _words(question)
    for name in (said, bare):
        if name in exact:
            return (exact[name],)
    return _begun(question, f"{bare} ") or _begun(question, bare)


def _begun(question: Question, beginning: str) -> tuple[str, ...]:
    """Return the answers whose words begin so."""
    if not beginning.strip():
        return ()
    said = ((answer, f"{say} ") for answer in question.words for say in _said(question, answer))
    return tuple(dict.fromkeys(answer for answer, say in said if say.startswith(beginning)))


def _number(question: Question, said: str, today: datetime.date | None) -> Value | None:
    if not question.scale.digits:
        return read_answer(question, said, Span(""), Problems())
    number = read_amount(question, said.rstrip(".!"), today)
    taken = number is not None and question.takes(number) and not is_bare_year(question, said)
    return number if taken else None


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


def find_question(
    questions: Mapping[str, Question | TickList], text: str
) -> str | tuple[str, ...]:
    """Return the question or list a text names, or up to three near ones.

    It is named by id, by its short text, or as it is asked.
    """
    said = plain(text)
    asked = {plain(one.ask): one.id for one in questions.values()}
    names = {plain(q.short): q.id for q in questions.values()}
    names.update((name, name) for name in questions)
    names.update((name.replace("_", " "), name) for name in questions)
    if said in names or said in asked:
        return names.get(said) or asked[said]
    near = difflib.get_close_matches(said[:200], names, n=3, cutoff=0.6)
    inside = [name for name in names if len(said) > 2 and said in name]  # noqa: PLR2004 - a word
    return tuple(dict.fromkeys(names[name] for name in (*inside, *near)))[:3]


def _bare(text: str) -> str:
    """Return a plain text without punctuation."""
    return " ".join(PUNCTUATION.sub(" ", text).split())


def _said(question: Question, answer: str) -> tuple[str, ...]:
    """Return the words of an answer as they may be typed: with what leads in, and without."""
    said = question.said(answer)
    return tuple(_bare(plain(one)) for one in (said, said.removeprefix(question.how.lead)))


def _words(question: Question) -> dict[str, str]:
    """Return everything that means just one answer.

    A number means an answer only where the answers are numbered: elsewhere 1 is no in one
    question and yes in the next.
    """
    words = keys(question)
    for answer in question.words:
        for name in (answer, answer.replace("_", " "), *_said(question, answer)):
            words.setdefault(name, answer)
    for name, answer in question.how.also.items():
        words.setdefault(name, answer)
    noes = NOES | UNCHANGED if " changed " in question.ask else NOES
    for said, ids in ((noes, ("no", "none")), (YESES, ("yes",))):
        only = _only(question, said, ids)
        for name in said if only else ():
            words.setdefault(name, only)
    return words


def _only(question: Question, begins: frozenset[str], ids: tuple[str, ...]) -> str:
    """Return the one answer that is a no, or a yes: by its id, else by how it begins; or none."""
    named = [answer for answer in question.words if answer in ids]
    begun = [a for a in question.words if _said(question, a)[0].split(" ")[0] in begins]
    found = named or begun
    return found[0] if len(found) == 1 else ""


def _unclear(question: Question, text: str, found: tuple[Value, ...] = ()) -> str:
    if not text.strip():
        return f"Expected {expected(question)}, or ? for help."
    typed = quoted(text.strip())
    if found:
        fits = [f"`{key}` {question.said(a)}" for key, a in keys(question).items() if a in found]
        word = LETTERS.get(plain(text))
        fits += [f"`{word.value}`"] if word else []
        return f"{typed} can be more than one thing: {'; '.join(fits)}."
    if is_bare_year(question, plain(text)):
        return f"{typed} may be a year: add `{question.unit}`, or type a day such as 2026-06-15."
    return f"{typed} is not an answer here.{_hint(question, text)} Expected {expected(question)}."


def _hint(question: Question, text: str) -> str:
    """Return what may be meant: the one answer that has these words in it, else a near word."""
    inside = f" {_bare(plain(text))} "
    held = [
        (key, say)
        for key, answer in keys(question).items()
        if len(inside) > SHORTEST and inside in f" {_bare(plain(say := question.said(answer)))} "
    ]
    if len(held) == 1:
        key, say = held[0]
        return f" Did you mean `{key}`: {shorten(say, 60, placeholder=' …')}?"
    words = (*_words(question), *UNKNOWNS, *COMMANDS)
    near = nearest(plain(text), [word for word in words if len(word) > 2])  # noqa: PLR2004 - a word
    return f" Did you mean `{near}`?" if near else ""
