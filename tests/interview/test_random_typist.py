"""However an answer is typed at a terminal, what is recorded is what was meant."""

from __future__ import annotations

from random_typist import typed_interviews


def test_nothing_is_recorded_that_was_not_meant() -> None:
    answers, wrong = typed_interviews(3, seed=11)
    assert wrong == []
    assert answers > 30
