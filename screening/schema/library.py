"""The files that conclude nothing: statements, waivers and acceptances, promises, cases."""

from __future__ import annotations

import re

from screening.model.case import Case
from screening.model.case_library import Acceptance, Action, Expected, KnownCase, Origin, Waiver
from screening.model.column_map import ColumnMap
from screening.model.expr import AnyOf
from screening.model.pack import Statement
from screening.model.question import NamedThing, OlderName, Renamed
from screening.model.review_answers import AnsweredRule, ReviewAnswer, ReviewAnswers
from screening.model.safety import After, Each, Exemption, Flag, Invariant, Safety
from screening.model.vocabularies import LEVELS, How, Level
from screening.schema.keys import (
    DATE,
    ID,
    TEXT,
    TEXTS,
    Entry,
    Name,
    Nested,
    Of,
    OneOf,
    Other,
    Rows,
    Shaped,
    Style,
    by_value,
    in_order,
    listing,
    may,
    member,
    need,
)
from screening.schema.questions import CONDITION
from screening.schema.rules import ANSWERS, REFERRING

LOGIC = Shaped(
    "a logic digest",
    re.compile(r"[0-9a-f]{16}"),
    "`{key}` must be the 16 characters of a logic digest, found {found}",
    "`screening knowledge diff OLD NEW --accept-looser NAME REASON` writes it",
)
ACCEPTANCE = Entry(
    "an acceptance",
    Acceptance,
    (
        need("before", LOGIC, "The knowledge it leads from."),
        need("after", LOGIC, "The knowledge it leads to."),
        need("by", TEXT, "Who answers for it."),
        may("on", DATE, "The day."),
        need("because", TEXT, "Why it is right."),
        may("looser", TEXTS, "What became looser, in words."),
    ),
    placed=True,
)

ACCEPTED = in_order("accepted.yaml", "accepted", ACCEPTANCE, "Who answers for what.")
WAIVER = Entry(
    "a waiver",
    Waiver,
    (
        need("rule", Name(Of.RULE), "The rule with the mistake in it."),
        need("mutant", TEXT, "As `screening knowledge test --mutants` lists it."),
        need("reason", TEXT, "Why no test has to notice it."),
    ),
    Style.LINE,
    placed=True,
)

WAIVERS = in_order("waivers.yaml", "waivers", WAIVER, "What no test has to notice.")
RENAMED_ANSWER = Entry(
    "an old answer",
    Renamed,
    (
        need("question", TEXT, "The question that had it, gone or not."),
        need("answer", TEXT, "The answer, which that question no longer has."),
        may(
            "now", Other("a list of QUESTION is ANSWER"), "What it is taken as; else asked again."
        ),
        need("why", TEXT, "Why it changed."),
    ),
    Style.LINE,
    placed=True,
)

OLDER_NAME = Entry(
    "an older name",
    OlderName,
    (
        need("of", member(NamedThing), "What had it."),
        need("was", ID, "The name that nothing has any more."),
        may("now", ID, "What the same thing is called today; without it, it is gone."),
    ),
    Style.LINE,
    placed=True,
)
RENAMED = Entry(
    "renamed.yaml",
    lambda called, renamed: (called, renamed),
    (
        may("called", Rows(OLDER_NAME), "What has another name, and means the same."),
        may("renamed", Rows(RENAMED_ANSWER), "What became of old answers."),
    ),
)
STATEMENT_ID = Shaped(
    "`document:number`",
    re.compile(r"[a-z][a-z0-9_-]*:[A-Za-z0-9][A-Za-z0-9._-]*"),
    "bad id {found}",
    "a statement is named `document:number`, such as `book:E1`",
)
CARRIED_OUT = ("finding", "question", "parameter", "built_in")
STATEMENT = Entry(
    "a statement",
    Statement,
    (
        need("id", STATEMENT_ID, "What rules name it by under `covers`."),
        need("says", TEXT, "What it says, in your own words."),
        may("how", member(How), "How it is carried out.", default="rule"),
        need("where", TEXTS, "Ids, or modules and tests.", only=CARRIED_OUT),
        may("why", TEXT, "Why it is no rule, or what the rules leave of it."),
    ),
    Style.LINE,
    by="how",
    placed=True,
)
COVERAGE = listing(
    "coverage.yaml", "statements", STATEMENT, "What the knowledge was written from."
)
FLAG_ENTRY = Entry(
    "a flag",
    lambda **said: Flag(**said, when=AnyOf(())),
    (
        need("flag", TEXT, "What must be heard.", attr="words"),
        need("when", CONDITION, "When it is there."),
        need(
            "refer", OneOf(REFERRING), "At least this level, whatever else is said.", attr="level"
        ),
        may(
            "unknown", OneOf(LEVELS), "At least this one where it could be hidden.", default="none"
        ),
        may("by", TEXTS, "The rules that are to see to it."),
        may("to", ID, "Whom they send to, where not whom the level names."),
    ),
    placed=True,
)
EXEMPTION = Entry(
    "an exception",
    Exemption,
    (
        need("it", TEXT, "What it is not asked of."),
        need("because", TEXT, "Why not."),
    ),
    Style.LINE,
    placed=True,
)
EXERCISES = Other("a list of exercises")
SAID = Other("a list of phrases and conditions")
INVARIANT = Entry(
    "an invariant",
    lambda **said: Invariant(**said, said=()),
    (
        need("id", ID, "What `screening knowledge prove` names it by."),
        need("title", TEXT, "What always holds."),
        need("because", TEXT, "Why it must."),
        may("each", by_value(Each), "What it is asked of.", default="client"),
        may("after", by_value(After), "The change of answers it compares across."),
        may("never", SAID, "What must never hold all at once."),
        may("sometimes", SAID, "What must hold for some client, instead of `never`."),
        may("at_stake", SAID, "What some client must meet, or the proof is vacuous."),
        may("except", Rows(EXEMPTION), "What it is not asked of.", attr="exempt"),
    ),
    placed=True,
)
SAFETY = Entry(
    "safety.yaml",
    Safety,
    (
        may("flags", Rows(FLAG_ENTRY), "What must never be missed."),
        need("invariants", Rows(INVARIANT), "What must always hold."),
    ),
)
ACTION = Entry(
    "`action`",
    Action,
    (
        need("text", TEXT, "What the source did."),
        need("level", OneOf(LEVELS), "The level we read it as."),
    ),
    Style.LINE,
)


