"""`knowledge format` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from knowledge_base import FILES, write

from screening.cli import main
from screening.write import disk


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["knowledge", "format", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write(tmp_path / "base")


def test_check_names_what_would_change_and_changes_nothing(base: Path) -> None:
    code, out, err = run("--check", "--knowledge", base)
    assert code == 1
    assert str(base / "questions/10-first.yaml") in out.splitlines()
    assert "to format" in err
    assert {name: (base / name).read_text("utf-8") for name in FILES} == dict(FILES)


def test_formatting_once_is_enough(base: Path) -> None:
    assert run("--knowledge", base)[0] == 0
    code, out, err = run("--check", "--knowledge", base)
    assert (code, out) == (0, "")
    assert err == f"{len(FILES)} files read, 0 to format\n"


def test_one_file_is_formatted_alone(base: Path) -> None:
    code, out, _ = run(base / "rules/t/stiff-supported.yaml")
    assert (code, out.splitlines()) == (0, [str(base / "rules/t/stiff-supported.yaml")])
    assert run("--check", base / "rules")[0] == 1


def test_shipped_knowledge_is_formatted_and_never_written() -> None:
    assert run("--check")[0] == 0
    code, out, err = run()
    assert (code, out) == (2, "")
    assert "screening knowledge init" in err


def test_installed_knowledge_is_refused_by_path(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "PACKAGED", base)
    code, _, err = run(base / "pack.yaml")
    assert code == 2
    assert "belongs to the program" in err


def test_what_cannot_be_read_is_reported_and_nothing_written(base: Path) -> None:
    (base / "pack.yaml").write_text("id: [", "utf-8")
    code, out, err = run("--knowledge", base)
    assert (code, out) == (2, "")
    assert "yaml_syntax" in err
    assert (base / "groups.yaml").read_text("utf-8") == FILES["groups.yaml"]


def test_a_file_outside_any_knowledge_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: b\n", "utf-8")
    code, _, err = run(tmp_path / "a.yaml")
    assert code == 2
    assert "pack.yaml" in err


def test_a_link_to_a_file_elsewhere_is_followed_and_stays(base: Path, tmp_path: Path) -> None:
    rule = base / "rules/t/stiff-supported.yaml"
    elsewhere = rule.replace(tmp_path / "elsewhere.yaml")
    rule.symlink_to(elsewhere)
    for named in (rule, base):
        code, out, _ = run("--check", named)
        assert (code, str(rule) in out.splitlines()) == (1, True)
    assert run(base)[0] == 0
    assert rule.is_symlink()
    assert run("--check", rule)[0] == 0
