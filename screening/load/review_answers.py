"""From a file of a reviewer's answers to what they say of each rule."""

from __future__ import annotations

from pathlib import Path

from screening.diagnostics import Problems
from screening.errors import BadInputError
from screening.load.entries import Reader
from screening.load.source import decode, read_bytes
from screening.load.tree import parse
from screening.model.review_answers import ReviewAnswers
from screening.schema.library import REVIEW_ANSWERS


def load_review_answers(path: Path) -> ReviewAnswers:
    """Return the answers in a file.

    Raises:
        BadInputError: with all that cannot be read.

    """
    problems, shown = Problems(), str(path)
    raw = read_bytes(path, shown, problems, regular=True)
    text = None if raw is None else decode(raw, shown, problems)
    tree = None if text is None else parse(text, shown, problems)
    found = None if tree is None else Reader(problems).file(tree, REVIEW_ANSWERS)
    if problems.errors or found is None:
        raise BadInputError(problems.sorted())
    return found
