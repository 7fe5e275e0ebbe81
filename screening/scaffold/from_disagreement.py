"""From a screening the author disagrees with to where a rule for it would begin."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from screening.assess import Assessor
from screening.model.case import Case
from screening.model.case_library import Claim, Verb
from screening.model.conclusion_forms import FORMS
from screening.model.question import Question, Value
from screening.model.vocabularies import ASKED_UNKNOWN, Strength
from screening.scaffold.new_rule import Start
from screening.scaffold.phrases import Offer
from screening.testing.claims import PACES, ClaimStandings
from screening.testing.run_cases import as_case
from screening.write import Plain

Answers = Mapping[str, Value]
ALONE = frozenset(
    form.head
    for form in FORMS.values()
    if form.words and all(s.optional or (s.key == form.head and not s.many) for s in form.slots)
)
"""The keys of conclusions that say all with one word."""


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
    standing = ClaimStandings(assessor.knowledge, made).of(claim)
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
        made = assessor.preview(as_case(assessor, case)[0])
        if not ClaimStandings(assessor.knowledge, made).of(claim).holds:
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


def _then(claim: Claim, directions: Collection[str]) -> dict[str, Plain]:
    """Return the conclusion that makes a claim hold; empty where more has to be asked."""
    target, verb = claim.target, claim.verb
    if verb is Verb.AVOID:
        strength = "soft" if claim.least is None else claim.least.word
        demand = {"avoid": "demand", "direction": target} if target in directions else {}
        return {"avoid": target, **demand, "strength": strength}
    if verb is Verb.FIND:
        least = Strength.SUSPECTED if claim.least is None else claim.least
        return {"find": target, "strength": least.word}
    if verb in PACES:
        return {"progress": PACES[verb].word, "category": target}
    if verb is Verb.LIMIT and claim.number is not None:
        return {"limit": target, "at_most": str(claim.number)}
    return {verb.value: target} if verb.value in ALONE else {}
