"""The life of a rule on the command line: reviewed, active, edited, overdue, retired."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from knowledge_base import FILES, write

from screening.check import check
from screening.check.reviews import GRACE
from screening.cli import main
from screening.diagnostics import Severity
from screening.load import load, shipped_knowledge

RULE = "numb-now"
FILE = "rules/t/numb-now.yaml"
ITO = "A. Ito, physiotherapist"
NO_AUTHOR = "who wrote it is not on record; is it somebody else than the reviewer?"
KILLING = """\
  - {name: New, given: {numb: new_or_worse}, expect: fires, refers: emergency}
  - {name: Not known, given: {numb: dont_know}, expect: silent, refers: same_day}
"""
FLAGGED = """\
flags:
  - {flag: Newly numb, when: numb is new_or_worse, refer: emergency, by: [numb-now]}
"""
PROMISE = """\
invariants:
  - id: no-squat
    title: No exercise is suggested to a client with cramp
    because: A promise that no rule keeps.
    never: [{what}]
"""
OURS, ELSEWHERE = "numb is new_or_worse", "an exercise is suggested, cramp is yes"


def run(*arguments: str | Path, given: str = "") -> tuple[int, str]:
    result = CliRunner().invoke(main, ["knowledge", *map(str, arguments)], input=given)
    return result.exit_code, result.stderr


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path / "home"))
    old = "  - {name: New, given: {numb: new_or_worse}, expect: fires}\n"
    assert old in FILES[FILE]
    root = write(tmp_path / "base", {**FILES, FILE: FILES[FILE].replace(old, KILLING)})
    run("format", "--knowledge", root)
    return root


@pytest.fixture
def reviewed(base: Path) -> Path:
    assert run("review", RULE, "--by", ITO, "--yes", "--knowledge", base) == (
        0,
        f"{NO_AUTHOR}\n{base / FILE}: reviewed by {ITO}, due {_in_a_year()}\n",
    )
    return base


def _today() -> datetime.date:
    return datetime.datetime.now(tz=datetime.timezone.utc).date()


def _in_a_year() -> datetime.date:
    return _today() + datetime.timedelta(days=365)


def text(base: Path) -> str:
    return (base / FILE).read_text("utf-8")


def test_a_review_changes_two_lines_and_counts(base: Path) -> None:
    before = text(base).splitlines()
    run("review", RULE, "--by", ITO, "--yes", "--knowledge", base)
    after = text(base).splitlines()
    changed = [line.split(":")[0] for line, old in zip(after, before, strict=True) if line != old]
    assert changed == ["status", "review"]
    assert load(base).rules[RULE].reviewed
    assert run("format", "--check", "--knowledge", base)[0] == 0


def test_only_a_confirmed_reading_counts(base: Path) -> None:
    before = text(base)
    options = ("review", RULE, "--by", ITO, "--knowledge", base)
    assert run(*options, given="n\n")[0] == 1
    assert text(base) == before
    assert run(*options, given="y\n")[0] == 0
    assert load(base).rules[RULE].reviewed


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("because: It is new.", "because: It is quite new.", "unseen_words"),
        ("title: Newly numb", "title: Numb of late", "unseen_words"),
        ("tell: Newly numb.", "tell: I am numb.", "unseen_words"),
        ("when: numb is new_or_worse", "when: numb is older_stable", "unseen_logic"),
        ("treat_as: same_day", "treat_as: emergency", "unseen_logic"),
        ("refer: emergency", "refer: same_day", "unseen_logic"),
        ("because: It is new.", "because: It  is\n  new.", None),
        ("name: Not known", "name: Not known at all", None),
    ],
)
def test_editing_the_logic_or_the_words_drops_the_review(
    reviewed: Path, old: str, new: str, code: str | None
) -> None:
    assert old in text(reviewed)
    write(reviewed, {FILE: text(reviewed).replace(old, new)})
    knowledge = load(reviewed)
    assert knowledge.rules[RULE].reviewed is (code is None)
    found = {one.code.name: one for one in check(knowledge, _today())}
    assert found.keys() & {"unseen_logic", "unseen_words"} >= ({code} if code else set())
    if code is not None:
        assert found[code].severity is Severity.WARNING


def test_a_name_without_the_logic_it_saw_does_not_count(base: Path) -> None:
    written = text(base).replace("status: draft", "status: reviewed")
    write(base, {FILE: written.replace("2027-11-01}", f'2027-11-01, by: "{ITO}"}}')})
    knowledge = load(base)
    assert not knowledge.rules[RULE].reviewed
    assert "unseen_logic" in {one.code.name for one in check(knowledge, _today())}


def test_only_a_reviewed_rule_becomes_active(base: Path) -> None:
    code, said = run("activate", RULE, "--knowledge", base)
    assert (code, "no clinician has reviewed" in said) == (2, True)
    run("review", RULE, "--by", ITO, "--yes", "--knowledge", base)
    assert run("activate", RULE, "--knowledge", base)[0] == 0
    assert "status: active\n" in text(base)
    run("review", RULE, "--by", "clinician", "--yes", "--knowledge", base)
    assert "status: active\n" in text(base)


def test_a_broken_rule_is_not_reviewed(base: Path) -> None:
    write(base, {FILE: text(base).replace("expect: silent", "expect: fires")})
    code, said = run("review", RULE, "--by", ITO, "--yes", "--knowledge", base)
    assert code == 1
    assert "missing_example" in said or "failed_example" in said
    assert "status: draft\n" in text(base)


def test_a_rule_nobody_read_a_source_of_is_not_reviewed(base: Path) -> None:
    write(base, {"sources.yaml": FILES["sources.yaml"].replace("full", "unverified")})
    code, said = run("review", RULE, "--by", ITO, "--yes", "--knowledge", base)
    assert (code, "has been read itself" in said) == (1, True)


def test_a_rule_whose_examples_miss_a_mistake_is_not_reviewed(base: Path) -> None:
    write(base, {FILE: text(base).replace(", refers: same_day", "")})
    code, said = run("review", RULE, "--by", ITO, "--yes", "--knowledge", base)
    assert (code, "no example or case shows this mistake: unknown" in said) == (1, True)
    assert "status: draft\n" in text(base)


def test_a_rule_of_knowledge_that_breaks_a_promise_is_not_reviewed(base: Path) -> None:
    write(base, {"safety.yaml": PROMISE.format(what=OURS)})
    code, said = run("review", RULE, "--by", ITO, "--yes", "--knowledge", base)
    assert (code, "`no-squat` does not hold" in said) == (1, True)
    assert "status: draft\n" in text(base)


def test_a_broken_promise_that_a_rule_takes_no_part_in_is_said_and_stops_nothing(
    base: Path,
) -> None:
    write(base, {"safety.yaml": PROMISE.format(what=ELSEWHERE)})
    code, said = run("review", RULE, "--by", ITO, "--yes", "--knowledge", base)
    assert (code, "takes no part in it: `no-squat`" in said) == (0, True)
    assert load(base).rules[RULE].reviewed


def test_nothing_is_signed_while_findings_rest_on_themselves(base: Path) -> None:
    rule = "rules/t/stiff-supported.yaml"
    write(base, {rule: FILES[rule].replace("    - not: pain > 7\n", "    - stiff\n")})
    code, said = run("review", RULE, "--by", ITO, "--yes", "--knowledge", base)
    assert (code, "circular_finding" in said) == (1, True)
    assert "status: draft\n" in text(base)


def test_an_error_elsewhere_stops_no_review(base: Path) -> None:
    questions = "questions/10-first.yaml"
    spare = '  - {id: eye, ask: "Eye?", short: eye, kind: yes_no}\n  - id: fall\n'
    write(base, {questions: FILES[questions].replace("  - id: fall\n", spare)})
    assert run("check", "--knowledge", base)[0] == 1
    assert run("review", RULE, "--by", ITO, "--yes", "--knowledge", base)[0] == 0


def test_an_overdue_rule_can_be_reviewed_again(base: Path) -> None:
    write(base, {FILE: text(base).replace("due: 2027-11-01", "due: 2020-11-01")})
    assert run("check", "--knowledge", base)[0] == 1
    assert run("review", RULE, "--by", ITO, "--yes", "--knowledge", base)[0] == 0
    assert run("check", "--knowledge", base)[0] == 0


def test_a_retired_rule_is_neither_reviewed_nor_active(reviewed: Path) -> None:
    assert run("retire", RULE, "--reason", "Old.", "--knowledge", reviewed)[0] == 0
    before = text(reviewed)
    for command in (("review", RULE, "--by", ITO, "--yes"), ("activate", RULE)):
        code, said = run(*command, "--knowledge", reviewed)
        assert (code, "is retired" in said) == (2, True)
    assert text(reviewed) == before


def test_one_source_that_was_read_is_enough(base: Path) -> None:
    more = "  - {key: HEARD, citation: Heard of, kind: book, read: second_hand}\n"
    heard = "evidence: [{source: HEARD, grade: expert}, "
    write(base, {"sources.yaml": FILES["sources.yaml"] + more})
    write(base, {FILE: text(base).replace("evidence: [", heard)})
    assert run("review", RULE, "--by", ITO, "--yes", "--knowledge", base)[0] == 0


def test_a_rule_that_a_case_expects_otherwise_is_not_reviewed(base: Path) -> None:
    case = "cases/stiff-client.yaml"
    expected = FILES[case].replace("[stiff-supported, easy", "[numb-now, stiff-supported, easy")
    write(base, {case: expected.replace("  not_rules: [numb-now]\n", "")})
    code, said = run("review", RULE, "--by", ITO, "--yes", "--knowledge", base)
    assert (code, "failed_case" in said) == (1, True)


def test_a_rule_edited_since_its_review_does_not_become_active(reviewed: Path) -> None:
    write(reviewed, {FILE: text(reviewed).replace("treat_as: same_day", "treat_as: emergency")})
    code, said = run("activate", RULE, "--knowledge", reviewed)
    assert (code, "as it is" in said) == (2, True)
    assert "status: reviewed\n" in text(reviewed)


def test_a_retired_rule_says_why_and_never_fires(base: Path) -> None:
    reason = "Its question, too."
    assert run("retire", RULE, "--reason", reason, "--knowledge", base)[0] == 0
    assert f"status: retired\nretired: {reason}\n" in text(base)
    knowledge = load(base)
    assert RULE not in {rule.id for rule in knowledge.live_rules}
    assert knowledge.rules[RULE].retired == reason
    write(base, {FILE: text(base).replace(f"retired: {reason}\n", "")})
    assert "missing_reason" in {one.code.name for one in check(load(base), _today())}


def test_an_overdue_review_warns_and_then_fails(base: Path) -> None:
    knowledge, due = load(base, library=True), datetime.date(2027, 11, 1)
    day = datetime.timedelta(days=1)
    for today, severity in (
        (due, None),
        (due + day, Severity.WARNING),
        (due + GRACE, Severity.WARNING),
        (due + GRACE + day, Severity.ERROR),
    ):
        found = [one for one in check(knowledge, today) if one.code.name == "overdue_review"]
        assert {one.severity for one in found} == ({severity} if severity else set()), today


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("review", "numb-nov", "--by", ITO), "did you mean `numb-now`?"),
        (("review", "squat.provokes", "--by", ITO), "with a file of its own"),
        (("review", RULE, "--by", " "), "needs a reviewer"),
        (("review", RULE, "--by", "A.\x1b[D Ito"), "control character (U+001B)"),
        (("retire", RULE, "--reason", "Old\x07."), "control character (U+0007)"),
        (("review", RULE, "--by", ITO, "--due", "2020-01-01"), "a day to come"),
        (("retire", RULE, "--reason", " "), "needs a sentence"),
    ],
)
def test_bad_usage_is_said(base: Path, arguments: tuple[str, ...], said: str) -> None:
    code, heard = run(*arguments, "--knowledge", base)
    assert code == 2
    assert said in heard


def test_shipped_rules_are_reviewed_by_nobody() -> None:
    assert not any(rule.review.by for rule in load(shipped_knowledge()).rules.values())
    assert run("review", RULE, "--by", ITO, "--yes")[0] == 2


def test_several_rules_or_a_topic_are_signed_at_once_each_shown(base: Path) -> None:
    result = CliRunner().invoke(
        main, ["knowledge", "review", "t", "--by", "ito", "--yes", "--knowledge", str(base)]
    )
    assert "2 of 3: numb-now" in result.stderr
    assert "NEWLY NUMB" in result.stdout
    assert "question numb: what is asked " in result.stdout
    assert f"{base / FILE}: reviewed by {ITO}" in result.stderr
    assert result.exit_code == 1  # others of the topic are not in order, and are named
    assert "no example or case shows this mistake" in result.stderr
    signed = {rule.id for rule in load(base).rules.values() if rule.review.by == "ito"}
    assert signed == {RULE}


def test_who_wrote_a_rule_does_not_sign_it(base: Path) -> None:
    write(base, {FILE: text(base).replace("because:", "author: a. ito\nbecause:")})
    code, said = run("review", RULE, "--by", "ito", "--yes", "--knowledge", base)
    assert (code, "own_review: A. Ito wrote `numb-now`" in said) == (1, True)
    assert run("review", RULE, "--by", "clinician", "--yes", "--knowledge", base)[0] == 0
    assert (
        NO_AUTHOR not in run("review", RULE, "--by", "clinician", "--yes", "--knowledge", base)[1]
    )


def test_only_people_on_record_sign(base: Path) -> None:
    (base / "reviewers.yaml").unlink()
    options = ("review", RULE, "--by", "x", "--yes", "--knowledge", base)
    assert "nobody is on record who may review" in run(*options)[1]
    person = ("--name", "X. Yi", "--profession", "nurse", "--registration", "Register 7")
    assert "needs `--name` and `--profession`" in run("reviewer", "x", "--knowledge", base)[1]
    assert "is no id" in run("reviewer", "X", *person, "--knowledge", base)[1]
    assert "may review from today" in run("reviewer", "x", *person, "--knowledge", base)[1]
    assert "already" in run("reviewer", "x", *person, "--knowledge", base)[1]
    assert run(*options)[0] == 0
    listed = CliRunner().invoke(main, ["knowledge", "reviewer", "--knowledge", str(base)])
    assert f"x: X. Yi, nurse (Register 7), since {_today()}, 1 rule\n" in listed.stdout
    assert "expected one of: x" in run("review", RULE, "--by", "xx", "--knowledge", base)[1]
    assert run("format", "--check", "--knowledge", base)[0] == 0


def test_the_shipped_knowledge_invents_no_reviewer() -> None:
    assert load(shipped_knowledge()).reviewers == {}
    listed = CliRunner().invoke(main, ["knowledge", "reviewer"])
    assert listed.stdout == "nobody is on record who may review\n"
