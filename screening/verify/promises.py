"""From a knowledge base to a diagnostic for each promise of `safety.yaml` it breaks. Needs z3."""

from __future__ import annotations

from collections.abc import Iterator

from screening.diagnostics import Code, Diagnostic, quoted
from screening.model.knowledge import KnowledgeBase
from screening.verify.proofs import prove
from screening.verify.proofs.proof import Proof


def broken_promises(knowledge: KnowledgeBase) -> Iterator[Diagnostic]:
    """Yield each invariant that fails, or that would hold whatever the rules say."""
    for proof in prove(knowledge):
        if not proof.holds:
            yield _broken(proof)


def _broken(proof: Proof) -> Diagnostic:
    name = proof.invariant.id
    state = "says nothing" if proof.vacuous else "does not hold"
    message = f"{quoted(name)} {state}: {proof.invariant.title}"
    help_ = f"`screening knowledge prove {name}` shows who it fails for"
    return Diagnostic(Code.broken_promise, message, proof.invariant.at, help_)
