"""From the vocabulary to every phrase a condition may use, with the words for it, and a search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from screening.diagnostics import Diagnostic, Problems, nearest
from screening.load.phrase import read_condition, vocabulary_of
from screening.load.tree import parse
from screening.model.expr import Expr
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question
from screening.model.score import POINTS, Score, band_words
from screening.model.vocabularies import Strength
from screening.write.scalar import scalar

NUMBER = "NUMBER"  # stands for a number still to be said
EFFECTS = {"provoke": "bring it on", "relieve": "ease it", "change it": "change it"}
SHOWN = 12
SHORT = 3  # letters; words of so few find nothing by themselves


class Offer(NamedTuple):
    """Something to choose: what is written, and the words for it."""

    written: str
    words: str
    more: str = ""  # further words it is found by


def phrases(knowledge: KnowledgeBase) -> Iterator[Offer]:
    """Yield every phrase a condition may use: questions in asking order, findings, groups."""
    for question in knowledge.questions.values():
        yield from _about(question)
    for finding in knowledge.findings.values():
        yield Offer(finding.id, f"{finding.title}: found")
        for strength in (Strength.SUPPORTED, Strength.CONFIRMED):
            words = f"{finding.title}: found, {strength.word} or more"
            yield Offer(f"{finding.id} is {strength.word}", words)
    for declared in knowledge.scores.values():
        yield from _about_score(declared.score)
    if knowledge.members[""]:
        for effect, words in EFFECTS.items():
            verb = "changes it" if effect == "change it" else f"{effect}s"
            yield Offer(f"any movement {verb}", f"any movement: {words}")
            for group in knowledge.groups.values():
                if knowledge.members[group.id]:
                    named = f"{group.title} movements: {words}"
                    yield Offer(f"any {group.id} movement {verb}", f"any of the {named}")
                    counted = f"at least {NUMBER} {group.id} movements {effect}"
                    yield Offer(counted, f"a number of the {named}")


def _about(question: Question) -> Iterator[Offer]:
    for option in question.answers:
        said = f"{question.short}: {question.said(option.id)}"
        yield Offer(f"{question.id} is {option.id}", said, question.ask)
    if question.is_number:
        for op, words in ((">=", "at least"), ("<=", "at most"), (">", "over"), ("<", "under")):
            said = f"{question.short}: {words} … {question.unit}"
            yield Offer(f"{question.id} {op} {NUMBER}", said, question.ask)
    said = f"{question.short}: not known or not said"
    yield Offer(f"{question.id} is unknown", said, question.ask)


def _about_score(score: Score) -> Iterator[Offer]:
    for band in score.bands:
        yield Offer(f"{score.id} is {band.id}", f"{score.title}: {band_words(band.id)}")
    for op, words in ((">=", "at least"), ("<", "under")):
        yield Offer(f"{score.id} {op} {NUMBER}", f"{score.title}: {words} … {POINTS}")


def search(words: str, offers: Iterable[Offer]) -> list[Offer]:
    """Return the offers that have all the words, those named so first.

    >>> offers = [Offer("a is yes", "Any fall: Yes"), Offer("b is yes", "Numb: Yes")]
    >>> [found.written for found in search("yes fall", offers)]
    ['a is yes']
    """
    wanted = words.lower().split()
    said = {offer: f"{offer.written} {offer.words} {offer.more}".lower() for offer in offers}
    hits = [offer for offer, text in said.items() if all(word in text for word in wanted)]
    return sorted(hits, key=lambda offer: not offer.written.startswith(wanted[0]))


def partly(words: str, offers: Iterable[Offer]) -> list[Offer]:
    """Return the offers that have some of the words, those with the most telling ones first.

    >>> offers = [Offer("a", "Pain at night"), Offer("b", "Pain with pressing overhead")]
    >>> [found.written for found in partly("pain pressing weights", offers)]
    ['b']
    """
    said = {offer: f"{offer.written} {offer.words} {offer.more}".lower() for offer in offers}
    wanted = {word for word in words.lower().split() if len(word) > SHORT}
    telling = {word: sum(word in text for text in said.values()) for word in wanted}
    worth = {o: sum(1 / telling[w] for w in wanted if w in text) for o, text in said.items()}
    best = max(worth.values(), default=0)
    found = [offer for offer in said if worth[offer] and worth[offer] > best / 2]
    return sorted(found, key=lambda offer: -worth[offer])


def nearest_name(words: str, offers: Iterable[Offer]) -> str | None:
    """Return the name most like a word that may be misspelt; None when none is."""
    names = {offer.written.split(maxsplit=1)[0]: None for offer in offers}
    return nearest(words.split(maxsplit=1)[0], list(names))


def read_phrase(knowledge: KnowledgeBase, phrase: str) -> Expr | Diagnostic:
    """Return the condition a phrase says, or the first thing wrong with it."""
    problems = Problems()
    node = parse(scalar(phrase), "the phrase", problems)
    vocabulary = vocabulary_of(knowledge)
    if node is not None:
        condition = read_condition(node, vocabulary, problems)
        if not problems.errors:
            return condition
    return problems.sorted()[0]
