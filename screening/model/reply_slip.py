"""The reply slip of a letter: its fields in the order in which they are asked for on record."""

from __future__ import annotations

from enum import Enum


class SlipField(Enum):
    """What a slip asks, in order; the value is the word of the contract."""

    SEEN = "seen"
    ANSWER = "answer"
    ACTIVITIES = "activities"
    LIMITS = "limits"
    UNTIL = "until"
    STOP_IF = "stop_if"
    MAY_CONTACT = "may_contact"
    BY = "by"
    ROLE = "role"
    DATE = "date"

    @property
    def label(self) -> str:
        """How it reads on the slip."""
        return LABELS[self]


LABELS = {
    SlipField.SEEN: "Seen on",
    SlipField.ANSWER: "My advice (tick one)",
    SlipField.ACTIVITIES: "Activities",
    SlipField.LIMITS: "Limits (pain at most, weight at most, other)",
    SlipField.UNTIL: "This counts until, or look again on",
    SlipField.STOP_IF: "Stop and send back if",
    SlipField.MAY_CONTACT: "May the trainer contact you?",
    SlipField.BY: "Name",
    SlipField.ROLE: "Role and registration number",
    SlipField.DATE: "Date and signature",
}


class SlipAnswer(Enum):
    """What a reader of a letter may answer."""

    NO_OBJECTION = "no_objection"
    WITH_LIMITS = "with_limits"
    NOT_NOW = "not_now"
    SEE_AGAIN = "see_again"
    CANNOT_ADVISE = "cannot_advise"

    @property
    def label(self) -> str:
        """How it reads on the slip."""
        return ANSWERS[self]

    @property
    def closes(self) -> bool:
        """Whether it can close a referral; the others keep it open."""
        return self in {SlipAnswer.NO_OBJECTION, SlipAnswer.WITH_LIMITS}


ANSWERS = {
    SlipAnswer.NO_OBJECTION: "no objection to the activities below",
    SlipAnswer.WITH_LIMITS: "yes, with the limits below",
    SlipAnswer.NOT_NOW: "not for now",
    SlipAnswer.SEE_AGAIN: "I want to see the client again first",
    SlipAnswer.CANNOT_ADVISE: "I cannot advise on this",
}
