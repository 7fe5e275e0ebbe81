"""The page of the exercises: demands, the verdict for each finding, what to do instead."""

from __future__ import annotations

from collections.abc import Iterator

from screening.explain.conclusions import concludes
from screening.model.expr import Found
from screening.model.ids import Sort
from screening.model.knowledge import Exercise
from screening.model.rule import AvoidExercise, Keep, Modify, Rule
from screening.render.explanation_page import GRADES
from screening.render.markdown import escaped
from screening.render.rule_book.place import Book, Here, anchor
from screening.render.rule_book.related import spoken_of
from screening.render.rule_book.sheet import anchored, labelled, sheet, table, titled

LEAD = (
    "Demands are 0 to 3, our own estimates. “Leave out” is soft while the finding is only "
    "suspected, and hard from supported on."
)


def exercises_page(book: Book) -> str:
    """Return the page of the catalogue: every verdict at a glance, then each exercise."""
    here = Here(book, "exercises.md")
    own: dict[str, list[Rule]] = {name: [] for name in book.knowledge.exercises}
    for rule in book.knowledge.live_rules:
        if rule.cell:
            own[_exercise_of(rule)].append(rule)
    return sheet(
        (
            titled("Exercises", 1),
            f"[Rule book]({here.to('index.md')}). {LEAD}",
            _overview(here, own),
            *(
                part
                for exercise in book.knowledge.exercises.values()
                for part in _exercise(here, exercise, own[exercise.id])
            ),
        )
    )


def _exercise_of(rule: Rule) -> str:
    """Return the exercise a rule of the catalogue speaks about."""
    return next(name for c in rule.then for sort, name in spoken_of(c) if sort is Sort.EXERCISE)


def _finding_of(rule: Rule) -> str:
    """Return the finding a verdict is for; empty for what the client says of the movement."""
    return rule.when.finding if isinstance(rule.when, Found) else ""


def _overview(here: Here, own: dict[str, list[Rule]]) -> str:
    """Return the verdicts at a glance; only findings with a verdict have a column."""
    knowledge = here.book.knowledge
    judged = {_finding_of(rule) for rules in own.values() for rule in rules}
    findings = [name for name in knowledge.findings if name in judged]
    if not findings:
        return ""
    rows = []
    for name, rules in own.items():
        verdicts = {_finding_of(rule): _verdict(rule) for rule in rules}
        rows.append((here.link(Sort.EXERCISE, name), *(verdicts.get(f, "") for f in findings)))
    return table(("exercise", *(here.link(Sort.FINDING, f) for f in findings)), rows)


def _verdict(rule: Rule) -> str:
    match rule.then[0]:
        case Keep():
            return "keep"
        case Modify():
            return "change"
        case _:
            return "leave out"


def _exercise(here: Here, exercise: Exercise, rules: list[Rule]) -> Iterator[str]:
    knowledge = here.book.knowledge
    yield titled(exercise.name, anchor=anchor(Sort.EXERCISE, exercise.id))
    category = here.link(Sort.CATEGORY, exercise.category) if exercise.category else ""
    movement = here.link(Sort.QUESTION, exercise.performed_as) if exercise.performed_as else ""
    spoken = (
        rule.id
        for rule in knowledge.written_rules
        if any((Sort.EXERCISE, exercise.id) in spoken_of(c) for c in rule.then)
    )
    yield labelled(
        (
            ("Id", f"`{exercise.id}`"),
            ("Also called", escaped(", ".join(exercise.aliases))),
            ("Trains", escaped(", ".join(exercise.trains))),
            ("Category", category),
            ("Asked about as", movement),
            ("Usual light activity", "yes" if exercise.light else ""),
            ("Other rules that speak about it", here.links(Sort.RULE, spoken)),
        )
    )
    if exercise.demands:
        yield table(tuple(exercise.demands), [tuple(map(str, exercise.demands.values()))])
    if rules:
        rows = [_row(here, rule) for rule in rules]
        yield table(("when the client is", "verdict", "instead", "sources", "rule"), rows)


def _row(here: Here, rule: Rule) -> tuple[str, ...]:
    conclusion = rule.then[0]
    finding = _finding_of(rule)
    when = here.link(Sort.FINDING, finding) if finding else escaped(rule.title)
    match conclusion:
        case Keep(_, words) | Modify(_, words):
            instead = escaped(words)
        case AvoidExercise():
            instead = here.links(Sort.EXERCISE, conclusion.instead)
        case _:
            instead = escaped(concludes(here.book.knowledge, conclusion))
    name = f"{anchored(anchor(Sort.RULE, rule.id))}`{rule.id}`"
    cited = ", ".join(
        f"{here.link(Sort.SOURCE, e.source)} ({GRADES[e.grade]})" for e in rule.evidence
    )
    return when, _verdict(rule), instead, cited, name
