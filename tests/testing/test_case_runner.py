"""A case passes only when all it expects is concluded; what it expects wrongly is named."""

from __future__ import annotations

from pathlib import Path

import knowledge_base as tiny
import pytest

from screening.assess import Assessor
from screening.errors import DisagreementError
from screening.load import load
from screening.model.case import Outcome
from screening.model.rule import Head
from screening.model.vocabularies import Truth
from screening.render.case_page import case_page
from screening.render.table import text
from screening.testing.run_cases import run_cases, try_case

CASE = "cases/stiff-client.yaml"
MUST = "must: [recommend easy, avoid squat, keep walk, find stiff, advise keep-moving]"
REST = "harmless_rest: all"

# what is expected or answered instead, what the one message must say, and where it must point
WRONG = (
    ("{at_most: monitor}", "{is: routine}", "should refer routine; found: none", 10),
    ("{at_most: monitor}", "{at_least: same_day}", "should refer at least same_day", 10),
    ("[stiff is supported]", "[stiff is confirmed]",
     "should find stiff is confirmed; found: stiff found supported (stiff-supported)", 11),
    (MUST, "must: [avoid easy]", "should avoid easy; found: not avoided", 12),
    (MUST, "must: [modify walk]", "should modify walk; found: verdict keep", 12),
    ("must_not: [modify squat,", "must_not: [avoid squat is hard,",
     "should not avoid squat is hard; found: avoided, hard", 13),
    ("must_not: [modify squat,", "must_not: [recommend easy,",
     "should not recommend easy; found: recommended (easy-when-stiff)", 13),
    ("find stiff is confirmed]", "find stiff]", "should not find stiff", 13),
    ("find stiff is confirmed]", "advise keep-moving]", "should not advise keep-moving", 13),
    ("rules: [stiff-supported, easy-when-stiff]", "rules: [numb-now]",
     "should fire `numb-now`; found: silent", 14),
    ("not_rules: [numb-now]", "not_rules: [stiff-supported]",
     "should not fire `stiff-supported`; found: fires", 15),
)  # fmt: skip


def planted(root: Path, *edits: tuple[str, str]) -> Path:
    """Write the minimal knowledge with its case edited."""
    case = tiny.FILES[CASE]
    for old, new in edits:
        assert case.count(old) == 1 or old == "rules: [stiff-supported, easy-when-stiff]"
        case = case.replace(old, new)
    return tiny.write(root, {**tiny.FILES, CASE: case})


def messages(root: Path) -> list[str]:
    return [failure.message for failure in run_cases(load(root, library=True)).failed]


def test_good_case_passes(tmp_path: Path) -> None:
    tested = run_cases(load(tiny.write(tmp_path), library=True))
    assert (tested.run, tested.failed) == (1, ())


@pytest.mark.parametrize(("old", "new", "said", "line"), WRONG, ids=lambda part: str(part)[:50])
def test_wrong_expectation_is_named_at_its_place(
    old: str, new: str, said: str, line: int, tmp_path: Path
) -> None:
    (failure,) = run_cases(load(planted(tmp_path, (old, new)), library=True)).failed
    assert said in failure.message
    assert failure.message.startswith("`stiff-client` should")
    assert failure.at.path.endswith(CASE)
    assert failure.at.line == line


def test_only_the_named_case_is_run(tmp_path: Path) -> None:
    knowledge = load(tiny.write(tmp_path), library=True)
    assert run_cases(knowledge, "stiff-client").run == 1
    assert run_cases(knowledge, "numb-now").run == 0


def test_what_the_source_does_not_report_stays_unasked(tmp_path: Path) -> None:
    root = planted(tmp_path, (REST + "\n", ""))
    knowledge = load(root, library=True)
    tried = try_case(Assessor(knowledge), knowledge.cases["stiff-client"])
    assert tried.harmless == {}
    assert set(tried.concluded.case.answers) == {"bend", "sit", "cramp"}
    assert any("should fire `stiff-supported`; found: undecided" in m for m in messages(root))


def test_harmless_rest_reaches_only_the_levels_it_names(tmp_path: Path) -> None:
    knowledge = load(planted(tmp_path, (REST, "harmless_rest: same_day")), library=True)
    tried = try_case(Assessor(knowledge), knowledge.cases["stiff-client"])
    assert tried.harmless == {"numb": "no"}  # the only question that can raise it so far


