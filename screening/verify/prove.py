"""Trying to prove each invariant of a knowledge base, in the order it declares them.

A promise of `safety.yaml` that is broken becomes a diagnostic. Needs z3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from screening.check.dependencies import circular_findings
from screening.check.vocabulary import unused
from screening.diagnostics import Code, Diagnostic, Problems, quoted
from screening.engines.solver.world import World
from screening.model.knowledge import KnowledgeBase
from screening.model.safety import Each, Invariant, Phrase
from screening.verify.asked import prove_asked
from screening.verify.change_proofs import AfterProver
from screening.verify.difference_proofs import prove_fires, prove_matters, prove_needed
from screening.verify.invariant_phrases import InvariantPhrases
from screening.verify.never_proofs import prove_never, smt_question
from screening.verify.proof import Failure, Proof

OF_SCREENINGS = (Each.FLAG, Each.URGENT_FLAG, Each.CATEGORY, Each.EXERCISE)


def prove(knowledge: KnowledgeBase, only: str = "") -> Iterator[Proof]:
    """Yield what trying to prove each invariant came to, or one of them.

    While findings rest on each other nothing else can be said, so only that is.
    """
    prover = Prover(knowledge)
    declared = () if knowledge.safety is None else knowledge.safety.invariants
    circles = [i for i in declared if i.each is Each.FINDING] if prover.circular else []
    for invariant in circles or declared:
        if only in ("", invariant.id):
            yield prover.prove(invariant)


@dataclass(frozen=True)
class Prover:
    """Proves invariants of one knowledge base; what several of them need is worked out once."""

    knowledge: KnowledgeBase

    @property
    def circular(self) -> bool:
        """Whether findings rest on each other."""
        problems = Problems()
        circular_findings(self.knowledge, problems)
        return bool(problems.found)

    @cached_property
    def _plain(self) -> InvariantPhrases:
        return InvariantPhrases(World(self.knowledge))

    @cached_property
    def _switched(self) -> InvariantPhrases:
        return InvariantPhrases(World(self.knowledge, switched=True))

    @cached_property
    def _rules(self) -> World:
        return World(self.knowledge)

    @cached_property
    def _after(self) -> AfterProver:
        return AfterProver(World(self.knowledge))  # what others need would slow it down

    def prove(self, invariant: Invariant) -> Proof:  # noqa: PLR0911 - one a kind
        """Return what trying to prove one invariant came to."""
        if invariant.after is not None:
            return self._after.prove(invariant)
        match invariant.each:
            case Each.RULE if Phrase.FIRES in invariant.said:
                return prove_fires(invariant, self._rules)
            case Each.RULE:
                return prove_needed(invariant, self._rules)
            case Each.ANSWER:
                return prove_matters(invariant, World(self.knowledge))
            case Each.FINDING | Each.WORD:
                return self._checked(invariant)
            case Each.URGENT_QUESTION:
                return prove_asked(invariant, World(self.knowledge))
            case _:
                return prove_never(invariant, self._plain, self._switched)

    def smt2(self, invariant: Invariant) -> str | None:
        """Return what is asked about an invariant as SMT-LIB 2; None where it is several."""
        single = invariant.each in (*OF_SCREENINGS, Each.CLIENT, Each.COMPLETE_CLIENT)
        if invariant.after is not None or not single:
            return None
        return smt_question(invariant, self._plain)

    def _checked(self, invariant: Invariant) -> Proof:
        """Return what the check of the same name found: it needs no solver."""
        problems, knowledge = Problems(), self.knowledge
        one = circular_findings if invariant.each is Each.FINDING else unused
        one(knowledge, problems)
        vocabulary = (knowledge.questions, knowledge.findings, knowledge.advice)
        words = sum(map(len, vocabulary)) + len(knowledge.parameters)
        asked_of = len(knowledge.findings) if invariant.each is Each.FINDING else words
        failures = tuple(Failure("", found.message) for found in problems.sorted())
        return Proof(invariant, asked_of, failures, witnessed=True)


def broken(proof: Proof) -> Diagnostic:
    """Return what is to be said of an invariant that fails, or holds whatever the rules say."""
    name = proof.invariant.id
    state = "says nothing" if proof.vacuous else "does not hold"
    message = f"{quoted(name)} {state}: {proof.invariant.title}"
    help_ = f"`screening knowledge prove {name}` shows who it fails for"
    return Diagnostic(Code.broken_promise, message, proof.invariant.at, help_)
