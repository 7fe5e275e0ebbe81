"""From a screening the author disagrees with to where a rule for it would begin."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from screening.assess import Assessor
from screening.errors import assert_never
from screening.model.case import Case
from screening.model.case_library import Claim, Verb
from screening.model.question import Question, Value
from screening.model.vocabularies import ASKED_UNKNOWN, Strength
from screening.scaffold.new_rule import Start
from screening.scaffold.phrases import Offer
from screening.testing.claims import PACES, Standings
from screening.testing.run_cases import client_of
from screening.write import Plain

Answers = Mapping[str, Value]


@dataclass(frozen=True)
class Disagreement:
    """What is concluded instead, and the nearest case of the library that stays right.

    `start` offers the answers that tell the two apart. It is None when the claim holds already.
    """

    found: str
    nearest: str = ""
    title: str = ""
    start: Start | None = None


def disagreement(assessor: Assessor, client: Case, claim: Claim) -> Disagreement:
    """Return where to begin a rule with which a claim would hold for a client."""
    made = assessor.preview(client)
    standing = Standings(assessor.knowledge, made).of(claim)
    if standing.holds:
        return Disagreement(standing.words)
    own = made.answers
    directions = assessor.knowledge.pack.directions
    near = min(_staying(assessor, claim, own), default=None)
    if near is None:
        telling = _telling(assessor, own, {})
        return Disagreement(standing.words, start=Start(telling, _then(claim, directions)))
    _, name, other = near
    title = assessor.knowledge.cases[name].title
    telling = _telling(assessor, own, other)
    return Disagreement(standing.words, name, title, Start(telling, _then(claim, directions)))


def _staying(assessor: Assessor, claim: Claim, own: Answers) -> Iterator[tuple[int, str, Answers]]:
    """Yield the cases about which the claim does not hold and need not: distance, id, answers."""
    for case in assessor.knowledge.cases.values():
        made = assessor.preview(client_of(assessor, case)[0])
        if not Standings(assessor.knowledge, made).of(claim).holds:
            apart = sum(own.get(q) != made.answers.get(q) for q in {*own, *made.answers})
            if apart:
                yield apart, case.id, made.answers


def _telling(assessor: Assessor, own: Answers, other: Answers) -> tuple[Offer, ...]:
    """Return phrases for the answers that say something and differ from another client's."""
    found = []
    for name, question in assessor.knowledge.questions.items():
        value = own.get(name)
        if value is not None and value != other.get(name) and question.concerns(value):
            there = question.said(other[name]) if name in other else "not asked"
            words = f"{question.short}: {question.said(value)} (there: {there})"
            found.append(Offer(_phrase(question, value), words))
    return tuple(found)


def _phrase(question: Question, value: Value) -> str:
    if value in ASKED_UNKNOWN:
        return f"{question.id} is unknown"
    if question.is_number:
        op = ">=" if isinstance(question.harmless, int) and question.harmless <= value else "<="  # type: ignore[operator]
        return f"{question.id} {op} {question.written(value)}"
    return f"{question.id} is {question.written(value)}"


def _then(claim: Claim, directions: Collection[str]) -> dict[str, Plain]:  # noqa: PLR0911 - one for each kind of claim
    """Return the conclusion that makes a claim hold; empty where more has to be asked."""
    target = claim.target
    match claim.verb:
        case Verb.AVOID:
            strength = "soft" if claim.least is None else claim.least.word
            if target in directions:
                return {"avoid": "demand", "direction": target, "strength": strength}
            return {"avoid": target, "strength": strength}
        case Verb.FIND:
            least = Strength.SUSPECTED if claim.least is None else claim.least
            return {"find": target, "strength": least.word}
        case Verb.PROGRESS | Verb.HOLD | Verb.REGRESS | Verb.STOP:
            return {"progress": PACES[claim.verb].word, "category": target}
        case Verb.LIMIT if claim.number is not None:
            return {"limit": target, "at_most": str(claim.number)}
        case Verb.RECOMMEND | Verb.ADVISE | Verb.CLEARANCE | Verb.STAGE:
            return {claim.verb.value: target}
        case Verb.MODIFY | Verb.KEEP | Verb.LIMIT | Verb.CONFIRM:
            return {}
    assert_never(claim.verb)
