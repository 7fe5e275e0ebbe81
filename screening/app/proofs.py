"""What takes a solver: proving what a knowledge base promises, and telling rules apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from screening.assess import Assessor
from screening.diagnostics import Diagnostic, quoted, suggestion
from screening.engines.applicable import with_inapplicable
from screening.engines.reference import evaluate
from screening.engines.solver.meaning import Differences
from screening.errors import UnknownTargetError, UnwritableError
from screening.load import load, shipped_knowledge
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Head, Rule
from screening.model.vocabularies import Truth
from screening.mutation.verdicts import Apart
from screening.render.json_form import Json, dumped
from screening.render.page import Format, PageFormat, counted
from screening.render.proof_text import intake_text, proof_form, proof_summary, proof_text
from screening.verify.proof import Failure, Proof, replayed
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
class BrokenPromises:
    """What is to be said of invariants that are not proved: those a rule has a part in, others."""

    own: tuple[Diagnostic, ...]
    others: tuple[Diagnostic, ...]


def broken_by(knowledge: KnowledgeBase, rule: Rule) -> BrokenPromises:
    """Return what is to be said of every invariant that cannot be proved.

    A rule has a part in one that fails for it, for a flag it is to see to, or for a client for
    whom it fires.
    """
    failing = [proof for proof in prove(knowledge) if not proof.holds]
    own = [p for p in failing if any(_has_part(knowledge, rule, one) for one in p.failures)]
    others = [proof for proof in failing if proof not in own]
    return BrokenPromises(tuple(map(broken, own)), tuple(map(broken, others)))


def _has_part(knowledge: KnowledgeBase, rule: Rule, failure: Failure) -> bool:
    flags = () if knowledge.safety is None else knowledge.safety.flags
    seen_to = any(flag.words == failure.it and rule.id in flag.by for flag in flags)
    if seen_to or failure.it == rule.id or failure.client is None:
        return seen_to or failure.it == rule.id
    clients = [failure.client]
    if failure.then is not None:
        clients.append({**failure.client, failure.then[0]: failure.then[1]})
    heads = [Head(rule.id, reading) for reading in rule.readings]
    made = (evaluate(knowledge, with_inapplicable(knowledge, one)).heads for one in clients)
    return any(found.get(head) is Truth.TRUE for found in made for head in heads)


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
