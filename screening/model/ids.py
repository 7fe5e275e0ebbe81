"""What sorts of things of the knowledge have an id."""

from __future__ import annotations

from enum import Enum


class Sort(Enum):
    """What an id is the id of; the value stands in links."""

    RULE = "rule"
    STATEMENT = "statement"
    SOURCE = "source"
    QUESTION = "question"
    LIST = "list"
    GROUP = "group"
    FINDING = "finding"
    CATEGORY = "category"
    ADVICE = "advice"
    STAGE = "stage"
    LIMIT = "limit"
    CLEARANCE = "clearance"
    TARGET = "target"
    EXERCISE = "exercise"
    EQUIPMENT = "equipment"
    CAUTION = "caution"
    PARAMETER = "parameter"
    SCORE = "score"
    CASE = "case"
    TRAINER_QUESTION = "trainer-question"
