"""Proofs as text: a line for each invariant, and the client who shows a failure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from screening.author.prove.proof import Failure, Proof
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.words import Level, Unknown
from screening.render.json_form import Json

SHOWN = 3  # rules named on a line; all of them are in the JSON


def proof_lines(
    proof: Proof, knowledge: KnowledgeBase, levels: Sequence[tuple[Level, ...]]
) -> Iterator[str]:
    """Yield the lines on one proof; `levels` are those each failing client is referred at."""
    invariant = proof.invariant
    state = "proved " if proof.holds else "VACUOUS" if proof.vacuous else "FAILS  "
    yield f"{state} {invariant.id}: {invariant.title}{_rests_on(proof)}"
    for exemption in invariant.exempt:
        yield f"        but not of `{exemption.it}`: {exemption.because}"
    for failure, at in zip(proof.failures, levels, strict=True):
        yield f"        {': '.join(filter(None, (failure.it, failure.words)))}"
        yield from (f"          {line}" for line in _client(failure, knowledge, at))


def _rests_on(proof: Proof) -> str:
    if proof.needs:
        return f". It would fail without {_listed(proof.needs)}"
    if proof.rests_on:
        return f". No rule is needed alone; {_listed(proof.rests_on)} are enough"
    if proof.at_stake and proof.invariant.after is None:
        return ". It holds whichever of the rules are in force"
    return ". Some such answers raise it" if proof.at_stake else ""


def _listed(rules: Sequence[str]) -> str:
    named = ", ".join(f"`{rule}`" for rule in rules[:SHOWN])
    more = len(rules) - SHOWN
    return f"{named} and {more} more rules" if more > 0 else named


def _client(
    failure: Failure, knowledge: KnowledgeBase, levels: tuple[Level, ...]
) -> Iterator[str]:
    """Yield the smallest client in the interview's wording, and what both engines conclude."""
    if failure.client is None:
        return
    for name, value in failure.client.items():
        yield _answered(name, value, knowledge)
    if not failure.client:
        yield "a client who has answered nothing"
    yield f"Both engines refer: {levels[0].word}"
    if failure.then is not None:
        yield f"then: {_answered(*failure.then, knowledge)}"
        yield f"Both engines refer: {levels[1].word}"


def _answered(name: str, value: Value, knowledge: KnowledgeBase) -> str:
    question = knowledge.questions[name]
    return f"{question.ask} {question.said(value)} ({name})"


def proof_form(proof: Proof, levels: Sequence[tuple[Level, ...]]) -> dict[str, Json]:
    """Return a proof as `proof/1`."""
    return {
        "invariant": proof.invariant.id,
        "title": proof.invariant.title,
        "state": "proved" if proof.holds else "vacuous" if proof.vacuous else "fails",
        "asked_of": proof.asked_of,
        "fails_without": list(proof.needs),
        "rests_on": list(proof.rests_on),
        "except": [{"it": e.it, "because": e.because} for e in proof.invariant.exempt],
        "failures": [
            {
                "it": failure.it,
                "words": failure.words,
                "answers": None if failure.client is None else _plain(failure.client),
                "then": None if failure.then is None else _plain(dict([failure.then])),
                "referral": [level.word for level in at],
            }
            for failure, at in zip(proof.failures, levels, strict=True)
        ],
    }


def _plain(answers: Mapping[str, Value]) -> dict[str, Json]:
    return {n: v.value if isinstance(v, Unknown) else v for n, v in answers.items()}


def intake_text(failure: Failure) -> str:
    """Return the client of a failure as an intake file."""
    answers = {**(failure.client or {}), **dict(filter(None, [failure.then]))}
    if not answers:
        return "answers: {}\n"
    lines = (f"  {name}: {value}" for name, value in _plain(answers).items())
    return "\n".join(("answers:", *lines, ""))
