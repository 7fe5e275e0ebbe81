"""What sorts of things have an id of their own, or can be spoken of as if they had."""

from __future__ import annotations

from enum import Enum


class Sort(Enum):
    """What an id is the id of; the value stands in links."""

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
    LEVEL = "level"
    DIRECTION = "direction"
    WHOLE_REFERRAL = "referral"
    WHOLE_CLEARANCE = "whole-clearance"
    CONFIRMED = "confirmed"
