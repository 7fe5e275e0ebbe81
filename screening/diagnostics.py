"""What a person wrote that cannot be used: where, what was found, what was expected."""

from __future__ import annotations

import difflib
import re
import shlex
import sys
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CUT_OFF = 0.7  # below this similarity a suggestion misleads more than it helps
LEGAL_WORDS_SHOWN = 12
MANY = 100
READ_AT_ONCE = 50  # more than a person reads at once
WINDOWS_WORD = re.compile(r"[\w.:\\/@+-]+")  # needs no quotes in cmd or PowerShell


class Severity(Enum):
    """How much a diagnostic matters: an error stops, a warning is said."""

    ERROR = "error"
    WARNING = "warning"


class Code(Enum):
    """Every kind of trouble, named after what is wrong."""

    # files
    missing_file = "the file does not exist"
    not_a_file = "a directory stands where a file is expected, or the other way round"
    unreadable_file = "the file cannot be read"
    empty_file = "the file has no content"
    empty_folder = "the folder of cases holds none"
    oversized_file = "the file is larger than 1 MiB"
    byte_order_mark = "the file begins with a byte-order mark"
    not_utf8 = "the file is not UTF-8 text"
    binary_content = "the file holds control characters"
    # YAML
    tab_indent = "a tab is used as white space at the start of a line"
    yaml_syntax = "the text is not well-formed"
    anchor = "an anchor (`&`) or alias (`*`) is used"
    tag = "a tag (`!`) is used"
    duplicate_key = "a key is given twice"
    several_documents = "the file holds more than one document"
    unread_file = "a file in a folder of knowledge that is not read"
    too_long = "a condition of more parts than anybody can read"
    too_deep = "values are nested more than 32 deep"
    # shape
    wrong_shape = "a mapping, list or text stands where another is expected"
    unknown_key = "a key nobody reads"
    missing_key = "a key that must be there is not"
    empty_value = "a key has no value"
    bad_id = "an id has a character ids do not have"
    bad_word = "a word outside the closed list for its place"
    bad_number = "not a whole number of the expected range"
    bad_date = "not a date of the form YYYY-MM-DD"
    bad_phrase = "a condition or expectation that follows none of the phrases"
    misnamed_file = "a rule or case file not named after what it holds"
    missing_help = "what to tell on arrival is missing for an urgent referral"
    # names
    dangling_question = "a question that does not exist"
    dangling_answer = "an answer the question does not have"
    dangling_finding = "a finding that does not exist"
    dangling_group = "a movement group that does not exist"
    dangling_parameter = "a parameter that does not exist"
    dangling_target = "a category, exercise, stage, limit, advice or rule that does not exist"
    dangling_source = "a source that does not exist"
    dangling_statement = "a statement that `coverage.yaml` does not list"
    unlisted_exercise = "an expectation about an exercise that is not in the case's programme"
    duplicate_id = "an id used twice"
    unfit_item = "a question that cannot be an item of its tick list"
    pointless_item = "an item of a score that gives the same whatever is answered"
    bad_band = "a band of a score that no sum reaches, or that does not begin above the last"
    wrong_kind = "a condition that does not fit the kind of question, or a key the kind of case"
    # logic
    circular_finding = "findings that depend on each other"
    late_parent = "a question whose `only_if` names a question that is not asked before it"
    impossible_count = "at least N of fewer than N"
    missing_unknown = "a rule on a safety question that does not say what an unknown answer means"
    unsettled_unknown = "an urgent rule that an unknown answer could leave undecided for ever"
    counted_unknown = "a rule that counts movements and resolves unknown answers at once"
    uncovered_unknown = "the rule named by `see` does not act on an unknown answer"
    unheard_emergency = "an emergency question none of whose answers refers as an emergency"
    unmarked_urgency = "a question that can refer urgently by itself and is not marked for it"
    unflagged_urgency = "an urgent rule that none of the flags of safety.yaml covers"
    dangling_flag = "a flag of safety.yaml that is left to a rule that is retired or not there"
    dangerous_harmless = "a harmless answer that says something dangerous"
    unreached_urgency = "a question that is marked urgent, and no rule refers so for it"
    forgotten_referral = "a referral that the next screening would close without a word"
    slow_target = "an urgent referral to somebody who is meant for less urgent ones"
    pointless_end = "a rule that ends the interview and sends the client to nobody"
    overruled_rule = "a rule that never has an effect, since another one overrules it"
    missing_example = "a rule without an example that fires, is silent and is undecided"
    missing_evidence = "a rule without a source"
    unnamed_review = "a reviewed or active rule without a named clinician"
    overdue_review = "a review date that has passed"
    unseen_logic = "a rule whose logic, or what lies beneath it, is not what its reviewer saw"
    unseen_words = "a rule whose words, or those it asks or cites, are not what its reviewer saw"
    partial_review = "a review of the logic alone, as it was recorded in earlier versions"
    unlisted_reviewer = "a review by somebody who was not in `reviewers.yaml`"
    own_review = "a rule reviewed by who wrote it"
    stray_record = "a record of what was seen of a rule that is not there"
    missing_reason = "a retired rule that does not say why"
    uncovered_statement = "a statement that no rule covers, without a reason"
    outdated_reason = "a statement said to be missing that a rule covers"
    unused_question = "a question no rule asks about"
    unused_finding = "a finding no rule derives"
    unused_advice = "advice no rule gives"
    circular_advice = "sentences that give way to each other"
    unused_parameter = "a parameter no rule, question or dose uses"
    misfit_follow_up = "what a question says about follow-ups does not fit it"
    avoided_alternative = "an alternative that the same finding avoids or changes"
    unequal_alternative = "an alternative that trains nothing of what it replaces"
    circular_ladder = "exercises that are easier than each other"
    demanding_keep = "an exercise that is kept although it loads what the finding is sensitive to"
    undemanding_avoid = "an exercise left out although it loads that little, without evidence"
    replacing_keep = "a verdict that keeps an exercise and names another one"
    long_cue = "a cue that does not fit on a line of a session sheet"
    impossible_figure = "a figure that no body can be in, or that breaks its promise"
    live_mutant = "a mistake in a rule that no example or case shows"
    broken_promise = "an invariant that does not hold, or holds whatever the rules say"
    unused_waiver = "a waiver of a mutant that needs none"
    failed_example = "an example that does not come out as expected"
    failed_case = "a case of the library that does not come out as expected"
    # intake
    unknown_exercise = "an exercise the catalogue does not have"
    out_of_range = "a number outside the question's range"
    wrong_unit = "a number with a unit that does not belong there"
    not_a_number = "text where a whole number is expected"
    contradictory_answers = "answers that do not fit together"
    renamed_answer = "an answer to a question that is asked differently today"
    inapplicable_answer = "an answer to a question that does not apply"
    dangling_case = "a case of the library that follows one that is not there"
    circular_follows = "cases that follow each other in a circle"
    unusable_earlier = "an earlier case that cannot be used"
    endless_follows = "more cases follow each other than are read"
    # tables
    unknown_format = "a file whose ending says nothing of its format"
    unknown_column = "a column that is no question"
    missing_column = "a column that must be there is not, or one the map names"
    duplicate_column = "two columns for one question, or one name twice"
    wrong_type = "a column or cell whose type holds no answer"
    damaged_file = "a file that is cut off or damaged"
    changed_batch = "a batch begun with another table, knowledge, program or options"
    same_file = "an output that is an input"
    other_unit = "a column whose numbers look like those of another unit"
    missing_client = "a row that names no client"
    duplicate_client = "a client whom several rows name"
    ragged_row = "a row that does not have the header's fields"
    repeated_header = "a row that is the header again"
    stale_answer = "an answer given to another wording of the question"


