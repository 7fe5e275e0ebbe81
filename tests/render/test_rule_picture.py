"""The picture of rules: boxes apart, arrows to the right, every rule in it, and words for it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path

import knowledge_base as tiny
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from screening.cli import main
from screening.errors import UnknownTargetError
from screening.load import load
from screening.model.knowledge import KnowledgeBase
from screening.model.urgency import by_urgency, urgency
from screening.render.rule_picture import leading_to, picture_file, targets
from screening.render.rule_picture.layered import Extent, arranged

STIFF, EASY = "rules/t/stiff-supported.yaml", "rules/t/easy-when-stiff.yaml"
SVG = "{http://www.w3.org/2000/svg}"


@st.composite
def graphs(draw: st.DrawFn) -> tuple[dict[str, Extent], list[tuple[str, str]]]:
    """Return boxes and arrows without a circle: each leads to a box with a higher number."""
    sides = st.integers(5, 90).map(float)
    count = draw(st.integers(1, 14))
    boxes = {str(n): Extent(draw(sides), draw(sides)) for n in range(count)}
    pairs = st.sampled_from([*combinations(range(count), 2)] or [(0, 0)])
    arrows = draw(st.lists(pairs, max_size=24)) if count > 1 else []
    return boxes, [(str(start), str(end)) for start, end in arrows]


@given(graphs())
def test_no_box_lies_on_another_and_arrows_go_to_the_right(
    graph: tuple[dict[str, Extent], list[tuple[str, str]]],
) -> None:
    boxes, arrows = graph
    found = arranged(boxes, arrows)
    assert found == arranged(boxes, arrows)
    for one, other in combinations(boxes, 2):
        a, b = found.middles[one], found.middles[other]
        apart_x = abs(a.x - b.x) - (boxes[one].width + boxes[other].width) / 2
        apart_y = abs(a.y - b.y) - (boxes[one].height + boxes[other].height) / 2
        assert max(apart_x, apart_y) > 1, (one, other)
    for start, end in arrows:
        way = found.ways[start, end]
        assert [*way] == sorted(way, key=lambda point: point.x)
        assert way[0].y == found.middles[start].y
        assert way[-1].y == found.middles[end].y
    for name, middle in found.middles.items():
        assert middle.y - boxes[name].height / 2 >= -1e-6
        assert middle.y + boxes[name].height / 2 <= found.whole.height + 1e-6
        assert middle.x + boxes[name].width / 2 <= found.whole.width + 1e-6


def test_every_rule_that_leads_to_a_level_or_finding_is_in_its_picture(
    shipped: KnowledgeBase,
) -> None:
    for level, rules in by_urgency(shipped.written_rules).items():
        if level.word not in targets(shipped):
            continue
        inside = leading_to(shipped, level.word).rules
        assert {rule.id for rule in rules} <= set(inside), level
    for name in shipped.findings:
        if name in targets(shipped):
            made = {
                r for strength, own in shipped.finders.items() if strength[0] == name for r in own
            }
            assert made <= set(leading_to(shipped, name).rules)


def test_rules_come_by_how_soon_they_refer(shipped: KnowledgeBase) -> None:
    ordered = [rule for rules in by_urgency(shipped.written_rules).values() for rule in rules]
    levels = [urgency(rule) for rule in ordered]
    assert levels == sorted(levels, reverse=True)
    assert len(ordered) == len(shipped.written_rules)


def test_every_picture_is_well_formed_named_and_needs_nothing_else(shipped: KnowledgeBase) -> None:
    rules = [rule.id for rule in shipped.written_rules[::20]]
    for name in (*targets(shipped)[::4], *rules):
        graph = leading_to(shipped, name)
        text = picture_file(shipped, graph)
        root = ET.fromstring(text)  # noqa: S314 - our own text
        title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert graph.title in str(title.text)
        assert desc is not None
        assert all(rule.title in str(desc.text) for rule in graph.rules.values())
        assert re.findall(r"(?:href|src|url\()", text) == []
        words = " ".join(" ".join(root.itertext()).split())
        for box in graph.boxes.values():
            assert all(word in words for word in box.text.split())


def test_a_condition_is_drawn_as_it_is_joined(tmp_path: Path) -> None:
    knowledge = load(tiny.write(tmp_path))
    graph = leading_to(knowledge, "easy")
    said = {box.text: box.under for box in graph.boxes.values()}
    assert said["Stiff"] == ("if all of:",)
    assert said["any of:"] == ("• the calf: No", "• a fall: Big", "• a cramp: Yes")
    assert "pain: 7 points or less" in said
    assert said["Easy work when stiff"][0].startswith("→ offer Easy work")
    arrows = {(graph.boxes[a].text, graph.boxes[b].text) for a, b in graph.arrows}
    assert ("Stiff", "stiff (supported or stronger)") in arrows
    assert ("stiff (supported or stronger)", "Easy work when stiff") in arrows


def test_a_shallow_picture_leaves_out_what_makes_a_finding(tmp_path: Path) -> None:
    knowledge = load(tiny.write(tmp_path))
    graph = leading_to(knowledge, "easy-when-stiff", deep=False)
    assert [*graph.rules] == ["easy-when-stiff"]
    assert "stiff (supported or stronger)" in {box.text for box in graph.boxes.values()}
    assert "stiff-supported" in leading_to(knowledge, "easy-when-stiff").rules
    assert "stiff-supported" in leading_to(knowledge, "stiff", deep=False).rules


def test_the_command_writes_a_file_and_knows_near_names(tmp_path: Path) -> None:
    root = tiny.write(tmp_path / "k")

    def run(*words: str) -> tuple[int, str]:
        whole = ["knowledge", "picture", *words, "--knowledge", str(root)]
        result = CliRunner().invoke(main, whole)
        return result.exit_code, result.output

    out = tmp_path / "x.svg"
    assert run("emergency", "-o", str(out)) == (0, f"{out}: Now, 1 rule\n")
    assert out.read_text("utf-8").startswith("<svg")
    assert "did you mean `emergency`?" in run("emergenzy")[1]
    assert run("numb-now", "-o", str(tmp_path))[0] == 2
    with pytest.raises(UnknownTargetError, match="a finding, a level"):
        leading_to(load(root), "zzz")


def test_words_of_others_stay_words(tmp_path: Path) -> None:
    rule = "rules/t/numb-now.yaml"
    odd = tiny.FILES[rule].replace("title: Newly numb", "title: <script>x</script> & co")
    knowledge = load(tiny.write(tmp_path, {**tiny.FILES, rule: odd}))
    text = picture_file(knowledge, leading_to(knowledge, "emergency"))
    assert "<script" not in text
    ET.fromstring(text)  # noqa: S314 - our own text


CIRCLES = {
    "a rule on its own finding": {STIFF: ("    - not: pain > 7\n", "    - stiff\n")},
    "two rules on each other": {
        STIFF: ("    - not: pain > 7\n", "    - sore\n"),
        EASY: ("  - {recommend: easy}\n", "  - {find: sore, strength: supported}\n"),
        "findings.yaml": ("findings:\n", "findings:\n  - {id: sore, title: sore}\n"),
    },
}


@pytest.mark.parametrize("circle", CIRCLES)
def test_findings_that_rest_on_themselves_are_drawn_and_said(tmp_path: Path, circle: str) -> None:
    changed = {name: tiny.FILES[name].replace(*edit) for name, edit in CIRCLES[circle].items()}
    root = tiny.write(tmp_path / "k", {**tiny.FILES, **changed})
    knowledge = load(root, library=True)
    for name in (*targets(knowledge), *(rule.id for rule in knowledge.written_rules)):
        graph = leading_to(knowledge, name)
        picture_file(knowledge, graph)
        if name.startswith("stiff"):
            assert any("rests on itself" in box.under for box in graph.boxes.values())
    out = str(tmp_path / "out")
    for command in (["doc", "--output", out], ["bundle", "--all", "-o", f"{out}.html"]):
        result = CliRunner().invoke(main, ["knowledge", *command, "--knowledge", str(root)])
        assert result.exit_code == 0, result.output
