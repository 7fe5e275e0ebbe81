# ruff: noqa: E501 - a table: one row, one line
"""A signature does not survive a trick: whatever was signed and changed is named by `check`."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from knowledge_base import FILES, write

from screening.check import check
from screening.cli import main
from screening.load import load
from screening.model.expr import asked_in, named_questions
from screening.model.knowledge import KnowledgeBase
from screening.model.seen_part import SeenPart, changed_parts, digests
from screening.model.what_is_seen import seen
from screening.scaffold.lifecycle import Signature, sign

NUMB = "rules/t/numb-now.yaml"
STIFF = "rules/t/stiff-supported.yaml"
EASY = "rules/t/easy-when-stiff.yaml"
QUESTIONS = "questions/10-first.yaml"
TODAY = datetime.date(2026, 5, 1)
REGION = """\
regions:
  - id: here
    title: Here
    words: [{say: Go now., instead: Carry on.}]
"""
ITO = """name: A. Ito
    profession: physiotherapist
    registration: Register of tests, 2
    since: 2025-01-01"""


class Edit(NamedTuple):
    """One text in one file replaced; a file that is not there is written."""

    file: str
    old: str
    new: str


RECORD = "reviews/stiff-supported.yaml"
TRICKS: dict[str, tuple[str, tuple[Edit, ...], str]] = {
    # each of these was let pass once
    "the question is reversed": (
        NUMB, (Edit(QUESTIONS, '"Numb?"', '"All well?"'),), "question numb: what is asked"),
    "what to say on arrival is softened": (
        NUMB, (Edit(NUMB, "Newly numb.", "A note."),), "rule numb-now: what to say on arrival"),
    "what the client is told is softened": (
        STIFF, (Edit(STIFF, "Both hurt you.", "No worry."),), "rule stiff-supported: what the cli"),
    "a rule beneath needs less": (
        EASY, (Edit(STIFF, "at least 2", "at least 1"),), "stiff-supported, beneath it: logic"),
    "anybody signs": (STIFF, (Edit(STIFF, "by: ito", "by: x"),), "by x, who is not in `review"),
    "the author signs": (
        STIFF, (Edit(STIFF, "say: Both", "author: A. ITO\nsay: Both"),), "by ito, who wrote it"),
    # and these
    "the reviewer is struck off": (
        STIFF, (Edit("reviewers.yaml", "id: ito", "id: itto"),), "by ito, who is not in `reviewe"),
    "the reviewer comes later": (
        STIFF, (Edit("reviewers.yaml", ITO, f"{ITO[:-10]}2026-05-02"),), "since 2026-05-02 only"),
    "who wrote it is taken out": (
        STIFF, (Edit(STIFF, "author: B. Other\n", ""),), "who wrote it (gone)"),
    "the digest of the words is taken out": (
        STIFF, (Edit(STIFF, ", words: ", ", x: "),), "but only its own logic"),
    "the record is edited with the rule": (
        STIFF,
        (Edit(STIFF, "because: Both", "because: None"), Edit(RECORD, "says: Both hurt.", "says: None hurt.")),
        "is not what was signed"),
    "the record is taken away": (
        STIFF,
        (Edit(STIFF, "because: Both", "because: None"), Edit(RECORD, "rule: stiff-supported", "rule: numb-now")),
        "`reviews/stiff-supported.yaml` is missing"),
    "help is added to the question": (
        NUMB, (Edit(QUESTIONS, '"Numb?"', '"Numb?", help: Say no'),), "question numb: its help (new)"),
    "an answer says another thing": (
        STIFF, (Edit(QUESTIONS, "say: Big", "say: Small"),), "question fall: answer big"),
    "a question is asked of others": (
        STIFF, (Edit(QUESTIONS, "only_if: cramp is yes", "only_if: cramp is no"),), "calf: logic"),
    "words before the questions": (
        NUMB, (Edit(QUESTIONS, "title: First\n", "title: First\nlead_in: No.\n"),), "topic first: what"),
    "the level says to wait": (
        NUMB, (Edit("referrals.yaml", "act: Go now.", "act: Wait."),), "level emergency: what to do"),
    "all exercise stays": (
        NUMB, (Edit("referrals.yaml", "act: Go now., exercise: None", "act: Go now., exercise: All"),),
        "level emergency: what exercise is left"),
    "the level of unknown answers says to wait": (
        NUMB, (Edit("referrals.yaml", "Go today.", "Wait."),), "level same_day: what to do"),
    "the hospital is somebody else": (
        NUMB, (Edit("referrals.yaml", "a hospital", "a friend"),), "target hospital: title"),
    "one country says another thing": (
        NUMB, (Edit("regions.yaml", "", REGION),), "region here: instead of “Go now.” (new)"),
    "the source is another": (
        STIFF, (Edit("sources.yaml", "A book", "A blog"),), "source BOOK: as cited"),
    "nobody read the source": (
        STIFF, (Edit("sources.yaml", "read: full", "read: abstract"),), "source BOOK: what was read"),
    "the evidence gets a better grade": (
        STIFF, (Edit(STIFF, "grade: expert", "grade: guideline"),), "rule stiff-supported: source 1"),
    "the reason is another": (EASY, (Edit(EASY, "It is easy.", "Fun."),), "easy-when-stiff: because"),
    "the advice is reversed": (
        STIFF, (Edit("advice.yaml", "Keep moving.", "Lie down."),), "advice keep-moving: what is said"),
    "the finding is called otherwise": (
        STIFF, (Edit("findings.yaml", "title: stiff", "title: fine"),), "finding stiff: title"),
    "a question beneath is reversed": (
        EASY, (Edit(QUESTIONS, "ask: Bending", "ask: Lying"),), "question bend: what is asked"),
    "the dose of what is offered is more": (
        EASY, (Edit("categories.yaml", "A little.", "A lot."),), "category easy: logic"),
    "what is offered counts as light no more": (
        EASY, (Edit("categories.yaml", "    light: yes\n", ""),), "category easy: logic"),
    "the clearance lets more start": (
        EASY, (Edit("clearances.yaml", "meanwhile: Walk.", "meanwhile: All."),), "ask_first: what may"),
}  # fmt: skip


def signed(root: Path, file: str) -> None:
    """Have a rule signed, without what comes before."""
    knowledge = load(root, library=True)
    rule = knowledge.rules[Path(file).stem]
    by = Signature(knowledge.reviewers["ito"], TODAY, datetime.date(2027, 11, 1))
    sign(root, knowledge, rule, by)


def edited(root: Path, edits: tuple[Edit, ...]) -> None:
    """Make the edits; each old text stands there once."""
    for one in edits:
        path = root / one.file
        text = path.read_text("utf-8") if path.exists() else ""
        assert one.old in text, one
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text.replace(one.old, one.new, 1) if text else one.new, "utf-8")


def warned(root: Path, file: str) -> list[str]:
    """Return what `check` says of the review of a rule."""
    found = check(load(root, library=True), TODAY)
    return [one.message for one in found if f"`{Path(file).stem}` was reviewed" in one.message]


@pytest.fixture
def base(tmp_path: Path) -> Path:
    old = "review: {due: 2027-11-01, by: clinician"
    rule = FILES[STIFF].replace(old, f"author: B. Other\n{old}")
    return write(tmp_path, {**FILES, STIFF: rule})


@pytest.mark.parametrize("trick", TRICKS)
def test_a_trick_is_named_and_the_review_counts_no_more(base: Path, trick: str) -> None:
    file, edits, said = TRICKS[trick]
    if trick == "the author signs":
        edited(base, (Edit(STIFF, "author: B. Other\n", ""),))
    signed(base, file)
    name = Path(file).stem
    assert warned(base, file) == []
    assert load(base).rules[name].reviewed
    if trick == "the digest of the words is taken out":
        edits = (Edit(STIFF, f", words: {load(base).rules[name].review.words}", ""),)
    edited(base, edits)
    assert any(said in one for one in warned(base, file)), warned(base, file)
    assert not load(base).rules[name].reviewed


def test_what_changed_is_shown_with_both_texts(base: Path) -> None:
    signed(base, NUMB)
    edited(base, TRICKS["the question is reversed"][1])
    told = CliRunner().invoke(main, ["knowledge", "show", "numb-now", "--knowledge", str(base)])
    shown = " ".join(told.stdout.split())
    assert "saw it on 2026-05-01" in shown
    assert "question numb: what is asked; was “Numb?”; now “All well?”" in shown


def test_a_review_of_the_logic_alone_still_counts_for_what_it_is(base: Path) -> None:
    words = load(base).rules["stiff-supported"].review.words
    old = f"logic: {load(base).rules['stiff-supported'].review.logic}, words: {words}"
    edited(base, (Edit(STIFF, old, "logic: 9b4417d3d48365f7"),))
    assert load(base).rules["stiff-supported"].reviewed
    (said,) = warned(base, STIFF)
    assert "only its own logic" in said
    told = CliRunner().invoke(
        main, ["knowledge", "show", "stiff-supported", "--knowledge", str(base)]
    )
    assert "(its logic alone)" in told.stdout


def test_the_record_holds_what_was_seen_and_lays_out_as_every_file(base: Path) -> None:
    signed(base, EASY)
    knowledge = load(base, library=True)
    rule = knowledge.rules["easy-when-stiff"]
    kept = knowledge.records[rule.id].saw
    assert digests(kept) == (rule.review.logic, rule.review.words)
    assert changed_parts(kept, seen(knowledge, rule)) == ()
    for command in (("format", "--check"), ("check",)):
        done = CliRunner().invoke(main, ["knowledge", *command, "--knowledge", str(base)])
        stale = [line for line in done.output.splitlines() if "reviews/" in line]
        assert stale == []


PARTS = st.builds(SeenPart, st.sampled_from("ab"), st.sampled_from(("logic", "x")), st.text("ab "))


@given(
    st.lists(PARTS, unique_by=lambda one: one[:2]), st.lists(PARTS, unique_by=lambda one: one[:2])
)
def test_digests_differ_where_and_only_where_a_part_does(
    before: list[SeenPart], after: list[SeenPart]
) -> None:
    changed = changed_parts(before, after)
    one, other = digests(before), digests(after)
    assert (one.logic != other.logic) is any(part.of_logic for part in changed)
    assert (one.words != other.words) is any(not part.of_logic for part in changed)


def test_what_decides_whether_a_question_is_asked_is_signed_too(shipped: KnowledgeBase) -> None:
    for rule in shipped.written_rules[::10]:
        about = {one.about for one in seen(shipped, rule)}
        for name in asked_in(rule.when, shipped.members):
            question = shipped.questions[name]
            gates = () if question.only_if is None else named_questions(question.only_if)
            sums = [one.id for one in shipped.summing_questions if name in one.sums_up]
            assert {f"question {gate}" for gate in (name, *gates, *sums)} <= about
