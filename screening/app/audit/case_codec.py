"""A case as text and back: all that a conclusion rests on, so that it can be drawn again later.

The text is canonical (JSON, sorted keys): the same case gives the same text. Who the client is
and where the case was read from are no part of it.
"""

from __future__ import annotations

import json

from screening.errors import ScreeningError
from screening.model.case import Case
from screening.storage.codec import from_tree, tree_of


class UnreadableCaseError(ScreeningError):
    """The text stands for no case."""


def text_of(case: Case) -> str:
    """Return a case as text.

    >>> from screening.model.vocabularies import Unknown
    >>> text_of(Case({"age": 40, "fever": Unknown.DECLINED}))
    '{"answers":{"age":40,"fever":"declined"},"earlier":null,"other":[],"programme":[],"record":null}'
    """
    return json.dumps(tree_of(case), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def case_of(text: str) -> Case:
    """Return the case that a text stands for.

    Raises:
        UnreadableCaseError: when it stands for none.

    """
    try:
        return from_tree(Case, json.loads(text))
    except (ValueError, RecursionError) as error:
        raise UnreadableCaseError("the case of a conclusion cannot be read back") from error
