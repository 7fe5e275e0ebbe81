"""Names of clients and cases that are none, and commands to paste that name odd ones."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from command_line import typed
from kept_cases import keep, make_store

from screening.cli import main
from screening.model.knowledge import KnowledgeBase
from screening.records import add_client, clients, open_store
from screening.records.event import Closed

GARDENER = "tests/intakes/gardener.yaml"
NO_TEXT = "\udcff\udcfe"  # what Python makes of bytes on a command line that are not UTF-8


@pytest.fixture
def home(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(root)
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    make_store(tmp_path)
    return tmp_path


def refused(words: tuple[str, ...], said: str) -> None:
    result = typed(*words)
    assert (result.exit_code, result.stdout) == (2, ""), (words, result.output)
    assert said in result.stderr


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("name", [NO_TEXT, "a\x00b", "x" * 10_000, "\u202eabc", "../../x", ""])
@pytest.mark.parametrize(
    "words",
    [
        ("clients", "show"),
        ("clients", "erase", "--yes"),
        ("followup",),
        ("interview", "--resume"),
        ("audit", "show"),
        ("audit", "verify"),
        ("audit", "replay"),
        ("referral", "cleared"),
        ("referral", "override"),
    ],
)
def test_a_name_nobody_can_have_is_not_in_the_records(words: tuple[str, ...], name: str) -> None:
    if words[-1] != "--resume" or name:
        refused((*words, name), "in the records")


@pytest.mark.usefixtures("home")
def test_explaining_a_name_that_is_no_text_is_refused() -> None:
    refused(("explain", NO_TEXT), "no case")


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("name", ["-", "--", "--help", "-1"])
def test_a_pseudonym_that_reads_like_an_option_is_refused(name: str) -> None:
    refused(("run", GARDENER, f"--client={name}"), "reads like an option")


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_client_is_refused_and_nothing_is_recorded(home: Path, blank: str) -> None:
    refused(("run", GARDENER, "--client", blank), "--client")
    refused(("interview", "--client", blank), "--client")
    with open_store(home / "records.db", str) as store:
        assert clients(store) == ()


def test_a_pseudonym_is_never_the_id_of_another(home: Path, shipped: KnowledgeBase) -> None:
    case = keep(home, shipped, "anna", {"age": 40}, Closed("complete"))
    with open_store(home / "records.db", str) as store:
        other = add_client(store, "bert")
    refused(("clients", "rename", "anna", "--pseudonym", other.upper()), "is an id")
    refused(("run", GARDENER, "--client", case), "is an id")
    assert typed("clients", "rename", "bert", "--pseudonym", other).exit_code == 0


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("name", ["Änna B", "$(id)", 'o\'neil "q"', "a/../b", "🚲"])
def test_a_command_on_a_report_can_be_pasted(name: str) -> None:
    shown = typed("run", GARDENER, "--client", name).stdout
    flat = " ".join(shown.split())
    for command in re.findall(r"`screening ([^`]*)`", flat):
        words = shlex.split(command)
        assert f"{name}-1" in words
        assert typed(*words).exit_code == 0


def test_a_name_can_be_taken_away_and_a_pseudonym_not(home: Path) -> None:
    with open_store(home / "records.db", str) as store:
        add_client(store, "bert", "Bert Example")
    refused(("clients", "rename", "bert", "--pseudonym", " "), "--pseudonym")
    assert typed("clients", "rename", "bert", "--name", "").stdout == "Now called bert.\n"
    assert "Bert Example" not in typed("clients", "list", "--names").stdout
    assert typed("clients", "list").stdout.count("bert") == 1


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_name_a_stream_has_no_bytes_for_is_written_as_an_escape(
    home: Path, root: Path, encoding: str
) -> None:
    with open_store(home / "records.db", str) as store:
        add_client(store, "🚲")
    for words in (("clients", "list"), ("clients", "show", "🚲"), ("audit", "show", "🚗")):
        done = subprocess.run(
            [sys.executable, "-m", "screening", *words],
            env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(root)},
            capture_output=True,
            timeout=60,
            check=False,
        )
        shown = done.stdout + done.stderr
        assert done.returncode == (2 if "🚗" in words else 0), shown
        assert b"Traceback" not in shown
    assert b"\\U0001f697" in shown or "🚗".encode() in shown


@pytest.mark.usefixtures("home")
def test_a_list_longer_than_any_is_refused() -> None:
    refused(("clients", "list", "--limit", "9" * 30), "--limit")


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not list files")
@pytest.mark.parametrize(
    "words", [("interview", "--resume", "nobody"), ("followup", "nobody"), ("audit", "show", "x")]
)
def test_a_refused_name_leaves_no_store_open(home: Path, words: tuple[str, ...]) -> None:
    result = typed(*words)
    handles = [os.path.realpath(one) for one in Path("/proc/self/fd").iterdir()]
    assert result.exit_code == 2
    assert not [name for name in handles if name.startswith(str(home))]


@pytest.mark.parametrize("odd", ["x\x1b[31my", "x\x1b]0;t\x07y", "x\x9by"])
def test_no_file_name_moves_the_terminal(tmp_path: Path, odd: str) -> None:
    """Whatever is said of a file: that it is not there, was copied, written or restored."""
    home = ("--store", str(tmp_path / "records.db"))
    runner = CliRunner()
    said = [
        runner.invoke(main, [*words, *store])
        for words, store in (
            (("store", "create", "--no-encryption"), home),
            (("run", "tests/intakes/gardener.yaml", "--client", "ann"), home),
            (("clients", "list"), ("--store", str(tmp_path / f"{odd}.db"))),
            (("store", "backup", str(tmp_path / f"{odd}-copy.db")), home),
            (("clients", "export", "ann", "--output", str(tmp_path / f"{odd}.json")), home),
            (("store", "restore", str(tmp_path / f"{odd}-copy.db")), home),
            (("store", "info"), ("--store", str(tmp_path / f"{odd}-copy.db"))),
        )
    ]
    assert [one.exit_code for one in said] == [0, 0, 2, 0, 0, 0, 0]
    shown = "".join(one.stdout + one.stderr for one in said)
    assert "\N{REPLACEMENT CHARACTER}" in shown
    assert not {"\x1b", "\x07", "\x9b"} & set(shown)
