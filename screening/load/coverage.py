"""From `coverage.yaml` to the statements of the reference documents."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from screening.diagnostics import Code, Problems, quoted, suggestion
from screening.load.conclusions import Names
from screening.load.mapping_reader import Fields
from screening.load.tree import Node, Text
from screening.model.knowledge import Statement
from screening.model.vocabularies import How

STATEMENT_ID = re.compile(r"[a-z][a-z0-9_-]*:[A-Za-z0-9][A-Za-z0-9._-]*")
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

    def read(self, node: Node) -> Mapping[str, Statement]:
        """Return the statements by id, in the order of the file."""
        found: dict[str, Statement] = {}
        fields = Fields.of(node, self.problems, "coverage.yaml")
        if fields is None:
            return found
        for entry in fields.mappings("statements", "a statement", required=True):
            statement = self._statement(entry)
            if statement.id in found:
                message = f"the id {quoted(statement.id)} is used twice"
                self.problems.add(Code.duplicate_id, entry.value_place("id"), message)
            found[statement.id] = statement
        fields.done()
        return found

    def _statement(self, fields: Fields) -> Statement:
        how = fields.member("how", How, default=How.RULE)
        statement = Statement(
            id=self._id(fields),
            says=fields.text("says", required=True),
            how=how,
            where=self._where(fields, how),
            why=fields.text("why", required=how is not How.RULE),
            at=fields.node.at,
        )
        fields.done()
        return statement

    def _id(self, fields: Fields) -> str:
        value = fields.text("id", required=True)
        if value and not STATEMENT_ID.fullmatch(value):
            help_ = "a statement is named `document:number`, such as `book:E1`"
            message = f"bad id {quoted(value)}"
            self.problems.add(Code.bad_id, fields.value_place("id"), message, help_)
        return value

    def _where(self, fields: Fields, how: How) -> tuple[str, ...]:
        """Return what carries a statement out, noting names that do not exist."""
        if how not in DANGLING and how is not How.BUILT_IN:
            return ()
        if fields.get("where", required=True) is None:
            return ()
        places = fields.texts("where")
        if how in DANGLING:
            for text in places:
                self._exists(text, how)
        return tuple(text.value for text in places)

    def _exists(self, text: Text, how: How) -> None:
        legal: Collection[str] = {
            How.FINDING: self.names.findings,
            How.QUESTION: self.names.questions,
            How.PARAMETER: (*self.names.stages, *self.names.limits, *self.names.parameters),
        }[how]
        if text.value not in legal:
            message = f"no {how.value} {quoted(text.value)}"
            self.problems.add(DANGLING[how], text.at, message, suggestion(text.value, legal))
