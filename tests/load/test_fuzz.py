"""Whatever is in a file, loading ends in knowledge, a case, or diagnostics with places."""

from __future__ import annotations

from pathlib import Path

import knowledge_base as tiny
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import mutated

from screening.diagnostics import Problems
from screening.errors import BadInputError
from screening.load import load, load_intake, shipped_knowledge
from screening.load.source import decode
from screening.load.tree import parse
from screening.model.knowledge import KnowledgeBase

RULE = "rules/t/stiff-supported.yaml"
REAL_RULES = sorted((shipped_knowledge() / "rules").rglob("*.yaml"))
once = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
often = settings(once, max_examples=250)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the minimal knowledge, for one file of it to be overwritten."""
    return tiny.write(tmp_path_factory.mktemp("fuzzed"))


@pytest.fixture(scope="module")
def tiny_knowledge(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """Return the minimal knowledge base."""
    return load(tiny.write(tmp_path_factory.mktemp("tiny")))


def assert_explained(error: BadInputError) -> None:
    """Check that something is said, each on one line, at a place that can be."""
    assert error.diagnostics
    for diagnostic in error.diagnostics:
        assert diagnostic.at.line >= 1
        assert diagnostic.at.column >= 1
        assert (diagnostic.message + diagnostic.help).isprintable()
        assert len(str(diagnostic)) < 5000


def assert_loads_or_explains(root: Path) -> None:
    """Check that loading returns or raises what it says it raises."""
    try:
        load(root, library=True)
    except BadInputError as error:
        assert_explained(error)


def assert_intake_loads_or_explains(path: Path, knowledge: KnowledgeBase) -> None:
    """Check that loading an intake returns or raises what it says it raises."""
    try:
        load_intake(path, knowledge)
    except BadInputError as error:
        assert_explained(error)


@often
@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_read_or_explained(content: bytes) -> None:
    problems = Problems()
    text = decode(content, "x.yaml", problems)
    tree = None if text is None else parse(text, "x.yaml", problems)
    assert (tree is None) == bool(problems.errors)
    if problems.errors:
        assert_explained(BadInputError(problems.sorted()))


@once
@given(content=st.binary(max_size=300), name=st.sampled_from(sorted(tiny.FILES)))
def test_any_bytes_in_any_file_load_or_are_explained(
    content: bytes, name: str, directory: Path
) -> None:
    (directory / name).write_bytes(content)
    try:
        assert_loads_or_explains(directory)
    finally:
        (directory / name).write_text(tiny.FILES[name], "utf-8")


@often
@given(data=st.data(), name=st.sampled_from(sorted(tiny.FILES)))
def test_mutated_file_loads_or_is_explained(
    data: st.DataObject, name: str, directory: Path
) -> None:
    content = data.draw(mutated(tiny.FILES[name]))
    (directory / name).write_bytes(content.encode("utf-8", "surrogatepass"))
    try:
        assert_loads_or_explains(directory)
    finally:
        (directory / name).write_text(tiny.FILES[name], "utf-8")


@often
@given(data=st.data(), source=st.sampled_from(REAL_RULES))
def test_mutated_real_rule_loads_or_is_explained(
    data: st.DataObject, source: Path, directory: Path
) -> None:
    content = data.draw(mutated(source.read_text("utf-8")))
    path = directory / "rules" / "t" / "fuzzed.yaml"
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    try:
        assert_loads_or_explains(directory)
    finally:
        path.unlink()


@often
@given(data=st.data())
def test_mutated_intake_loads_or_is_explained(
    data: st.DataObject, tmp_path: Path, tiny_knowledge: KnowledgeBase
) -> None:
    path = tmp_path / f"intake.{data.draw(st.sampled_from(['yaml', 'json']))}"
    path.write_bytes(data.draw(mutated(tiny.INTAKE)).encode("utf-8", "surrogatepass"))
    assert_intake_loads_or_explains(path, tiny_knowledge)


@settings(once, max_examples=40)
@given(data=st.data())
def test_mutated_real_intake_loads_or_is_explained(
    data: st.DataObject, root: Path, tmp_path: Path, shipped: KnowledgeBase
) -> None:
    text = (root / "tests" / "intakes" / "gardener.yaml").read_text("utf-8")
    path = tmp_path / "intake.yaml"
    path.write_bytes(data.draw(mutated(text)).encode("utf-8", "surrogatepass"))
    assert_intake_loads_or_explains(path, shipped)


@once
@given(cut=st.integers(0, len(tiny.FILES[RULE]) - 1))
def test_rule_saved_half_way_loads_or_is_explained(cut: int, directory: Path) -> None:
    (directory / RULE).write_text(tiny.FILES[RULE][:cut], "utf-8")
    try:
        assert_loads_or_explains(directory)
    finally:
        (directory / RULE).write_text(tiny.FILES[RULE], "utf-8")
