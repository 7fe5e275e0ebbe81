"""Strategies for small knowledge bases, answer sheets, and intakes of the shipped knowledge."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import fields, replace

import yaml
from hypothesis import strategies as st

from screening.engines.applicable import with_harmless_rest
from screening.model.case import Case, Earlier
from screening.model.catalogue import Category, Dose, Exercise
from screening.model.decision import Agreement, Looked, OnRecord, Override
from screening.model.expr import (
    All,
    AnyOf,
    AtLeast,
    Compare,
    Expr,
    Found,
    Is,
    IsUnknown,
    Moves,
    Not,
    Reaches,
    leaves,
    named_questions,
)
from screening.model.knowledge import KnowledgeBase
from screening.model.pack import Pack, Source, TrainerQuestion
from screening.model.question import (
    ALWAYS,
    MOVEMENT,
    RECENCY,
    SESSION,
    YES_NO,
    IsFollowUp,
    Option,
    Question,
    Topic,
    Validity,
    Value,
    WasOffered,
)
from screening.model.rule import (
    Advise,
    AtClearance,
    AtStage,
    AvoidCategory,
    AvoidDemand,
    AvoidExercise,
    Conclusion,
    Confirm,
    Evidence,
    Find,
    Keep,
    Limit,
    Modify,
    Move,
    OfferOnly,
    Recommend,
    Refer,
    Rule,
    UnknownPolicy,
    Unsure,
)
from screening.model.score import Band, Score, ScoreItem
from screening.model.session import Experience, Held, Place, SessionInputs, UsualWeight
from screening.model.terms import (
    Advice,
    Clearance,
    DeclaredScore,
    Finding,
    Group,
    LimitKind,
    ReferralLevel,
    Stage,
    Target,
)
from screening.model.vocabularies import (
    ASKED_UNKNOWN,
    Effect,
    Firmness,
    FromTo,
    Grade,
    Kind,
    Level,
    Pace,
    Read,
    Status,
    Strength,
)
from screening.records.event import Event
from screening.records.payload import KINDS
from screening.write import Plain

GROUPS = ("flexion", "extension")
EVIDENCE = (Evidence("BOOK", Grade.EXPERT),)
SEE = "unknown-answers"  # the rule that `see` policies name
NOT_ASKED = None
CHOICE = (Option("none", "None"), Option("minor", "Minor"), Option("major", "Major"))
FIXED = {Kind.YES_NO: YES_NO, Kind.RECENCY: RECENCY, Kind.MOVEMENT: MOVEMENT, Kind.CHOICE: CHOICE}
HIGHEST = 10

_strengths = st.sampled_from(Strength)
_firmness = st.sampled_from(Firmness)


# questions


@st.composite
def questions(draw: st.DrawFn, most: int = 7) -> dict[str, Question]:
    """Return two or more questions in asking order, some asked only if an earlier one says so."""
    found: dict[str, Question] = {}
    for number in range(draw(st.integers(2, most))):
        question = _question(draw, f"q{number}")
        if found and draw(st.integers(0, 3)) == 0:
            question = replace(question, only_if=draw(trees(_question_leaf(found), parts=2)))
        question = _followed(draw, question, found)
        found[question.id] = question
    return found


def _question(draw: st.DrawFn, name: str) -> Question:
    kind = draw(st.sampled_from((*Kind, Kind.MOVEMENT)))  # movements twice: they are counted
    number, movement = kind is Kind.NUMBER, kind is Kind.MOVEMENT
    options = () if number else FIXED[kind]
    harmless = draw(st.integers(0, HIGHEST)) if number else draw(st.sampled_from(options)).id
    return Question(
        id=name,
        topic="t",
        ask=f"{name}?",
        short=name,
        kind=kind,
        harmless=harmless,
        answers=options,
        high=HIGHEST if number else 0,
        unit="points" if number else "",
        safety=Level.NONE if movement else draw(st.sampled_from((Level.NONE, *Level))),
        groups=tuple(g for g in GROUPS if draw(st.booleans())) if movement else (),
    )


def _followed(draw: st.DrawFn, question: Question, found: Mapping[str, Question]) -> Question:
    """Return the question, some times with what makes it one for follow-ups."""
    question = replace(question, valid=draw(st.sampled_from((SESSION, Validity(4), ALWAYS))))
    if question.kind is Kind.NUMBER and not any(q.gap for q in found.values()):
        return replace(question, gap=draw(st.booleans()))
    if question.kind is not Kind.YES_NO:
        return question
    derived = draw(st.sampled_from((None, None, IsFollowUp(), WasOffered(CATEGORIES[0]))))
    others = draw(st.lists(st.sampled_from(tuple(found)), unique=True)) if found else []
    return replace(question, derived=derived, sums_up=() if derived else tuple(others))


# conditions


def trees(leaf: st.SearchStrategy[Expr], *, parts: int = 3) -> st.SearchStrategy[Expr]:
    """Return conditions of every kind of inner node over some leaves."""

    def inner(part: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        some = st.lists(part, min_size=1, max_size=parts).map(tuple)
        counted = some.flatmap(
            lambda p: st.integers(1, len(p)).map(lambda count: AtLeast(count, p))
        )
        return st.one_of(part.map(Not), some.map(All), some.map(AnyOf), counted)

    return st.recursive(leaf, inner, max_leaves=2 * parts)


def _question_leaf(asked: Mapping[str, Question]) -> st.SearchStrategy[Expr]:
    return st.sampled_from(tuple(asked.values())).flatmap(_leaf_about)


def _leaf_about(question: Question) -> st.SearchStrategy[Expr]:
    unknown: st.SearchStrategy[Expr] = st.just(IsUnknown(question.id))
    if question.kind is Kind.NUMBER:
        ops = st.sampled_from((">=", "<=", ">", "<"))
        return st.one_of(
            st.builds(Compare, st.just(question.id), ops, st.integers(0, HIGHEST)), unknown
        )
    return st.one_of(st.builds(Is, st.just(question.id), st.sampled_from(question.words)), unknown)


def _moves(asked: Mapping[str, Question]) -> st.SearchStrategy[Expr]:
    """Return counts of movements that can turn out either way; nothing without movements."""
    sizes = {g: sum(g in q.groups for q in asked.values()) for g in GROUPS}
    sizes[""] = sum(q.kind is Kind.MOVEMENT for q in asked.values())
    options = [
        st.builds(Moves, st.just(group), st.sampled_from(Effect), st.integers(1, size))
        for group, size in sizes.items()
        if size
    ]
    return st.one_of(options) if options else st.nothing()


def _found(findings: tuple[str, ...]) -> st.SearchStrategy[Expr]:
    return st.builds(Found, st.sampled_from(findings), _strengths) if findings else st.nothing()


def _conditions(
    asked: Mapping[str, Question], findings: tuple[str, ...], *, counts: bool = True
) -> st.SearchStrategy[Expr]:
    kinds = [_question_leaf(asked), _question_leaf(asked), _found(findings)]
    if counts:
        kinds.append(_moves(asked))
    return trees(st.one_of(kinds))


# rules

CATEGORIES = ("walk", "carry")
EXERCISES = ("plank", "squat", "jog")
STAGES = ("acute", "late")
SENTENCES = {
    one.id: one
    for one in (
        Advice("rest-little", "rest-little"),
        Advice("move-a-little", "move-a-little", gives_way_to=("rest-little",)),
        Advice("train-on", "train-on", not_while_light=True, gives_way_to=("move-a-little",)),
    )
}
ADVICE = tuple(SENTENCES)
LIMITS = ("pain",)
TARGETS = ("doctor", "hospital")
DIRECTIONS = ("flexion", "extension", "impact")
CLEARANCES = ("wait", "ask", "go")  # strictest first; only the first leaves light activity only


def _conclusions(asked: Mapping[str, Question]) -> st.SearchStrategy[Conclusion]:
    exercise, category = st.sampled_from(EXERCISES), st.sampled_from(CATEGORIES)
    asking = st.lists(st.sampled_from(tuple(asked)), min_size=1, max_size=2).map(tuple)
    instead = st.lists(exercise, max_size=2).map(tuple)
    direction = st.sampled_from(DIRECTIONS)
    return st.one_of(
        st.builds(AtStage, st.sampled_from(STAGES)),
        st.builds(Limit, st.sampled_from(LIMITS), st.integers(0, 5)),
        st.builds(Recommend, category, st.just("a note")),
        st.builds(AvoidCategory, category, _firmness),
        st.builds(AvoidExercise, exercise, _firmness, instead),
        st.builds(AvoidDemand, direction, _firmness, st.just(EXERCISES[:2])),
        st.builds(Modify, exercise, st.just("less of it")),
        st.just(Keep()),
        st.builds(Advise, st.sampled_from(ADVICE)),
        st.builds(Confirm, asking),
        st.builds(AtClearance, st.sampled_from(CLEARANCES)),
        st.builds(OfferOnly, st.lists(category, min_size=1, unique=True).map(tuple)),
        st.builds(Move, st.sampled_from(Pace), st.sampled_from((None, *CATEGORIES))),
    )


def _policy(
    draw: st.DrawFn, when: Expr, asked: Mapping[str, Question], level: Level
) -> UnknownPolicy | None:
    """Return what unknown answers mean, as `check` demands it."""
    asks_safety = any(asked[name].safety > Level.NONE for name in named_questions(when))
    counts = any(isinstance(leaf, Moves) for leaf in leaves(when))
    legal: list[UnknownPolicy | None] = [] if asks_safety else [None]
    if level < Level.SAME_DAY:
        legal.append(UnknownPolicy(Unsure.UNDECIDED))
    if not counts:
        legal += [UnknownPolicy(Unsure.MET), UnknownPolicy(Unsure.NOT_MET)]
        legal.append(UnknownPolicy(Unsure.NOT_MET, see=SEE))
        if level > Level.NONE:
            legal += [UnknownPolicy(Unsure.NOT_MET, level=at) for at in Level if at]
    if level >= Level.SAME_DAY:
        legal = [policy for policy in legal if policy is not None] or [None]
    return draw(st.sampled_from(legal))


def _rule(draw: st.DrawFn, name: str, when: Expr, then: tuple[Conclusion, ...]) -> Rule:
    status = draw(st.sampled_from((Status.DRAFT,) * 7 + (Status.RETIRED,)))
    return Rule(
        id=name,
        title=name,
        when=when,
        then=then,
        because=name,
        topic="t",
        status=status,
        evidence=EVIDENCE,
    )


def _finding_rules(
    draw: st.DrawFn, asked: Mapping[str, Question], findings: tuple[str, ...]
) -> list[Rule]:
    """Return rules that derive findings, each only from findings of lower strata."""
    rules = []
    for stratum, finding in enumerate(findings):
        for number in range(draw(st.integers(0, 2))):
            when = draw(_conditions(asked, findings[:stratum]))
            rule = _rule(
                draw, f"find-{finding}-{number}", when, (Find(finding, draw(_strengths)),)
            )
            rules.append(replace(rule, unknown=_policy(draw, when, asked, Level.NONE)))
    return rules


def _referring_rules(
    draw: st.DrawFn, asked: Mapping[str, Question], findings: tuple[str, ...]
) -> list[Rule]:
    rules = []
    for number in range(draw(st.integers(0, 3))):
        level = draw(st.sampled_from([at for at in Level if at]))
        urgent = level >= Level.SAME_DAY  # an urgent rule must settle unknowns, so cannot count
        when = draw(_conditions(asked, findings, counts=not urgent))
        refer = Refer(level, draw(st.sampled_from(TARGETS)), "what to tell")
        rule = _rule(draw, f"refer-{number}", when, (refer,))
        rules.append(replace(rule, unknown=_policy(draw, when, asked, level)))
    return rules


def _other_rules(
    draw: st.DrawFn, asked: Mapping[str, Question], findings: tuple[str, ...]
) -> list[Rule]:
    rules = []
    for number in range(draw(st.integers(0, 4))):
        when = draw(_conditions(asked, findings))
        then = draw(st.lists(_conclusions(asked), min_size=1, max_size=2).map(tuple))
        rule = _rule(draw, f"say-{number}", when, then)
        rules.append(replace(rule, unknown=_policy(draw, when, asked, Level.NONE)))
    return rules


def _cells(
    draw: st.DrawFn, asked: Mapping[str, Question], findings: tuple[str, ...]
) -> list[Rule]:
    """Return rules as the catalogue makes them: verdicts per finding, and while it provokes."""
    rules = []
    verdicts: Mapping[str, Callable[[str, str], Conclusion]] = {
        "avoid": lambda e, f: AvoidExercise(e, Firmness.SOFT, ("jog",), follows=f),
        "modify": lambda e, _: Modify(e, "less of it"),
        "keep": lambda e, _: Keep(e, "as it is"),
    }
    for exercise in EXERCISES:
        for finding in findings:
            verdict = draw(st.sampled_from((None, *verdicts)))
            if verdict is not None:
                when = Found(finding, Strength.SUSPECTED)
                then = (verdicts[verdict](exercise, finding),)
                rules.append(Rule(f"{exercise}.{finding}", "", when, then, "", cell=True))
    for question in asked.values():
        if question.kind is Kind.MOVEMENT and draw(st.booleans()):
            then = (AvoidExercise("plank", Firmness.SOFT),)
            rules.append(
                Rule("plank.provokes", "", Is(question.id, "provokes"), then, "", cell=True)
            )
            break
    return [replace(rule, evidence=EVIDENCE) for rule in rules]


def _seeing(asked: Mapping[str, Question]) -> list[Rule]:
    """Return the rule that acts on every unknown answer to a safety question."""
    safety = tuple(IsUnknown(q.id) for q in asked.values() if q.safety > Level.NONE)
    refer = Refer(Level.SAME_DAY, "doctor", "what to tell")
    policy = UnknownPolicy(Unsure.NOT_MET)
    return [Rule(SEE, SEE, AnyOf(safety), (refer,), SEE, evidence=EVIDENCE, unknown=policy)]


@st.composite
def knowledge_bases(draw: st.DrawFn, most: int = 7) -> KnowledgeBase:
    """Return a small knowledge base of at most so many questions whose logic passes `check`."""
    asked = draw(questions(most))
    findings = ("f0", "f1", "f2")[: draw(st.integers(0, 3))]
    rules = [
        *_finding_rules(draw, asked, findings),
        *_referring_rules(draw, asked, findings),
        *_other_rules(draw, asked, findings),
        *_cells(draw, asked, findings),
        *_seeing(asked),
    ]
    return knowledge_base(asked, findings, rules)


def knowledge_base(
    asked: Mapping[str, Question], findings: tuple[str, ...], rules: list[Rule]
) -> KnowledgeBase:
    """Return a knowledge base of these questions, findings and rules."""
    return KnowledgeBase(
        pack=Pack("p", "P", "1", "en", "here", "tests", (), "nobody", DIRECTIONS),
        topics=(Topic("t", "T"),),
        questions=asked,
        groups={g: Group(g, g) for g in GROUPS},
        findings={f: Finding(f, f, pattern=True) for f in findings},
        stages={s: Stage(s, "time", s, rank) for rank, s in enumerate(STAGES)},
        limits={name: LimitKind(name, name, "points") for name in LIMITS},
        categories={
            c: Category(c, c, c, Dose("d", "BOOK", Grade.EXPERT), light=c == "walk")
            for c in CATEGORIES
        },
        advice=SENTENCES,
        levels={at: ReferralLevel(at, at.word, "act", "none") for at in Level},
        targets={t: Target(t, t) for t in TARGETS},
        sources={"BOOK": Source("BOOK", "A book", "book", Read.FULL)},
        exercises={
            e: Exercise(e, e, (), (), dict.fromkeys(DIRECTIONS, 1), category="carry")
            for e in EXERCISES
        },
        rules={rule.id: rule for rule in rules},
        clearances={
            c: Clearance(c, c, "", "walk", rank, only_light=not rank)
            for rank, c in enumerate(CLEARANCES)
        },
        trainer_questions={"who": TrainerQuestion("who", "Who?", "so", EVIDENCE)},
        trainer_note="ours",
    )


# scores

POINTS = st.integers(-3, 4)


@st.composite
def score_items(draw: st.DrawFn, question: Question) -> ScoreItem:
    """Return an item on a question, as the reader makes one; no two answers need differ."""
    open_ = (("not_applicable", 0),) if question.only_if is not None else ()
    if question.kind is not Kind.NUMBER:
        return ScoreItem(question.id, (*((w, draw(POINTS)) for w in question.words), *open_))
    inner = st.integers(question.low + 1, question.high)
    starts = sorted({question.low, *draw(st.lists(inner, max_size=3))})
    ends = [*(start - 1 for start in starts[1:]), question.high]
    ranges = tuple((low, high, draw(POINTS)) for low, high in zip(starts, ends, strict=True))
    return ScoreItem(question.id, open_, ranges)


@st.composite
def scores(draw: st.DrawFn, asked: Mapping[str, Question], name: str = "sum") -> Score:
    """Return a score over some questions whose sums are not all the same."""
    of = st.lists(st.sampled_from(tuple(asked)), min_size=1, unique=True)
    items = [draw(score_items(asked[one])) for one in draw(of)]
    kept = tuple(item for item in items if len(item.points) > 1)
    if not kept:
        one = asked[items[0].question]
        halves = ((0, HIGHEST // 2, 0), (HIGHEST // 2 + 1, HIGHEST, 2)) if one.is_number else ()
        kept = (ScoreItem(one.id, tuple((w, n) for n, w in enumerate(one.words)), halves),)
    score = Score(name, name, kept)
    begins = draw(st.lists(st.integers(score.least, score.most), max_size=3, unique=True))
    return replace(score, bands=tuple(Band(f"b{n}", at) for n, at in enumerate(sorted(begins))))


def reaching(score: Score) -> st.SearchStrategy[Expr]:
    """Return comparisons of a score that some answers meet and others do not."""
    return st.builds(Reaches, st.just(score), st.integers(score.least + 1, score.most))


@st.composite
def scored_knowledge_bases(draw: st.DrawFn, most: int = 5) -> KnowledgeBase:
    """Return a small knowledge base in which rules compare one or two scores as well."""
    knowledge = draw(knowledge_bases(most))
    asked = knowledge.questions
    found = [draw(scores(asked, f"sum{n}")) for n in range(draw(st.integers(1, 2)))]
    leaf = st.one_of(*map(reaching, found), _question_leaf(asked))
    rules = []
    for number in range(draw(st.integers(1, 3))):
        when = draw(st.one_of(*map(reaching, found), trees(leaf)))
        level = draw(st.sampled_from([at for at in Level if at]))
        urgent = Refer(level, draw(st.sampled_from(TARGETS)), "what to tell")
        refers = draw(st.booleans())
        rule = _rule(draw, f"sum-{number}", when, (urgent if refers else Keep(),))
        policy = _policy(draw, when, asked, level if refers else Level.NONE)
        rules.append(replace(rule, unknown=policy))
    return replace(
        knowledge,
        scores={one.id: DeclaredScore(one, EVIDENCE) for one in found},
        rules={**knowledge.rules, **{rule.id: rule for rule in rules}},
    )


# answers


def values(question: Question) -> st.SearchStrategy[Value]:
    """Return answers to one question, unknown ones included."""
    unknown: st.SearchStrategy[Value] = st.sampled_from(ASKED_UNKNOWN)
    if question.kind is Kind.NUMBER:
        return st.one_of(st.integers(question.low, question.high), unknown)
    known: st.SearchStrategy[Value] = st.sampled_from(question.words)
    return st.one_of(known, known, unknown)


def answer_sheets(knowledge: KnowledgeBase) -> st.SearchStrategy[dict[str, Value]]:
    """Return partial answers: each question answered, unknown or not asked."""
    return st.fixed_dictionaries(
        {}, optional={q.id: values(q) for q in knowledge.questions.values()}
    )


def cases(knowledge: KnowledgeBase) -> st.SearchStrategy[Case]:
    """Return partial answers with some exercises of a generated knowledge base."""
    doing = st.lists(st.sampled_from(EXERCISES), unique=True).map(tuple)
    return st.builds(Case, answer_sheets(knowledge), doing)


def intakes(knowledge: KnowledgeBase) -> st.SearchStrategy[Case]:
    """Return partial intakes of a large knowledge base.

    A base (nothing asked, or everything answered harmlessly) with some questions answered
    otherwise, unknown, or taken out, and some exercises.
    """
    harmless = with_harmless_rest(knowledge, {})
    changes = [
        (question.id, value)
        for question in knowledge.questions.values()
        for value in (NOT_ASKED, *ASKED_UNKNOWN, *_every_answer(question))
    ]

    def case(
        base: Mapping[str, Value], changed: list[tuple[str, Value | None]], doing: list[str]
    ) -> Case:
        answers = {**base, **dict(changed)}
        given = {name: value for name, value in answers.items() if value is not NOT_ASKED}
        return Case(given, tuple(doing))

    few, many = (
        st.lists(st.sampled_from(changes), max_size=size, unique_by=lambda c: c[0])
        for size in (4, 30)
    )
    changed = st.one_of(few, many)
    doing = st.lists(st.sampled_from(tuple(knowledge.exercises)), max_size=4, unique=True)
    return st.builds(case, st.sampled_from(({}, harmless, harmless)), changed, doing)


def _every_answer(question: Question) -> tuple[Value, ...]:
    if question.kind is not Kind.NUMBER:
        return question.words
    middle = (question.low + question.high) // 2
    return tuple(dict.fromkeys((question.low, middle, middle + 1, question.high)))


# files

_odd = st.sampled_from(
    (
        *"&*!|>%@`'\"{}[],:#?-~ \t\n\r",
        "\u2028",
        "\x85",
        "\0",
        "\ufeff",
        "\ud800",
        "é",
        "9" * 400,
        "<<: *a",
        "!!python/object:x",
        "---\n",
        "...",
        "null",
        "- " * 40,
        "[" * 40,
        "{a: " * 40,
    )
)


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """Return a text with up to four cuts, doubled lines, swapped words and odd insertions."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 30)))
        match draw(st.sampled_from(("cut", "insert", "double", "replace", "shift"))):
            case "cut":
                text = text[:start] + text[end:]
            case "insert":
                text = text[:start] + draw(_odd) + text[start:]
            case "double":
                text = text[:end] + text[start:]
            case "replace":
                text = text[:start] + draw(st.text(max_size=8)) + text[end:]
            case _:
                text = text[end:] + text[start:end] + text[:start]
    return text