class Span(NamedTuple):
    """A place in a file: 1-based line and column, and the text of that line."""

    path: str
    line: int = 1
    column: int = 1
    length: int = 1
    text: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing wrong at one place, with help where there is any."""

    code: Code
    message: str
    at: Span
    help: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        path = _printable(self.at.path)
        head = f"{path}:{self.at.line}:{self.at.column}: {self.code.name}: {self.message}"
        lines = [head]
        if self.at.text.strip():
            source, offset = _window(self.at.text, self.at.column)
            room = max(1, min(self.at.length, len(source) - offset))
            lines += [f"    {source}", "    " + " " * offset + "^" * room]
        if self.help:
            lines.append(f"  help: {self.help}")
        return "\n".join(lines)


def _window(text: str, column: int, width: int = 100) -> tuple[str, int]:
    """Return the part of a long line around a column, and the column's offset in it."""
    start = max(0, column - 1 - width // 2) if len(text) > width else 0
    clean = "".join(c if c.isprintable() else " " for c in text[start : start + width])
    return clean, column - 1 - start


@dataclass(slots=True)
class Problems:
    """Collects diagnostics, so that all of a stage are reported at once."""

    found: list[Diagnostic] = field(default_factory=list)

    def add(
        self,
        code: Code,
        at: Span,
        message: str,
        help: str = "",  # noqa: A002 - the word the reader of a message knows
        *,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note one problem."""
        self.found.append(Diagnostic(code, _printable(message), at, _printable(help), severity))

    @property
    def many(self) -> bool:
        """Whether there are more problems than anybody reads; looking for near words is slow."""
        return len(self.found) > MANY

    @property
    def errors(self) -> list[Diagnostic]:
        """The problems that stop the stage."""
        return [d for d in self.found if d.severity is Severity.ERROR]

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Return the problems in order of place."""
        return tuple(
            sorted(self.found, key=lambda d: (d.at.path, d.at.line, d.at.column, d.code.name))
        )


def lines(found: tuple[Diagnostic, ...]) -> Iterator[str]:
    """Yield what to say of trouble: as much as a person reads at once."""
    yield from map(str, found[:READ_AT_ONCE])
    if len(found) > READ_AT_ONCE:
        yield f"and {len(found) - READ_AT_ONCE} more"


def nearest(word: str, legal: Iterable[str]) -> str | None:
    """Return the legal word most like `word`, or None when none is near.

    >>> nearest("sadle", ["bladder", "saddle"])
    'saddle'
    """
    close = difflib.get_close_matches(word[:200].lower(), list(legal), n=1, cutoff=CUT_OFF)
    return close[0] if close else None


def suggestion(word: str, legal: Iterable[str]) -> str:
    """Return help for a wrong word: the nearest legal one, else the legal ones.

    >>> suggestion("perhaps", ["yes", "no"])
    'expected one of: yes, no'
    """
    words = list(legal)
    near = nearest(word, words)
    if near is not None:
        return f"did you mean `{near}`?"
    shown = ", ".join(words[:LEGAL_WORDS_SHOWN])
    more = len(words) - LEGAL_WORDS_SHOWN
    return f"expected one of: {shown}" + (f" and {more} more" if more > 0 else "")


def quoted(text: str, limit: int = 60) -> str:
    """Return the user's text in backticks, shortened when long."""
    flat = _printable(text)
    return f"`{flat}`" if len(flat) <= limit else f"`{flat[:limit]}…` ({len(text)} characters)"


def word(text: str) -> str:
    """Return a text as one word of a command that can be pasted into a shell.

    >>> word("blue-bike-1"), word("Änna B-1")
    ('blue-bike-1', "'Änna B-1'")
    """
    plain = _printable(text)
    if sys.platform != "win32":
        return shlex.quote(plain)
    return plain if WINDOWS_WORD.fullmatch(plain) else f'"{plain.replace(chr(34), chr(39))}"'


def _printable(text: str) -> str:
    """Return a text on one line that a terminal shows and does not obey."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