def test_what_only_an_open_question_holds_back_breaks_must_not(tmp_path: Path) -> None:
    root = planted(
        tmp_path,
        (REST + "\n", ""),
        ("assumed: {cramp: yes}", "assumed: {cramp: yes, pain: 2}"),
        ("must_not: [modify squat,", "must_not: [recommend easy,"),
    )
    held = "found: held back by questions not answered (numb-now)"
    assert f"`stiff-client` should not recommend easy; {held}" in messages(root)
    assert f"`stiff-client` should recommend easy; {held}" in messages(root)


def test_disagreement_of_the_engines_is_not_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    knowledge = load(tiny.write(tmp_path), library=True)
    assessor = Assessor(knowledge)
    right = assessor.engine.conclude

    def wrong(answers: dict[str, object]) -> Outcome:
        outcome = right(answers)  # type: ignore[arg-type]
        return Outcome({**outcome.heads, Head("numb-now"): Truth.TRUE}, outcome.findings)

    monkeypatch.setattr(assessor.engine, "conclude", wrong)
    with pytest.raises(DisagreementError):
        try_case(assessor, knowledge.cases["stiff-client"])


def test_page_marks_what_was_assumed_and_what_failed(tmp_path: Path) -> None:
    knowledge = load(planted(tmp_path, ("{at_most: monitor}", "{is: routine}")), library=True)
    tried = try_case(Assessor(knowledge), knowledge.cases["stiff-client"])
    page = text(case_page(tried, knowledge), 100)
    rows = {line.split("  ")[0]: line.split()[-1] for line in page.splitlines() if line}
    assert (rows["bending"], rows["sitting"], rows["a cramp"]) == (
        "reported",
        "reported",
        "assumed",
    )
    assert f"Assumed to be harmless, {len(tried.harmless)} more:" in page
    assert all(name in page for name in tried.harmless)
    assert "should refer routine; found: none" in page


OPEN = (  # reported facts only: an emergency question is open, the pattern is found
    (REST + "\n", ""),
    ("assumed: {cramp: yes}", "assumed: {cramp: yes, pain: 2}"),
)
MUST_NOT = "must_not: [modify squat, keep squat, find stiff is confirmed]"


def broken_must_nots(root: Path) -> list[str]:
    return [message for message in messages(root) if "should not" in message]


def test_only_an_exercise_that_would_be_kept_breaks_must_not_keep(tmp_path: Path) -> None:
    assert broken_must_nots(planted(tmp_path, *OPEN)) == []  # squat would be avoided
    (said,) = broken_must_nots(planted(tmp_path, *OPEN, (MUST_NOT, "must_not: [keep walk]")))
    assert said.startswith("`stiff-client` should not keep walk; found: held back")


def test_a_category_that_open_questions_hold_back_is_not_avoided(tmp_path: Path) -> None:
    root = planted(
        tmp_path, (REST + "\n", ""), ("must_not: [modify squat,", "must_not: [avoid easy,")
    )
    assert not any("avoid easy" in message for message in messages(root))


def test_what_a_referral_withholds_does_not_break_must_not(tmp_path: Path) -> None:
    numb = ("assumed: {cramp: yes}", "assumed: {cramp: yes, numb: new_or_worse}")
    root = planted(tmp_path, numb, (MUST_NOT, "must_not: [recommend easy, keep walk]"))
    assert broken_must_nots(root) == ["`stiff-client` should not fire `numb-now`; found: fires"]
    assert "`stiff-client` should refer at most monitor; found: emergency (numb-now)" in messages(
        root
    )
    assert "`stiff-client` should recommend easy; found: withheld (numb-now)" in messages(root)


def test_what_is_avoided_anyway_does_not_break_must_not(tmp_path: Path) -> None:
    root = planted(tmp_path, *OPEN, (MUST_NOT, "must_not: [recommend easy]"))
    assert len(broken_must_nots(root)) == 1
    rule = root / "rules/t/easy-when-stiff.yaml"
    avoids = "  - {keep: programme}\n  - {avoid: easy, strength: soft}\n"
    rule.write_text(rule.read_text("utf-8").replace("  - {keep: programme}\n", avoids), "utf-8")
    assert broken_must_nots(root) == []


def test_one_pattern_of_several_is_enough(tmp_path: Path) -> None:
    root = planted(tmp_path, ("[stiff is supported]", "[stiff is confirmed, stiff]"))
    assert messages(root) == []