def events() -> st.SearchStrategy[Event]:
    """Return any event a record can hold."""
    text = st.text(max_size=12)
    small = st.integers(0, 100)
    inputs = st.builds(
        SessionInputs,
        minutes=small,
        place=st.sampled_from(Place),
        experience=st.none() | st.sampled_from(Experience),
        days=st.none() | small,
        weights=st.lists(st.builds(UsualWeight, text, small, small), max_size=2).map(tuple),
        goal=text,
    )
    span = st.builds(FromTo, small, small)
    held = st.builds(Held, text, small, span, text, span)
    by_type: Mapping[str, st.SearchStrategy[object]] = {
        "str": text,
        "int": st.integers(-(10**12), 10**12),
        "int | None": st.none() | st.integers(0, 10),
        "bool": st.booleans(),
        "tuple[str, ...]": st.lists(text, max_size=3).map(tuple),
        "Unknown": st.sampled_from(ASKED_UNKNOWN),
        "Value": st.sampled_from(["no", "new_or_worse", 0, 40, *ASKED_UNKNOWN]),
        "SessionInputs": inputs,
        "SessionInputs | None": st.none() | inputs,
        "tuple[Held, ...]": st.lists(held, max_size=2).map(tuple),
    }
    return st.one_of(
        *(
            st.builds(kind, **{field.name: by_type[str(field.type)] for field in fields(kind)})
            for kind in KINDS.values()
        )
    )


