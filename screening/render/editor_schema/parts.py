"""The parts schemas are made of. `enumDescriptions` is the editors' own word; checkers skip it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from screening.render.json_form import Json, texts
from screening.scaffold.phrases import Offer

Part = dict[str, Json]

TEXT: Part = {"type": "string", "minLength": 1}


def choice(said: Mapping[str, str] | Iterable[Offer], description: str = "") -> Part:
    """Return the schema of one word of several, each with what it means."""
    pairs = said if isinstance(said, Mapping) else {one.written: one.words for one in said}
    words: Part = {"enum": texts(pairs), "enumDescriptions": texts(pairs.values())}
    return described(words, description)


def described(part: Part, description: str) -> Part:
    """Return a schema with a description, where there is one."""
    return {**part, "description": description} if description else part


def mapping(properties: Mapping[str, Json], required: Iterable[str] = ()) -> Part:
    """Return the schema of a mapping with these keys and no others."""
    keys: dict[str, Json] = dict(properties)
    return {
        "type": "object",
        "properties": keys,
        "required": texts(required),
        "additionalProperties": False,
    }


def several(item: Json, least: int = 1) -> Part:
    """Return the schema of a list."""
    return {"type": "array", "items": item, "minItems": least}


def one_or_more(item: Json) -> Part:
    """Return the schema of one thing, or of a list of them."""
    return {"anyOf": [item, several(item)]}
