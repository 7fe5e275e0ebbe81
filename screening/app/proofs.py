"""What takes a solver: proving what a knowledge base promises, and telling rules apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from screening.assess import Assessor
from screening.diagnostics import Diagnostic, quoted, suggestion
from screening.engines.solver.meaning import Differences
from screening.errors import UnknownTargetError, UnwritableError
from screening.load import load, shipped_knowledge
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Rule
from screening.mutation.verdicts import Apart
from screening.render.json_form import Json, dumped
from screening.render.page import Format, PageFormat, counted
from screening.render.proof_text import intake_text, proof_form, proof_summary, proof_text
from screening.verify.part_in import FailureParts
from screening.verify.proof import Proof, replayed
from screening.verify.prove import Prover, broken, prove


@dataclass(frozen=True, slots=True)
class Proved:
    """One proof as text and as JSON."""

    proof: Proof
    text: str
    json: Json

    @property
    def good(self) -> bool:
        """Whether it is proved, of something."""
        return not self.proof.failures and not self.proof.vacuous


@dataclass(frozen=True, slots=True)
class Promises:
    """The invariants of a knowledge base, or one of them."""

    knowledge: KnowledgeBase
    only: str

    def proved(self, width: int) -> Iterator[Proved]:
        """Yield each proof as it is made; clients who show a failure are concluded twice."""
        worded = proof_text if self.only else proof_summary
        assessor = Assessor(self.knowledge)
        for proof in prove(self.knowledge, self.only):
            levels = [replayed(assessor, failure) for failure in proof.failures]
            text = worded(proof, self.knowledge, levels, width=width)
            yield Proved(proof, text, proof_form(proof, self.knowledge, levels))

    def smt2(self) -> str:
        """Return what is asked about the invariant, as SMT-LIB 2.

        Raises:
            UnknownTargetError: when none is named, or it is not asked of a solver.

        """
        declared = () if self.knowledge.safety is None else self.knowledge.safety.invariants
        named = [one for one in declared if one.id == self.only]
        text = Prover(self.knowledge).smt2(named[0]) if named else None
        if text is None:
            raise UnknownTargetError("--smt2 needs an INVARIANT that says what must never be")
        return text


def promises(directory: Path | None, only: str) -> Promises:
    """Return the invariants of a knowledge base; without a name, all of them.

    Raises:
        BadInputError: when the knowledge cannot be used.
        UnknownTargetError: when there is none of that name.

    """
    base = load(directory or shipped_knowledge(), promises=True)
    ids = [] if base.safety is None else [one.id for one in base.safety.invariants]
    if not ids:
        raise UnknownTargetError("nothing to prove: this knowledge has no `safety.yaml`")
    if only and only not in ids:
        raise UnknownTargetError(f"no invariant {quoted(only)}; {suggestion(only, ids)}")
    return Promises(base, only)


@dataclass(frozen=True, slots=True)
class FailingPromises:
    """The promises of a knowledge base that cannot be proved."""

    knowledge: KnowledgeBase
    proofs: tuple[Proof, ...]

    def by_part(self, rule: Rule) -> tuple[tuple[Diagnostic, ...], tuple[str, ...]]:
        """Return what is said of those a rule takes part in, and the names of the others."""
        parts = FailureParts(self.knowledge)
        ours = [one for one in self.proofs if parts.takes_part(rule, one)]
        others = (one.invariant.id for one in self.proofs if one not in ours)
        return tuple(broken(one) for one in ours), tuple(others)


def failing(knowledge: KnowledgeBase) -> FailingPromises:
    """Return the promises that fail, or that hold whatever the rules say."""
    return FailingPromises(knowledge, tuple(one for one in prove(knowledge) if not one.holds))


def teller(knowledge: KnowledgeBase) -> Apart:
    """Return what tells two versions of a rule apart, or proves that nothing does."""
    differences = Differences(knowledge)

    def apart(old: Rule, new: Rule) -> Mapping[str, Value] | None:
        found = differences.between(old, new)
        return None if found is None else found.answers

    return apart


def ending(promises: Promises, proved: list[Proved], form: PageFormat) -> str | None:
    """Return what comes after the last proof: all as JSON (`proof/1`), or how many hold."""
    if form is Format.JSON:
        return dumped({"format": "proof/1", "proofs": [one.json for one in proved]})
    if promises.only:
        return None
    count = f"{sum(one.proof.holds for one in proved)} of {counted(len(proved), 'promise')}"
    return f"{count} proved. One in full: `screening knowledge prove NAME`\n"


def first_client(proved: list[Proved], knowledge: KnowledgeBase) -> str:
    """Return the first client who shows a failure, as an intake.

    Raises:
        UnknownTargetError: when no client does.

    """
    failures = (failure for one in proved for failure in one.proof.failures)
    shown = [failure for failure in failures if failure.client is not None]
    if not shown:
        raise UnknownTargetError("no client shows this failure, so none is saved")
    return intake_text(shown[0], knowledge)


def put(path: Path, text: str) -> None:
    """Write a text where it was asked for.

    Raises:
        UnwritableError: when it cannot be written.

    """
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}"
        raise UnwritableError(message) from error
