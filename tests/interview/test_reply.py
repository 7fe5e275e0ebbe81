"""What is typed is an answer, a command, or said to be neither; nothing is guessed."""

from __future__ import annotations

import datetime
import re

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
    plain,
    read_reply,
)
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question
from screening.model.vocabularies import Unknown

TODAY = datetime.date(2026, 11, 29)
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
    ("bend_forward", "eases", "relieves"),
    ("bend_forward", "not tried", "not_tried"),
    ("bend_forward", "not", "not_tried"),
    ("bend_forward", "no", "no_effect"),
    ("bend_forward", "bri", "provokes"),
    ("bend_forward", "hurts", "provokes"),
    ("bend_forward", "neither", "no_effect"),
    ("bend_forward", "pns", Unknown.DECLINED),
    ("bend_forward", "don't know", Unknown.DONT_KNOW),
    ("chest", "Yes.", "yes"),
    ("chest", "nope", "no"),
    ("chest", "yeah", "yes"),
    ("saddle", "none", "no"),
    ("saddle", "in the last 14 days", "new_or_worse"),
    ("saddle", "yes, in the last 14 days", "new_or_worse"),
    ("saddle", "since birth", "lifelong"),
    ("clinician_direction", "n", "none"),
    ("clinician_direction", "no", "none"),
    ("pulsing", "neither", "none"),
    ("night", "no", "none"),
    ("infrisk", "n", "none"),
    ("heart_kidney", "no", "none"),
    ("sex", "f", "female"),
    ("sex", "M", "male"),
    ("trauma", "3.", "minor"),
    ("trainer_level", "yes", "advanced"),
    ("duration_weeks", "3 months", 13),
    ("duration_weeks", "2026-11-01", 4),
    ("minutes_to_settle", "half an hour", 30),
    ("pain_worst", "5/10", 5),
    ("pain_worst", "none", 0),
    ("age", "I'd rather not say", Unknown.DECLINED),
    ("age", "not sure", Unknown.DONT_KNOW),
    ("age", "41", 41),
    ("age", "41 years", 41),
    ("age", "41 years old", 41),
    ("age", "I am 41", 41),
    ("age", "she's 41", 41),
    ("chest", "not at all", "no"),
    ("saddle", "nothing like that", "no"),
    ("bladder", "no change", "no"),
    ("bladder", "Nothing has changed.", "no"),
    ("bend_forward", "fine", "no_effect"),
    ("bend_forward", "no problem", "no_effect"),
    ("bend_forward", "doesn't hurt", "no_effect"),
    ("bend_forward", "painful", "provokes"),
    ("bend_forward", "haven't tried", "not_tried"),
    ("chest", "dk", Unknown.DONT_KNOW),
    ("chest", "Don\N{RIGHT SINGLE QUOTATION MARK}t know", Unknown.DONT_KNOW),
    ("age", "prefer not to say", Unknown.DECLINED),
    ("age", "pns", Unknown.DECLINED),
]
UNCLEAR = [
    ("chest", "", "Expected y or n"),
    ("chest", "1", "Expected y or n"),
    ("bend_forward", "1", "Expected p, r, n or t"),
    ("saddle", "yes", "can be more than one thing: `2` Yes: in the last 14 days"),
    ("saddle", "5", "Expected 1, 2, 3 or 4"),
    ("saddle", "lifelng", "Did you mean `lifelong`?"),
    ("age", "111", "from 0 to 110 (years)"),
    ("age", "nan", "a whole number"),
    ("age", "41 kg", "a whole number"),
    ("age", "4" * 10_000, "(10000 characters)"),
    ("chest", "bakc", "Did you mean `back`?"),
    ("chest", "\x1b[A", "is not an answer"),
    ("leg_pain", "\x1b[A", "is not an answer"),
    ("saddle", "y", "`2` Yes: in the last 14 days, or getting worse; `3` Yes"),
    ("parq", "no", "`1` No result: the form was not finished; `2` No follow-up"),
    ("course", "s", "`3` Steadily getting worse; `skip`"),
    ("leg_weak_side", "b", "`2` Both legs; `back`"),
    ("duration_weeks", "2019", "may be a year: add `weeks`"),
    ("pain_worst", "3-4", "a whole number"),
    ("pain_worst", "5/9", "a whole number"),
    ("trauma", "-1", "Expected 1, 2, 3 or 4"),
    ("trauma", "by itself", "Did you mean `1`: No, it came on, or got worse, by itself"),
    ("trauma", "a bicycle", "Did you mean `4`: A crash;"),
    ("bladder", "much the same", "Did you mean `3`: Only a leak"),
    ("pulsing", "known aneurysm", "is not an answer here. Expected"),
    ("saddle", "no change", "is not an answer here"),
    ("age", "none", "a whole number"),
    ("onset_age", "nothing", "a whole number"),
    ("duration_weeks", "none", "a whole number"),
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
    (":c", Word.CARD, ""),
]


@pytest.mark.parametrize(("question", "text", "value"), ANSWERS)
def test_answer_is_read(shipped: KnowledgeBase, question: str, text: str, value: object) -> None:
    assert read_reply(shipped.questions[question], text, TODAY) == Said(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(("question", "text", "message"), UNCLEAR)
def test_unreadable_answer_says_what_was_expected(
    shipped: KnowledgeBase, question: str, text: str, message: str
) -> None:
    reply = read_reply(shipped.questions[question], text, TODAY)
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


def choices(knowledge: KnowledgeBase) -> list[Question]:
    return [q for q in knowledge.questions.values() if not q.is_number]


def test_what_is_shown_can_be_typed(shipped: KnowledgeBase) -> None:
    for question in choices(shipped):
        for answer in question.words:
            say = question.said(answer)
            for text in (say, say.upper(), f"{say}.", say.replace(",", "").replace(":", "")):
                assert read_reply(question, text) == Said(answer), (question.id, text)


def test_the_beginning_of_an_answer_is_that_answer_or_none(shipped: KnowledgeBase) -> None:
    taken = 0
    for question in choices(shipped):
        for answer in question.words:
            say = question.said(answer)
            for length in range(1, len(say)):
                reply = read_reply(question, say[:length])
                shown = {key for key in keys(question) if key == plain(say[:length])}
                if isinstance(reply, Said) and not shown:
                    begun = [w for w in question.words if begins(question.said(w), say[:length])]
                    assert reply.value in begun, (question.id, say[:length])
                    taken += reply.value == answer
    assert taken > 1000


def begins(say: str, text: str) -> bool:
    return plain(say).replace(",", "").startswith(plain(text).strip(" ,.:").replace(",", ""))


def test_a_no_means_the_answer_that_is_one(shipped: KnowledgeBase) -> None:
    for question in choices(shipped):
        for text in ("n", "no", "none"):
            reply = read_reply(question, text)
            if isinstance(reply, Said):
                said = question.said(reply.value).lower()
                assert said.startswith(("no", "neither")), question.id
                assert said != "not tried"


def test_a_no_is_no_age_and_no_day(shipped: KnowledgeBase) -> None:
    for question in (one for one in shipped.questions.values() if one.is_number):
        if not re.search(r"\b(?:old|ago|which year)\b", question.ask, re.IGNORECASE):
            continue
        for text in ("none", "no", "nothing", "never"):
            assert isinstance(read_reply(question, text, TODAY), Unclear), (question.id, text)


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
