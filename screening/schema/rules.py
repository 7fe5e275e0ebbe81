"""Rule files: everything around the condition and the conclusions."""

from __future__ import annotations

from screening.model.expr import AnyOf
from screening.model.rule import Example, Review, Rule
from screening.model.seen_part import SeenPart, SeenRule
from screening.model.vocabularies import LEVELS, Level, Status, Truth
from screening.schema.keys import (
    DATE,
    FLAG,
    ID,
    TEXT,
    TEXTS,
    Entry,
    Nested,
    OneOf,
    Other,
    Rows,
    Style,
    may,
    member,
    need,
)
from screening.schema.questions import CONDITION
from screening.schema.vocabulary import EVIDENCE

ANSWERS = Other("answers by question")
CONCLUSIONS = Other("[conclusions](#what-then-may-say)")
REFERRING = {level.word: level for level in Level if level > Level.NONE}
"""The levels at which somebody else must look, by word."""
EXPECTATIONS = {"fires": Truth.TRUE, "silent": Truth.FALSE, "undecided": Truth.UNDECIDED}
UNKNOWN: Entry[dict[str, str]] = Entry(
    "`unknown`",
    dict,
    (
        may("treat_as", TEXT, "How an unknown answer counts."),
        may("see", TEXT, "The rule that acts on it instead."),
    ),
    Style.LINE,
)
REVIEW = Entry(
    "`review`",
    Review,
    (
        may("due", DATE, "When somebody must look at it again."),
        may("by", TEXT, "Who has read it: an id of `reviewers.yaml`.", none=True),
        may("on", DATE, "The day.", none=True),
        may("logic", TEXT, "The digest of the logic that was read.", none=True),
        may("words", TEXT, "The digest of the words that were read.", none=True),
    ),
    Style.LINE,
)
EXAMPLE = Entry(
    "an example",
    lambda **said: Example(**said, given={}),
    (
        need("name", TEXT, "What sets it apart."),
        need("given", ANSWERS, "Everything else is not asked, or harmless."),
        may(
            "rest",
            OneOf({"harmless": True, "not_asked": False}),
            "What of all else.",
            default="not_asked",
            attr="harmless_rest",
        ),
        need("expect", OneOf(EXPECTATIONS), "What the rule must make of it."),
        may("refers", OneOf(LEVELS), "The level the rule alone must refer at."),
    ),
    Style.LINE,
    placed=True,
)
PART = Entry(
    "a part",
    SeenPart,
    (
        need("about", TEXT, "Of what."),
        need("what", TEXT, "Which part; `logic` is a digest of what concludes."),
        need("says", TEXT, "The text as it stood."),
    ),
    Style.LINE,
)
RECORD = Entry(
    "a record of a review",
    SeenRule,
    (
        need("rule", ID, "The rule; the file is named after it."),
        need("saw", Rows(PART), "What the reviewer saw."),
    ),
    placed=True,
)
RULE = Entry(
    "a rule file",
    lambda **said: Rule(**said, when=AnyOf(()), then=()),
    (
        need("id", ID, "The file is named after it."),
        need("title", TEXT, "What it notices, in a line."),
        need("status", member(Status), "Where it is in [its life](#the-life-of-a-rule)."),
        may("retired", TEXT, "Why it is retired.", none=True),
        may(
            "covers",
            TEXTS,
            "[Statements](#what-the-knowledge-covers) it carries out.",
            lay=Style.LINE,
        ),
        need("when", CONDITION, "The condition. A missing answer is no `no`."),
        may(
            "unknown",
            Other("a mapping", UNKNOWN),
            "What “don't know” and “prefer not to say” mean to a rule on a safety question.",
        ),
        need("then", CONCLUSIONS, "What follows."),
        may("ends", FLAG, "Whether nothing but emergency questions is asked once it fires."),
        need("because", TEXT, "For whoever asks why, months later."),
        may("say", TEXT, "What the trainer can tell the client.", none=True),
        may("conflict", TEXT, "Where sources disagree, in one sentence.", none=True),
        may("evidence", EVIDENCE, "Who says so: the check wants at least one source."),
        may("author", TEXT, "Who wrote it: they cannot review it."),
        need("review", Nested(REVIEW), "`screening knowledge review` writes all but `due`."),
        may("examples", Rows(EXAMPLE), "Clients, and what it must make of them."),
    ),
    placed=True,
)
