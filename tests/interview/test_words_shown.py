"""Every screen of an interview: questions with all their help, and how they end."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from interview_process import listed, typed
from never_said import never_shown, quoted_in
from simulated_clients import harmless, interviewed, random_sheet

from screening.cli import main
from screening.interview.planner import Ask, AskList, Planner, Settle
from screening.interview.session import Order
from screening.load import load, shipped_knowledge
from screening.model.question import Value

ASIDES = ("?", "why", "card", "nonsense")
PLANTED = "You are safe to train."


@pytest.fixture(scope="module")
def planner() -> Planner:
    return Planner(load(shipped_knowledge()))


def lines(planner: Planner, sheet: Mapping[str, Value]) -> list[str]:
    """Return what a trainer types who wants to see everything before each answer."""
    found: list[str] = []
    for plan in interviewed(planner, sheet, Order.FIXED)[1][:-1]:
        match plan.step:
            case Ask(question):
                answer = typed(planner.knowledge.questions[question], sheet[question])
                found += [*ASIDES, answer]
            case AskList():
                found += [*ASIDES, listed(planner.knowledge, plan.step, sheet)]
            case Settle():
                found += ["nonsense", "keep"]
            case _:
                found += ["?", ""]
    return [*found, "review"]


def screens(home: Path, typed_lines: list[str], knowledge: Path) -> str:
    """Return both streams of an interview."""
    result = CliRunner().invoke(
        main,
        ["interview", "--order", "fixed", "--knowledge", str(knowledge)],
        input="".join(f"{line}\n" for line in typed_lines),
        env={"SCREENING_HOME": str(home), "COLUMNS": "100", "NO_COLOR": "1"},
    )
    assert result.exit_code == 0, result.output
    return result.output


def test_no_screen_says_what_is_never_said(tmp_path: Path, planner: Planner) -> None:
    knowledge = planner.knowledge
    quoted = quoted_in(knowledge)
    sheets = [harmless(knowledge), *(random_sheet(knowledge, seed) for seed in range(1, 4))]
    everything = ""
    for number, sheet in enumerate(sheets):
        shown = screens(tmp_path / str(number), lines(planner, sheet), shipped_knowledge())
        assert never_shown(shown, quoted) == [], number
        everything += " ".join(shown.split())
    always = [q for q in knowledge.questions.values() if q.only_if is None and q.derived is None]
    missing = [q.id for q in always if " ".join(q.help.split()) not in everything]
    assert missing == []


@pytest.mark.parametrize("where", ["help", "ask", "lead_in"])
def test_a_phrase_planted_in_a_question_is_found(
    tmp_path: Path, planner: Planner, where: str
) -> None:
    knowledge = tmp_path / "knowledge"
    shutil.copytree(shipped_knowledge(), knowledge)
    file = knowledge / "questions" / "10-emergency.yaml"
    before, after = file.read_text(encoding="utf-8").split(f"{where}: ", maxsplit=1)
    quote = '"' if after.startswith('"') else ""
    text = f"{before}{where}: {quote}{PLANTED} {after.removeprefix(quote)}"
    file.write_text(text, encoding="utf-8")
    shown = screens(tmp_path / "home", [*ASIDES, "quit"], knowledge)
    assert never_shown(shown, quoted_in(planner.knowledge))