# what people decide

_days = st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 12, 31))
_said = st.text(min_size=1, max_size=12)


def agreements() -> st.SearchStrategy[Agreement]:
    """Return what clinicians agree to; ids may be ones the knowledge lacks."""
    limits = st.dictionaries(st.sampled_from((*LIMITS, "gone")), st.integers(0, 5), max_size=2)
    left_out = st.lists(st.sampled_from((*EXERCISES, *CATEGORIES, "gone")), max_size=3)
    return st.builds(
        Agreement,
        _said,
        _said,
        _days,
        limits.map(lambda found: tuple(sorted(found.items()))),
        left_out.map(tuple),
        st.text(max_size=12),
    )


def overrides(knowledge: KnowledgeBase) -> st.SearchStrategy[Override]:
    """Return what trainers override."""
    rules = st.lists(st.sampled_from((*sorted(knowledge.rules), "gone")), max_size=3)
    return st.builds(Override, _said, _days, _said, rules.map(tuple))


def records(knowledge: KnowledgeBase) -> st.SearchStrategy[OnRecord]:
    """Return what the record of a case says beside its answers."""
    some = st.lists(overrides(knowledge), max_size=2).map(tuple)
    agreed = st.none() | agreements()
    looked, level = st.sampled_from(Looked), st.sampled_from(Level)
    return st.builds(OnRecord, _days, some, some, agreed, looked, level)


