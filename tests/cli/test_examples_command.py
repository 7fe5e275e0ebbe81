"""`knowledge examples`: who is not tested yet, and what an author says of them is written."""

from __future__ import annotations

import os
import pty
import select
import sys
import time
from pathlib import Path

import knowledge_base as tiny
import pytest
from click.testing import CliRunner
from prompted import PATIENCE, ROOT, prompted

from screening.cli import main
from screening.load import load
from screening.model.rule import Example
from screening.model.vocabularies import Level, Truth, Unknown

NUMB = "rules/t/numb-now.yaml"
ASK, NAME = "q quit > ", ") > "
NEW = "numbness: in the last 14 days"

SOFT = """\
id: bend-hurts
title: Bending hurts
status: draft
when: bend is provokes
then: {avoid: jump, strength: soft}
because: It hurts.
evidence: [{source: BOOK, grade: guideline}]
review: {due: 2027-11-01}
examples:
  - {name: Hurts, given: {bend: provokes}, expect: fires}
  - {name: Does not, given: {bend: no_effect}, expect: silent}
  - {name: Eases, given: {bend: relieves}, expect: silent}
  - {name: Not tried, given: {bend: not_tried}, expect: silent}
  - {name: Not asked, given: {}, expect: undecided}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tiny.write(tmp_path / "k")


def run(root: Path | None, rule: str = "numb-now") -> tuple[int, str, str]:
    words = ["knowledge", "examples", rule]
    words += [] if root is None else ["--knowledge", str(root)]
    result = CliRunner().invoke(main, words)
    return result.exit_code, result.stdout, result.stderr


def asked(root: Path, *answers: tuple[str, str], rule: str = "numb-now") -> tuple[int, str]:
    words = ["knowledge", "examples", rule, "--knowledge", str(root)]
    return prompted(words, list(answers), {"SCREENING_HOME": str(root.parent / "home")})


def added(root: Path, rule: str = "numb-now") -> list[Example]:
    """Return the examples that were written to a rule."""
    return list(load(root).rules[rule].examples[3:])


def test_without_a_terminal_the_clients_are_shown_and_nothing_is_written(root: Path) -> None:
    before = (root / NUMB).read_bytes()
    code, out, _ = run(root)
    assert code == 0
    assert out.splitlines() == [
        "- numbness: don't know; the rest not asked (silent today, refers same_day)",
        f"- {NEW}, or getting worse; the rest not asked (fires today, refers emergency)",
    ]
    assert (root / NUMB).read_bytes() == before


def test_a_rule_that_does_not_exist_is_named(root: Path) -> None:
    code, out, err = run(root, "numb-know")
    assert (code, out) == (2, "")
    assert "no rule `numb-know` with examples; did you mean `numb-now`?" in err


def test_a_cell_of_the_catalogue_has_no_examples(root: Path) -> None:
    code, _, err = run(root, "jump.stiff")
    assert code == 2
    assert "the rules of the catalogue are tested by cases" in err


def test_each_client_is_asked_about_in_the_words_of_the_interview(root: Path) -> None:
    code, shown = asked(root, (ASK, "q"))
    assert code == 0
    said = " ".join(shown.split())
    assert "Numb? don't know Everything else is not asked yet." in said
    assert f"0 written to {root / NUMB}" in said


def test_an_answer_becomes_an_example_in_canonical_text(root: Path) -> None:
    CliRunner().invoke(main, ["knowledge", "format", str(root / NUMB)])
    code, shown = asked(root, (ASK, "n"), (NAME, ""), (ASK, "y"), (NAME, "Since Monday"))
    assert code == 0
    assert "It refers same_day today; the example says so too." in " ".join(shown.split())
    assert f"2 written to {root / NUMB}" in " ".join(shown.split())
    assert added(root) == [
        Example(
            "Numbness not known", {"numb": Unknown.DONT_KNOW}, Truth.FALSE, refers=Level.SAME_DAY
        ),
        Example("Since Monday", {"numb": "new_or_worse"}, Truth.TRUE, refers=Level.EMERGENCY),
    ]
    check = CliRunner().invoke(main, ["knowledge", "format", "--check", str(root / NUMB)])
    assert check.exit_code == 0
    assert (
        run(root)[1] == "Every small mistake in `numb-now` is noticed by its examples and cases.\n"
    )


def test_a_mistake_no_example_can_notice_says_which_case_would(root: Path) -> None:
    (root / "rules/t/bend-hurts.yaml").write_text(SOFT)
    assert run(root, "bend-hurts")[1] == (
        "No example notices avoid jump hard for avoid jump soft. Killed by a case that fires the "
        "rule, with `must: [avoid jump]`, `must_not: [avoid jump is hard]`.\n"
    )
    words = ["review", "bend-hurts", "--by", "A. Ito, physiotherapist", "--knowledge", str(root)]
    help_ = CliRunner().invoke(main, ["knowledge", *words]).stderr
    assert "`screening knowledge examples bend-hurts` says which case would" in help_


def test_an_answer_other_than_todays_is_written_and_said(root: Path) -> None:
    _, shown = asked(root, (ASK, "y"), (NAME, "Unsure"), (ASK, "q"))
    said = " ".join(shown.split())
    assert "Today the rule stays silent. The example is written all the same;" in said
    assert added(root) == [Example("Unsure", {"numb": Unknown.DONT_KNOW}, Truth.TRUE)]
    words = ["knowledge", "test", "numb-now", "--knowledge", str(root)]
    assert CliRunner().invoke(main, words).exit_code == 1


def test_a_client_can_be_skipped_and_an_answer_taken_back(root: Path) -> None:
    asked(root, (ASK, "n"), (NAME, "Wrong"), (ASK, "b"), (ASK, "s"), (ASK, "y"), (NAME, "Right"))
    assert [example.name for example in added(root)] == ["Right"]


def test_anything_else_is_asked_again(root: Path) -> None:
    _, shown = asked(root, (ASK, "perhaps"), (ASK, ""), (ASK, "q"))
    assert " ".join(shown.split()).count("Answer with y, n, u, s, b or q.") == 2
    assert added(root) == []


@pytest.mark.parametrize("at", [ASK, NAME])
@pytest.mark.parametrize("key", [b"\x03", b"\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_leaving_keeps_what_was_said(at: str, key: bytes, root: Path) -> None:
    steps = [(ASK, b"n\n"), (NAME, b"Unsure\n")]
    steps += [(ASK, b"y\n"), (NAME, key)] if at == NAME else [(ASK, key)]
    code, shown = pressed(root, steps)
    assert code == 0, shown
    assert [example.name for example in added(root)] == ["Unsure"]


def test_a_closed_terminal_keeps_what_was_said(root: Path) -> None:
    pressed(root, [(ASK, b"n\n"), (NAME, b"Unsure\n"), (ASK, b"")])
    assert [example.name for example in added(root)] == ["Unsure"]


def pressed(root: Path, steps: list[tuple[str, bytes]]) -> tuple[int, str]:
    """Press keys at prompts, without Enter; where there are none, close the terminal."""
    pid, terminal = pty.fork()
    if not pid:
        words = ["knowledge", "examples", "numb-now", "--knowledge", str(root)]
        home = {"SCREENING_HOME": str(root.parent / "home")}
        command = [sys.executable, str(ROOT / "cli.py"), *words]
        os.execve(sys.executable, command, {**os.environ, **home})  # noqa: S606
    shown, seen = "", 0
    for prompt, keys in steps:
        while (place := shown.find(prompt, seen)) < 0:
            shown += more(terminal)
        seen = place + len(prompt)
        time.sleep(0.1)  # the terminal must be listening
        if keys:
            os.write(terminal, keys)
    if steps[-1][1]:
        while text := more(terminal):
            shown += text
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown


def more(terminal: int) -> str:
    ready, _, _ = select.select([terminal], [], [], PATIENCE)
    try:
        return os.read(terminal, 65536).decode(errors="replace") if ready else ""
    except OSError:
        return ""


def test_a_shipped_rule_has_no_client_left_to_ask_about() -> None:
    code, out, _ = run(None, "likes-walking")
    assert (code, out.count("is noticed by its examples")) == (0, 1)
