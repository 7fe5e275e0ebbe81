"""Practice has records of its own, says so on every screen, and works whatever else is there."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import typed
from interview_process import Sitting

from screening.records import Protection, clients, create_store, open_store
from screening.records.opening import for_practice

ROOT = Path(__file__).parents[2]
TYPED = str(ROOT / "docs" / "examples" / "gardener.txt")
SAYS = "PRACTICE"
WORDS = "four words that differ"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a place for records that is nobody's."""
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    monkeypatch.chdir(ROOT)
    return tmp_path


def test_practice_has_records_of_its_own(home: Path) -> None:
    create_store(home / "records.db", Protection.PASSPHRASE, lambda: WORDS).close()
    before = (home / "records.db").read_bytes()
    done = typed("interview", "--practice", "--client", "gardener", "--typed", TYPED)
    assert done.exit_code == 0, done.stderr
    assert (home / "records.db").read_bytes() == before
    with open_store(home / "practice.db", str) as store:
        assert [one.pseudonym for one in clients(store)] == ["gardener"]
        assert for_practice(store)
    with open_store(home / "records.db", str) as store:
        assert not for_practice(store)


COMMANDS = (
    "explain gardener --practice --why sit_up",
    "session gardener --practice",
    "clients list --practice",
    "clients show gardener --practice",
    "audit show gardener --practice",
    "audit verify --practice",
    "referral list --practice",
    "calendar --practice",
    "store info --practice",
    "run tests/intakes/gardener.yaml --client another --practice",
    "followup gardener --practice --typed docs/examples/gardener-again.txt",
)


def test_every_screen_says_that_it_is_practice(home: Path) -> None:
    first = typed("interview", "--practice", "--client", "gardener", "--typed", TYPED)
    assert first.stdout.startswith(SAYS)
    prompts = re.findall(r"^.*answered, about.* >", first.stderr, re.MULTILINE)
    assert len(prompts) > 20
    assert all(one.startswith("practice") for one in prompts)
    for command in COMMANDS:
        done = typed(*shlex.split(command))
        assert done.exit_code == 0, (command, done.stderr)
        assert SAYS in done.stderr, command
    elsewhere = str(home / "practice.db")
    assert SAYS in typed("clients", "list", "--store", elsewhere).stderr, "told by what is in it"


def test_what_programs_read_stays_what_it_was() -> None:
    words = ("--practice", "--client", "gardener", "--typed", TYPED, "--format", "json")
    assert json.loads(typed("interview", *words).stdout)["referral"]["level"] == "none"


def test_lines_that_cannot_be_read_are_said() -> None:
    refused = typed("interview", "--practice", "--typed", "no\x1b[31mwhere.txt")
    assert (refused.exit_code, "there is no such file" in refused.stderr) == (2, True)
    assert "\x1b" not in refused.stderr


def test_practice_and_another_store_cannot_be_combined(home: Path) -> None:
    both = typed("clients", "list", "--practice", "--store", str(home / "x.db"))
    assert (both.exit_code, "--store and --practice" in both.stderr) == (2, True)


def test_the_environment_does_not_lead_practice_elsewhere(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCREENING_STORE", str(home / "real.db"))
    assert typed("clients", "list", "--practice").exit_code == 0
    assert not (home / "real.db").exists()


def test_practice_records_are_not_encrypted_later(tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_text(f"{WORDS}\n", "utf-8")
    file.chmod(0o600)
    words = ("--practice", "--passphrase", "--passphrase-file", str(file))
    refused = typed("store", "protect", *words)
    assert (refused.exit_code, "invented clients" in refused.stderr) == (2, True)


def test_the_desk_may_be_practised_at(home: Path) -> None:
    typed("interview", "--practice", "--client", "gardener", "--typed", TYPED)
    create_store(home / "records.db", Protection.PASSPHRASE, lambda: WORDS).close()
    desk = Sitting(home, "--practice", verb="desk", first=True, NO_COLOR="1", rows=40)
    assert SAYS in desk.until("q quit")
    desk.enter("gard")
    desk.until("b back")
    desk.enter("w")
    desk.until("Enter: all.")
    desk.enter("referral")
    desk.until("b back")
    desk.enter("b")
    desk.until("q quit")
    desk.enter("q")
    desk.end()


def test_the_desk_says_that_records_are_in_plain_sight(home: Path) -> None:
    create_store(home / "records.db", Protection.NONE, str).close()
    desk = Sitting(home, verb="desk", first=True, NO_COLOR="1", rows=40)
    assert "is NOT encrypted" in " ".join(desk.until("q quit").split())
    desk.enter("q")
    desk.end()


def tutorial() -> list[str]:
    """Return the commands of the tutorial, without what only sorts or shortens their output."""
    page = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
    lines = re.findall(r"^\$ (screening .*)$", page, re.MULTILINE)
    return [re.split(r" (?:2?>|\|) ", line)[0] for line in lines]


def test_the_tutorial_uses_nothing_that_a_shell_lacks() -> None:
    commands = tutorial()
    assert len(commands) >= 8
    for command in commands:
        assert re.fullmatch(r"[\w ./=-]+", command), f"{command}: read otherwise by some shell"


@pytest.mark.parametrize("there", ["nothing", "encrypted", "plain"])
def test_the_tutorial_works_before_and_after_the_first_command(home: Path, there: str) -> None:
    if there != "nothing":
        kind = Protection.PASSPHRASE if there == "encrypted" else Protection.NONE
        create_store(home / "records.db", kind, lambda: WORDS).close()
    for command in tutorial():
        done = typed(*command.split()[1:])
        assert done.exit_code == 0, (command, done.stderr)
    assert (home / "records.db").exists() is (there != "nothing")


@pytest.mark.parametrize("shell", ["sh", "dash", "bash", "zsh", "fish", "pwsh"])
def test_every_shell_there_is_runs_the_tutorial(home: Path, shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    script = home / "screening"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT}/cli.py" "$@"\n', "utf-8")
    script.chmod(0o755)
    for command in tutorial()[:3]:
        line = f"{home}/{command}"
        done = subprocess.run([shell, "-c", line], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