@st.composite
def decided_cases(draw: st.DrawFn, knowledge: KnowledgeBase) -> Case:
    """Return a case on record, some times after an earlier one."""
    case = draw(cases(knowledge))
    earlier = Earlier(
        draw(answer_sheets(knowledge)),
        weeks={name: draw(st.none() | st.integers(0, 9)) for name in knowledge.questions},
        first=draw(answer_sheets(knowledge)),
        span=draw(st.none() | st.integers(0, 50)),
        offered=tuple(draw(st.lists(st.sampled_from(CATEGORIES), unique=True))),
        level=draw(st.sampled_from(Level)),
        looked=draw(st.sampled_from(Looked)),
        agreed=draw(st.none() | agreements()),
        overrides=tuple(draw(st.lists(overrides(knowledge), max_size=2))),
        days=draw(st.none() | st.integers(0, 400)),
        anew=draw(st.booleans()),
    )
    return replace(
        case,
        earlier=draw(st.none() | st.just(earlier)),
        record=draw(st.none() | records(knowledge)),
    )


ODD = "aB3 é:#-?,[]{}&*!|>'\"%@`\\~=<.\n\t\u2028\U0001f9b4"
PLAIN_TEXT = st.text(ODD, max_size=12) | st.sampled_from(
    ("no", "yes", "null", "1:30", "-1", "- a")
)


