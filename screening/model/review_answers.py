"""What a reviewer answered in the file that came with a bundle."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from screening.diagnostics import Span

NOTHING = "-"  # stands where nothing is remarked, and where nobody has put their name


class ReviewAnswer(Enum):
    """What a reviewer says of a rule."""

    NOT_READ = "not_read"
    AGREE = "agree"
    CHANGE = "change"
    DISAGREE = "disagree"


@dataclass(frozen=True, slots=True)
class AnsweredRule:
    """An answer about one rule, and the digest of what the reviewer saw of it."""

    rule: str
    seen: str
    answer: ReviewAnswer
    remarks: str = ""
    at: Span = field(default=Span(""), compare=False, repr=False)

    @property
    def remarked(self) -> str:
        """The remarks; nothing where there are none."""
        return "" if self.remarks.strip() == NOTHING else self.remarks


@dataclass(frozen=True, slots=True)
class ReviewAnswers:
    """All answers of one reviewer; `reviewer` is the name they put."""

    reviewer: str
    answers: tuple[AnsweredRule, ...]
