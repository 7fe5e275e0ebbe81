"""A session, a letter, a sheet and an explanation of a row are those of the same intake."""

from __future__ import annotations

from pathlib import Path

import pytest
from batch_command import screening, written

from screening.load import load, shipped_knowledge

COLUMNS = "ignore: [squad]\n"
ASKED = {
    "leg_pain": "numb", "leg_pain_worst": 3, "duration_weeks": 8, "course": "same",
    "bend_forward": "provokes",
}  # fmt: skip


@pytest.fixture
def table(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A table, its map, and an intake that says what its second row says."""
    knowledge = load(shipped_knowledge())
    harmless = {q.id: q.harmless for q in knowledge.questions.values() if q.derived is None}
    answers = {**harmless, "leg_weaker": "yes", **ASKED}
    for gone in ("quick_private", "quick_legs", "quick_ill", "quick_chest", "quick_health"):
        del answers[gone]
    names = ",".join(answers)
    said = ",".join(map(str, answers.values()))
    rows = f"client,{names},squad\na,{',' * len(answers)}red\nb,{said},blue\n"
    intake = "answers:\n" + "".join(f"  {name}: {value}\n" for name, value in answers.items())
    return (
        written(tmp_path, rows, "members.csv"),
        written(tmp_path, COLUMNS, "map.yaml"),
        written(tmp_path, intake, "members-row-2.yaml"),
    )


@pytest.mark.parametrize(
    "words",
    [
        ("session", "--format", "json"),
        ("letter",),
        ("sheet", "--for", "client"),
        ("explain", "--why", "leg-pain-six-weeks"),
    ],
    ids=lambda words: words[0],
)
def test_a_row_is_read_as_the_same_intake(
    table: tuple[Path, Path, Path], words: tuple[str, ...]
) -> None:
    members, map_file, intake = table
    of_intake = screening(words[0], intake, *words[1:])
    of_row = screening(words[0], members, "--row", "2", "--map", map_file, *words[1:])
    assert of_row.exit_code == of_intake.exit_code == 0, of_row.output
    assert of_row.stdout == of_intake.stdout.replace(str(intake), str(members))


@pytest.mark.parametrize("command", ["session", "letter", "sheet", "explain"])
def test_a_table_without_a_row_is_asked_for_one(
    table: tuple[Path, Path, Path], command: str
) -> None:
    result = screening(command, table[0])
    assert result.exit_code == 2
    assert "name one row of it with `--row N`" in result.stderr
