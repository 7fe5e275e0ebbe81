"""From `coverage.yaml` to the statements of the reference documents."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from screening.diagnostics import Code, Problems, quoted, suggestion
from screening.load.conclusions import Names
from screening.load.entries import Reader
from screening.load.mapping_reader import Fields
from screening.load.tree import Node
from screening.model.pack import Statement
from screening.model.vocabularies import How
from screening.schema.library import COVERAGE, STATEMENT

DANGLING = {
    How.FINDING: Code.dangling_finding,
    How.QUESTION: Code.dangling_question,
    How.PARAMETER: Code.dangling_target,
}


@dataclass(frozen=True)
class StatementReader:
    """Reads the list of statements against what may carry them out."""

    names: Names
    problems: Problems

    def read(self, node: Node) -> dict[str, Statement]:
        """Return the statements by id, in the order of the file."""
        return Reader(self.problems, {STATEMENT.what: self._carried_out}).file(node, COVERAGE)

    def _carried_out(self, fields: Fields, statement: Statement) -> Statement:
        """Note names that do not exist, and a reason that is missing."""
        how = statement.how
        fields.get("why", required=how is not How.RULE)
        legal: Collection[str] | None = {
            How.FINDING: self.names.findings,
            How.QUESTION: self.names.questions,
            How.PARAMETER: (*self.names.stages, *self.names.limits, *self.names.parameters),
        }.get(how)
        for text in fields.quiet.texts("where"):
            if legal is not None and text.value not in legal:
                message = f"no {how.value} {quoted(text.value)}"
                self.problems.add(DANGLING[how], text.at, message, suggestion(text.value, legal))
        return statement
