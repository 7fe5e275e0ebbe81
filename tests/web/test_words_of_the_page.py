"""What the page itself says: never a diagnosis, never that something is safe."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from never_said import never_said

TEMPLATES = sorted((Path(__file__).parents[2] / "screening/web/templates").glob("*.html"))
CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", re.DOTALL)


@pytest.mark.parametrize("template", TEMPLATES, ids=[one.stem for one in TEMPLATES])
def test_a_page_says_nothing_that_is_never_said(template: Path) -> None:
    assert never_said(CODE.sub(" ", template.read_text("utf-8"))) == []


def test_nothing_is_marked_as_safe_html_but_what_was_escaped() -> None:
    for template in TEMPLATES:
        text = template.read_text("utf-8")
        assert "|safe" not in text, template.name
        assert "<script" not in text.lower(), template.name
        assert "style=" not in text, template.name
        assert not re.search(r"""\{\{ *'""", text), template.name
        assert not re.search(r"\bon[a-z]+=", text), template.name


def test_every_form_that_does_something_carries_the_token_of_its_visit() -> None:
    for template in TEMPLATES:
        if template.stem == "outside":  # whoever is there has no visit
            continue
        forms = template.read_text("utf-8").split("<form")[1:]
        assert [one[:60] for one in forms if 'name="token"' not in one.split("</form>")[0]] == []
