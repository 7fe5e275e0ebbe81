"""Proofs as text: a line for each invariant, and the client who shows a failure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.vocabularies import Level
from screening.render.json_form import Json
from screening.verify.proof import Failure, Proof

SHOWN = 3  # rules named on a line; all of them are in the JSON
MORE = " " * 4
UNDER = " " * 8  # where the name of a promise begins


def proof_text(
    proof: Proof, knowledge: KnowledgeBase, levels: Sequence[tuple[Level, ...]], *, width: int
) -> str:
    """Return all there is to say on one proof; `levels` are those each failing client gets."""
    exempt = (f"{UNDER}but not of `{one.it}`: {one.because}" for one in proof.invariant.exempt)
    lines = (f"{_stated(proof)}{_rests_on(proof)}", *exempt)
    return _wrapped((*lines, *_failures(proof, knowledge, levels)), width)


def proof_summary(
    proof: Proof, knowledge: KnowledgeBase, levels: Sequence[tuple[Level, ...]], *, width: int
) -> str:
    """Return one proof of many: what is promised, what it is not asked of, and who fails."""
    exempt = [f"`{one.it}`" for one in proof.invariant.exempt]
    but = f", but not of {', '.join(exempt)}" if exempt else ""
    return _wrapped((f"{_stated(proof)}{but}", *_failures(proof, knowledge, levels)), width)


def _stated(proof: Proof) -> str:
    state = "proved " if proof.holds else "VACUOUS" if proof.vacuous else "FAILS  "
    return f"{state} {proof.invariant.id}: {proof.invariant.title}"


def _failures(
    proof: Proof, knowledge: KnowledgeBase, levels: Sequence[tuple[Level, ...]]
) -> Iterator[str]:
    for failure, at in zip(proof.failures, levels, strict=True):
        yield f"{UNDER}{': '.join(filter(None, (failure.it, failure.words)))}"
        yield from (f"{UNDER}  {line}" for line in _client(failure, knowledge, at))


def _wrapped(lines: Iterable[str], width: int) -> str:
    """Return lines with each no wider than a page; where one goes on, it is indented more."""
    parts: list[str] = []
    for line in lines:
        indent = line[: len(line) - len(line.lstrip())]
        indent = f"{indent}{MORE}" if indent else UNDER
        parts += textwrap.wrap(
            line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        )
    return "\n".join(parts)


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


def proof_form(
    proof: Proof, knowledge: KnowledgeBase, levels: Sequence[tuple[Level, ...]]
) -> dict[str, Json]:
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
                "answers": _written(failure.client, knowledge),
                "then": _written(failure.then and dict([failure.then]), knowledge),
                "referral": [level.word for level in at],
            }
            for failure, at in zip(proof.failures, levels, strict=True)
        ],
    }


def _written(answers: Mapping[str, Value] | None, knowledge: KnowledgeBase) -> Json:
    if answers is None:
        return None
    return {name: knowledge.questions[name].written(value) for name, value in answers.items()}


def intake_text(failure: Failure, knowledge: KnowledgeBase) -> str:
    """Return the client of a failure as an intake file."""
    answers = {**(failure.client or {}), **dict(filter(None, [failure.then]))}
    if not answers:
        return "answers: {}\n"
    questions = knowledge.questions
    lines = (f"  {name}: {questions[name].written(value)}" for name, value in answers.items())
    return "\n".join(("answers:", *lines, ""))
