"""The page of the exercises: demands, the verdict for each finding, what to do instead."""

from __future__ import annotations

from collections.abc import Iterator

from screening.explain.words import Phrases
from screening.model.catalogue import Exercise
from screening.model.conclusions import concludes, things_in
from screening.model.expr import Found
from screening.model.ids import Sort
from screening.model.rule import AvoidExercise, Keep, Modify, Rule
from screening.render.exercise_words import dose_words, equipment_words
from screening.render.explanation_page import GRADES
from screening.render.markdown import escaped
from screening.render.rule_book.place import Book, Here, anchor
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
        if rule.cell and rule.id.partition(".")[0] in own:  # else a caution
            own[_exercise_of(rule)].append(rule)
    return sheet(
        (
            titled("Exercises", 1),
            f"[Rule book]({here.to('index.md')}). {LEAD}",
            _overview(here, own),
            *_cautions(here),
            *(
                part
                for exercise in book.knowledge.exercises.values()
                for part in _exercise(here, exercise, own[exercise.id])
            ),
        )
    )


def _cautions(here: Here) -> Iterator[str]:
    """Yield what health facts mean to exercises, with the rules of each."""
    knowledge = here.book.knowledge
    if not knowledge.cautions:
        return
    yield titled("Cautions")
    phrases = Phrases(knowledge, named=True)
    rows = []
    for one in knowledge.cautions.values():
        made = [f"{one.id}.{how}" for how in ("leave_out", "change")]
        anchors = "".join(anchored(anchor(Sort.RULE, r)) for r in made if r in knowledge.rules)
        left_out, changed = (
            "" if when is None else escaped(phrases.phrase(when))
            for when in (one.leave_out, one.change)
        )
        who = sum(one.id in exercise.cautions for exercise in knowledge.exercises.values())
        cited = ", ".join(
            f"{here.link(Sort.SOURCE, e.source)} ({GRADES[e.grade]})" for e in one.evidence
        )
        said = escaped(one.say if not one.waits_for else f"{one.say} Waits: {one.waits_for}")
        rows.append((f"{anchors}`{one.id}`", left_out, changed, said, str(who), cited))
    headers = ("caution", "left out when", "changed when", "how", "exercises", "sources")
    yield table(headers, rows)


def _exercise_of(rule: Rule) -> str:
    """Return the exercise a rule of the catalogue speaks about."""
    return next(name for c in rule.then for sort, name in things_in(c) if sort is Sort.EXERCISE)


def _finding_of(rule: Rule) -> str:
    """Return the finding a verdict is for; empty for what the client says of the movement."""
    return rule.when.finding if isinstance(rule.when, Found) else ""


VERDICTS = {Keep: "keep", Modify: "change"}


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
    return VERDICTS.get(type(rule.then[0]), "leave out")


def _exercise(here: Here, exercise: Exercise, rules: list[Rule]) -> Iterator[str]:
    knowledge = here.book.knowledge
    yield titled(exercise.name, anchor=anchor(Sort.EXERCISE, exercise.id))
    category = here.link(Sort.CATEGORY, exercise.category) if exercise.category else ""
    movement = here.link(Sort.QUESTION, exercise.performed_as) if exercise.performed_as else ""
    spoken = (
        rule.id
        for rule in knowledge.written_rules
        if any((Sort.EXERCISE, exercise.id) in things_in(c) for c in rule.then)
    )
    yield labelled(
        (
            ("Id", f"`{exercise.id}`"),
            ("Also called", escaped(", ".join(exercise.aliases))),
            ("Trains", escaped(", ".join(exercise.trains))),
            ("Category", category),
            ("Asked about as", movement),
            ("Usual light activity", "yes" if exercise.light else ""),
            ("Needs", escaped(", ".join(equipment_words(knowledge, exercise)))),
            ("Position", escaped(exercise.position.replace("_", " "))),
            ("Suits to begin with", exercise.skill.word),
            ("In a session", _place(exercise)),
            ("To begin with", dose_words(exercise)),
            ("Cues", escaped(" ".join(exercise.cues))),
            ("Easier", here.links(Sort.EXERCISE, exercise.easier)),
            ("Harder", here.links(Sort.EXERCISE, knowledge.harder[exercise.id])),
            ("Cautions", ", ".join(f"`{name}`" for name in exercise.cautions)),
            ("Measured", ", ".join(here.link(Sort.SOURCE, e.source) for e in exercise.measured)),
            ("Other rules that speak about it", here.links(Sort.RULE, spoken)),
        )
    )
    if exercise.demands:
        yield table(tuple(exercise.demands), [tuple(map(str, exercise.demands.values()))])
    if rules:
        rows = [_row(here, rule) for rule in rules]
        yield table(("when the client is", "verdict", "instead", "sources", "rule"), rows)


def _place(exercise: Exercise) -> str:
    """Return where an exercise stands in a session; empty where it is never added to one."""
    if not exercise.slot:
        return ""
    only = ", only if the client does it already" if exercise.own_only else ""
    return f"{exercise.slot}, rung {exercise.rung}{only}"


def _row(here: Here, rule: Rule) -> tuple[str, ...]:
    conclusion = rule.then[0]
    finding = _finding_of(rule)
    when = here.link(Sort.FINDING, finding) if finding else escaped(rule.title)
    instead = escaped(concludes(here.book.knowledge, conclusion))
    if isinstance(conclusion, Keep):
        instead = escaped(conclusion.note)
    elif isinstance(conclusion, Modify):
        instead = escaped(conclusion.instead)
    elif isinstance(conclusion, AvoidExercise):
        instead = here.links(Sort.EXERCISE, conclusion.instead)
    name = f"{anchored(anchor(Sort.RULE, rule.id))}`{rule.id}`"
    cited = ", ".join(
        f"{here.link(Sort.SOURCE, e.source)} ({GRADES[e.grade]})" for e in rule.evidence
    )
    return when, _verdict(rule), instead, cited, name
