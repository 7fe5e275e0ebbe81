"""A rule that another one overrules is named with the winner, and only where that is so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import strategies
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from knowledge_base import FILES, write

from screening.app.proofs import failing
from screening.assess import Assessor
from screening.assess.difference import Change, difference
from screening.check.overruled import overruling
from screening.cli import main
from screening.engines.applicable import with_inapplicable
from screening.engines.reference import evaluate
from screening.load import load
from screening.model.case import Case
from screening.model.implied import fires_with
from screening.model.question import Value
from screening.model.rule import Head
from screening.model.vocabularies import Truth
from screening.verify.prove import prove

CHANGE = """\
id: change-squat
title: Bending hurts, so the squat is changed
status: draft
when: {all: [bend is provokes, cramp is yes]}
then: {modify: squat, instead: Half way.}
because: It is so.
evidence: [{source: BOOK, grade: expert}]
review: {due: 2027-11-01}
examples:
  - {name: Both, given: {bend: provokes, cramp: yes}, expect: fires}
  - {name: No cramp, given: {bend: provokes, cramp: no}, expect: silent}
  - {name: Nothing asked, given: {}, expect: undecided}
"""
NEEDED = """\
invariants:
  - id: rules-needed
    title: Every rule concludes something alone
    because: A shadowed rule hides what holds.
    each: rule
    sometimes: [it alone concludes something]
"""
WON = "`change-squat` never has an effect: whenever it fires, `squat.provokes` leaves out squat"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_rule_that_fires_with_another_does_so_for_every_client(data: st.DataObject) -> None:
    knowledge = data.draw(strategies.knowledge_bases())
    rules = knowledge.live_rules
    pairs = [(a, b) for a in rules for b in rules if a != b and fires_with(a, b)]
    for _ in range(4 if pairs else 0):
        sheet = with_inapplicable(knowledge, data.draw(strategies.answer_sheets(knowledge)))
        heads = evaluate(knowledge, sheet).heads
        for one, other in pairs:
            if heads[Head(one.id)] is Truth.TRUE:
                assert heads[Head(other.id)] is Truth.TRUE


def nothing_but_withheld(changes: tuple[Change, ...]) -> bool:
    """Tell whether clients get the same; an offer that is withheld is no longer said to be one."""
    return all(one.before == "withheld" and one.after.startswith("leave out") for one in changes)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_without_an_overruled_rule_every_client_is_concluded_the_same(
    data: st.DataObject,
) -> None:
    knowledge = data.draw(strategies.knowledge_bases())
    for rule in knowledge.live_rules:
        if rule.cell or not overruling(knowledge, rule):
            continue
        left = {name: one for name, one in knowledge.rules.items() if name != rule.id}
        without = replace(knowledge, rules=left)
        case = data.draw(strategies.cases(knowledge))
        before, after = (Assessor(base).preview(case).assessment for base in (knowledge, without))
        assert nothing_but_withheld(difference(before, after, knowledge, without))


def run(*arguments: str | Path, lines: list[str] | None = None) -> tuple[int, str, str]:
    given_ = "".join(f"{line}\n" for line in lines or [])
    result = CliRunner().invoke(main, ["knowledge", *map(str, arguments)], input=given_)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def base(tmp_path: Path) -> Path:
    files = {**FILES, "rules/t/change-squat.yaml": CHANGE, "safety.yaml": NEEDED}
    return write(tmp_path / "base", files)


def test_check_names_the_winner(base: Path) -> None:
    code, _, err = run("check", "--knowledge", base)
    assert (code, f"overruled_rule: {WON}" in err) == (0, True)


def test_diff_names_the_winner_of_a_new_rule(base: Path, tmp_path: Path) -> None:
    code, out, _ = run("diff", write(tmp_path / "old"), base)
    assert code == 0
    assert WON in " ".join(out.split())
    form = run("diff", tmp_path / "old", base, "--format", "json")[1]
    assert '"without_effect"' in form


def test_new_names_the_winner_and_asks(base: Path) -> None:
    lines = ["Squat hurts", "", "bend is provokes", "", "change squat", "y", "Half way.", "", "n"]
    _, _, err = run("new", "--knowledge", base, lines=lines)
    said = " ".join(err.split())
    assert "`squat-hurts` never has an effect: whenever it fires, `squat.provokes`" in said
    assert "Nothing is written: see `squat.provokes`." in said


def test_a_proof_names_the_winner_and_blames_no_rule_that_nobody_wrote(base: Path) -> None:
    (proof,) = prove(load(base, library=True))
    words = {one.it: one.words for one in proof.failures}
    assert words["change-squat"].startswith("it never has an effect: `squat.provokes` leaves out")
    assert "squat.provokes" not in words


def test_a_review_is_told_of_promises_of_others_and_stopped_by_its_own(base: Path) -> None:
    knowledge = load(base, library=True)
    found = failing(knowledge)
    own, others = found.by_part(knowledge.rules["change-squat"])
    assert (len(own), len(others)) == (1, 0)
    own, others = found.by_part(knowledge.rules["numb-now"])
    assert (len(own), len(others)) == (0, 1)


WINNERS = {
    "avoid: easy, strength: soft": "modify: squat, instead: Half way.",
    "avoid: demand, direction: flexion, strength: soft": "modify: squat, instead: Half way.",
    "avoid: squat, strength: soft": "modify: squat, instead: Half way.",
    "avoid: easy, strength: hard": "recommend: easy",
    "limit: pain_during, at_most: 1": "limit: pain_during, at_most: 2",
    "clearance: ask_first": "clearance: go",
}


@pytest.mark.parametrize(("wins", "loses"), WINNERS.items())
def test_what_is_said_to_win_wins(wins: str, loses: str, tmp_path: Path) -> None:
    """Concluded with and without the rule that is said to have no effect."""
    one = CHANGE.replace("{modify: squat, instead: Half way.}", f"{{{loses}}}")
    one = one.replace("bend is provokes, cramp is yes", "pain >= 4, cramp is yes")
    other = one.replace(f"{{{loses}}}", f"{{{wins}}}").replace("change-squat", "wins")
    other = other.replace("pain >= 4", "pain >= 3")
    rules = {"rules/t/change-squat.yaml": one, "rules/t/wins.yaml": other}
    both = load(write(tmp_path / "base", {**FILES, **rules}))
    assert [found.winner for found in overruling(both, both.rules["change-squat"])] == ["wins"]
    left = {name: rule for name, rule in both.rules.items() if name != "change-squat"}
    without = replace(both, rules=left)
    answers: dict[str, Value] = {
        "numb": "no",
        "pain": 5,
        "cramp": "yes",
        "bend": "no_effect",
        "sit": "no_effect",
    }
    client = Case({**answers, "fall": "none", "calf": "no"}, ("squat", "walk"))
    before, after = (Assessor(base).preview(client).assessment for base in (both, without))
    assert nothing_but_withheld(difference(before, after, both, without))
