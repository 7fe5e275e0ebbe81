"""The case of a conclusion is read back as it was, or refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import decided_cases, knowledge_bases

from screening.app.audit.case_codec import UnreadableCaseError, case_of, text_of
from screening.model.case import Case


@settings(max_examples=30)
@given(data=st.data())
def test_a_case_is_read_back_as_it_was(data: st.DataObject) -> None:
    case = data.draw(decided_cases(data.draw(knowledge_bases())))
    text = text_of(case)
    assert case_of(text) == case
    assert text_of(case_of(text)) == text


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("answers", []),
        ("answers", {"age": None}),
        ("answers", {"age": True}),
        ("programme", "plank"),
        ("earlier", {}),
        ("record", {"on": "2026-02-30"}),
        ("record", 3),
    ],
)
def test_a_text_that_is_no_case_is_refused(key: str, value: object) -> None:
    tree = json.loads(text_of(Case({"age": 40})))
    with pytest.raises(UnreadableCaseError):
        case_of(json.dumps({**tree, key: value}))


@pytest.mark.parametrize("text", ["", "[]", "{}", "{", "[" * 100_000])
def test_what_is_not_the_text_of_a_case_is_refused(text: str) -> None:
    with pytest.raises(UnreadableCaseError):
        case_of(text)
