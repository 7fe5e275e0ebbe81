"""Whatever could change what this program finds changes its digest."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from screening.storage.program import ROOT, _versions, program_digest

Edit = Callable[[Path], object]
SITE = {
    "screening-0.1.0.dist-info": "Requires-Dist: Py_YAML\nRequires-Dist: zed; extra == 'prove'\n",
    "py.yaml-6.0.dist-info": "Requires-Dist: deep\nRequires-Dist: aside; extra == 'docs'\n",
    "zed-4.1.egg-info": "",
    "deep-1.0.dist-info": "",
    "aside-1.0.dist-info": "",
    "other-1.0.dist-info": "",
}


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ignored = shutil.ignore_patterns("__pycache__")
    return shutil.copytree(ROOT, tmp_path_factory.mktemp("copy") / "screening", ignore=ignored)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, head in SITE.items():
        (tmp_path / name).mkdir()
        text = f"Metadata-Version: 2.1\n{head}\nRequires-Dist: other\n"
        (tmp_path / name / "METADATA").write_text(text, encoding="utf-8")
    return tmp_path


def digest(root: Path, site: Path | None = None) -> str:
    return program_digest(root, [] if site is None else [str(site), "no such folder"])


def test_a_copy_has_the_same_digest(copied: Path) -> None:
    assert digest(copied) == digest(ROOT)


def test_a_change_in_any_file_changes_it(copied: Path) -> None:
    before = digest(copied)
    files = sorted(copied.rglob("*.py"))
    assert len(files) > 200
    for file in files:
        raw = file.read_bytes()
        file.write_bytes(raw + b"#")
        assert digest(copied) != before, file
        file.write_bytes(raw)
    assert digest(copied) == before


def swap(root: Path) -> None:
    one, other = root / "engines/kleene.py", root / "engines/applicable.py"
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)


@pytest.mark.parametrize(
    "edit",
    [
        lambda root: (root / "engines/kleene.py").unlink(),
        lambda root: (root / "new.py").touch(),
        lambda root: (root / "engines").rename(root / "motors"),
        lambda root: (root / "engines/kleene.py").rename(root / "kleene.py"),
        swap,
    ],
)
def test_files_that_come_go_and_move_change_it(copied: Path, tmp_path: Path, edit: Edit) -> None:
    root = shutil.copytree(copied, tmp_path / "screening")
    edit(root)
    assert digest(root) != digest(copied)


@pytest.mark.parametrize("name", ["screening-0.1.0", "py.yaml-6.0", "deep-1.0"])
def test_another_version_of_what_is_required_changes_it(site: Path, name: str) -> None:
    before = digest(ROOT, site)
    (site / f"{name}.dist-info").rename(site / f"{name}.1.dist-info")
    assert digest(ROOT, site) != before


def test_an_extra_that_is_installed_counts(site: Path) -> None:
    before = digest(ROOT, site)
    shutil.rmtree(site / "zed-4.1.egg-info")
    assert digest(ROOT, site) != before


@pytest.mark.parametrize("name", ["other", "aside"])
def test_what_is_not_required_does_not(site: Path, name: str) -> None:
    before = digest(ROOT, site)
    shutil.rmtree(site / f"{name}-1.0.dist-info")
    assert digest(ROOT, site) == before


def test_without_word_of_what_is_required_all_that_is_installed_counts(site: Path) -> None:
    shutil.rmtree(site / "screening-0.1.0.dist-info")
    before = digest(ROOT, site)
    shutil.rmtree(site / "other-1.0.dist-info")
    assert digest(ROOT, site) != before


def test_another_python_changes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest(ROOT)
    monkeypatch.setattr(sys, "version", "3.99")
    assert digest(ROOT) != before


HERE = [{"extra": name} for name in ("", "batch", "prove", "test")]
"""What the environment of the tests has; `dev` comes on top of it."""


def test_the_versions_are_those_that_are_really_installed() -> None:
    """Every requirement, under the name and version that Python itself finds."""
    every = map(Requirement, requires("screening") or ())
    wanted = [one.name for one in every if not one.marker or any(map(one.marker.evaluate, HERE))]
    found = {one.lower().replace("_", "-") for one in _versions(sys.path)}
    for name in {"experta", "polars", "z3-solver", *wanted} - {"screening"}:
        written = (version(name), Version(version(name)))  # a folder may have the shorter one
        called = tuple(f"{name}-{one}".lower() for one in written)
        assert any(one.startswith(called) for one in found), name
