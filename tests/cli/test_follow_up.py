"""`run` and `explain` of an intake that follows an earlier case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import typed
from kept_cases import make_store

from screening.app.history import LONGEST

FIRST, SECOND = "blue-bike-1.yaml", "blue-bike-2.yaml"


@pytest.fixture
def folder(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the pair of examples, and an empty place for saved cases."""
    for name in (FIRST, SECOND):
        (tmp_path / name).write_bytes((root / "docs" / "examples" / name).read_bytes())
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path / "home"))
    return tmp_path


def run(path: Path) -> dict[str, Any]:
    result = typed("run", str(path), "--format", "json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def follow(folder: Path, follows: str, name: str = "next.yaml") -> Path:
    """Write the second intake of the pair with another case to follow."""
    path = folder / name
    text = (folder / SECOND).read_text("utf-8")
    path.write_text(text.replace(f"follows: {FIRST}", f"follows: {follows}"), "utf-8")
    return path


def test_follow_up_says_what_becomes_of_each_offer(folder: Path) -> None:
    first, second = run(folder / FIRST), run(folder / SECOND)
    assert first["progress"] == []
    assert [one["category"] for one in second["progress"]] == [
        one["category"] for one in first["recommend"]
    ]
    assert {one["verdict"] for one in second["progress"]} == {"progress"}
    assert all(one["rules"] for one in second["progress"])
    assert second["status"] == "complete"


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_follow_up_is_shown_with_the_next_step(folder: Path, form: str) -> None:
    result = typed("run", str(folder / SECOND), "--format", form)
    assert "last time" in result.stdout.lower()
    assert "one step on" in result.stdout
    assert "last time" not in typed("run", str(folder / FIRST), "--format", form).stdout.lower()


def test_category_is_explained_with_what_becomes_of_it(folder: Path) -> None:
    result = typed("explain", str(folder / SECOND), "--why", "extension_direction")
    assert "since last time: progress" in result.stdout
    assert "clearly-better" in result.stdout


def test_explanation_shows_the_earlier_answer(folder: Path) -> None:
    result = typed("explain", str(folder / SECOND), "--why", "pain-three-or-less")
    assert "last time: 6 points" in " ".join(result.stdout.split())
    result = typed("explain", str(folder / SECOND), "--why", "walk-when-tolerated")
    assert "(from an earlier screening)" in " ".join(result.stdout.split())


def test_every_explanation_of_a_follow_up_can_be_given(folder: Path) -> None:
    for form in ("table", "json", "markdown"):
        for option in ("", "--full"):
            words = ["explain", str(folder / SECOND), "--format", form]
            assert typed(*words, *filter(None, [option])).exit_code == 0


def test_what_if_works_the_change_out_again(folder: Path) -> None:
    result = typed(
        "explain", str(folder / SECOND), "--what-if", "pain_worst=5", "--format", "json"
    )
    changes = {one["target"]: one for one in json.loads(result.stdout)["changes"]}
    assert "clearly-better" in changes


def test_path_starts_at_the_folder_of_the_intake(folder: Path) -> None:
    (folder / "sub").mkdir()
    path = folder / "sub" / "third.yaml"
    path.write_text((folder / SECOND).read_text("utf-8").replace(FIRST, f"../{FIRST}"), "utf-8")
    assert run(path)["progress"]


def test_saved_case_can_be_followed_by_name(folder: Path) -> None:
    words = ["interview", "--client", "bike", "--answers", str(folder / FIRST), "--format", "json"]
    make_store(folder / "home")
    saved = typed(*words, stdin=b"quit\n")
    assert "Case bike" in saved.stderr, saved.output
    assert run(follow(folder, "bike"))["progress"]


def test_new_interview_follows_nothing(folder: Path) -> None:
    result = typed("interview", "--answers", str(folder / SECOND), stdin=b"")
    assert result.exit_code == 2
    assert "screening followup" in result.stderr


def test_chain_of_three_counts_from_the_first(folder: Path) -> None:
    third = follow(folder, SECOND, "third.yaml")
    text = third.read_text("utf-8").replace("pain_worst: 3", "pain_worst: 5")
    third.write_text(text, "utf-8")
    found = run(third)
    rules = {rule for one in found["progress"] for rule in one["rules"]}
    assert "worse-than-last-time" in rules
    assert "unchanged-at-four-weeks" in found["referral"]["rules"]


# what cannot be followed


@pytest.mark.parametrize(
    ("follows", "says"),
    [
        ("nobody.yaml", "missing_file"),
        ("n" * 5000, "missing_file"),
        (".", "not_a_file"),
        ("next.yaml", "circular_follows"),
        ("./next.yaml", "circular_follows"),
        ("broken.yaml", "unusable_earlier"),
        ("other.yaml", "dangling_question"),
        ("picture.yaml", "binary_content"),
    ],
)
def test_earlier_case_that_cannot_be_used_is_said(folder: Path, follows: str, says: str) -> None:
    (folder / "broken.yaml").write_text("answers: [", "utf-8")
    (folder / "other.yaml").write_text("answers: {knee_bends: yes}", "utf-8")
    (folder / "picture.yaml").write_bytes(b"GIF89a\x01")
    result = typed("run", str(follow(folder, follows)))
    assert result.exit_code == 2
    assert says in result.stderr
    assert "next.yaml:3:" in result.stderr
    assert result.stdout == ""


def test_cases_in_a_circle_are_said(folder: Path) -> None:
    follow(folder, "b.yaml", "a.yaml")
    follow(folder, "a.yaml", "b.yaml")
    result = typed("run", str(folder / "a.yaml"))
    assert result.exit_code == 2
    assert "circular_follows" in result.stderr
    assert "b.yaml:3:10" in result.stderr


def test_endless_row_of_cases_is_said(folder: Path) -> None:
    for number in range(LONGEST + 1):
        path = folder / f"c{number}.yaml"
        path.write_text(f"follows: c{number + 1}.yaml\nanswers: {{weeks_since: 1}}\n", "utf-8")
    (folder / f"c{LONGEST + 1}.yaml").write_text("answers: {}\n", "utf-8")
    result = typed("run", str(folder / "c0.yaml"))
    assert result.exit_code == 2
    assert "endless_follows" in result.stderr
    assert typed("run", str(folder / "c1.yaml")).exit_code == 0
