"""From a rule file's text to the same text with one more example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath

from screening.model.question import Question
from screening.model.rule import Example
from screening.model.vocabularies import Truth
from screening.mutation.boundary_search import Boundary
from screening.write import Plain, form_of, with_entry

WORDS = {Truth.TRUE: "fires", Truth.FALSE: "silent", Truth.UNDECIDED: "undecided"}
RULE_FILE = PurePath("rules/any/rule.yaml")


def with_example(
    text: str, shown: str, example: Example, questions: Mapping[str, Question]
) -> str:
    """Return a rule file's text with an example at the end of its examples.

    Raises:
        BadInputError: when the text cannot be read.

    """
    return with_entry(text, shown, "examples", plain(example, questions), form_of(RULE_FILE))


def plain(example: Example, questions: Mapping[str, Question]) -> Plain:
    """Return an example as it stands in a rule file."""
    entry: dict[str, Plain] = {
        "name": example.name,
        "given": {
            name: str(questions[name].written(value)) for name, value in example.given.items()
        },
    }
    if example.harmless_rest:
        entry["rest"] = "harmless"
    entry["expect"] = WORDS[example.expect]
    if example.refers is not None:
        entry["refers"] = example.refers.word
    return entry


def as_example(client: Boundary, name: str, expect: Truth) -> Example:
    """Return a boundary client as an example under a name; a level only where it is expected."""
    refers = client.example.refers if expect is client.example.expect else None
    return replace(client.example, name=name, expect=expect, refers=refers)
