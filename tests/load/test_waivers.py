"""Waivers name a rule that exists and a mutant, once, with a reason."""

from __future__ import annotations

from pathlib import Path

import knowledge_base as tiny
import pytest

from screening.diagnostics import Code
from screening.errors import BadInputError
from screening.load import load
from screening.model.knowledge import KnowledgeBase

GOOD = """\
waivers:
  - {rule: numb-now, mutant: no rule, reason: So it is.}
  - {rule: jump.stiff, mutant: no rule, reason: "Jumps stay, also unsaid."}
"""
WRONG = (
    (GOOD.replace("numb-now", "numb-know"), Code.dangling_target, 2, "no rule `numb-know`"),
    (GOOD.replace("jump.stiff", "numb-now"), Code.duplicate_id, 3, "is waived twice"),
    (GOOD.replace(", reason: So it is.", ""), Code.missing_key, 2, "`reason`"),
    (GOOD.replace("mutant: no rule, reason: So", "reason: So"), Code.missing_key, 2, "`mutant`"),
    (GOOD.replace("rule: numb-now, ", ""), Code.missing_key, 2, "`rule`"),
    (GOOD.replace("reason: So", "because: So"), Code.unknown_key, 2, "`because`"),
    (GOOD.replace("waivers:", "waiver:"), Code.unknown_key, 1, "`waiver`"),
    ("waivers: none\n", Code.wrong_shape, 1, "`waivers`"),
)


def loaded(root: Path, waivers: str, *, library: bool = True) -> KnowledgeBase:
    files = {**tiny.FILES, "waivers.yaml": waivers}
    return load(tiny.write(root, files), library=library)


def test_waivers_are_read_in_the_order_of_the_file(tmp_path: Path) -> None:
    found = loaded(tmp_path, GOOD).waivers
    assert [(w.rule, w.mutant, w.reason, w.at.line) for w in found] == [
        ("numb-now", "no rule", "So it is.", 2),
        ("jump.stiff", "no rule", "Jumps stay, also unsaid.", 3),
    ]


def test_knowledge_without_waivers_has_none(tmp_path: Path) -> None:
    assert load(tiny.write(tmp_path), library=True).waivers == ()


@pytest.mark.parametrize(("text", "code", "line", "says"), WRONG)
def test_a_wrong_waiver_is_named_at_its_place(
    text: str, code: Code, line: int, says: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInputError) as caught:
        loaded(tmp_path, text)
    found = [d for d in caught.value.diagnostics if d.code is code]
    assert any(says in d.message and d.at.line == line for d in found)


def test_waivers_conclude_nothing(tmp_path: Path) -> None:
    plain = load(tiny.write(tmp_path / "plain"))
    waived = loaded(tmp_path / "waived", GOOD, library=False)
    assert (waived.digest, waived.waivers) == (plain.digest, ())
