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
    (tmp_path / "knowledge" / "README.txt").write_text("words\n", "utf-8")
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
        assert tiny.parts(found) == tiny.parts(committed)
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


CONFIG = """
[core]
	repositoryformatversion = 1
	sshCommand = "touch {0}/ran; false"
	fsmonitor = "touch {0}/ran"
	hooksPath = {0}/hooks
	pager = "touch {0}/ran"
	alternateRefsCommand = "touch {0}/ran"
	attributesFile = {0}/attributes
[filter "ran"]
	smudge = "touch {0}/ran; cat"
	clean = "touch {0}/ran; cat"
	process = "touch {0}/ran"
[diff "ran"]
	textconv = "touch {0}/ran"
[credential]
	helper = "!touch {0}/ran"
[extensions]
	partialClone = origin
[remote "origin"]
	url = {1}
	promisor = true
	partialclonefilter = blob:none
	vcs = ran
"""


@pytest.mark.parametrize(
    "url", ["ssh://x/y", "ext::touch {0}/ran", "file://{0}/none", "git://x/y"]
)
@pytest.mark.parametrize("missing", [True, False], ids=["an object is missing", "all is there"])
def test_a_pack_from_a_stranger_runs_nothing(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, url: str, *, missing: bool
) -> None:
    place = tmp_path_factory.mktemp("stranger")
    (place / "attributes").write_text("* filter=ran diff=ran\n", "utf-8")
    (place / "hooks").mkdir()
    for hook in (
        "post-checkout",
        "reference-transaction",
        "post-index-change",
        "fsmonitor-watchman",
    ):
        (place / "hooks" / hook).write_text(f"#!/bin/sh\ntouch {place}/ran\n", "utf-8")
        (place / "hooks" / hook).chmod(0o755)
    words = ["git", "-C", str(repository), "rev-parse", "HEAD:knowledge/pack.yaml"]
    blob = subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()
    with (repository / ".git" / "config").open("a", encoding="utf-8") as config:
        config.write(CONFIG.format(place, url.format(place)))
    if missing:
        (repository / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
        with pytest.raises(BadInputError, match="does not hold all files"):
            load_revision("HEAD", repository)
    else:
        load_snapshot(load_revision("HEAD", repository))
    assert not (place / "ran").exists()


def test_another_repository_in_the_environment_counts_for_nothing(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path_factory.mktemp("other")
    git(other, "init", "-q")
    for name, value in (
        ("GIT_DIR", str(other / ".git")),
        ("GIT_OBJECT_DIRECTORY", str(other / ".git" / "objects")),
        ("GIT_INDEX_FILE", str(other / "index")),
        ("GIT_SSH_COMMAND", f"touch {other}/ran"),
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "core.bare"),
        ("GIT_CONFIG_VALUE_0", "nonsense"),
    ):
        monkeypatch.setenv(name, value)
    assert load_snapshot(load_revision("HEAD", repository)).pack.id == "tiny"
    assert not (other / "ran").exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("questions/20-more.yml", "call it `20-more.yaml`"),
        ("questions/20-more.YAML", "call it `20-more.yaml`"),
        ("Advice.yaml", "did you mean `advice`"),
        ("question/20-more.yaml", "did you mean `questions`"),
        ("notes.txt", "not read"),
        ("rules/t/old.yaml.bak", "not read"),
    ],
)
@pytest.mark.parametrize("committed", [True, False])
def test_a_file_that_is_not_read_is_named(
    repository: Path, name: str, said: str, *, committed: bool
) -> None:
    path = repository / "knowledge" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("a: b\n", "utf-8")
    if committed:
        git(repository, "add", "-A")
        git(repository, "commit", "-q", "-m", "second")
    with pytest.raises(BadInputError, match="not read") as refused:
        load_revision("HEAD", repository) if committed else load(repository / "knowledge")
    assert said in str(refused.value)
    assert name in str(refused.value)


@pytest.mark.parametrize("name", ["README.md", "LICENSE", ".gitignore", ".schema/rule.json"])
def test_what_is_for_people_and_tools_is_passed_by(repository: Path, name: str) -> None:
    path = repository / "knowledge" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("a: b\n", "utf-8")
    assert load(repository / "knowledge").pack.id == "tiny"


@pytest.mark.parametrize(
    ("name", "to"),
    [
        ("rules/x.yaml", "/etc/passwd"),
        ("rules/t/x.yaml", "../../../secret.yaml"),
        ("rules/more", "/etc"),
        ("exercises/more", "../questions"),
    ],
)
@pytest.mark.parametrize("committed", [True, False])
def test_a_link_leads_nowhere(repository: Path, name: str, to: str, *, committed: bool) -> None:
    (repository / "secret.yaml").write_text("a secret: line\n", "utf-8")
    (repository / "knowledge" / name).symlink_to(to)
    if committed:
        git(repository, "add", "-A")
        git(repository, "commit", "-q", "-m", "second")
    with pytest.raises(BadInputError, match="this is a link") as refused:
        load_revision("HEAD", repository) if committed else load(repository / "knowledge")
    assert "root:" not in str(refused.value)
    assert "a secret" not in str(refused.value)
