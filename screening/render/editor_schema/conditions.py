"""From the vocabulary to the schema of conditions: every phrase there is, and the trees."""

from __future__ import annotations

from collections.abc import Iterator

from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question
from screening.model.score import POINTS, Score
from screening.model.terms import Finding
from screening.model.tick_list import TickList
from screening.model.vocabularies import Strength
from screening.render.editor_schema.parts import Part, choice, described, mapping, several
from screening.render.json_form import Json, texts
from screening.scaffold.phrases import EFFECTS

CONDITION: Part = {"$ref": "#/definitions/condition"}


def condition(knowledge: KnowledgeBase) -> Part:
    """Return the schema of a condition; it refers to itself as `CONDITION`."""
    trees: list[Json] = [
        mapping({"all": several(CONDITION)}, ["all"]),
        mapping({"any": several(CONDITION)}, ["any"]),
        mapping({"not": CONDITION}, ["not"]),
        mapping({"at_least": _at_least()}, ["at_least"]),
    ]
    return {"anyOf": [*_phrases(knowledge), *trees]}


def _at_least() -> Part:
    count: Part = {"type": "integer", "minimum": 1}
    return mapping({"count": count, "of": several(CONDITION)}, ["count", "of"])


def _phrases(knowledge: KnowledgeBase) -> Iterator[Part]:
    for question in knowledge.questions.values():
        yield choice(_said(question), question.ask)
        if question.is_number:
            yield _compared(question, knowledge)
    for tick_list in knowledge.tick_lists.values():
        yield choice(_ticked(knowledge, tick_list), tick_list.ask)
    for finding in knowledge.findings.values():
        yield choice(_found(finding), f"Found: {finding.title}")
    for declared in knowledge.scores.values():
        yield from _summed(declared.score, knowledge)
    for group, members in knowledge.members.items():
        if members:
            title = knowledge.groups[group].title if group else "any"
            yield choice(_moved(group, title, len(members)), f"Movements: {title}")


def _said(question: Question) -> dict[str, str]:
    """Return every phrase on what was answered, with what it means."""
    words = {option.id: option.say for option in question.answers}
    said = {f"is {word}": say for word, say in words.items()}
    said |= {f"is not {word}": f"Another answer than: {say}" for word, say in words.items()}
    said |= {"is unknown": "Not known or not said", "is not unknown": "Known and said"}
    return {f"{question.id} {phrase}": meaning for phrase, meaning in said.items()}


def _ticked(knowledge: KnowledgeBase, tick_list: TickList) -> dict[str, str]:
    """Return every phrase on what was ticked, with what it means."""
    items = knowledge.items_of(tick_list.id)
    said = {f"is {item.id}": f"Ticked: {item.item}" for item in items}
    said |= {f"is not {item.id}": f"Known not to be ticked: {item.item}" for item in items}
    said |= {"is none": "Known that nothing is ticked", "is not none": "Something is ticked"}
    said |= {"is unknown": "Some item is not known or not said", "is not unknown": "All are known"}
    return {f"{tick_list.id} {phrase}": meaning for phrase, meaning in said.items()}


def _compared(question: Question, knowledge: KnowledgeBase) -> Part:
    """Return the schema of a comparison: with a number, or with a parameter in the same unit."""
    fitting = [p.id for p in knowledge.parameters.values() if p.unit == question.unit]
    number = "|".join([question.scale.pattern, *fitting])
    phrase: Part = {
        "type": "string",
        "pattern": f"^{question.id} ?(>=|<=|>|<) ?({number})$",
        "examples": texts([f"{question.id} >= {question.written(question.harmless)}"]),
    }
    return described(phrase, f"{question.ask} ({question.span})")


def _summed(score: Score, knowledge: KnowledgeBase) -> Iterator[Part]:
    """Yield the schemas of what is said of a score: its bands, and a number of points."""
    said = {f"{score.id} is {band.id}": f"From {band.begins} points" for band in score.bands}
    said |= {f"{score.id} is not {band.id}": "In another band" for band in score.bands}
    if said:
        yield choice(said, score.title)
    fitting = [p.id for p in knowledge.parameters.values() if p.unit == POINTS]
    phrase: Part = {
        "type": "string",
        "pattern": f"^{score.id} ?(>=|<=|>|<) ?({'|'.join(['-?[0-9]+', *fitting])})$",
        "examples": texts([f"{score.id} >= {score.most}"]),
    }
    yield described(phrase, f"{score.title} ({score.least} to {score.most} points)")


def _found(finding: Finding) -> dict[str, str]:
    return {
        finding.id: "At any strength",
        **{f"{finding.id} is {s.word}": f"As {s.word}, or more surely" for s in Strength},
        **{f"{finding.id} is not {s.word}": f"Not even as {s.word}" for s in Strength},
    }


def _moved(group: str, title: str, members: int) -> dict[str, str]:
    """Return every phrase on how many movements of a group do something."""
    of = f"{group} " if group else ""
    said = {}
    for effect, words in EFFECTS.items():
        verb = effect.replace("change", "changes") if " " in effect else f"{effect}s"
        said[f"any {of}movement {verb}"] = f"At least one ({title}): {words}"
        for count in range(1, members + 1):
            noun = "movement" if count == 1 else "movements"
            does = verb if count == 1 else effect
            said[f"at least {count} {of}{noun} {does}"] = f"{count} or more ({title}): {words}"
    return said
