"""The small files: what the knowledge is, its names, its numbers and where they are from."""

from __future__ import annotations

from dataclasses import replace

from screening.model.catalogue import Category, Dose
from screening.model.pack import Country, LocalWords, Pack, Reviewer, Source, TrainerQuestion
from screening.model.rule import Evidence
from screening.model.terms import (
    Advice,
    Clearance,
    Finding,
    Group,
    LimitKind,
    Parameter,
    ReferralLevel,
    Stage,
    Target,
)
from screening.model.vocabularies import Grade, Level, Read
from screening.schema.keys import (
    DATE,
    FILLED,
    FLAG,
    ID,
    NUMBER,
    TEXT,
    TEXTS,
    Entry,
    Name,
    NameList,
    Nested,
    Of,
    Rows,
    Style,
    listing,
    may,
    member,
    need,
)

PACK = Entry(
    "pack.yaml",
    Pack,
    (
        need("id", ID, "Stands in every record and result."),
        need("title", TEXT, "What it is about, as pages name it."),
        need("version", TEXT, "Changes with the knowledge."),
        need("language", TEXT, "The language of its texts."),
        need("region", TEXT, "Where its advice holds."),
        need("intended_use", TEXT, "Who may use it for what."),
        may("not_for", TEXTS, "What it must not be used for.", lay=Style.BLOCK),
        need("review", TEXT, "Which clinician has reviewed it."),
        may("directions", TEXTS, "What exercises load; without it, what their demands name."),
    ),
)
SOURCE = Entry(
    "a source",
    Source,
    (
        need("key", TEXT, "What everything else names it by."),
        need("citation", TEXT, "As a reference list has it."),
        may("year", TEXT, "Of publication."),
        need("kind", TEXT, "Such as trial, guideline, book."),
        need("read", member(Read), "How much of it was really read."),
        may("doi", TEXT, "Its DOI."),
        may("url", TEXT, "Where it is."),
        may("note", TEXT, "What readers should know of it."),
    ),
)
SOURCES = listing("sources.yaml", "sources", SOURCE, "The publications.", unique="key")
REVIEWER = Entry(
    "a reviewer",
    Reviewer,
    (
        need("id", ID, "What reviews name them by."),
        need("name", TEXT, "Their name."),
        need("profession", TEXT, "What they are."),
        need("registration", TEXT, "Where they are registered for it, and under which number."),
        need("since", DATE, "Since when they may review."),
    ),
    placed=True,
)
REVIEWERS = listing("reviewers.yaml", "reviewers", REVIEWER, "Who may review rules.")
PIECE = Entry(
    "a piece of evidence",
    Evidence,
    (
        need("source", Name(Of.SOURCE), "A key of `sources.yaml`."),
        may("at", TEXT, "Where in it."),
        need("grade", member(Grade), "What kind of evidence it is."),
    ),
    Style.LINE,
)
EVIDENCE = Rows(PIECE, listing=Style.FIT)
GROUP = Entry(
    "an entry of `groups`",
    Group,
    (
        need("id", ID, "What questions and conditions name it by."),
        need("title", TEXT, "Such as “bending-type”."),
        may("trained_by", NameList(Of.CATEGORY), "Categories that do such movements."),
    ),
    Style.LINE,
)
GROUPS = listing("the file", "groups", GROUP, "Families of movements.")
FINDING = Entry(
    "an entry of `findings`",
    Finding,
    (
        need("id", ID, "What rules name it by."),
        need("title", TEXT, "What a client with it is."),
        may("pattern", FLAG, "Whether it is about which movements matter."),
    ),
    Style.LINE,
    placed=True,
)
FINDINGS = listing("the file", "findings", FINDING, "What rules derive from answers.")
STAGE = Entry(
    "an entry of `stages`",
    lambda **said: Stage(**said, rank=0),
    (
        need("id", ID, "What rules name it by."),
        need("axis", TEXT, "A client is at one stage of each axis."),
        need("title", TEXT, "Such as “less than 6 weeks”."),
    ),
    Style.LINE,
    placed=True,
)


def _ranked(stages: tuple[Stage, ...]) -> dict[str, Stage]:
    """Return the stages by id, each ranked among those of its axis."""
    axes: dict[str, list[Stage]] = {}
    for stage in stages:
        axes.setdefault(stage.axis, []).append(stage)
    return {s.id: replace(s, rank=axes[s.axis].index(s)) for s in stages}


