"""From one id to the page that shows what the knowledge base holds under it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from screening.diagnostics import nearest, quoted
from screening.errors import UnknownTargetError
from screening.explain.conclusions import concludes
from screening.explain.explanation import Cited
from screening.explain.words import Phrases, answered
from screening.load.intake import exercise_names
from screening.model.expr import leaves
from screening.model.knowledge import KnowledgeBase
from screening.model.question import SESSION, Question
from screening.model.rule import Evidence, Recommend, Rule, UnknownPolicy
from screening.model.words import Kind, Level, Strength, Truth
from screening.render.explanation_page import GRADES, READ, source_words
from screening.render.listing import verdicts
from screening.render.page import Block, Bullets, Grid, Heading, Page, Pairs, Paragraph, Steps

EXPECTED = {Truth.TRUE: "fires", Truth.FALSE: "silent", Truth.UNDECIDED: "undecided"}


def show_page(knowledge: KnowledgeBase, name: str) -> Page:
    """Return everything the knowledge holds under an id; ids shared by several show all.

    Raises:
        UnknownTargetError: with the nearest id.

    """
    exercise = exercise_names(knowledge).get(name.lower(), name)
    blocks: list[Block] = []
    for kind, shown in _SHOWN.items():
        found = getattr(knowledge, kind)
        for key in dict.fromkeys((name, exercise if kind == "exercises" else name)):
            if key in found:
                blocks += shown(knowledge, key)
    if blocks:
        return tuple(blocks)
    near = nearest(name, [key for kind in _SHOWN for key in getattr(knowledge, kind)])
    help_ = f"did you mean `{near}`?" if near else "`screening knowledge list rules` lists ids"
    raise UnknownTargetError(f"nothing is called {quoted(name)}\n  help: {help_}")


def _rule(knowledge: KnowledgeBase, name: str) -> Iterator[Block]:
    rule = knowledge.rules[name]
    yield Heading(rule.title)
    yield Pairs((("Rule", rule.id), ("Status", _status(rule)), ("Because", rule.because)))
    yield Heading("If")
    yield Steps(tuple(Phrases(knowledge).tree(rule.when)))
    yield Heading("Then")
    yield Bullets(tuple(concludes(knowledge, conclusion) for conclusion in rule.then))
    rows = [("Unknown answers", _unknown(rule.unknown))] if rule.unknown is not None else []
    rows += [("Tell the client", rule.say)] if rule.say else []
    rows += [("Sources disagree", rule.conflict)] if rule.conflict else []
    if rows:
        yield Heading("Also")
        yield Pairs(tuple(rows))
    yield Heading("Sources")
    yield _sources(knowledge, rule.evidence)
    if rule.examples:
        yield Heading("Examples")
        yield Grid(
            ("example", "answers", "rule"),
            tuple(
                (one.name, _given(knowledge, one.given), EXPECTED[one.expect])
                for one in rule.examples
            ),
        )


def _status(rule: Rule) -> str:
    reviewed = f"reviewed by {rule.review.by}" if rule.reviewed else "reviewed by no clinician"
    due = f", due {rule.review.due}" if rule.review.due else ""
    return f"{rule.status.value}, {reviewed}{due}"


def _unknown(policy: UnknownPolicy) -> str:
    """Return what an unknown answer means to a rule."""
    if policy.see:
        return f"`{policy.see}` acts on them"
    if policy.level > Level.NONE:
        return f"where one could meet the condition, refer {policy.level.word}"
    return f"count as {policy.unsure.value.replace('_', ' ')}"


def _given(knowledge: KnowledgeBase, given: Mapping[str, object]) -> str:
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
    if question.kind is Kind.NUMBER:
        rows.append(("Answer", f"{question.low} to {question.high} {question.unit}"))
    rows += [("Answer", f"{option.id}: {option.say}") for option in question.answers]
    if question.safety > Level.NONE:
        rows.append(("Can raise", question.safety.word))
    if question.only_if is not None:
        rows.append(("Asked if", Phrases(knowledge).phrase(question.only_if)))
    rows += [("Answer counts for", _counts_for(question))]
    rows += [("Worked out", "never asked")] if question.derived is not None else []
    if question.answered_by:
        shorts = (knowledge.questions[name].short for name in question.answered_by)
        rows.append(("Also answered by", "; ".join(shorts)))
    if question.groups:
        rows.append(("Groups", ", ".join(knowledge.groups[g].title for g in question.groups)))
    yield Pairs(tuple(rows))
    yield from _named("Rules that ask it", _asking(knowledge, name))


def _counts_for(question: Question) -> str:
    return "this session" if question.valid == SESSION else question.valid.words


def _asking(knowledge: KnowledgeBase, question: str) -> list[str]:
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
    offering = [
        rule.id
        for rule in knowledge.live_rules
        if any(isinstance(c, Recommend) and c.category == name for c in rule.then)
    ]
    yield from _named("Offered by", offering)


def _exercise(knowledge: KnowledgeBase, name: str) -> Iterator[Block]:
    exercise = knowledge.exercises[name]
    demands = ", ".join(f"{d} {n}" for d, n in exercise.demands.items() if n) or "none of note"
    yield Heading(exercise.name)
    rows = [("Exercise", name), ("Also called", ", ".join(exercise.aliases) or "-")]
    rows.append(("Demands (0-3)", f"{demands}; our estimates"))
    if exercise.category:
        rows.append(("Category", knowledge.categories[exercise.category].title))
    yield Pairs(tuple(rows))
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


def _named(title: str, names: list[str] | tuple[str, ...]) -> Iterator[Block]:
    if names:
        yield Heading(title)
        yield Paragraph(f"{', '.join(names)}.")


_SHOWN: Mapping[str, Callable[[KnowledgeBase, str], Iterator[Block]]] = {
    "rules": _rule,
    "questions": _question,
    "findings": _finding,
    "categories": _category,
    "exercises": _exercise,
    "sources": _source,
}
