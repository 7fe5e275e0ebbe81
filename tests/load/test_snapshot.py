"""Knowledge kept with a record is read back as it was, without the directory it came from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from knowledge_base import parts

from screening.diagnostics import Code
from screening.errors import BadInputError
from screening.load import Snapshot, digest_of, load_snapshot, take_snapshot
from screening.load.knowledge import shipped_knowledge
from screening.model.knowledge import KnowledgeBase


@pytest.fixture(scope="module")
def kept() -> Snapshot:
    return take_snapshot(shipped_knowledge())


def test_snapshot_gives_the_knowledge_of_its_directory(
    kept: Snapshot, shipped: KnowledgeBase
) -> None:
    again = load_snapshot(kept)
    assert parts(again) == parts(shipped)
    assert again.digest == shipped.digest == digest_of(kept.files)
    assert digest_of(dict(reversed([*kept.files.items()]))) == shipped.digest


def test_snapshot_needs_no_directory(tmp_path: Path, shipped: KnowledgeBase) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(shipped_knowledge(), copy)
    kept = take_snapshot(copy)
    shutil.rmtree(copy)
    assert parts(load_snapshot(kept)) == parts(shipped)


def test_snapshot_holds_nothing_that_concludes_nothing(kept: Snapshot) -> None:
    assert "coverage.yaml" not in kept.files
    assert not any(name.startswith("cases/") for name in kept.files)


@settings(max_examples=20)
@given(data=st.data())
def test_any_other_byte_name_or_file_is_another_digest(
    kept: Snapshot, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(kept.names))
    raw = kept.files[name]
    place = data.draw(st.integers(0, len(raw) - 1))
    other = bytes([raw[place] ^ 1 << data.draw(st.integers(0, 7))])
    flipped = {**kept.files, name: raw[:place] + other + raw[place + 1 :]}
    fewer = {key: value for key, value in kept.files.items() if key != name}
    renamed = {**fewer, f"{name}.yaml": raw}
    digests = {digest_of(files) for files in (kept.files, flipped, fewer, renamed)}
    assert len(digests) == 4


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"pack.yaml": None}, Code.missing_file),
        ({"pack.yaml": None, "pack.yaml/a.yaml": b"a: b\n"}, Code.not_a_file),
        ({"pack.yaml": b"\xff"}, Code.not_utf8),
        ({"pack.yaml": b"x" * (1 << 20) + b"x"}, Code.oversized_file),
        ({"pack.yaml": b"a: [\n"}, Code.yaml_syntax),
    ],
)
def test_damaged_snapshot_is_refused_with_its_place(
    kept: Snapshot, change: dict[str, bytes | None], code: Code
) -> None:
    files = {**kept.files, **change}
    damaged = Snapshot({name: raw for name, raw in files.items() if raw is not None}, "kept")
    with pytest.raises(BadInputError) as caught:
        load_snapshot(damaged)
    assert (code, "kept/pack.yaml") in [(d.code, d.at.path) for d in caught.value.diagnostics]


def test_unreadable_file_makes_no_snapshot(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(BadInputError) as caught:
        take_snapshot(tmp_path)
    assert caught.value.diagnostics[0].code is Code.missing_file
