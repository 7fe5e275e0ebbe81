"""`run`, `explain` and `knowledge` as typed: formats, exit codes, stdin, pipes."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import typed

from screening.assess import Assessor
from screening.errors import DisagreementError

GARDENER = "tests/intakes/gardener.yaml"


@pytest.fixture(autouse=True)
def _here(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)


@pytest.mark.parametrize("form", ["table", "json", "markdown"])
@pytest.mark.parametrize("intake", ["gardener", "emergency", "same_day", "incomplete"])
def test_run_prints_every_intake_in_every_format(intake: str, form: str) -> None:
    result = typed("run", f"tests/intakes/{intake}.yaml", "--format", form)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    if form == "json":
        assert json.loads(result.stdout)["format"] == "assessment/1"


@pytest.mark.parametrize("command", ["run", "explain", "session"])
@pytest.mark.parametrize("intake", ["gardener", "emergency", "same_day", "incomplete"])
def test_one_result_is_a_page_for_a_browser(command: str, intake: str) -> None:
    at = f"tests/intakes/{intake}.yaml"
    page = typed(command, at, "--format", "html").stdout
    words = html.unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL))
    assert page.startswith("<!DOCTYPE html>")
    assert page.count("<h1") == page.count("<main>") == 1
    assert not re.search(r"<script|https?:|src=|href=", page)
    table = set(re.findall(r"\w{4,}", typed(command, at).stdout.lower()))
    assert table <= set(re.findall(r"\w{4,}", words.lower())) | {"----"}


def test_run_reads_stdin() -> None:
    raw = Path(GARDENER).read_bytes()
    from_stdin = typed("run", "-", "--format", "json", stdin=raw)
    assert from_stdin.stdout == typed("run", GARDENER, "--format", "json").stdout


@pytest.mark.parametrize(
    ("stdin", "code"),
    [
        (b"", "empty_file"),
        (b"answers: {sadle: no}", "dangling_question"),
        (b"answers: {saddle: maybe}", "dangling_answer"),
        (b"answers: {age: 12345678901234567890}", "out_of_range"),
        (b"x" * (1 << 20) + b"x", "oversized_file"),
        (b"\xff\xfea\x00", "not_utf8"),
    ],
)
def test_bad_stdin_is_a_diagnostic_with_a_place(stdin: bytes, code: str) -> None:
    result = typed("run", "-", stdin=stdin)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("stdin:")
    assert code in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("explain", GARDENER, "--why", "walk", "--full"),
        ("explain", GARDENER, "--why", "walk", "--why-not", "walk"),
        ("explain", GARDENER, "--rather", "walk"),
        ("explain", GARDENER, "--why", "nonsense_here"),
        ("explain", GARDENER, "--why", ""),
        ("explain", GARDENER, "--why", "croquet"),
        ("explain", GARDENER, "--what-if", "walk"),
        ("explain", GARDENER, "--what-if", "walk=flying"),
        ("explain", GARDENER, "--what-if", "wlak=provokes"),
        ("explain", GARDENER, "--what-if", "walk=provokes", "--what-if", "walk=relieves"),
        ("run", "no-such-file.yaml"),
        ("run", "tests"),
        ("knowledge", "show", "no_such_thing"),
        ("knowledge", "list", "cats"),
    ],
)
def test_what_cannot_be_used_exits_2_and_prints_no_result(words: tuple[str, ...]) -> None:
    result = typed(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


def test_every_bad_what_if_is_reported_at_once() -> None:
    result = typed("explain", GARDENER, "--what-if", "a=b", "--what-if", "walk=x")
    assert "dangling_question" in result.stderr
    assert "dangling_answer" in result.stderr


@pytest.mark.parametrize(
    "words",
    [(), ("--why", "deadlift"), ("--why-not", "isometric"), ("--rather", "walk", "isometric"),
     ("--what-if", "walk=provokes"), ("--full",)],
)  # fmt: skip
@pytest.mark.parametrize("form", ["table", "json", "markdown"])
def test_explain_answers_in_every_format(words: tuple[str, ...], form: str) -> None:
    result = typed("explain", GARDENER, *words, "--format", form)
    assert result.exit_code == 0, result.output
    if form == "json":
        assert json.loads(result.stdout)["format"] == "explanation/1"
    else:
        assert "Unreviewed:" in result.stdout


def test_refused_what_if_says_so_and_shows_nothing() -> None:
    result = typed("explain", "tests/intakes/emergency.yaml", "--what-if", "saddle=no")
    assert "changed by asking the client, not here" in result.stdout
    assert "deadlift" not in result.stdout
    shown = json.loads(
        typed("explain", "tests/intakes/emergency.yaml", "--what-if", "saddle=no",
              "--format", "json").stdout
    )  # fmt: skip
    assert shown["changes"] == []
    assert shown["refused"]


@pytest.mark.parametrize("words", [("run", GARDENER), ("explain", GARDENER, "--why", "walk")])
def test_disagreement_prints_nothing_but_itself(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def differ(*_: object) -> None:
        raise DisagreementError(("rule x (certain): Experta says true, the reference false",))

    monkeypatch.setattr(Assessor, "conclude", differ)
    result = typed(*words)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "Experta says true" in result.stderr


LISTS = [
    "questions", "findings", "categories", "exercises", "rules", "parameters", "clearances",
    "trainer-questions",
]  # fmt: skip


@pytest.mark.parametrize("what", LISTS)
def test_lists_have_ids_and_show_knows_each(what: str) -> None:
    rows = json.loads(typed("knowledge", "list", what, "--format", "json").stdout)
    assert rows
    assert len({row["id"] for row in rows}) == len(rows)
    assert typed("knowledge", "list", what).exit_code == 0
    for row in rows[:: max(1, len(rows) // 3)]:
        assert typed("knowledge", "show", row["id"]).exit_code == 0, row["id"]


def test_question_list_is_the_contract() -> None:
    rows = {row["id"]: row for row in json.loads(
        typed("knowledge", "list", "questions", "--format", "json").stdout
    )}  # fmt: skip
    asked = [name for name, row in rows.items() if row["topic"] != "follow_up"]
    assert asked[0] == "chest"  # of somebody who is screened for the first time
    assert list(rows).index("weeks_since") < list(rows).index("chest")
    assert rows["saddle"]["answers"] == ["no", "new_or_worse", "older_stable", "lifelong"]
    assert rows["saddle"]["safety"] == "emergency"
    assert (rows["age"]["from"], rows["age"]["to"], rows["age"]["unit"]) == (0, 110, "years")
    assert rows["age"]["safety"] is None
    assert rows["bend_forward"]["groups"] == ["flexion", "moving", "bending_core", "bending"]


def test_other_knowledge_can_be_chosen(tmp_path: Path) -> None:
    for words in (("list", "rules"), ("show", "walk"), ("check",)):
        result = typed("knowledge", *words, "--knowledge", str(tmp_path / "none"))
        assert result.exit_code == 2
        assert "missing_file" in result.stderr


@pytest.mark.parametrize(
    "words",
    [("run",), ("explain",), ("knowledge", "show"), ("knowledge", "list"), ("knowledge", "check"),
     ("knowledge", "test")],
)  # fmt: skip
def test_help_has_examples(words: tuple[str, ...]) -> None:
    assert "Examples:" in typed(*words, "--help").stdout


@pytest.mark.skipif(os.name != "posix", reason="pipes of a shell")
@pytest.mark.parametrize("words", [f"explain {GARDENER} --full", f"run {GARDENER}"])
def test_closed_pipe_prints_no_traceback(words: str) -> None:
    script = f"{sys.executable} -m screening {words} | head -1"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)
    assert len(done.stdout.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_same_intake_gives_the_same_bytes_under_any_hash_seed() -> None:
    shown = set()
    for seed in ("0", "1", "77"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-m", "screening", "explain", GARDENER, "--format", "json"]
        shown.add(subprocess.run(command, capture_output=True, env=environment, check=True).stdout)
    assert len(shown) == 1