def _bounds(at_least: Level, at_most: Level, exact: Level | None = None) -> tuple[Level, Level]:
    return (at_least, at_most) if exact is None else (exact, exact)


BOUNDS = Entry(
    "`referral`",
    _bounds,
    (
        may("is", OneOf(LEVELS), "This level.", attr="exact"),
        may("at_least", OneOf(LEVELS), "This level or a higher one.", default="none"),
        may("at_most", OneOf(LEVELS), "This level or a lower one.", default="emergency"),
    ),
    Style.LINE,
)
CLAIMS, RULES = Other("a list of claims"), Other("a list of rules")
EXPECT = Entry(
    "`expect`",
    Expected,
    (
        may("referral", Other("a mapping", BOUNDS), "The level."),
        may("pattern", Other("a list of findings"), "One of these is found.", lay=Style.LINE),
        may("must", CLAIMS, "All of this is concluded.", lay=Style.BLOCK),
        may("must_not", CLAIMS, "None of this is, or could be.", lay=Style.BLOCK),
        may("rules", RULES, "These fire.", lay=Style.LINE),
        may("not_rules", RULES, "These do not.", lay=Style.LINE),
    ),
)
CASE = Entry(
    "a case file",
    lambda **said: KnownCase(**said, answers={}, assumed={}),
    (
        need("id", ID, "The file is named after it."),
        need("title", TEXT, "Who it is; a made-up one begins “Made up:”."),
        need("source", Name(Of.SOURCE), "Where it was published.", only=("published",)),
        may("source", TEXT, "None: it is made up.", only=("synthetic",)),
        need("kind", member(Origin), "Where it is from.", attr="origin"),
        may("follows", TEXT, "The case of the screening before."),
        need("answers", ANSWERS, "What the source reports.", lay=Style.BLOCK),
        may("assumed", ANSWERS, "What it does not; shown as assumed.", lay=Style.BLOCK),
        may(
            "harmless_rest",
            OneOf({**REFERRING, "all": Level.NONE}),
            "From which level on every other answer is taken to be its harmless one.",
            attr="harmless_from",
        ),
        may(
            "programme",
            Other("a list of exercises"),
            "Exercises to see a verdict on.",
            lay=Style.LINE,
        ),
        may("action", Nested(ACTION), "What the source did, in a published case."),
        need("expect", Nested(EXPECT), "What must be concluded."),
        may("note", TEXT, "What was read into it."),
    ),
    by="kind",
    placed=True,
)
INTAKE = Entry(
    "an intake",
    lambda **said: Case(**said, answers={}, programme=()),
    (
        need("answers", ANSWERS, "What the client said."),
        may("programme", EXERCISES, "By id, name or alias."),
        may("other_exercises", TEXTS, "Exercises that the catalogue lacks."),
        may("client", TEXT, "Who it is."),
        may("follows", TEXT, "The file of the screening before."),
    ),
)
VERDICTS = {one.value: one for one in ReviewAnswer}
REVIEW_ANSWER = Entry(
    "an answer",
    AnsweredRule,
    (
        need("rule", TEXT, "The rule."),
        need("seen", TEXT, "The digest of what the bundle shows of it."),
        need("answer", OneOf(VERDICTS), "What the reviewer says of it."),
        may("remarks", TEXT, "What is to be changed, or why not."),
    ),
    placed=True,
)
REVIEW_ANSWERS = Entry(
    "a file of answers",
    ReviewAnswers,
    (
        need("reviewer", TEXT, "Who has read it, as they are on record."),
        need("answers", Rows(REVIEW_ANSWER, "rule"), "The answers, rule by rule."),
    ),
)
COLUMN_MAP = Entry(
    "a column map",
    lambda ignore, empty: ColumnMap(ignore=frozenset(ignore), empty=empty),
    (
        may("columns", Other("questions by column"), "What the table calls them."),
        may("ignore", TEXTS, "Columns that are not read."),
        may("values", Other("answers by value, by question"), "What the table says for them."),
        may("units", Other("units by question"), "What the table's numbers are in."),
        may("empty", TEXTS, "What the table says where nothing was asked."),
        may("separator", Other("a sign"), "The sign between the columns of CSV."),
        may("encoding", Other("a name"), "How the text of CSV is encoded."),
        may("decimal", Other("a sign"), "The sign before the decimals of a number."),
    ),
)
