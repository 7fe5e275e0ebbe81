"""Answers to older questions are taken as what they stand for, or asked again, and it is said."""

from __future__ import annotations

from pathlib import Path

import knowledge_base as tiny
import pytest

from screening.diagnostics import Code
from screening.errors import BadInputError
from screening.load import load, load_intake, read_intake
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Unknown

GOOD = """\
renamed:
  - {question: dead, answer: yes, now: [numb is new_or_worse, bend is provokes], why: Split.}
  - {question: dead, answer: no, why: It hid one of them.}
  - {question: bend, answer: hurts, now: [bend is provokes], why: Another word.}
"""
WRONG = (
    (GOOD.replace("bend is provokes], why: Split", "bendd is provokes], why: Split"), Code.dangling_question, 2, "`bendd`"),  # noqa: E501
    (GOOD.replace("bend is provokes], why: Split", "bend is hurting], why: Split"), Code.dangling_answer, 2, "`hurting`"),  # noqa: E501
    (GOOD.replace("bend is provokes], why: Split", "bend hurts], why: Split"), Code.bad_phrase, 2, "`bend hurts`"),  # noqa: E501
    (GOOD.replace("dead, answer: no", "dead, answer: yes"), Code.duplicate_id, 3, "said twice"),
    (GOOD.replace("answer: hurts", "answer: relieves"), Code.duplicate_id, 4, "still takes `relieves`"),  # noqa: E501
    (GOOD.replace(", why: It hid one of them.", ""), Code.missing_key, 3, "`why`"),
    (GOOD.replace("renamed:", "rename:"), Code.unknown_key, 1, "`rename`"),
    ("called:\n  - {of: question, was: numb, now: bend}\n", Code.duplicate_id, 2, "still a question `numb`"),  # noqa: E501
    ("called:\n  - {of: question, was: old, now: bendd}\n", Code.dangling_question, 2, "`bendd`"),
    ("called:\n  - {of: exercise, was: old, now: squatt}\n", Code.dangling_target, 2, "`squatt`"),
    ("called:\n  - {of: exercise, was: old}\n  - {of: exercise, was: old}\n", Code.duplicate_id, 3, "said twice"),  # noqa: E501
)  # fmt: skip


def renaming(root: Path) -> KnowledgeBase:
    return load(tiny.write(root, {**tiny.FILES, "renamed.yaml": GOOD}))


@pytest.mark.parametrize(("text", "code", "line", "says"), WRONG)
def test_a_wrong_line_is_named_at_its_place(
    text: str, code: Code, line: int, says: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInputError) as caught:
        load(tiny.write(tmp_path, {**tiny.FILES, "renamed.yaml": text}))
    found = [d for d in caught.value.diagnostics if d.code is code]
    assert any(says in d.message and d.at.line == line for d in found)


@pytest.mark.parametrize(
    ("answers", "taken", "said"),
    [
        ("dead: yes", {"numb": "new_or_worse", "bend": "provokes"}, "`numb: new_or_worse` and"),
        ("dead: no", {}, "counts for nothing"),
        ("dead: declined", {"numb": Unknown.DECLINED}, "`numb: declined`"),
        ("bend: hurts", {"bend": "provokes"}, "`bend: provokes`"),
        ("bend: provokes", {"bend": "provokes"}, None),
    ],
)
def test_an_old_answer_is_taken_as_what_it_stands_for_and_said(
    answers: str, taken: dict[str, object], said: str | None, tmp_path: Path
) -> None:
    case = read_intake(f"answers: {{{answers}}}\n".encode(), "in", renaming(tmp_path))
    assert case.answers == taken
    assert [d.code for d in case.dated] == ([] if said is None else [Code.renamed_answer])
    assert said is None or said in case.dated[0].message
    assert set(case.places) == set(taken)


