"""From results to JSON: one encoder, the order of the keys is that of a view's fields."""

from __future__ import annotations

import json
from collections.abc import Iterable

from screening.model.assessment import Assessment
from screening.model.assessment_view import KnowledgeUsed, ReviewView, view_of
from screening.model.knowledge import KnowledgeBase
from screening.storage.codec import Tree as Json
from screening.storage.codec import object_of

__all__ = ["Json", "assessment_form", "dumped", "knowledge_form", "review_form", "texts"]


def dumped(form: Json) -> str:
    """Return JSON text, indented, with a final line break."""
    return json.dumps(form, ensure_ascii=False, indent=2) + "\n"


def texts(names: Iterable[str]) -> list[Json]:
    """Return a JSON list of texts."""
    return list(names)


def knowledge_form(knowledge: KnowledgeBase) -> Json:
    """Return which knowledge a result stands on."""
    return object_of(KnowledgeUsed.of(knowledge))


def review_form(knowledge: KnowledgeBase, unreviewed: int) -> Json:
    """Return who has reviewed a result, and how many rules behind it no clinician has."""
    return object_of(ReviewView(knowledge.pack.review, unreviewed))


def assessment_form(assessment: Assessment, knowledge: KnowledgeBase) -> dict[str, Json]:
    """Return an assessment as the contract `assessment/1`."""
    return object_of(view_of(assessment, knowledge))
