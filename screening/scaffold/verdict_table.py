"""What becomes of an exercise when each finding is found, asked one finding after the other."""

from __future__ import annotations

from screening.model.knowledge import KnowledgeBase
from screening.model.terms import Finding
from screening.scaffold import keeping
from screening.scaffold.ask_keys import KeyTalk
from screening.scaffold.conclusion_forms import offers
from screening.scaffold.conditions import in_words
from screening.scaffold.phrases import Offer
from screening.scaffold.prompts import Author, sentence
from screening.write import Plain

WAYS = (
    Offer("keep", "it stays as it is"),
    Offer("modify", "it is changed"),
    Offer("avoid", "it is left out, and something else is done"),
    Offer("none", "no verdict: what it loads decides"),
)


def ask_verdicts(
    author: Author, knowledge: KnowledgeBase, now: Plain | None = None
) -> dict[str, Plain]:
    """Return the verdicts of an exercise under their key; nothing where there are none."""
    held = now if isinstance(now, dict) else {}
    found: dict[str, Plain] = {}
    patterns = [one for one in knowledge.findings.values() if one.pattern or one.id in held]
    for finding in patterns:
        said = _verdict(author, knowledge, finding, held.get(finding.id))
        if said is not None:
            found[finding.id] = said
    return {"verdicts": found} if found else {}


def _verdict(
    author: Author, knowledge: KnowledgeBase, finding: Finding, now: Plain | None
) -> Plain | None:
    """Return the verdict for one finding; None where there is none."""
    author.say(f"When the client is {finding.title}:")
    if now is not None:
        author.say(f"Now: {in_words(now)}")
    prompt = f"What becomes of it (empty: {'as now' if now else 'no verdict'})? "
    way = keeping.one_of(author, prompt, WAYS, optional=True)
    if not way:
        return now
    if way == "none":
        return None
    said: dict[str, Plain] = {}
    if way == "keep":
        said[way] = sentence(author, "What to watch: ")
    elif way == "modify":
        said[way] = sentence(author, "How? ")
    else:
        legal = tuple(offers(knowledge, "exercises"))
        prompt = "Instead, nearest first (empty: end): "
        said[way] = list(keeping.several(author, prompt, legal))
    before = now.get("evidence") if isinstance(now, dict) else None
    rows = KeyTalk(author, knowledge, {}).evidence("Who says so? ", before, optional=False)
    return said | ({"evidence": rows} if rows else {})
