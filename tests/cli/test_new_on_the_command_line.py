"""`knowledge new` and `knowledge init` on the command line: piped, left, taken up again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from knowledge_base import FILES, INTAKE, write
from prompted import prompted

from screening.cli import main

RULE = ["Easy after a cramp", "", "cramp is yes", "", "offer_category", "easy", "", "", "Because."]
REST = ["", "BOOK", "", "expert", "n", "2999-01-01", "y", "n", "o", "t"]
NAME = "rules/t/easy-after-a-cramp.yaml"


def run(*arguments: str | Path, lines: list[str] | None = None) -> tuple[int, str, str]:
    given = "".join(f"{line}\n" for line in lines or [])
    result = CliRunner().invoke(main, ["knowledge", *map(str, arguments)], input=given)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write(tmp_path / "base")


def test_a_rule_is_written_checked_and_shown_with_what_it_changes(base: Path) -> None:
    code, out, err = run("new", "--knowledge", base, lines=RULE + REST)
    assert code == 0
    assert "EASY AFTER A CRAMP" in out
    assert "Of 1 case of the library, 0 would be concluded otherwise." in out
    assert f"{base / NAME} written" in err
    assert run("check", "--knowledge", base)[0] == 0
    assert run("test", "easy-after-a-cramp", "--knowledge", base)[0] == 0
    assert run("format", "--check", base / NAME)[0] == 0
    assert not (base / ".drafts").exists()


def test_who_writes_a_rule_is_on_record_with_it(base: Path) -> None:
    assert run("new", "--author", "A. Ito", "--knowledge", base, lines=RULE + REST)[0] == 0
    assert "author: A. Ito\n" in (base / NAME).read_text("utf-8")
    assert run("format", "--check", base / NAME)[0] == 0
    assert "Written by  A. Ito" in run("show", "easy-after-a-cramp", "--knowledge", base)[1]
    by = ("review", "easy-after-a-cramp", "--by", "ito", "--yes")
    assert "own_review" in run(*by, "--knowledge", base)[2]


def test_leaving_keeps_the_answers_and_resuming_goes_on(base: Path) -> None:
    code, _, err = run("new", "--knowledge", base, lines=RULE)
    assert code == 2
    assert "--resume" in err
    assert run("check", "--knowledge", base)[0] == 0  # the draft is no knowledge
    code, _, err = run("new", "--resume", "--knowledge", base, lines=REST)
    assert code == 0
    assert (base / NAME).exists()


def test_a_draft_is_offered_at_the_keyboard(base: Path) -> None:
    run("new", "--knowledge", base, lines=RULE)
    words = ["knowledge", "new", "--knowledge", str(base)]
    code, shown = prompted(words, [("[y/N]: ", "y"), ("Tell the client", "\x03")], {})
    assert "Go on with the draft “Easy after a cramp”?" in shown
    assert "Because (one sentence): Because." in " ".join(shown.split())
    assert (code, "error" in shown) == (2, False)


def test_an_answer_is_taken_back(base: Path) -> None:
    lines = [*RULE[:-1], "Wrong.", "<", RULE[-1], *REST]
    assert run("new", "--knowledge", base, lines=lines)[0] == 0
    assert "because: Because.\n" in (base / NAME).read_text("utf-8")


def test_a_draft_of_other_knowledge_is_not_taken_up(base: Path) -> None:
    run("new", "--knowledge", base, lines=RULE)
    write(base, {"groups.yaml": FILES["groups.yaml"] + "# changed\n"})
    code, _, err = run("new", "--resume", "--knowledge", base, lines=[])
    assert code == 2
    assert "Nothing is written." in err


def test_shipped_knowledge_is_never_written_to() -> None:
    code, _, err = run("new", lines=RULE + REST)
    assert code == 2
    assert "screening knowledge init" in err


def test_a_question_an_exercise_and_a_source_are_listed(base: Path) -> None:
    question = ["10-first", "stairs", "Stairs?", "stairs", "choice", "No", "Up", "Down", "", "no"]
    always = ["n", "", "", "", ""]  # no reason to refer, no help, always asked, last
    assert run("new", "question", "--knowledge", base, lines=[*question, *always])[0] == 1
    plain = [*[""] * 8, *["1"] * 7, "", ""]  # nothing else said, no verdict on the one pattern
    exercise = ["all", "Knee bend", "Wall sit", "", "", "easy", *plain]
    assert run("new", "exercise", "--knowledge", base, lines=exercise)[0] == 1
    source = ["NEW24", "A new book", "2024", "book", "full", "", ""]
    assert run("new", "source", "--knowledge", base, lines=source)[0] == 1
    sources = (base / "sources.yaml").read_text("utf-8").splitlines()
    assert sources[-5:] == [
        "  - key: NEW24",
        "    citation: A new book",
        "    year: 2024",
        "    kind: book",
        "    read: full",
    ]
    written = (base / "questions/10-first.yaml").read_text("utf-8")
    assert "  - id: stairs\n    ask: Stairs?\n" in written
    assert "      - {id: down, say: Down}\n    harmless: no\n" in written
    assert "  - id: wall_sit\n    name: Wall sit\n    category: easy\n" in (
        base / "exercises/all.yaml"
    ).read_text("utf-8")
    code, _, err = run("check", "--knowledge", base)
    assert (code, err.count("unused_question"), err.count("error")) == (1, 1, 0)


def test_a_source_under_a_key_that_exists_is_asked_again(base: Path) -> None:
    lines = ["BOOK", "NEW24", "A new book", "2024", "book", "full", "", ""]
    code, _, err = run("new", "source", "--knowledge", base, lines=lines)
    assert (code, "duplicate_id" in err) == (0, False)
    assert "`BOOK` exists: A book. Another key, please." in err


def test_a_range_that_is_none_is_asked_again(base: Path) -> None:
    lines = ["10-first", "pace", "Pace?", "pace", "number", "10", "5", "20", "km", "99", "12", "n"]
    code, _, err = run("new", "question", "--knowledge", base, lines=[*lines, *[""] * 4])
    assert (code, "bad_number" in err) == (1, False)  # 1: no rule asks about it yet
    assert "A whole number from 11 to 1000000 is needed." in err
    assert "A whole number from 10 to 20 is needed." in err


def test_an_arrow_key_is_not_written_into_a_rule(base: Path) -> None:
    lines = [*RULE[:-1], "Becuase\x1b[D.", RULE[-1], *REST]
    code, _, err = run("new", "--knowledge", base, lines=lines)
    assert code == 0
    assert "It holds a control character, which no file may; once more, please." in err


def test_the_list_of_what_can_be_noticed_says_what_each_finding_is(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    assert run("init", copy)[0] == 0
    err = run("new", "--knowledge", copy, lines=["A rule", "", "?"])[2]
    assert re.search(r"flexion_sensitive +bending/sitting-sensitive\n", err)


def test_a_question_mark_is_not_a_text(base: Path) -> None:
    code, _, err = run("new", "--knowledge", base, lines=["?", *RULE, *REST])
    assert code == 0
    assert "There is no list for this: your own words are asked for." in err


def test_a_screening_one_disagrees_with_begins_a_rule(base: Path, tmp_path: Path) -> None:
    intake = tmp_path / "intake.yaml"
    intake.write_text(INTAKE, "utf-8")
    options = ("--knowledge", base, "--from", intake, "--expect", "avoid jump")
    lines = ["No jumps", "", "pain >= 3", "", "", "Because.", *REST]
    code, _, err = run("new", *options, lines=lines)
    assert code == 0, err
    assert "Expected: avoid jump. Concluded: not avoided." in err
    assert "The nearest case that stays as it is: stiff-client, A stiff client" in err
    assert "pain >= 3" in err
    assert "then: {avoid: jump, strength: soft}\n" in (base / "rules/t/no-jumps.yaml").read_text(
        "utf-8"
    )
    assert run("new", *options, lines=[])[1:] == (
        "",
        "Nothing is written: that is concluded already: avoided, soft (no-jumps).\n",
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--from", "stiff-client"), "go together"),
        (("--from", "stiff-client", "--expect", ""), "go together"),
        (("--from", "nobody.yaml", "--expect", "avoid jump"), "missing_file"),
        (("--from", "stiff-client", "--expect", "avoid jumps"), "did you mean `jump`?"),
        (("--from", "stiff-client", "--expect", "hop"), "nothing that can be expected"),
    ],
)
def test_what_cannot_be_begun_with_is_said(
    base: Path, options: tuple[str, ...], said: str
) -> None:
    code, _, err = run("new", "--knowledge", base, *options)
    assert code == 2
    assert said in err


@pytest.mark.parametrize("start", ["shipped", "empty"])
def test_a_new_knowledge_base_passes_its_check(tmp_path: Path, start: str) -> None:
    folder = tmp_path / "mine"
    assert run("init", folder, "--from", start)[0] == 0
    assert run("check", "--knowledge", folder)[0] == 0
    assert run("format", "--check", "--knowledge", folder)[0] == 0
    assert run("init", folder)[0] == 2
