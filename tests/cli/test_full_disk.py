"""A disk that is full while a client is exported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from kept_cases import make_store

from screening.cli import main

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no limits on files there")


def screening(home: Path, blocks: int, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command that can write no file longer than so many kilobytes."""
    line = f'ulimit -f {blocks}; exec "$@"'
    command = ["bash", "-c", line, "sh", sys.executable, "-m", "screening", *words]
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "SCREENING_HOME": str(home), "PYTHONPATH": root}
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_no_part_of_an_export_is_left(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    make_store(tmp_path)
    for _ in range(2):
        words = ["run", str(root / "tests/intakes/gardener.yaml"), "--client", "anna"]
        assert CliRunner().invoke(main, words).exit_code == 0
    target = tmp_path / "anna.json"
    done = screening(tmp_path, 40, "clients", "export", "anna", "--output", str(target))
    assert done.returncode == 2, done
    assert "cannot be written: file too large" in done.stderr
    assert not target.exists()
