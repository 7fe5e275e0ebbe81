"""What a reviewer sees of a rule, as parts that can be compared later.

Each part is a text as it stood, or of what concludes a digest. Two digests of all parts go into
the rule's review. What lies beneath is among them: the rules that make the findings a rule rests
on, and every question that these and the rule itself ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields

from screening.model.beneath import beneath
from screening.model.conclusions import Thing, things_in
from screening.model.expr import (
    asked_in,
    findings_of,
    leaves,
    named_questions,
    parameters_in,
    scores_in,
)
from screening.model.ids import Sort
from screening.model.knowledge import KnowledgeBase
from screening.model.logic_digest import WORDS, digest_of, rule_logic
from screening.model.pack import Source
from screening.model.rule import Refer, Rule
from screening.model.seen_part import LOGIC, SeenPart, digests
from screening.model.vocabularies import Level

KINDS: Mapping[Sort, str] = {
    Sort.FINDING: "findings",
    Sort.CATEGORY: "categories",
    Sort.ADVICE: "advice",
    Sort.STAGE: "stages",
    Sort.LIMIT: "limits",
    Sort.CLEARANCE: "clearances",
    Sort.TARGET: "targets",
}
SAID_AS = {
    "act": "what to do",
    "ask": "what is asked",
    "because": "because",
    "conflict": "where sources disagree",
    "exercise": "what exercise is left",
    "help": "its help",
    "how": "how to reach them",
    "meanwhile": "what may start",
    "note": "the note",
    "regress": "how to make it easier",
    "progress": "how to make it harder",
    "say": "what the client is told",
    "short": "its short name",
    "tell": "what to say on arrival",
    "text": "what is said",
}
"""What fields of words are called; others by their own name."""
UNSEEN = frozenset({"topic", "intimate", "for_trainer", "retired"})
"""Fields of words that are no text of a rule: where it stands, and how a question is shown."""


def seen(knowledge: KnowledgeBase, rule: Rule) -> tuple[SeenPart, ...]:
    """Return all that a reviewer of a rule sees, each part once; texts that are empty are no part.

    Examples are not among it: they test the logic, and that is pinned.
    """
    found = tuple(_every(knowledge, rule))
    texts = [one.says for one in found if one.what != LOGIC]
    return tuple(dict.fromkeys((*found, *_local(knowledge, texts))))


def seen_digest(knowledge: KnowledgeBase, rule: Rule) -> str:
    """Return one digest of all that a reviewer sees of a rule: logic, then words."""
    return "".join(digests(seen(knowledge, rule)))


def _every(knowledge: KnowledgeBase, rule: Rule) -> Iterator[SeenPart]:
    yield from _rule(knowledge, rule)
    below = sorted(name for name in beneath(knowledge, rule) if isinstance(name, str))
    if rule.unknown is not None and rule.unknown.see in knowledge.rules:
        below.append(rule.unknown.see or "")
    under = [knowledge.rules[name] for name in dict.fromkeys(below) if name != rule.id]
    for one in under:
        yield SeenPart(f"rule {one.id}, beneath it", LOGIC, rule_logic(one))
        yield SeenPart(f"rule {one.id}, beneath it", "title", one.title)
    asked = [q for one in (rule, *under) for q in asked_in(one.when, knowledge.members)]
    for name in _with_gates(knowledge, asked):
        yield from _question(knowledge, name)
    for name in dict.fromkeys(f for one in (rule, *under) for f in findings_of(one.when)):
        yield from _fields(f"finding {name}", knowledge.findings[name])
    for leaf in leaves(rule.when):
        group = getattr(leaf, "group", "")
        if group:
            yield from _fields(f"group {group}", knowledge.groups[group])
    for name in dict.fromkeys(s for one in (rule, *under) for s in scores_in(one.when)):
        yield from _fields(f"score {name}", knowledge.scores[name].score)
        for cited in knowledge.scores[name].evidence:
            yield from _source(knowledge.sources[cited.source])


def _rule(knowledge: KnowledgeBase, rule: Rule) -> Iterator[SeenPart]:
    """Yield what stands in the file of a rule, and what this names."""
    about = f"rule {rule.id}"
    yield from _filled(about, {LOGIC: rule_logic(rule), "who wrote it": rule.author})
    yield from _texts(about, rule)
    for number, conclusion in enumerate(rule.then, 1):
        where = f"rule {rule.id}, conclusion {number}" if len(rule.then) > 1 else about
        yield from _texts(where, conclusion)
        for thing in things_in(conclusion):
            yield from _thing(knowledge, thing)
    levels = {c.level for c in rule.then if isinstance(c, Refer)}
    levels |= set() if rule.unknown is None else {rule.unknown.level}
    for level in sorted(levels - {Level.NONE}):
        yield from _fields(f"level {level.word}", knowledge.levels[level])
    for number, one in enumerate(rule.evidence, 1):
        cited = f"{one.source}, {one.grade.value} {one.at}"
        yield SeenPart(f"rule {rule.id}", f"source {number}", cited)
        yield from _source(knowledge.sources[one.source])
    for name in parameters_in(rule.when):
        number_of = knowledge.parameters[name]
        yield SeenPart(f"number {name}", "title", f"{number_of.title} ({number_of.unit})")


def _thing(knowledge: KnowledgeBase, thing: Thing) -> Iterator[SeenPart]:
    """Yield what is said of something a conclusion names; of an exercise its name."""
    sort, name = thing
    if sort is Sort.QUESTION:
        yield from _question(knowledge, name)
    elif sort is Sort.EXERCISE:
        yield SeenPart(f"exercise {name}", "name", knowledge.exercises[name].name)
    elif sort in KINDS:
        yield from _fields(f"{sort.value} {name}", getattr(knowledge, KINDS[sort])[name])


def _question(knowledge: KnowledgeBase, name: str) -> Iterator[SeenPart]:
    question = knowledge.questions[name]
    yield from _fields(f"question {name}", question)
    own = question.answers if question.how.answers is None else ()  # others are the program's
    for option in own:
        yield from _filled(f"question {name}", {f"answer {option.id}": option.say})
    topic = next((one for one in knowledge.topics if one.id == question.topic), None)
    if topic is not None:
        said = {"title": topic.title, "what is said before it": topic.lead_in}
        yield from _filled(f"topic {topic.id}", said)


def _with_gates(knowledge: KnowledgeBase, names: Iterable[str]) -> tuple[str, ...]:
    """Return questions, and those that decide whether they are asked at all."""
    asked = dict.fromkeys(names)
    gates: list[str] = []
    for name in asked:
        condition = knowledge.questions[name].only_if
        gates += () if condition is None else named_questions(condition)
        gates += (one.id for one in knowledge.summing_questions if name in one.sums_up)
    return tuple(dict.fromkeys((*asked, *gates)))


def _source(source: Source) -> Iterator[SeenPart]:
    shown = (source.citation, source.year, source.kind, source.doi, source.url, source.note)
    said = {"as cited": "; ".join(filter(None, shown)), "what was read": source.read.value}
    yield from _filled(f"source {source.key}", said)


def _fields(about: str, value: object) -> Iterator[SeenPart]:
    """Yield the logic of a thing, then its words."""
    yield SeenPart(about, LOGIC, digest_of(value))
    yield from _texts(about, value)


def _texts(about: str, value: object) -> Iterator[SeenPart]:
    """Yield the words of a value of the model, in the order of its fields."""
    own = WORDS.get(type(value), frozenset()) - UNSEEN
    names = [one.name for one in fields(value) if one.name in own]  # type: ignore[arg-type]
    said = {SAID_AS.get(name, name): getattr(value, name) for name in names}
    yield from _filled(about, {name: text for name, text in said.items() if isinstance(text, str)})


def _filled(about: str, said: Mapping[str, str]) -> Iterator[SeenPart]:
    return (SeenPart(about, what, text) for what, text in said.items() if text)


def _local(knowledge: KnowledgeBase, texts: Iterable[str]) -> Iterator[SeenPart]:
    """Yield the words that some country says otherwise in one of the texts."""
    shown = "\n".join(texts)
    for country in knowledge.countries.values():
        for one in country.words:
            if one.say in shown:
                yield SeenPart(f"region {country.id}", f"instead of “{one.say}”", one.instead)
