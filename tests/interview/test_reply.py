"""What is typed is an answer, a command, or said to be neither; nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.app.programme_file import read_programme
from screening.interview.programme import Near, find_exercise
from screening.interview.reply import (
    Command,
    Said,
    Unclear,
    Word,
    expected,
    find_question,
    keys,
    read_reply,
)
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Unknown

ANSWERS = [
    ("chest", "y", "yes"),
    ("chest", " NO ", "no"),
    ("saddle", "1", "no"),
    ("saddle", "2", "new_or_worse"),
    ("saddle", "new or worse", "new_or_worse"),
    ("saddle", "n", "no"),
    ("saddle", "older_stable", "older_stable"),
    ("bend_forward", "p", "provokes"),
    ("bend_forward", "r", "relieves"),
    ("bend_forward", "n", "no_effect"),
    ("bend_forward", "t", "not_tried"),
    ("bend_forward", ":p", "provokes"),
    ("bend_forward", "eases it", "relieves"),
    ("age", "41", 41),
    ("age", "41 years", 41),
    ("chest", "dk", Unknown.DONT_KNOW),
    ("chest", "Don\N{RIGHT SINGLE QUOTATION MARK}t know", Unknown.DONT_KNOW),
    ("age", "prefer not to say", Unknown.DECLINED),
    ("age", "pns", Unknown.DECLINED),
]
UNCLEAR = [
    ("chest", "", "Expected y or n"),
    ("chest", "1", "Expected y or n"),
    ("bend_forward", "1", "Expected p, r, n or t"),
    ("saddle", "yes", "Expected 1, 2, 3 or 4"),
    ("saddle", "5", "Expected 1, 2, 3 or 4"),
    ("saddle", "lifelng", "Did you mean `lifelong`?"),
    ("age", "15", "from 16 to 100 (years)"),
    ("age", "nan", "a whole number"),
    ("age", "41 kg", "a whole number"),
    ("age", "4" * 10_000, "(10000 characters)"),
    ("chest", "bakc", "Did you mean `back`?"),
    ("chest", "\x1b[A", "is not an answer"),
]
COMMANDS = [
    ("?", Word.HELP, ""),
    ("why", Word.WHY, ""),
    ("BACK", Word.BACK, ""),
    (":b", Word.BACK, ""),
    ("change saddle", Word.CHANGE, "saddle"),
    ("change", Word.CHANGE, ""),
    ("skip", Word.SKIP, ""),
    ("review", Word.REVIEW, ""),
    ("save", Word.SAVE, ""),
    ("quit", Word.QUIT, ""),
    ("c", Word.CARD, ""),
]


@pytest.mark.parametrize(("question", "text", "value"), ANSWERS)
def test_answer_is_read(shipped: KnowledgeBase, question: str, text: str, value: object) -> None:
    assert read_reply(shipped.questions[question], text) == Said(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(("question", "text", "message"), UNCLEAR)
def test_unreadable_answer_says_what_was_expected(
    shipped: KnowledgeBase, question: str, text: str, message: str
) -> None:
    reply = read_reply(shipped.questions[question], text)
    assert isinstance(reply, Unclear)
    assert message in reply.message
    assert len(reply.message) < 250


@pytest.mark.parametrize(("text", "word", "rest"), COMMANDS)
def test_command_is_read_at_every_question(
    shipped: KnowledgeBase, text: str, word: Word, rest: str
) -> None:
    for question in shipped.questions.values():
        assert read_reply(question, text) == Command(word, rest)


def test_every_key_and_every_answer_id_is_an_answer(shipped: KnowledgeBase) -> None:
    for question in shipped.questions.values():
        for key, answer in keys(question).items():
            assert read_reply(question, key) == Said(answer)
        for word in question.words:
            assert read_reply(question, word) == Said(word)
        assert expected(question)


@given(text=st.text(max_size=40))
def test_any_line_gets_a_reply(shipped: KnowledgeBase, text: str) -> None:
    for name in ("chest", "saddle", "bend_forward", "age"):
        reply = read_reply(shipped.questions[name], text)
        if isinstance(reply, Said):
            assert shipped.questions[name].takes(reply.value)


def test_question_is_found_by_id_and_short_text(shipped: KnowledgeBase) -> None:
    assert find_question(shipped.questions, "saddle") == "saddle"
    assert find_question(shipped.questions, "Change in peeing") == "bladder"
    assert find_question(shipped.questions, "bend forward") == "bend_forward"
    assert "bladder" in find_question(shipped.questions, "blader")
    assert find_question(shipped.questions, "xyzzy") == ()


def test_exercise_is_matched_exactly_or_offered(shipped: KnowledgeBase) -> None:
    assert find_exercise(shipped, "Back  Squat") == "back_squat"
    assert find_exercise(shipped, "barbell squat") == "back_squat"
    near = find_exercise(shipped, "bakc squat")
    assert isinstance(near, Near)
    assert "back_squat" in near.exercises
    assert len(near.exercises) <= 3
    assert find_exercise(shipped, "croquet") == Near("croquet", ())


def test_programme_files_are_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("programme")
    (folder / "p.txt").write_text("- back squat\n\n# rest\n* croquet\nplank\n", encoding="utf-8")
    (folder / "p.yaml").write_text("programme: [back squat, plank]\n", encoding="utf-8")
    assert read_programme(folder / "p.txt") == ("back squat", "croquet", "plank")
    assert read_programme(folder / "p.yaml") == ("back squat", "plank")
