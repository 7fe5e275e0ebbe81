"""The scripts of a form: they ask nobody, write no HTML, and say nothing that is never said."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from never_said import never_said

from screening.compile.circuit import circuit
from screening.interview.form_gates import form_gates
from screening.model.knowledge import KnowledgeBase
from screening.render.drawn import Drawings
from screening.render.form_page import FormPage, form_html

SCRIPTS = sorted((Path(__file__).parents[2] / "screening/render/form").glob("*.js"))
LARGEST = 400_000  # letters of a whole form: what a mail takes without a thought
WORDS = re.compile(r'"([A-Z][^"]* [^"]*)"')


@pytest.mark.parametrize("script", SCRIPTS, ids=[one.name for one in SCRIPTS])
def test_a_script_asks_nobody_keeps_nothing_and_writes_no_html(script: Path) -> None:
    text = script.read_text("utf-8")
    for word in (
        "innerHTML",
        "eval(",
        "Function(",
        "fetch",
        "XMLHttp",
        "Storage",
        "cookie",
        "://",
    ):
        assert word not in text, word


def test_the_scripts_say_nothing_that_is_never_said() -> None:
    said = [one for script in SCRIPTS for one in WORDS.findall(script.read_text("utf-8"))]
    assert "Send this to your trainer" in said
    assert never_said(" ".join(said)) == []


def test_its_policy_lets_in_its_own_script_and_style_and_nothing_else(
    shipped: KnowledgeBase,
) -> None:
    gates = form_gates(shipped, circuit(shipped))
    text = form_html(FormPage("00" * 16, "04" * 65, shipped, gates, None, Drawings(shipped).of))
    assert len(text) < LARGEST
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src 'none';")
    for tag in ("script", "style"):
        (inner,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}';" in policy[1]
    assert not re.search(r"\b(?:src|href|on[a-z]+|style)=", text.split("<script")[0])
