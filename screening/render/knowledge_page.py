"""From one id to the page that shows what the knowledge base holds under it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from screening.diagnostics import nearest, quoted
from screening.errors import UnknownTargetError
from screening.explain.explanation import Cited
from screening.explain.words import Phrases, answered
from screening.model.conclusions import concludes
from screening.model.expr import leaves
from screening.model.knowledge import KnowledgeBase
from screening.model.question import SESSION, Question
from screening.model.rule import (
    AtClearance,
    AvoidCategory,
    Evidence,
    Example,
    Recommend,
    UnknownPolicy,
)
from screening.model.vocabularies import Level, Strength, Truth
from screening.render.assessment_page import standing_line
from screening.render.exercise_words import dose_words, equipment_words
from screening.render.explanation_page import GRADES, READ, source_words
from screening.render.listing import verdicts
from screening.render.page import Block, Bullets, Grid, Heading, Page, Pairs, Paragraph, Steps
from screening.render.review_words import changed_blocks, status_words

PACK = "pack"  # under this word a knowledge base says what it is for
EXPECTED = {Truth.TRUE: "fires", Truth.FALSE: "silent", Truth.UNDECIDED: "undecided"}


def show_page(knowledge: KnowledgeBase, name: str) -> Page:
    """Return everything the knowledge holds under an id; ids shared by several show all.

    Raises:
        UnknownTargetError: with the nearest id.

    """
    exercise = knowledge.exercise_names.get(name.lower(), name)
    blocks: list[Block] = list(_pack(knowledge)) if name in (PACK, knowledge.pack.id) else []
    for kind, shown in _SHOWN.items():
        found = getattr(knowledge, kind)
        for key in dict.fromkeys((name, exercise if kind == "exercises" else name)):
            if key in found:
                blocks += shown(knowledge, key)
    if blocks:
        return tuple(blocks)
    near = nearest(name, [PACK, *(key for kind in _SHOWN for key in getattr(knowledge, kind))])
    help_ = f"did you mean `{near}`?" if near else "`screening knowledge list rules` lists ids"
    raise UnknownTargetError(f"nothing is called {quoted(name)}\n  help: {help_}")


def _pack(knowledge: KnowledgeBase) -> Iterator[Block]:
    pack = knowledge.pack
    yield Heading(pack.title)
    yield Pairs(
        (
            ("For", pack.intended_use),
            ("Where", f"{pack.region}; language: {pack.language}"),
        )
    )
    yield Heading("Not for")
    yield Bullets(pack.not_for)
    yield Heading("Who stands behind this")
    live = knowledge.live_rules
    yield Paragraph(standing_line(knowledge, sum(not rule.reviewed for rule in live)))


def _rule(knowledge: KnowledgeBase, name: str) -> Iterator[Block]:
    rule = knowledge.rules[name]
    yield Heading(rule.title)
    yield Pairs(
        (("Rule", rule.id), ("Status", status_words(knowledge, rule)), ("Because", rule.because))
    )
    yield Heading("If")
    yield Steps(tuple(Phrases(knowledge, named=True).tree(rule.when)))
    yield Heading("Then")
    yield Bullets(tuple(concludes(knowledge, conclusion) for conclusion in rule.then))
    rows = [("Unknown answers", unknown_words(rule.unknown))] if rule.unknown is not None else []
    rows += [("Tell the client", rule.say)] if rule.say else []
    rows += [("Sources disagree", rule.conflict)] if rule.conflict else []
    rows += [("Written by", rule.author)] if rule.author else []
    if rows:
        yield Heading("Also")
        yield Pairs(tuple(rows))
    yield from changed_blocks(knowledge, rule)
    yield Heading("Sources")
    yield _sources(knowledge, rule.evidence)
    if rule.examples:
        yield Heading("Examples")
        yield Grid(
            ("example", "answers", "rule"),
            tuple(
                (one.name, given_words(knowledge, one.given), expected_words(one))
                for one in rule.examples
            ),
        )


def expected_words(one: Example) -> str:
    """Return what a rule must make of an example, and the level it must refer at."""
    refers = "" if one.refers is None else f", refers {one.refers.word}"
    return f"{EXPECTED[one.expect]}{refers}"


def unknown_words(policy: UnknownPolicy) -> str:
    """Return what an unknown answer means to a rule."""
    if policy.see:
        return f"`{policy.see}` acts on them"
    if policy.level > Level.NONE:
        return f"where one could meet the condition, refer {policy.level.word}"
    return f"count as {policy.unsure.value.replace('_', ' ')}"


def given_words(knowledge: KnowledgeBase, given: Mapping[str, object]) -> str:
    """Return answers in the words of the questions."""
    questions = knowledge.questions
    return "; ".join(
        answered(questions[q], value)  # type: ignore[arg-type]
        for q, value in given.items()
    )


def _sources(knowledge: KnowledgeBase, evidence: tuple[Evidence, ...]) -> Block:
    return Bullets(
        tuple(
            f"{source_words(Cited(e, knowledge.sources[e.source]))}. "
            f"{knowledge.sources[e.source].citation}"
            for e in evidence
        )
    )


def _question(knowledge: KnowledgeBase, name: str) -> Iterator[Block]:
    question = knowledge.questions[name]
    yield Heading(question.short)
    rows = [("Question", question.id), ("Ask", question.ask)]
    rows += [("Help", question.help)] if question.help else []
    if question.is_number:
        rows.append(("Answer", question.span))
    rows += [("Answer", f"{option.id}: {option.say}") for option in question.answers]
    if question.safety > Level.NONE:
        rows.append(("Can raise", question.safety.word))
    if question.only_if is not None:
        asked_if = Phrases(knowledge, named=True).phrase(question.only_if)
        rows.append(("Asked if", asked_if))
    rows += [("Answer counts for", counts_for(question))]
    if (tick_list := knowledge.list_of.get(name)) is not None:
        rows.append(("Asked in", f"{tick_list.short} ({tick_list.id}), as “{question.item}”"))
    rows += [("Worked out", "never asked")] if question.derived is not None else []
    if question.sums_up:
        shorts = (knowledge.questions[name].short for name in question.sums_up)
        rows.append(("Sums up", "; ".join(shorts)))
    if question.groups:
        rows.append(("Groups", ", ".join(knowledge.groups[g].title for g in question.groups)))
    yield Pairs(tuple(rows))
    yield from _named("Rules that ask it", asking(knowledge, name))


def _tick_list(knowledge: KnowledgeBase, name: str) -> Iterator[Block]:
    tick_list = knowledge.tick_lists[name]
    yield Heading(tick_list.short)
    rows = [("Tick list", name), ("Ask", tick_list.ask)]
    rows += [("Help", tick_list.help)] if tick_list.help else []
    rows += [("Item", f"{item.id}: {item.item}") for item in knowledge.items_of(name)]
    yield Pairs(tuple(rows))


def counts_for(question: Question) -> str:
    """Return how long an answer to a question is good for."""
    return "this session" if question.valid == SESSION else question.valid.words


def asking(knowledge: KnowledgeBase, question: str) -> list[str]:
    """Return the live rules that name a question, cells included, in order of id."""
    return [
        rule.id
        for rule in knowledge.live_rules
        if any(getattr(leaf, "question", None) == question for leaf in leaves(rule.when))
    ]


def _finding(knowledge: KnowledgeBase, name: str) -> Iterator[Block]:
    yield Heading(knowledge.findings[name].title)
    yield Pairs((("Finding", name),))
    yield from _named("Found by", knowledge.finders[name, Strength.SUSPECTED])
    resting = [
        rule.id
        for rule in knowledge.written_rules
        if any(getattr(leaf, "finding", None) == name for leaf in leaves(rule.when))
    ]
    yield from _named("Rules that rest on it", resting)


def _category(knowledge: KnowledgeBase, name: str) -> Iterator[Block]:
    category = knowledge.categories[name]
    dose = category.dose
    yield Heading(category.title)
    yield Pairs(
        (
            ("Category", name),
            ("Examples", category.examples),
            ("Dose", f"{dose.text} ({dose.source}: {GRADES[dose.grade]})"),
            ("Easier", category.regress),
            ("Harder", category.progress),
        )
    )
    yield from _named(
        "Exercises", [e.id for e in knowledge.exercises.values() if e.category == name]
    )
    yield from _named("Offered by", _saying(knowledge, Recommend, name))
    yield from _named("Withheld by", _saying(knowledge, AvoidCategory, name))


def _saying(
    knowledge: KnowledgeBase, kind: type[Recommend | AvoidCategory], category: str
) -> list[str]:
    """Return the live rules that offer, or withhold, a category."""
    return [
        rule.id
        for rule in knowledge.live_rules
        if any(isinstance(c, kind) and c.category == category for c in rule.then)
    ]


def _parameter(knowledge: KnowledgeBase, name: str) -> Iterator[Block]:
    parameter = knowledge.parameters[name]
    source = knowledge.sources[parameter.source]
    cited = Cited(Evidence(source.key, parameter.grade, parameter.place), source)
    yield Heading(parameter.title)
    rows = [("Parameter", name), ("Value", f"{parameter.value} {parameter.unit}")]
    rows.append(("Source", f"{source_words(cited)}. {source.citation}"))
    rows += [("Note", parameter.note)] if parameter.note else []
    yield Pairs(tuple(rows))
    yield from _named("Used by", knowledge.parameter_users[name])


def _exercise(knowledge: KnowledgeBase, name: str) -> Iterator[Block]:
    exercise = knowledge.exercises[name]
    demands = ", ".join(f"{d} {n}" for d, n in exercise.demands.items() if n) or "none of note"
    yield Heading(exercise.name)
    rows = [("Exercise", name), ("Also called", ", ".join(exercise.aliases) or "-")]
    rows.append(("Demands (0-3)", f"{demands}; our estimates"))
    if exercise.category:
        rows.append(("Category", knowledge.categories[exercise.category].title))
    told = (
        ("Needs", ", ".join(equipment_words(knowledge, exercise))),
        ("To begin with", dose_words(exercise)),
        ("Cues", " ".join(exercise.cues)),
        ("Easier", ", ".join(knowledge.exercises[e].name for e in exercise.easier)),
        ("Harder", ", ".join(knowledge.exercises[e].name for e in knowledge.harder[name])),
        ("Cautions", ", ".join(exercise.cautions)),
    )
    yield Pairs((*rows, *(row for row in told if row[1])))
    cells = []
    for finding, verdict, instead in verdicts(knowledge, name):
        others = (knowledge.exercises[e].name for e in instead if not isinstance(instead, str))
        names = instead if isinstance(instead, str) else ", ".join(others)
        cells.append((knowledge.findings[finding].title, verdict, names, f"{name}.{finding}"))
    if cells:
        yield Grid(("when the client is", "verdict", "instead", "rule"), tuple(cells))


def _source(knowledge: KnowledgeBase, name: str) -> Iterator[Block]:
    source = knowledge.sources[name]
    yield Heading(source.key)
    rows = [("Source", source.citation), ("Read", READ[source.read])]
    rows += [("Where", where) for where in (source.doi, source.url) if where]
    rows += [("Note", source.note)] if source.note else []
    yield Pairs(tuple(rows))
    citing = [r.id for r in knowledge.written_rules if any(e.source == name for e in r.evidence)]
    yield from _named("Cited by", citing)


def _clearance(knowledge: KnowledgeBase, name: str) -> Iterator[Block]:
    kind = knowledge.clearances[name]
    yield Heading(kind.title)
    rows = [("Clearance", name), ("Say", kind.say), ("Start", kind.meanwhile)]
    left = "usual light activity" if kind.only_light else "all that is offered"
    yield Pairs((*(row for row in rows if row[1]), ("Leaves", left)))
    asking = [r.id for r in knowledge.live_rules if AtClearance(name) in r.then]
    yield from _named("Asked for by", asking)


def _trainer_question(knowledge: KnowledgeBase, name: str) -> Iterator[Block]:
    question = knowledge.trainer_questions[name]
    yield Heading(question.ask)
    yield Pairs((("Because", question.because), ("Note", knowledge.trainer_note)))
    yield Heading("Sources")
    yield _sources(knowledge, question.evidence)


def _named(title: str, names: list[str] | tuple[str, ...]) -> Iterator[Block]:
    if names:
        yield Heading(title)
        yield Paragraph(f"{', '.join(names)}.")


_SHOWN: Mapping[str, Callable[[KnowledgeBase, str], Iterator[Block]]] = {
    "rules": _rule,
    "questions": _question,
    "tick_lists": _tick_list,
    "findings": _finding,
    "categories": _category,
    "exercises": _exercise,
    "parameters": _parameter,
    "sources": _source,
    "clearances": _clearance,
    "trainer_questions": _trainer_question,
}
