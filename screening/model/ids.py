"""What the ids of a knowledge base name."""

from __future__ import annotations

from enum import Enum


class Sort(Enum):
    """What an id names."""

    RULE = "rule"
    STATEMENT = "statement"
    SOURCE = "source"
    QUESTION = "question"
    GROUP = "group"
    FINDING = "finding"
    CATEGORY = "category"
    ADVICE = "advice"
    STAGE = "stage"
    LIMIT = "limit"
    CLEARANCE = "clearance"
    TARGET = "target"
    EXERCISE = "exercise"
    PARAMETER = "parameter"
    CASE = "case"
    TRAINER_QUESTION = "trainer-question"
