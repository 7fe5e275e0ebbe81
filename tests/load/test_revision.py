"""Knowledge in a git revision is the knowledge that was committed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import knowledge_base as tiny
import pytest

from screening.errors import BadInputError
from screening.load import load, load_revision, load_snapshot


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org"]
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    tiny.write(tmp_path / "knowledge")
    (tmp_path / "knowledge" / ".hidden.yaml").write_text("a: b\n", "utf-8")
    (tmp_path / "knowledge" / "notes.txt").write_text("words\n", "utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "first")
    return tmp_path


def test_a_revision_holds_what_was_committed(repository: Path) -> None:
    committed = load(repository / "knowledge")
    pack = repository / "knowledge" / "pack.yaml"
    pack.write_text(pack.read_text("utf-8") + "# changed\n", "utf-8")
    for name in ("HEAD", "HEAD:knowledge"):
        found = load_snapshot(load_revision(name, repository))
        assert (found, found.digest) == (committed, committed.digest)
    assert load(repository / "knowledge").digest != committed.digest


def test_from_a_folder_below_it_is_the_same(repository: Path) -> None:
    below = repository / "knowledge" / "rules"
    assert load_revision("HEAD", below) == load_revision("HEAD", repository)


@pytest.mark.parametrize(
    "name", ["nosuch", "HEAD~9", "HEAD:nowhere", "", ":", "--help", "HEAD:knowledge\0", "-n"]
)
def test_what_git_does_not_know_is_said(name: str, repository: Path) -> None:
    with pytest.raises(BadInputError, match="no revision git knows"):
        load_revision(name, repository)


def test_outside_of_a_repository_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="no revision git knows"):
        load_revision("HEAD", tmp_path)
