"""What no person is ever shown: `docs/safety/words.yaml`, as questions to a text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from screening.model.knowledge import KnowledgeBase
from screening.render.markdown import escaped

WORDS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[1] / "docs" / "safety" / "words.yaml").read_text(encoding="utf-8")
)
EVERY_NAME = "|".join(one["name"] for one in WORDS["conditions"])


def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


NEVER = [
    (compiled(one["pattern"]), compiled(one["except"]) if "except" in one else None)
    for one in WORDS["never"]
]
UNASKED = "|".join(one["name"] for one in WORDS["conditions"] if "reported" not in one)
NAMES = compiled(rf"\b(?:{UNASKED})\b")
CONCLUDED = compiled(rf"{''.join(WORDS['concluding']['before'])}(?:{EVERY_NAME})\b")
JARGON = compiled(rf"\b(?:{'|'.join(one['word'] for one in WORDS['jargon'])})\b")


def never_said(text: str, *, asking: bool = False) -> list[str]:
    """Return what a text must not say; a question that is asking may name conditions."""
    flat = " ".join(text.split())
    found = []
    for pattern, exempt in NEVER:
        if pattern.search(flat):  # rare, so the exemption is tried only then
            found += pattern.findall(exempt.sub("", flat) if exempt else flat)
    if not asking:
        found += NAMES.findall(flat)
        found += CONCLUDED.findall(flat)
    return found


def never_shown(text: str, quoted: tuple[str, ...]) -> list[str]:
    """Return what an output must not say outside what it quotes."""
    if not never_said(text):
        return []
    flat = " ".join(text.split())
    for one in quoted:
        flat = flat.replace(one, "…")
    return never_said(flat)


def quoted_in(knowledge: KnowledgeBase) -> tuple[str, ...]:
    """Return what others wrote and what is asked, longest first, as each format prints it."""
    texts = {" ".join(one.split()) for one in (*_asked(knowledge), *_cited(knowledge)) if one}
    forms = {form for one in texts for form in (one, escaped(one), json.dumps(one)[1:-1])}
    return tuple(sorted(forms, key=len, reverse=True))


def _asked(knowledge: KnowledgeBase) -> Iterator[str]:
    for question in knowledge.questions.values():
        yield from (question.ask, question.short, question.help, question.tick)
        yield from (f"{option.id}: {option.say}" for option in question.answers)
        yield from (option.say for option in question.answers)


def _cited(knowledge: KnowledgeBase) -> Iterator[str]:
    for source in knowledge.sources.values():
        yield from (source.citation, source.note)
    for rule in knowledge.rules.values():
        yield from (evidence.at for evidence in rule.evidence)


def sentences(text: str) -> Iterable[str]:
    """Return the sentences of a text."""
    return re.split(r"(?<=[.!?:;])\s+", " ".join(text.split()))
