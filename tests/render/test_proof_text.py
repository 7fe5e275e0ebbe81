"""Proofs in words: what a promise is not asked of stands beside it, alone and among the others."""

from __future__ import annotations

from screening.load import load, shipped_knowledge
from screening.model.safety import Each, Exemption, Invariant
from screening.render.proof_text import proof_summary, proof_text
from screening.verify.proof import Proof

KNOWLEDGE = load(shipped_knowledge())
EXEMPT = (Exemption("walk", "Everybody walks."), Exemption("sit", "Everybody sits."))
PROMISE = Invariant("kept", "It is kept", "", Each.ANSWER, (), exempt=EXEMPT)
PROOF = Proof(PROMISE, 3, needs=("one", "two"))


def test_a_proof_of_many_names_what_it_is_not_asked_of() -> None:
    said = proof_summary(PROOF, KNOWLEDGE, (), width=99)
    assert said == "proved  kept: It is kept, but not of `walk`, `sit`"


def test_a_proof_alone_says_why_not() -> None:
    said = proof_text(PROOF, KNOWLEDGE, (), width=99)
    assert said.splitlines() == [
        "proved  kept: It is kept. It would fail without `one`, `two`",
        "        but not of `walk`: Everybody walks.",
        "        but not of `sit`: Everybody sits.",
    ]
