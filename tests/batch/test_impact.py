"""Whose result a change of knowledge changes: all of them, the newly referred first, and why."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from batch_command import screening, written
from batch_oracle import cell, expected
from complete_clients import complete_clients
from kept_cases import keep

from screening.batch.impact import result_change
from screening.engines.applicable import with_harmless_rest
from screening.load import load, shipped_knowledge
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.vocabularies import Level
from screening.records.event import Closed

LEG = "rules/safety/leg-pain-alone.yaml"
PLAIN: tuple[dict[str, Value], ...] = (
    {"leg_pain": "above_knee"},
    {"visible_shift": "yes"},
    {"leg_pain": "below_knee", "visible_shift": "yes"},
    {"leg_pain": "below_knee"},
    {},
)
UNREFERRED = "rules/safety/visible-shift.yaml"


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return knowledge in which one rule refers sooner, one no more, and one offers no more."""
    folder = tmp_path_factory.mktemp("changed") / "knowledge"
    shutil.copytree(shipped_knowledge(), folder)
    replaced(folder / LEG, "refer: monitor, to: trainer", "refer: routine, to: doctor")
    replaced(
        folder / UNREFERRED,
        "refer: routine, to: physio_or_chiropractor",
        "refer: monitor, to: trainer",
    )
    return folder


def replaced(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.fixture(scope="module")
def clients(shipped: KnowledgeBase) -> list[Case]:
    plain = [Case(with_harmless_rest(shipped, answers)) for answers in PLAIN]
    return [*complete_clients(shipped, range(60)), *plain]


@pytest.fixture(scope="module")
def table(clients: list[Case], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("table") / "in.jsonl"
    rows: list[dict[str, object]] = [
        {"client": f"c{n}"} | {q: cell(value) for q, value in one.answers.items()}
        for n, one in enumerate(clients, 1)
    ]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


def by_reference(
    old: KnowledgeBase, new: KnowledgeBase, clients: list[Case]
) -> dict[int, Mapping[str, tuple[str, str]]]:
    found: dict[int, Mapping[str, tuple[str, str]]] = {}
    for row, one in enumerate(clients, 1):
        bare = Case(one.answers)
        before, after = expected(old, bare), expected(new, bare)
        if result_change(before, after):
            found[row] = {"level": (before["referral"], after["referral"])}
    return found


def test_it_lists_those_whom_the_reference_decides_differently(
    shipped: KnowledgeBase, clients: list[Case], table: Path, changed: Path
) -> None:
    result = screening("impact", shipped_knowledge(), changed, table, "--format", "json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert (told["format"], told["compared"], told["rejected"]) == ("impact/1", 65, 0)
    found = {one["row"]: one["level"] for one in told["changes"]}
    wanted = by_reference(shipped, load(changed), clients)
    assert found == {
        row: dict(zip(("before", "after"), one["level"], strict=True))
        for row, one in wanted.items()
    }
    assert found
    turns = [one["turn"] for one in told["changes"]]
    assert turns == sorted(turns, key=["referred", "cleared", "other"].index)
    assert {"referred", "cleared"} <= set(turns)
    levels = [
        Level[one["level"]["after"].upper()]
        for one in told["changes"]
        if one["turn"] == "referred"
    ]
    assert levels == sorted(levels, reverse=True)
    rules = {rule for one in told["changes"] for d in one["differences"] for rule in d["rules"]}
    assert {"leg-pain-alone", "visible-shift"} & rules


def test_csv_has_a_line_for_each_difference_and_the_table_names_the_rule(
    table: Path, changed: Path
) -> None:
    lines = screening("impact", shipped_knowledge(), changed, table, "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(lines)))
    assert rows[0]["turn"] == "referred"
    assert rows[0]["what"] == "referral"
    page = screening("impact", shipped_knowledge(), changed, table).stdout
    assert page.startswith("65 compared: ")
    assert page.index("NEWLY REFERRED") < page.index("NO LONGER REFERRED")
    assert "No clinician has reviewed" in page


def test_the_same_knowledge_changes_nothing(table: Path) -> None:
    same = screening("impact", shipped_knowledge(), shipped_knowledge(), table)
    assert same.exit_code == 0
    assert same.stdout.startswith("65 compared: 0 change.")


def test_a_row_that_one_knowledge_cannot_read_is_counted(changed: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "client,fever\na,no\nb,nope\n")
    told = json.loads(
        screening("impact", shipped_knowledge(), changed, path, "--format", "json").stdout
    )
    assert (told["compared"], told["rejected"]) == (1, 1)


def test_recall_lists_recorded_clients_by_their_last_case(
    shipped: KnowledgeBase, changed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    ended = Closed("complete")
    keep(
        tmp_path, shipped, "anna", {"leg_pain": "above_knee"}, ended, at="2026-03-02T10:00:00.000Z"
    )
    keep(tmp_path, shipped, "bert", {"leg_pain": "none"}, ended, at="2026-03-02T10:00:00.000Z")
    keep(
        tmp_path, shipped, "cleo", {"leg_pain": "below_knee"}, ended, at="2026-03-02T10:00:00.000Z"
    )
    keep(tmp_path, shipped, "cleo", {"leg_pain": "none"}, ended, at="2026-03-09T10:00:00.000Z")
    result = screening("recall", "--new", changed, "--format", "json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told["compared"] == 3
    (one,) = told["changes"]
    assert (one["client"], one["row"], one["turn"]) == ("anna-1", None, "referred")
    assert one["level"] == {"before": "monitor", "after": "routine"}
    assert "leg-pain-alone" in one["differences"][0]["rules"]


def test_recall_looks_at_every_client_of_a_full_practice(
    shipped: KnowledgeBase, changed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    ended = Closed("complete")
    keep(tmp_path, shipped, "anna", {"leg_pain": "above_knee"}, ended)
    for number in range(24):
        keep(tmp_path, shipped, f"later-{number}", {"leg_pain": "none"}, ended)
    result = screening("recall", "--new", changed, "--format", "json")
    told = json.loads(result.stdout)
    assert (told["compared"], [one["client"] for one in told["changes"]]) == (25, ["anna-1"])
