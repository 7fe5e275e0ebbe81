"""`screening knowledge figures`: the sheets it writes, and the folders it leaves alone."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from screening.cli import main

TINY = "figures: {odd: {shows: [plank], end: {lean: 80}}}\n"


def typed(*words: object) -> Result:
    return CliRunner().invoke(main, ["knowledge", *map(str, words)])


def test_sheets_with_and_without_names_are_written(tmp_path: Path) -> None:
    folder = tmp_path / "figures"
    found = typed("figures", "-o", folder)
    assert found.exit_code == 0, found.output
    assert "Begin with" in found.stdout
    assert "No figure: 3 exercises of sessions: abdominal brace" in found.stdout
    named = (folder / "figures.html").read_text("utf-8")
    unnamed = (folder / "unnamed.html").read_text("utf-8")
    assert "Bird dog" in named
    assert "ird dog" not in unnamed
    assert named.count("<svg") == unnamed.count("<svg") == len(list(folder.glob("*.svg")))
    assert "Bird dog" in (folder / "answers.html").read_text("utf-8")


def test_earlier_sheets_are_written_again_and_what_is_gone_goes(tmp_path: Path) -> None:
    folder = tmp_path / "figures"
    assert typed("figures", "-o", folder).exit_code == 0
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    (folder / "gone.svg").write_text("<svg/>", "utf-8")
    assert typed("figures", "-o", folder).exit_code == 0
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_a_slot_that_loses_its_figures_is_said(tmp_path: Path) -> None:
    own = tmp_path / "own"
    assert typed("init", own).exit_code == 0
    file = own / "figures" / "exercises.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("shows: [pelvic_tilt]", "shows: [burpee]"), "utf-8")
    found = typed("figures", "-o", tmp_path / "figures", "--knowledge", own)
    assert found.exit_code == 0, found.output
    thin = "Fewer than 2 drawn choices: RF, home, flexion_sensitive. Not drawn: pelvic_tilt"
    assert thin in found.stdout


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.svg").write_text("mine", "utf-8")
    found = typed("figures", "-o", tmp_path)
    assert found.exit_code == 2
    assert "is not empty and holds no figures" in found.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["mine.svg"]


def test_a_figure_that_no_body_can_be_in_is_an_error_of_check(tmp_path: Path) -> None:
    own = tmp_path / "own"
    assert typed("init", own).exit_code == 0
    (own / "figures" / "more.yaml").write_text(TINY, "utf-8")
    found = typed("check", "--knowledge", own)
    assert found.exit_code == 1
    assert "impossible_figure: `odd`: end: it would fall" in found.output
