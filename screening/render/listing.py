"""From a knowledge base to lists of what is in it, as JSON and as pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from screening.model.case_library import KnownCase
from screening.model.catalogue import Category, Exercise, StartDose
from screening.model.conclusions import concludes
from screening.model.knowledge import KnowledgeBase
from screening.model.pack import TrainerQuestion
from screening.model.question import Question
from screening.model.rule import AvoidExercise, Keep, Modify, Rule
from screening.model.terms import Clearance, Finding, Parameter
from screening.model.tick_list import MULTI, NONE, TickList
from screening.model.vocabularies import Level
from screening.render.json_form import Json, texts
from screening.render.page import Grid, Heading, Page, Paragraph

Row = dict[str, Json]


def listed(knowledge: KnowledgeBase, what: str) -> list[Row]:
    """Return everything of a kind, in the order of the files; questions in asking order."""
    return list(_FORMS[what](knowledge))


def list_page(knowledge: KnowledgeBase, what: str) -> Page:
    """Return everything of a kind as a table: ids and titles; of rules the written ones."""
    rows = listed(knowledge, what)
    if what == "rules":
        rows = [row for row in rows if not row["cell"]]
    columns = COLUMNS[what]
    cells = tuple(tuple(_cell(row[column]) for column in columns) for row in rows)
    name = what.replace("-", " ")
    page: list[Heading | Grid | Paragraph] = [Heading(name), Grid(columns, cells)]
    page += [Paragraph(knowledge.trainer_note)] if what == "trainer-questions" else []
    page.append(Paragraph(f"{len(rows)} {name}. One of them: `screening knowledge show ID`."))
    return tuple(page)


def verdicts(
    knowledge: KnowledgeBase, exercise: str
) -> Iterator[tuple[str, str, str | list[str]]]:
    """Yield the catalogue's verdicts on an exercise: finding, verdict, and what instead."""
    for finding, (_, said) in knowledge.verdicts[exercise].items():
        match said:
            case Keep(_, note):
                yield finding, "keep", note
            case Modify(_, instead):
                yield finding, "modify", instead
            case AvoidExercise(instead=instead):
                yield finding, "avoid", list(instead)


def _cell(value: Json) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else ""
        case list():
            return "; ".join(str(item) for item in value)
        case _:
            return str(value)


def _question(question: Question) -> Row:
    form: Row = {"id": question.id, "kind": question.kind.value}
    if question.is_number:
        ends = question.written(question.low), question.written(question.high)
        form |= {"from": ends[0], "to": ends[1], "unit": question.unit}
    else:
        form["answers"] = texts(question.words)
    form |= {
        "safety": question.safety.word if question.safety > Level.NONE else None,
        "topic": question.topic,
        "ask": question.ask,
        "short": question.short,
        "harmless": question.written(question.harmless),
        "valid": question.valid.words,
        "asked": question.derived is None,
    }
    if question.is_movement:
        form["groups"] = texts(question.groups)
    return form


def _asked(knowledge: KnowledgeBase) -> Iterator[Row]:
    """Yield the questions, each tick list before the first of its items."""
    for question in knowledge.questions.values():
        tick_list = knowledge.list_of.get(question.id)
        if tick_list is not None and tick_list.items[0] == question.id:
            yield _tick_list(knowledge, tick_list)
        yield _question(question) | ({"list": tick_list.id} if tick_list else {})


def _tick_list(knowledge: KnowledgeBase, tick_list: TickList) -> Row:
    items = knowledge.items_of(tick_list.id)
    level = max(item.safety for item in items)
    return {
        "id": tick_list.id,
        "kind": MULTI,
        "answers": [*tick_list.items, NONE],
        "safety": level.word if level > Level.NONE else None,
        "topic": tick_list.topic,
        "ask": tick_list.ask,
        "short": tick_list.short,
        "harmless": NONE,
        "valid": None,
        "asked": True,
    }


def _finding(finding: Finding) -> Row:
    return {"id": finding.id, "title": finding.title, "pattern": finding.pattern}


def _category(category: Category) -> Row:
    return {
        "id": category.id,
        "title": category.title,
        "light": category.light,
        "examples": category.examples,
        "dose": category.dose.text,
        "regress": category.regress or None,
        "progress": category.progress or None,
    }


