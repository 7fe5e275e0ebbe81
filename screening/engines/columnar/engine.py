"""Many clients at once, from a frame of answers to a column for each thing concluded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import polars as pl

from screening.compile.circuit import circuit
from screening.engines.columnar.answers import frame, kind_of
from screening.engines.columnar.plan import Plan, plan
from screening.model.case import Outcome
from screening.model.circuit import Circuit, Wire
from screening.model.knowledge import KnowledgeBase
from screening.model.program import Atom, FindingAtom, RuleAtom
from screening.model.question import Value
from screening.model.rule import Head
from screening.model.vocabularies import Strength, Truth

Columns = tuple[frozenset[str], tuple[Wire, ...]]


class ColumnarEngine:
    """A knowledge base compiled once; frames hold answers as `answers.py` says."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self._plans: dict[Columns, Plan] = {}

    @cached_property
    def circuit(self) -> Circuit:
        """Everything the knowledge concludes, as gates."""
        return circuit(self.knowledge)

    def gates(
        self, answers: pl.LazyFrame, wanted: Iterable[Wire], *, keep: Iterable[str] = ()
    ) -> pl.LazyFrame:
        """Return a Boolean column, named by its number, for each gate wanted.

        The columns to `keep` come first. The frame may be larger than memory: nothing is worked
        before it is collected or written.

        Raises:
            TypeError: when a question's column is not of the type `kind_of` says.

        """
        kinds = answers.collect_schema()
        asked = frozenset(kinds).intersection(self.knowledge.questions)
        for name in asked:
            expected = kind_of(self.knowledge.questions[name])
            if kinds[name] != expected:
                raise TypeError(f"column `{name}` is {kinds[name]}, expected {expected}")
        return self._plan(asked, tuple(dict.fromkeys(wanted))).worked(answers, keep)

    def _plan(self, asked: frozenset[str], wanted: tuple[Wire, ...]) -> Plan:
        key = asked, wanted
        if key not in self._plans:
            questions = {name: q for name, q in self.knowledge.questions.items() if name in asked}
            self._plans[key] = plan(self.circuit, questions, wanted)
        return self._plans[key]

    def truths(self, answers: pl.LazyFrame) -> pl.LazyFrame:
        """Return the truth of every rule and finding; null is undecided.

        Columns are in the order of the program, heads before findings, and named by their place.
        """
        truths = self.circuit.truths
        worked = self.gates(answers, truths.values())
        return worked.select(
            pl.when(pl.col(str(truths[holds]))).then(True)
            .when(pl.col(str(truths[fails]))).then(False)
            .alias(str(at))
            for at, (holds, fails) in enumerate(self._sides())
        )  # fmt: skip

    def _sides(self) -> Iterable[tuple[Atom, Atom]]:
        """Yield both sides of every head and of every finding."""
        for head in self.knowledge.heads:
            yield RuleAtom(head, truth=True), RuleAtom(head, truth=False)
        for finding in self.knowledge.finders:
            yield FindingAtom(*finding, truth=True), FindingAtom(*finding, truth=False)

    def outcomes(self, sheets: Iterable[Mapping[str, Value]]) -> list[Outcome]:
        """Return what each client's answers decide; no firings are kept."""
        truths = self.truths(frame(self.knowledge, sheets).lazy()).collect()
        heads, findings = self.knowledge.heads, tuple(self.knowledge.finders)
        return [_outcome(row, heads, findings) for row in truths.iter_rows()]


def _outcome(
    row: tuple[bool | None, ...],
    heads: tuple[Head, ...],
    findings: tuple[tuple[str, Strength], ...],
) -> Outcome:
    truths = [_TRUTHS[cell] for cell in row]
    return Outcome(
        dict(zip(heads, truths[: len(heads)], strict=True)),
        dict(zip(findings, truths[len(heads) :], strict=True)),
    )


_TRUTHS = {True: Truth.TRUE, False: Truth.FALSE, None: Truth.UNDECIDED}
