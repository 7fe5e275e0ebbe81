"""From two assessments to what differs between them, with the rules on each side.

They may be of one client with other answers, with other knowledge, or at another time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from screening.model.assessment import Assessment, Planned
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Verdict


class Part(Enum):
    """The part of an assessment that something is said in."""

    STATUS = "status"
    REFERRAL = "referral"
    CLEARANCE = "clearance"
    FINDING = "finding"
    STAGE = "stage"
    LIMIT = "limit"
    AVOID = "avoid"
    RECOMMEND = "recommend"
    WITHHELD = "withheld"
    PROGRAMME = "programme"
    PROGRESS = "progress"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Saying:
    """What an assessment says of a target, in words, and by which rules."""

    part: Part
    words: str
    rules: tuple[str, ...] = ()


NOTHING = Saying(Part.STATUS, "")


@dataclass(frozen=True, slots=True)
class Change:
    """What a target was and would be; empty where it was or would be nothing."""

    target: str
    part: Part
    before: str
    after: str
    rules_before: tuple[str, ...] = ()
    rules_after: tuple[str, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules behind what would be, or (when it would be nothing) behind what was."""
        return self.rules_after or self.rules_before


def difference(
    before: Assessment, after: Assessment, was: KnowledgeBase, now: KnowledgeBase | None = None
) -> tuple[Change, ...]:
    """Return every target about which something else is said, in the order of an assessment.

    `was` and `now` are the knowledge each was concluded with: the same one unless given.
    """
    old, new = sayings(before, was), sayings(after, was if now is None else now)
    return tuple(_changes(old, new))


def _changes(old: Mapping[str, Saying], new: Mapping[str, Saying]) -> Iterator[Change]:
    for target in dict.fromkeys((*old, *new)):
        was, would = old.get(target, NOTHING), new.get(target, NOTHING)
        if was.words != would.words:
            part = (would if would.words else was).part
            yield Change(target, part, was.words, would.words, was.rules, would.rules)


def sayings(assessment: Assessment, knowledge: KnowledgeBase) -> dict[str, Saying]:
    """Return every target of an assessment with what is said of it.

    What is said of an exercise of the programme goes before that it is left out in general.
    """
    found: dict[str, Saying] = {}
    for part in (_of_all, _of_client, _of_exercise):
        found.update(part(assessment, knowledge))
    return found


def _of_all(found: Assessment, _: KnowledgeBase) -> Iterator[tuple[str, Saying]]:
    yield "status", Saying(Part.STATUS, found.status.value)
    referral = found.referral
    yield "referral", Saying(Part.REFERRAL, referral.level.word, referral.decisive)
    if found.clearance is not None:
        yield "clearance", Saying(Part.CLEARANCE, found.clearance.id, found.clearance.rules)


def _of_client(found: Assessment, knowledge: KnowledgeBase) -> Iterator[tuple[str, Saying]]:
    for finding in found.findings:
        yield finding.id, Saying(Part.FINDING, finding.strength.word, finding.rules)
    for staged in found.stage:
        yield f"{staged.axis} stage", Saying(Part.STAGE, staged.id, staged.rules)
    for limited in found.limits:
        words = f"at most {limited.at_most} {knowledge.limits[limited.id].unit}".strip()
        yield limited.id, Saying(Part.LIMIT, words, limited.rules)


def _of_exercise(found: Assessment, knowledge: KnowledgeBase) -> Iterator[tuple[str, Saying]]:
    for avoided in found.avoid:
        words = f"leave out ({avoided.firmness.word})"
        yield avoided.target, Saying(Part.AVOID, words, avoided.rules)
    for offered in found.recommend:
        yield offered.category, Saying(Part.RECOMMEND, "offer", offered.rules)
    for kept in found.withheld:
        yield kept.target, Saying(Part.WITHHELD, "withheld", kept.by)
    for plan in found.programme:
        yield plan.exercise, Saying(Part.PROGRAMME, _verdict(plan, knowledge), plan.rules)
    for moved in found.moves:
        yield (
            f"{moved.category} from last time",
            Saying(Part.PROGRESS, moved.pace.word, moved.rules),
        )
    for advised in found.advice:
        yield advised.id, Saying(Part.ADVICE, advised.listing.verb, advised.rules)


def _verdict(plan: Planned, knowledge: KnowledgeBase) -> str:
    names = (knowledge.exercises[e].name for e in plan.alternatives)
    instead = plan.instead or ", ".join(names)
    word = "leave out" if plan.verdict is Verdict.AVOID else plan.verdict.word
    return f"{word}: {instead}" if instead else word
