"""The knowledge files by their path: what stands in each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from screening.schema.figures import FIGURES
from screening.schema.keys import Entry
from screening.schema.library import ACCEPTED, CASE, COVERAGE, RENAMED, SAFETY, WAIVERS
from screening.schema.questions import CATALOGUE, CAUTIONS, KIT, TOPIC
from screening.schema.rules import RECORD, RULE
from screening.schema.scores import SCORES
from screening.schema.session import SESSION
from screening.schema.vocabulary import (
    ADVICE,
    CATEGORIES,
    CLEARANCES,
    COUNTRIES,
    FINDINGS,
    GROUPS,
    LIMITS,
    PACK,
    PARAMETERS,
    REFERRALS,
    REVIEWERS,
    SOURCES,
    STAGES,
    TRAINER,
)

FILES: Mapping[str, Entry[Any]] = {
    "pack": PACK,
    "sources": SOURCES,
    "groups": GROUPS,
    "findings": FINDINGS,
    "stages": STAGES,
    "limits": LIMITS,
    "parameters": PARAMETERS,
    "scores": SCORES,
    "categories": CATEGORIES,
    "advice": ADVICE,
    "referrals": REFERRALS,
    "regions": COUNTRIES,
    "clearances": CLEARANCES,
    "trainer": TRAINER,
    "reviewers": REVIEWERS,
    "equipment": KIT,
    "cautions": CAUTIONS,
    "session": SESSION,
    "coverage": COVERAGE,
    "accepted": ACCEPTED,
    "waivers": WAIVERS,
    "safety": SAFETY,
    "renamed": RENAMED,
}
FOLDERS: Mapping[str, Entry[Any]] = {
    "rules": RULE,
    "cases": CASE,
    "reviews": RECORD,
    "questions": TOPIC,
    "exercises": CATALOGUE,
    "figures": FIGURES,
}