def _parameter(knowledge: KnowledgeBase, parameter: Parameter) -> Row:
    return {
        "id": parameter.id,
        "value": parameter.value,
        "unit": parameter.unit,
        "title": parameter.title,
        "source": parameter.source,
        "at": parameter.place or None,
        "grade": parameter.grade.value,
        "note": parameter.note or None,
        "used_by": texts(knowledge.parameter_users[parameter.id]),
    }


def _dose(dose: StartDose | None) -> Json:
    """Return a dose to begin with; each number a range with its ends."""
    if dose is None:
        return None
    parts = {"sets": dose.sets, **dose.amounts, "rest": dose.rest, "effort": dose.effort}
    return {name: {"from": r.low, "to": r.high} for name, r in parts.items() if r is not None}


def _exercise(knowledge: KnowledgeBase, exercise: Exercise) -> Row:
    cells: dict[str, Json] = {
        finding: {"verdict": verdict, "instead": texts(i) if isinstance(i, list) else i or None}
        for finding, verdict, i in verdicts(knowledge, exercise.id)
    }
    return {
        "id": exercise.id,
        "name": exercise.name,
        "aliases": texts(exercise.aliases),
        "category": exercise.category or None,
        "light": exercise.light,
        "equipment": [" or ".join(choice) for choice in exercise.equipment],
        "position": exercise.position or None,
        "skill": exercise.skill.word,
        "slot": exercise.slot or None,
        "rung": exercise.rung if exercise.slot else None,
        "per_side": exercise.per_side,
        "own_only": exercise.own_only,
        "demands": dict(exercise.demands),
        "dose": _dose(exercise.dose),
        "cues": texts(exercise.cues),
        "easier": texts(exercise.easier),
        "harder": texts(knowledge.harder[exercise.id]),
        "cautions": texts(exercise.cautions),
        "verdicts": cells,
    }


def _rule(knowledge: KnowledgeBase, rule: Rule) -> Row:
    return {
        "id": rule.id,
        "title": rule.title,
        "topic": rule.topic,
        "status": rule.status.value,
        "cell": rule.cell,
        "then": [concludes(knowledge, conclusion) for conclusion in rule.then],
        "sources": texts(evidence.source for evidence in rule.evidence),
        "reviewed_by": rule.review.by if rule.reviewed else None,
    }


def _clearance(kind: Clearance) -> Row:
    return {
        "id": kind.id,
        "title": kind.title,
        "say": kind.say or None,
        "meanwhile": kind.meanwhile,
        "only_light": kind.only_light,
    }


def _trainer_question(knowledge: KnowledgeBase, question: TrainerQuestion) -> Row:
    return {
        "id": question.id,
        "ask": question.ask,
        "because": question.because,
        "sources": texts(one.source for one in question.evidence),
        "note": knowledge.trainer_note,
    }


def _case(case: KnownCase) -> Row:
    return {
        "id": case.id,
        "title": case.title,
        "kind": case.origin.value,
        "source": case.source or None,
        "answers": len(case.answers),
        "assumed": len(case.assumed),
        "expected": case.expect.level or None,
        "rules": texts(named.rule for named in case.expect.rules),
    }


_FORMS: Mapping[str, Callable[[KnowledgeBase], Iterator[Row]]] = {
    "questions": _asked,
    "findings": lambda k: map(_finding, k.findings.values()),
    "categories": lambda k: map(_category, k.categories.values()),
    "exercises": lambda k: (_exercise(k, e) for e in k.exercises.values()),
    "rules": lambda k: (_rule(k, rule) for rule in k.rules.values()),
    "clearances": lambda k: map(_clearance, k.clearances.values()),
    "trainer-questions": lambda k: (
        _trainer_question(k, one) for one in k.trainer_questions.values()
    ),
    "cases": lambda k: map(_case, k.cases.values()),
    "parameters": lambda k: (_parameter(k, p) for p in k.parameters.values()),
}
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "questions": ("ask", "kind", "safety", "id"),
    "findings": ("title", "pattern", "id"),
    "categories": ("title", "examples", "id"),
    "exercises": ("name", "aliases", "id"),
    "rules": ("title", "topic", "id"),
    "clearances": ("title", "meanwhile", "id"),
    "trainer-questions": ("ask", "because", "sources", "id"),
    "cases": ("title", "source", "expected", "id"),
    "parameters": ("title", "value", "unit", "source", "id"),
}
