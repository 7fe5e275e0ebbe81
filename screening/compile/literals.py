"""From one signed leaf to the test that makes it certainly true or certainly false."""

from __future__ import annotations

from collections.abc import Mapping

from screening.errors import assert_never
from screening.model.expr import OPPOSITE, Compare, Found, Is, IsUnknown, Leaf, Moves
from screening.model.program import (
    AnswerTest,
    AtomTest,
    EnoughTest,
    FindingAtom,
    NumberTest,
    Test,
    TooFewTest,
)
from screening.model.question import Question
from screening.model.rule import Unsure
from screening.model.vocabularies import ASKED_UNKNOWN, Unknown

UNKNOWN = frozenset(word.value for word in ASKED_UNKNOWN)
INAPPLICABLE = frozenset({Unknown.NOT_APPLICABLE.value})


def certain_test(
    leaf: Leaf,
    *,
    positive: bool,
    truth: bool,
    unsure: Unsure,
    questions: Mapping[str, Question],
) -> Test:
    """Return the test under which a signed leaf is certainly `truth`.

    `positive` is the leaf's sign in the rule. The words a test accepts decide what an unknown
    answer means: it makes the signed leaf true when it counts as met, false when as not met.
    """
    wanted = positive is truth
    settles = Unsure.MET if truth else Unsure.NOT_MET
    extra = UNKNOWN if unsure is settles else frozenset()
    match leaf:
        case Found(finding, strength):
            return AtomTest(FindingAtom(finding, strength, wanted))
        case Moves(group, effect, at_least):
            kind = EnoughTest if wanted else TooFewTest
            return kind(group, effect, at_least)
        case Is(name, answer):
            words = frozenset({answer})
            others = frozenset(questions[name].words) - words | INAPPLICABLE
            return AnswerTest(name, (words if wanted else others) | extra)
        case Compare(name, op, number):
            if wanted:
                return NumberTest(name, op, number, extra)
            return NumberTest(name, OPPOSITE[op], number, INAPPLICABLE | extra)
        case IsUnknown(name):
            return _unknown_test(questions[name], wanted=wanted)
    assert_never(leaf)


def _unknown_test(question: Question, *, wanted: bool) -> Test:
    """Return the test that a question was asked and not known, or was not so."""
    if wanted:
        return AnswerTest(question.id, UNKNOWN)
    if question.is_number:
        return NumberTest(question.id, ">=", question.low, INAPPLICABLE)
    return AnswerTest(question.id, frozenset(question.words) | INAPPLICABLE)
