"""A thing is changed by being asked: Enter keeps, what it does is shown, a no writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from knowledge_base import FILES, write
from prompted import prompted

from screening.cli import main
from screening.load import load
from screening.write.whole_pack import PackTexts

PACK = Path(__file__).parents[1] / "packs" / "bicycle-fit"


def run(*arguments: str | Path, lines: list[str] | None = None) -> tuple[int, str]:
    given = "".join(f"{line}\n" for line in lines or [])
    result = CliRunner().invoke(main, ["knowledge", *map(str, arguments)], input=given)
    return result.exit_code, result.stderr


@pytest.fixture
def base(tmp_path: Path) -> Path:
    root = write(tmp_path / "base", FILES)
    run("format", "--knowledge", root)
    return root


@pytest.fixture
def riders(tmp_path: Path) -> Path:
    root = tmp_path / "riders"
    PackTexts(root, {}).root.mkdir()
    PackTexts(root, PackTexts.of(PACK).texts).put(PackTexts(root, {}))
    return root


KEPT = [""] * 40


@pytest.mark.parametrize(
    "name", ["numb-now", "cramp", "squat", "easy", "stiff", "keep-moving", "BOOK", "bouts"]
)
def test_enter_at_every_prompt_changes_nothing(name: str, base: Path) -> None:
    before = PackTexts.of(base)
    code, said = run("edit", name, "--knowledge", base, lines=KEPT)
    assert (code, "Nothing is changed." in said) == (0, True), said
    assert PackTexts.of(base) == before
    assert not (base / ".drafts").exists()


@pytest.mark.parametrize("name", ["saddle-low", "long_reach", "road_ride"])
def test_enter_at_every_prompt_changes_nothing_in_another_pack(name: str, riders: Path) -> None:
    before = PackTexts.of(riders)
    code, said = run("edit", name, "--knowledge", riders, lines=KEPT)
    assert (code, "Nothing is changed." in said) == (0, True), said
    assert PackTexts.of(riders) == before


def test_words_alone_are_said_to_conclude_nothing_else(base: Path) -> None:
    lines = ["Newly numb, so now", *KEPT[:9], "y"]
    code, said = run("edit", "numb-now", "--knowledge", base, lines=lines)
    assert (code, "Only words are changed" in said) == (0, True), said
    assert load(base).rules["numb-now"].title == "Newly numb, so now"


def test_what_it_means_is_shown_and_a_no_writes_nothing(riders: Path) -> None:
    before = PackTexts.of(riders)
    lines = [*KEPT[:5], "leave out time trial", "y", "hard", "", "", *KEPT[:5], "n"]
    _, said = run("edit", "ride-less", "--knowledge", riders, lines=lines)
    assert "= leave out an exercise: time trial. Is that meant?" in said
    assert "stricter: exercise time_trial" in said
    assert "would be concluded otherwise" in said
    assert PackTexts.of(riders) == before


def test_a_condition_is_changed_part_by_part_and_the_change_is_asked_about(base: Path) -> None:
    lines = ["", "cramp is yes", "", "", "", "not_met", *KEPT[:5]]
    code, said = run("edit", "numb-now", "--knowledge", base, lines=[*lines, "y", "y", "n", "n"])
    assert "Now: numb is new_or_worse" in said
    assert "this example fails" in said
    assert code in (0, 2)


def test_what_is_optional_is_taken_away_by_a_dash_and_needed_things_are_not(base: Path) -> None:
    lines = ["-", "Cramped?", *KEPT[:14], "y"]
    code, said = run("edit", "cramp", "--knowledge", base, lines=lines)
    assert "It is needed." in said
    assert code == 0
    assert load(base).questions["cramp"].ask == "Cramped?"


def test_leaving_keeps_the_answers_and_resuming_goes_on(base: Path) -> None:
    code, said = run("edit", "cramp", "--knowledge", base, lines=["Cramped?"])
    assert (code, "--resume" in said) == (2, True)
    assert load(base).questions["cramp"].ask == "Cramp?"
    code, said = run("edit", "cramp", "--resume", "--knowledge", base, lines=[*KEPT[:14], "y"])
    assert code == 0, said
    assert load(base).questions["cramp"].ask == "Cramped?"


def test_prompts_hold_no_link_of_a_page(base: Path) -> None:
    _, said = run("edit", "cramp", "--knowledge", base, lines=KEPT)
    assert "How long an answer counts (may stay empty): " in said
    assert "](" not in said


def test_back_takes_the_last_answer_back(base: Path) -> None:
    lines = ["Crampp?", "<", "Cramped?", *KEPT[:14], "y"]
    run("edit", "cramp", "--knowledge", base, lines=lines)
    assert load(base).questions["cramp"].ask == "Cramped?"


def test_ctrl_c_at_the_keyboard_writes_nothing(base: Path) -> None:
    words = ["knowledge", "edit", "keep-moving", "--knowledge", str(base)]
    code, shown = prompted(words, [(": ", "Go on."), (": ", "\x03")], {})
    assert (code, "error" in shown) == (2, False)
    assert load(base).advice["keep-moving"].text == "Keep moving."


def test_the_nearest_name_is_said_and_what_nobody_is_asked_for(base: Path) -> None:
    assert "did you mean `cramp`?" in run("edit", "crampp", "--knowledge", base)[1]
    assert "nobody is asked for this" in run("edit", "fall.big", "--knowledge", base)[1]