def plain_values() -> st.SearchStrategy[Plain]:
    """Return strategies for what a file may say: text, lists and mappings of any shape."""
    return st.recursive(
        PLAIN_TEXT,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4),
            st.dictionaries(PLAIN_TEXT.filter(bool), inner, max_size=4),
        ),
        max_leaves=12,
    )


@st.composite
def foreign_layouts(draw: st.DrawFn, value: Plain) -> str:
    """Return a value as another program lays it out, with comments between its lines."""
    text = yaml.dump(
        value,
        default_flow_style=draw(st.sampled_from((True, False, None))),
        default_style=draw(st.sampled_from((None, '"', "'", "|", ">"))),
        width=draw(st.sampled_from((20, 80, 1000))),
        indent=draw(st.sampled_from((2, 4, 7))),
        allow_unicode=draw(st.booleans()),
        sort_keys=False,
        Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper),
    )
    lines = text.replace("!!str ", "").splitlines(keepends=True)
    for number in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(lines)))
        lines.insert(place, f"{' ' * draw(st.integers(0, 6))}# note {number}\n")
    return "".join(lines)


def cells(question: Question) -> st.SearchStrategy[str | None]:
    """Return what a table may hold where an answer belongs: answers, near misses, anything."""
    words = st.sampled_from((*question.words, "dont_know", "declined", "", " ", "NaN", "null"))
    numbers = st.integers(question.low - 3, question.high + 3).map(str)
    forms = st.sampled_from(("{}", " {} ", "+{}", "0{}", "{}.0", "{}.5", "{} years", "{}e1"))
    written = st.tuples(forms, numbers).map(lambda pair: pair[0].format(pair[1]))
    return st.one_of(st.none(), words, written, st.text(max_size=6))
