"""Knowledge that passed its check is kept compiled, taken only when it can be trusted."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import knowledge_base as tiny
import pytest
from click.testing import CliRunner, Result

from screening.app.knowledge import open_checked_knowledge
from screening.app.knowledge_cache import KEPT, Shelf, shelf
from screening.cli import main
from screening.errors import BadInputError
from screening.load import digest, load
from screening.model.knowledge import KnowledgeBase
from screening.storage.signed import CODE_BYTES, KEY, SignedFolder

Spoil = Callable[[Path], object]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tiny.write(tmp_path / "k")


@pytest.fixture
def kept(root: Path) -> Path:
    open_checked_knowledge(root)
    (path,) = (p for p in shelf().files.folder.iterdir() if p.name != KEY)
    return path


def run(root: Path) -> Result:
    words = ["run", "-", "--knowledge", str(root)]
    return CliRunner().invoke(main, words, input="answers: {bend: provokes}\n")


def bare(knowledge: KnowledgeBase) -> KnowledgeBase:
    rules = {name: replace(rule, examples=()) for name, rule in knowledge.rules.items()}
    return replace(knowledge, rules=rules)


def same(one: KnowledgeBase | None, other: KnowledgeBase) -> bool:
    return one is not None and tiny.parts(one) == tiny.parts(other)


def test_second_time_nothing_but_examples_is_left_out() -> None:
    full = open_checked_knowledge(None)
    again = open_checked_knowledge(None)
    assert all(rule.examples for rule in full.written_rules)
    assert same(again, bare(full))
    assert again.heads == full.heads


def test_second_time_no_knowledge_file_is_parsed(root: Path, kept: Path) -> None:
    assert same(shelf().take(digest(root)), bare(load(root)))
    assert kept.exists()


def test_knowledge_that_fails_is_checked_every_time(tmp_path: Path) -> None:
    files = {**tiny.FILES}
    rule = files["rules/t/numb-now.yaml"]
    files["rules/t/numb-now.yaml"] = rule[: rule.index("examples:")]
    root = tiny.write(tmp_path / "failing", files)
    assert [run(root).exit_code for _ in range(2)] == [2, 2]


def test_changed_knowledge_is_checked_again(root: Path) -> None:
    assert run(root).exit_code == 0
    rule = root / "rules/t/numb-now.yaml"
    text = rule.read_text(encoding="utf-8")
    rule.write_text(text[: text.index("examples:")], encoding="utf-8")
    result = run(root)
    assert result.exit_code == 2
    assert "numb-now.yaml:1:1: missing_example" in result.stderr


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def swap_a_level(path: Path) -> None:
    raw = path.read_bytes()
    assert b'"EMERGENCY"' in raw
    path.write_bytes(raw.replace(b'"EMERGENCY"', b'"NONE"'))


def write_for_all(path: Path) -> None:
    path.chmod(0o666)


def sign_with_another_key(path: Path) -> None:
    (path.parent / KEY).write_bytes(b"k" * 32)


def shorten_the_key(path: Path) -> None:
    (path.parent / KEY).write_bytes(b"")


def turn_into_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    "spoil",
    [
        cut,
        swap_a_level,
        write_for_all,
        sign_with_another_key,
        shorten_the_key,
        turn_into_a_pipe,
        Path.unlink,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(os.urandom(1000)),
    ],
)
def test_what_cannot_be_trusted_is_read_and_checked_again(
    spoil: Spoil, root: Path, kept: Path
) -> None:
    spoil(kept)
    assert shelf().take(digest(root)) is None
    assert same(open_checked_knowledge(root), load(root))
    assert same(shelf().take(digest(root)), bare(load(root)))


def test_knowledge_kept_for_others_files_is_not_taken(root: Path, kept: Path) -> None:
    changed = root / "pack.yaml"
    changed.write_text(changed.read_text(encoding="utf-8") + "# a word\n", encoding="utf-8")
    other = kept.with_name(f"{digest(root)[:32]}{kept.name[32:]}")
    shutil.copy2(kept, other)
    assert shelf().take(digest(root)) is None


def test_knowledge_kept_by_another_state_of_the_program_is_not_taken(
    root: Path, kept: Path
) -> None:
    other = Shelf(SignedFolder(kept.parent), "f" * 16)
    shutil.copy2(kept, kept.with_name(f"{kept.name[:32]}-{other.program}"))
    assert other.take(digest(root)) is None


def test_a_signed_body_that_is_no_knowledge_is_not_taken(root: Path, kept: Path) -> None:
    one = shelf()
    for body in (b"", b"[]", b'["compiled/1",[3,"NO_SUCH"]]', b'["compiled/1",[-1]]', b"[" * 9999):
        assert one.files.write(kept.name, body)
        assert one.take(digest(root)) is None


def test_only_the_owner_can_read_what_is_kept(kept: Path) -> None:
    modes = {path.stat().st_mode & 0o777 for path in (kept, kept.parent / KEY)}
    assert modes == {0o600}
    assert kept.parent.stat().st_mode & 0o777 == 0o700
    assert len(kept.read_bytes()) > CODE_BYTES


def test_only_the_newest_are_kept(root: Path) -> None:
    pack = root / "pack.yaml"
    for _ in range(KEPT + 2):
        pack.write_text(pack.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
        open_checked_knowledge(root)
    assert len([path for path in shelf().files.folder.iterdir() if path.name != KEY]) == KEPT
    assert shelf().take(digest(root)) is not None


def test_a_home_that_cannot_be_written_only_costs_time(home: Path, root: Path) -> None:
    home.write_text("no folder", encoding="utf-8")
    assert [run(root).exit_code for _ in range(2)] == [0, 0]


def test_the_check_command_looks_at_everything_always(root: Path) -> None:
    assert run(root).exit_code == 0
    shutil.rmtree(root / "cases")
    words = ["knowledge", "check", "--knowledge", str(root)]
    rule = root / "rules/t/numb-now.yaml"
    text = rule.read_text(encoding="utf-8")
    rule.write_text(text.replace("expect: silent", "expect: silnt"), encoding="utf-8")
    with pytest.raises(BadInputError):
        load(root)
    assert CliRunner().invoke(main, words).exit_code == 2
