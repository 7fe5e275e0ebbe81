"""Drafts are whole or untouched, theirs alone, and never taken for answers to other wordings."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from clients import random_sheet
from hypothesis import given
from hypothesis import strategies as st

from screening.diagnostics import Code
from screening.errors import BadInputError, BusyCaseError, UnknownTargetError
from screening.interview.draft import Draft, Store, cases, path_of, question_digest, read, save
from screening.interview.lock import locked
from screening.interview.session import Answered, Kept, Listed, Order, Session, Skipped, Unsure
from screening.model.knowledge import KnowledgeBase
from screening.model.words import Unknown

SESSION = Session(
    (
        Answered("chest", "no"),
        Unsure("saddle", Unknown.DONT_KNOW),
        Answered("saddle", Unknown.DECLINED),
        Answered("age", 40),
        Skipped("cancer"),
        Listed(("plank",), ("zumba",), more=True),
        Kept("confirm-constant"),
    ),
    Order.FIXED,
    "anna",
)


def reworded(knowledge: KnowledgeBase, **asks: str) -> KnowledgeBase:
    questions = dict(knowledge.questions)
    for name, ask in asks.items():
        questions[name] = replace(questions[name], ask=ask)
    return replace(knowledge, questions=questions, digest="other")


def test_a_draft_comes_back_as_it_was(tmp_path: Path, shipped: KnowledgeBase) -> None:
    save(tmp_path, Draft("anna", SESSION), shipped)
    resumed = read(tmp_path, "anna", shipped)
    assert resumed.draft == Draft("anna", SESSION)
    assert (resumed.stale, resumed.changed) == ((), False)


@given(seed=st.integers(0, 999))
def test_any_answers_come_back(
    tmp_path_factory: pytest.TempPathFactory, shipped: KnowledgeBase, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("drafts")
    entries = (Answered(n, v) for n, v in random_sheet(shipped, seed).items())
    session = Session(tuple(entries), client="Ånna 🦴")
    save(folder, Draft("x", session), shipped)
    assert read(folder, "x", shipped).draft.session == session


def test_folder_and_file_are_the_owners_alone(tmp_path: Path, shipped: KnowledgeBase) -> None:
    path = save(tmp_path / "home" / "drafts", Draft("anna", SESSION), shipped)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [p.name for p in path.parent.iterdir()] == ["anna.json"]


def test_a_write_that_fails_leaves_the_old_draft(
    tmp_path: Path, shipped: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path, Draft("anna", SESSION), shipped)
    store.keep(SESSION)
    before = path_of(tmp_path, "anna").read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.keep(SESSION.add(Answered("tearing", "no")))
    assert path_of(tmp_path, "anna").read_bytes() == before
    assert cases(tmp_path) == ("anna",)
    assert len(list(tmp_path.iterdir())) == 1


def test_answer_to_another_wording_is_set_aside_and_said(
    tmp_path: Path, shipped: KnowledgeBase
) -> None:
    save(tmp_path, Draft("anna", SESSION), shipped)
    resumed = read(tmp_path, "anna", reworded(shipped, chest="Any chest trouble?"))
    assert [d.code for d in resumed.stale] == [Code.stale_answer]
    assert "Chest pain" in resumed.stale[0].message
    assert "No" in resumed.stale[0].message
    assert resumed.changed
    assert "chest" not in resumed.draft.session.answers()
    assert resumed.draft.session.answers()["age"] == 40
    assert len(resumed.draft.set_aside) == 1


def test_set_aside_answers_stay_in_the_draft(tmp_path: Path, shipped: KnowledgeBase) -> None:
    save(tmp_path, Draft("anna", SESSION), shipped)
    other = reworded(shipped, chest="Any chest trouble?")
    save(tmp_path, read(tmp_path, "anna", other).draft, other)
    again = read(tmp_path, "anna", other)
    assert again.stale == ()
    assert len(again.draft.set_aside) == 1


def test_stale_answer_does_not_uncover_an_older_one(
    tmp_path: Path, shipped: KnowledgeBase
) -> None:
    old = reworded(shipped, chest="Old wording?")
    session = Session((Answered("chest", "no"), Answered("chest", "yes")))
    path = save(tmp_path, Draft("anna", session), shipped)
    tree = json.loads(path.read_text("utf-8"))
    tree["entries"][1]["asked"] = question_digest(old.questions["chest"])
    path.write_text(json.dumps(tree), encoding="utf-8")
    resumed = read(tmp_path, "anna", shipped)
    assert resumed.draft.session.entries == ()
    assert "Yes" in resumed.stale[0].message


def test_question_and_exercise_that_are_gone_are_said(
    tmp_path: Path, shipped: KnowledgeBase
) -> None:
    save(tmp_path, Draft("anna", SESSION), shipped)
    questions = {k: v for k, v in shipped.questions.items() if k != "age"}
    exercises = {k: v for k, v in shipped.exercises.items() if k != "plank"}
    resumed = read(
        tmp_path, "anna", replace(shipped, questions=questions, exercises=exercises, digest="x")
    )
    assert {d.code for d in resumed.stale} == {Code.stale_answer}
    assert len(resumed.stale) == 2
    assert resumed.draft.session.wants_programme


def test_digest_follows_everything_an_answer_can_mean(shipped: KnowledgeBase) -> None:
    question = shipped.questions["age"]
    digests = {
        question_digest(q)
        for q in (
            question,
            replace(question, ask="Age?"),
            replace(question, high=99),
            replace(question, unit="months"),
        )
    }
    assert len(digests) == 4
    assert question_digest(replace(question, help="New help.")) == question_digest(question)


DAMAGE = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe{}",
    b'{"format": "draft/2"}',
    b"[" * 100_000,
    b'{"format": "draft/1", "case": "anna", "entries": 3}',
    b'{"format": "draft/1", "case": "anna", "entries": [{"answer": "chest"}]}',
    b'{"format": "draft/1", "case": "anna", "entries": [{"answer": "age", "value": 1.5}]}',
    b'{"format": "draft/1", "case": "anna", "entries": [], "order": "odd"}',
    b'{"format": "draft/1", "case": "other", "entries": []}',
]


@pytest.mark.parametrize("raw", DAMAGE, ids=range(len(DAMAGE)))
def test_damaged_draft_is_said_and_left_alone(
    tmp_path: Path, shipped: KnowledgeBase, raw: bytes
) -> None:
    path_of(tmp_path, "anna").write_bytes(raw)
    with pytest.raises(BadInputError) as caught:
        read(tmp_path, "anna", shipped)
    assert [d.code for d in caught.value.diagnostics] == [Code.damaged_draft]
    assert path_of(tmp_path, "anna").read_bytes() == raw


def test_answer_the_question_does_not_take_is_damage(
    tmp_path: Path, shipped: KnowledgeBase
) -> None:
    path = save(tmp_path, Draft("anna", SESSION), shipped)
    path.write_text(path.read_text("utf-8").replace('"value": 40', '"value": 4000'), "utf-8")
    with pytest.raises(BadInputError, match="has no answer `4000`"):
        read(tmp_path, "anna", shipped)


def test_every_cut_of_a_draft_is_damage_not_a_crash(
    tmp_path: Path, shipped: KnowledgeBase
) -> None:
    path = save(tmp_path, Draft("anna", SESSION), shipped)
    raw = path.read_bytes()
    for end in range(0, len(raw) - 2, 7):
        path.write_bytes(raw[:end])
        with pytest.raises(BadInputError):
            read(tmp_path, "anna", shipped)


@pytest.mark.parametrize("name", ["bert", "../anna", "", "a" * 10_000, "anna.json", "\x00"])
def test_unknown_case_lists_those_there_are(
    tmp_path: Path, shipped: KnowledgeBase, name: str
) -> None:
    save(tmp_path, Draft("anna", SESSION), shipped)
    with pytest.raises(UnknownTargetError, match="saved cases: anna") as caught:
        read(tmp_path, name, shipped)
    assert len(str(caught.value)) < 500


def test_a_case_is_locked_against_a_second_interview(tmp_path: Path) -> None:
    with locked(tmp_path, "anna"), pytest.raises(BusyCaseError, match="anna"):  # noqa: SIM117
        with locked(tmp_path, "anna"):
            pass
    with locked(tmp_path, "anna"):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("left", ["", "not a number", "0", "99999999999", str(2**22 + 1)])
def test_lock_of_a_process_that_is_gone_is_taken_over(tmp_path: Path, left: str) -> None:
    (tmp_path / "anna.lock").write_text(left, encoding="ascii")
    with locked(tmp_path, "anna"):
        assert (tmp_path / "anna.lock").read_text("ascii") == str(os.getpid())