STAGES = Entry(
    "the file",
    _ranked,
    (need("stages", Rows(STAGE, "id"), "Within an axis the most cautious comes first."),),
)
LIMIT = Entry(
    "an entry of `limits`",
    LimitKind,
    (
        need("id", ID, "What rules name it by."),
        need("title", TEXT, "What is limited."),
        need("unit", TEXT, "What it is counted in."),
    ),
    Style.LINE,
    placed=True,
)
LIMITS = listing("the file", "limits", LIMIT, "What rules can limit.")
PARAMETER = Entry(
    "a parameter",
    Parameter,
    (
        need("id", ID, "What comparisons, limits and doses name it by."),
        need("value", NUMBER, "The number."),
        need("unit", TEXT, "That of the question or limit it is used with."),
        need("title", TEXT, "What it is the number of."),
        need("source", Name(Of.SOURCE), "Where it is from."),
        may("at", TEXT, "Where in the source.", attr="place"),
        need("grade", member(Grade), "What kind of evidence it is."),
        may("note", TEXT, "How it was read out of the source."),
    ),
    Style.LINE,
    placed=True,
)
PARAMETERS = listing("parameters.yaml", "parameters", PARAMETER, "Numbers that have a name.")
DOSE = Entry(
    "`dose`",
    Dose,
    (
        need("text", FILLED, "How much, how often."),
        need("source", Name(Of.SOURCE, later=True), "Where it is from."),
        need("grade", member(Grade), "What kind of evidence it is."),
    ),
    Style.LINE,
)
CATEGORY = Entry(
    "an entry of `categories`",
    Category,
    (
        need("id", ID, "What rules and exercises name it by."),
        need("title", TEXT, "What trainers call it."),
        may("light", FLAG, "Whether it stays when only light activity does."),
        need("examples", TEXT, "Some exercises of it."),
        may("regress", FILLED, "How to make it easier."),
        may("progress", FILLED, "How to make it harder."),
        need("dose", Nested(DOSE), "How much of it, and who says so."),
    ),
    placed=True,
    fills=True,
)
CATEGORIES = listing("the file", "categories", CATEGORY, "Kinds of exercise.")
ADVICE_ENTRY = Entry(
    "an entry of `advice`",
    Advice,
    (
        need("id", ID, "What rules name it by."),
        need("text", TEXT, "What the client is told."),
        may("always", FLAG, "Whether it stands on every result that is no emergency."),
        may("later", FLAG, "Whether it can wait: told after the first five."),
        may("not_while_light", FLAG, "Whether it stays unsaid while only light activity is left."),
        may(
            "gives_way_to",
            TEXTS,
            "Sentences that speak against it, and go first: beside one of them it stays unsaid.",
            lay=Style.LINE,
        ),
    ),
    placed=True,
)
LOCAL_WORDS = Entry(
    "words of a region",
    LocalWords,
    (
        need("say", TEXT, "What a level, target or sentence says."),
        need("instead", TEXT, "What is said there instead."),
    ),
    Style.LINE,
)
COUNTRY = Entry(
    "a region",
    Country,
    (
        need("id", ID, "What the setting names it by."),
        need("title", TEXT, "The country."),
        need("words", Rows(LOCAL_WORDS, "say"), "What is said otherwise there."),
    ),
    placed=True,
)
COUNTRIES = listing("regions.yaml", "regions", COUNTRY, "Countries with words of their own.")
ADVICE = listing("the file", "advice", ADVICE_ENTRY, "Sentences a rule may say.")
LEVEL = Entry(
    "a level",
    ReferralLevel,
    (
        need("id", member(Level), "Each of them once.", attr="level"),
        need("title", TEXT, "What pages call it."),
        may("to", Name(Of.TARGET), "Whom to see where no rule says it."),
        need("act", TEXT, "What to do."),
        need("exercise", TEXT, "What exercise is left."),
    ),
)
TARGET = Entry(
    "a target",
    Target,
    (
        need("id", ID, "What rules name it by."),
        need("title", TEXT, "Such as “an emergency department”."),
        may("how", TEXT, "How to reach it."),
    ),
)


def _referrals(
    levels: tuple[ReferralLevel, ...], targets: tuple[Target, ...]
) -> tuple[dict[Level, ReferralLevel], dict[str, Target]]:
    return {one.level: one for one in levels}, {one.id: one for one in targets}


REFERRALS = Entry(
    "referrals.yaml",
    _referrals,
    (
        need("levels", Rows(LEVEL, "id", "the level {name} is given twice"), "How soon."),
        need("targets", Rows(TARGET, "id"), "Whom to see."),
    ),
)
CLEARANCE = Entry(
    "an entry of `clearances`",
    lambda **said: Clearance(**said, rank=0),
    (
        need("id", ID, "What rules name it by."),
        need("title", TEXT, "What pages call it."),
        may("say", TEXT, "What the client is told."),
        need("meanwhile", TEXT, "What may start before somebody has agreed."),
        may("only_light", FLAG, "Whether usual light activity is all that is left."),
    ),
    placed=True,
)


def _in_order(clearances: tuple[Clearance, ...]) -> dict[str, Clearance]:
    return {c.id: replace(c, rank=rank) for rank, c in enumerate(clearances)}


CLEARANCES = Entry(
    "the file",
    _in_order,
    (need("clearances", Rows(CLEARANCE, "id"), "The strictest comes first."),),
)
ADVISER = Entry(
    "a question",
    TrainerQuestion,
    (
        need("id", ID, "What pages name it by."),
        need("ask", TEXT, "The question."),
        need("because", TEXT, "What the answer is good for."),
        may("evidence", EVIDENCE, "Who says so: at least one source."),
    ),
)


def _trainer(
    note: str, questions: tuple[TrainerQuestion, ...]
) -> tuple[str, dict[str, TrainerQuestion]]:
    return note, {one.id: one for one in questions}


TRAINER = Entry(
    "trainer.yaml",
    _trainer,
    (
        need("note", TEXT, "Where these questions are from."),
        need("questions", Rows(ADVISER, "id"), "What a client should ask a trainer."),
    ),
)