@pytest.mark.parametrize(
    ("answers", "code", "says"),
    [
        ("dead: maybe", Code.dangling_answer, "`dead` had no answer `maybe`"),
        ("dead: yes, numb: no", Code.duplicate_key, "`dead` stands for `numb`"),
        ("numb: no, dead: yes", Code.duplicate_key, "`dead` stands for `numb`"),
        ("bend: hurt", Code.dangling_answer, "`bend` has no answer `hurt`"),
        ("ded: yes", Code.dangling_question, "no question `ded`"),
    ],
)
def test_what_no_question_ever_took_is_refused(
    answers: str, code: Code, says: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInputError) as caught:
        read_intake(f"answers: {{{answers}}}\n".encode(), "in", renaming(tmp_path))
    assert [(d.code, says in d.message) for d in caught.value.diagnostics] == [(code, True)]


def test_what_became_of_answers_is_part_of_the_digest(tmp_path: Path) -> None:
    plain = load(tiny.write(tmp_path / "plain"))
    assert renaming(tmp_path / "renaming").digest != plain.digest


def test_every_old_yes_of_the_shipped_knowledge_still_counts_or_is_open(
    shipped: KnowledgeBase, tmp_path: Path
) -> None:
    assert shipped.renamed
    for old in shipped.renamed:
        file = tmp_path / f"{old.question}-{old.answer}.yaml"
        file.write_text(f"answers: {{{old.question}: {old.answer}}}\n", encoding="utf-8")
        case = load_intake(file, shipped)
        assert {
            name: getattr(said, "value", said) for name, said in case.answers.items()
        } == old.now
        assert [d.code for d in case.dated] == [Code.renamed_answer]


OLD_GATES = """
answers:
  past_health: no
  leg_trouble: yes
  leg_weak: older_stable
  other_changes: dont_know
  bone: yes
  thoracic: none
  side: flank
"""


def test_gates_that_are_gone_stand_for_each_thing_they_named(shipped: KnowledgeBase) -> None:
    case = read_intake(OLD_GATES.encode(), "in", shipped)
    elsewhere = ("belly", "weight", "shape", "groin_sign")
    assert case.answers == {
        **dict.fromkeys(("cancer", "simple_break", "steroids", "back_operation"), "no"),
        "brittle_bones": "yes",
        "leg_weak": "older_stable",
        **dict.fromkeys(elsewhere, Unknown.DONT_KNOW),
        "between_blades": "no",
        "band": "no",
        "flank": "yes",
        "tracks": "no",
    }


@pytest.mark.parametrize(
    ("answers", "taken"),
    [
        ("past_health: no, cancer: yes", "yes"),
        ("cancer: yes, past_health: no", "yes"),
        ("past_health: dont_know, cancer: no", "no"),
        ("past_health: no, cancer: no", "no"),
        ("past_health: yes, cancer: no", "no"),
    ],
)
def test_what_is_said_of_a_question_by_itself_counts(
    answers: str, taken: str, shipped: KnowledgeBase
) -> None:
    case = read_intake(f"answers: {{{answers}}}\n".encode(), "in", shipped)
    assert case.answers["cancer"] == taken
    assert "`cancer" not in case.dated[0].message


def test_a_yes_beside_a_newer_no_is_refused(shipped: KnowledgeBase) -> None:
    for answers in ("bone: yes, brittle_bones: no", "thoracic: band, band: no"):
        with pytest.raises(BadInputError):
            read_intake(f"answers: {{{answers}}}\n".encode(), "in", shipped)


@pytest.mark.parametrize("said", ["[none]", "none", "[confused]", "confused", "dont_know"])
def test_a_list_may_have_the_name_of_a_question_that_is_gone(
    said: str, shipped: KnowledgeBase
) -> None:
    case = read_intake(f"answers: {{very_unwell: {said}}}\n".encode(), "in", shipped)
    assert set(case.answers) == set(shipped.tick_lists["very_unwell"].items)
    assert not case.dated
    assert (case.answers["confused"] == "yes") is ("confused" in said)


@pytest.mark.parametrize(("written", "word"), [("true", "yes"), ("False", "no")])
def test_an_older_question_takes_true_and_false_as_yes_and_no(
    written: str, word: str, shipped: KnowledgeBase
) -> None:
    older = [name for name, old in shipped.renamed_answers.items() if word in old]
    assert "leg_trouble" in older
    for name in older:
        said, plain = (
            read_intake(f"answers: {{{name}: {one}}}\n".encode(), "in", shipped)
            for one in (written, word)
        )
        assert said.answers == plain.answers
