"""A mutant is killed by an example or a case, proved equivalent, waived by name, or alive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import knowledge_base as tiny
from concluded_case import as_concluded
from exhaustive_intakes import SMALL, every_sheet, sheets
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from strategies import answer_sheets, knowledge_bases

from screening.app.proofs import teller
from screening.assess import Assessor
from screening.engines.applicable import with_inapplicable
from screening.engines.kleene import SIDES, sides
from screening.engines.reference import both_sides
from screening.load import load
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Reading, Rule
from screening.model.vocabularies import Truth
from screening.mutation.case_results import CaseBook
from screening.mutation.mutant import MutatedPart, planted
from screening.mutation.operators import mutants_of
from screening.mutation.verdicts import Fate, Judge, MutantVerdict
from screening.testing.run_cases import as_case, failures

NUMB = "rules/t/numb-now.yaml"
STIFF = "rules/t/stiff-supported.yaml"
EASY = "rules/t/easy-when-stiff.yaml"
CASE = "cases/stiff-client.yaml"
SAME_DAY = "unknown not_met for same_day"


def tiny_base(root: Path, *edits: tuple[str, str, str], waivers: str = "") -> KnowledgeBase:
    """Return the minimal knowledge base with some texts replaced, and these waivers."""
    files = dict(tiny.FILES)
    for file, old, new in edits:
        assert old in files[file]
        files[file] = files[file].replace(old, new)
    if waivers:
        files["waivers.yaml"] = waivers
    return load(tiny.write(root, files), library=True)


def verdict(
    knowledge: KnowledgeBase, rule: str, mutant: str, *, proving: bool = True
) -> MutantVerdict:
    judge = Judge(knowledge, teller(knowledge) if proving else None)
    (found,) = [v for v in judge.of_rule(knowledge.rules[rule]) if v.mutant.name == mutant]
    return found


def test_an_example_of_the_rule_kills(tmp_path: Path) -> None:
    found = verdict(tiny_base(tmp_path), "numb-now", "numb is no for numb is new_or_worse")
    assert (found.fate, found.by, found.seen) == (Fate.KILLED, "New", "")


def test_a_removed_cell_is_killed_where_an_avoid_now_reaches_its_exercise(tmp_path: Path) -> None:
    """The cell says nothing itself in the case: the client is not stiff."""
    files = {name: text for name, text in tiny.FILES.items() if name != CASE}
    files["cases/loose.yaml"] = """\
id: loose
title: A client who is not stiff
kind: synthetic
answers: {}
harmless_rest: all
programme: [walk]
expect:
  referral: {at_most: monitor}
  must_not: [avoid squat]
"""
    easy = files[EASY].replace("stiff is supported", "{any: [stiff is supported, numb is no]}")
    avoids = "{avoid: squat, strength: soft, instead: [walk]}"
    assert avoids in easy
    files[EASY] = easy.replace(avoids, "{avoid: demand, direction: flexion, strength: soft}")
    knowledge = load(tiny.write(tmp_path, files), library=True)
    assert not CaseBook(knowledge).known[0].failed
    found = verdict(knowledge, "squat.stiff", "no rule")
    assert (found.fate, found.by) == (Fate.KILLED, "loose")


def test_a_removed_rule_is_killed_by_an_example_in_which_it_fires(tmp_path: Path) -> None:
    found = verdict(tiny_base(tmp_path), "numb-now", "no rule")
    assert (found.fate, found.by) == (Fate.KILLED, "New")


def test_the_level_an_example_expects_kills_another_level(tmp_path: Path) -> None:
    says = "given: {numb: dont_know}, expect: silent, refers: same_day"
    more = (NUMB, "  - {name: Not asked", f"  - {{name: Unsure, {says}}}\n  - {{name: Not asked")
    assert verdict(tiny_base(tmp_path / "a"), "numb-now", SAME_DAY).fate is Fate.SURVIVED
    found = verdict(tiny_base(tmp_path / "b", more), "numb-now", SAME_DAY)
    assert (found.fate, found.by) == (Fate.KILLED, "Unsure")


def test_a_case_that_names_the_rule_kills_a_change_of_its_condition(tmp_path: Path) -> None:
    one_movement = "any flexion movement provokes for at least 2 flexion movements provoke"
    assert verdict(tiny_base(tmp_path / "a"), "stiff-supported", one_movement).fate is (
        Fate.SURVIVED
    )
    edits = (
        (CASE, "{bend: provokes, sit: provokes}", "{bend: provokes, sit: no_effect}"),
        (CASE, "  rules: [stiff-supported, easy-when-stiff]\n", ""),
        (CASE, "not_rules: [numb-now]", "not_rules: [stiff-supported]"),
    )
    found = verdict(tiny_base(tmp_path / "b", *edits), "stiff-supported", one_movement)
    assert (found.fate, found.by) == (Fate.KILLED, "stiff-client")


def test_a_case_that_does_not_name_the_rule_kills_no_change_of_its_condition(
    tmp_path: Path,
) -> None:
    """What a whole case concludes can be right for another reason."""
    edit = (CASE, "rules: [stiff-supported, easy-when-stiff]", "rules: [easy-when-stiff]")
    base = tiny_base(tmp_path, edit, (STIFF, "  - name: Both\n", "  - name: Gone\n"))
    rule = base.rules["stiff-supported"]
    bare = replace(base, rules={**base.rules, rule.id: replace(rule, examples=())})
    fates = {v.fate for v in Judge(bare).of_rule(bare.rules[rule.id]) if "for" in v.mutant.name}
    killed = [v for v in Judge(bare).of_rule(bare.rules[rule.id]) if v.fate is Fate.KILLED]
    assert Fate.SURVIVED in fates
    assert all(v.seen for v in killed)


def test_a_case_that_expects_the_conclusion_kills_its_loss(tmp_path: Path) -> None:
    base = tiny_base(tmp_path)
    found = verdict(base, "easy-when-stiff", "without recommend easy")
    assert (found.fate, found.by) == (Fate.KILLED, "stiff-client")
    assert found.seen
    assert verdict(base, "easy-when-stiff", "without stage acute").fate is Fate.SURVIVED


def test_what_no_client_can_tell_apart_is_equivalent(tmp_path: Path) -> None:
    name = "at least 2 movements provoke for at least 2 flexion movements provoke"
    base = tiny_base(tmp_path)  # every movement is one of bending
    assert verdict(base, "stiff-supported", name).fate is Fate.EQUIVALENT
    assert verdict(base, "stiff-supported", name, proving=False).fate is Fate.SURVIVED


WAIVED = (
    "waivers:\n  - {rule: numb-now, mutant: unknown not_met for same_day, reason: So it is.}\n"
)


def test_a_waiver_names_one_mutant_of_one_rule(tmp_path: Path) -> None:
    base = tiny_base(tmp_path, waivers=WAIVED)
    found = verdict(base, "numb-now", SAME_DAY)
    assert (found.fate, found.by) == (Fate.WAIVED, "So it is.")
    assert verdict(base, "numb-now", "unknown met for same_day").fate is Fate.SURVIVED
    elsewhere = WAIVED.replace("numb-now", "stiff-supported")
    other = tiny_base(tmp_path / "other", waivers=elsewhere)
    assert verdict(other, "numb-now", SAME_DAY).fate is Fate.SURVIVED


def test_a_waiver_does_not_hide_that_a_mutant_is_killed_or_equivalent(tmp_path: Path) -> None:
    waivers = (
        "waivers:\n"
        "  - {rule: numb-now, mutant: no rule, reason: No.}\n"
        "  - rule: stiff-supported\n"
        "    mutant: at least 2 movements provoke for at least 2 flexion movements provoke\n"
        "    reason: No.\n"
    )
    base = tiny_base(tmp_path, waivers=waivers)
    judge = Judge(base, teller(base))
    fates = [v.fate for rule in base.live_rules for v in judge.of_rule(rule)]
    assert Fate.WAIVED not in fates


def client(found: MutantVerdict) -> dict[str, Value]:
    assert found.fate is Fate.SURVIVED
    assert found.client is not None
    return dict(found.client.example.given)


def test_a_survivor_comes_with_a_client_one_answer_from_an_example(tmp_path: Path) -> None:
    found = verdict(tiny_base(tmp_path), "stiff-supported", "pain > 6 for pain > 7")
    both = {"bend": "provokes", "sit": "provokes", "cramp": "yes"}
    assert client(found) == {**both, "pain": 7}
    assert found.client is not None
    assert found.client.near is not None
    assert (found.client.near.name, found.client.changed) == ("Both", (("pain", 7),))
    assert found.client.example.expect is Truth.TRUE


def test_without_examples_the_client_is_the_smallest_the_solver_finds(tmp_path: Path) -> None:
    base = tiny_base(tmp_path)
    rule = replace(base.rules["numb-now"], examples=())
    bare = replace(base, rules={**base.rules, rule.id: rule})
    found = verdict(bare, "numb-now", "numb is lifelong for numb is new_or_worse")
    assert len(client(found)) == 1


def test_a_survivor_that_only_a_case_can_kill_has_no_client(tmp_path: Path) -> None:
    found = verdict(tiny_base(tmp_path), "easy-when-stiff", "without stage acute")
    assert (found.fate, found.client) == (Fate.SURVIVED, None)


def told(knowledge: KnowledgeBase, rule: Rule, answers: Mapping[str, Value]) -> object:
    """Return what a version of a rule makes of answers: its sides, and what it says."""
    findings = both_sides(knowledge, answers)[1]
    read = with_inapplicable(knowledge, answers)
    found = {
        reading: sides(
            rule.when, read, findings, knowledge.members, rule.reads_unknown_as(reading)
        )
        for reading in rule.readings
    }
    certain, possible = found[Reading.CERTAIN], found.get(Reading.POSSIBLE, SIDES[Truth.FALSE])
    says = rule.then if certain.true else ()
    instead = possible.true and not certain.true
    return certain, possible, says, rule.level(Reading.POSSIBLE) if instead else None


@settings(max_examples=10, suppress_health_check=[HealthCheck.filter_too_much])
@given(knowledge_bases(most=3))
def test_equivalent_is_what_no_intake_there_can_be_tells_apart(knowledge: KnowledgeBase) -> None:
    assume(sheets(knowledge.questions) <= SMALL)
    judge = Judge(knowledge, teller(knowledge))
    every = list(every_sheet(knowledge.questions))
    for rule in knowledge.live_rules:
        as_is = [told(knowledge, rule, sheet) for sheet in every]
        for found in judge.of_rule(rule):
            if found.mutant.mutated is None:
                continue
            changed = [told(knowledge, found.mutant.mutated, sheet) for sheet in every]
            assert (found.fate is Fate.EQUIVALENT) is (changed == as_is), (
                found.mutant.rule,
                found.mutant.name,
            )


@settings(max_examples=20)
@given(data=st.data())
def test_a_case_kills_what_makes_it_fail_when_concluded_afresh(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases(most=4))
    case = as_concluded(knowledge, data.draw(answer_sheets(knowledge)))
    knowledge = replace(knowledge, cases={case.id: case})
    book = CaseBook(knowledge)
    assert not book.known[0].failed
    for rule in knowledge.live_rules:
        for mutant in mutants_of(rule, knowledge):
            if mutant.change is not MutatedPart.WHEN:
                assessor = Assessor(planted(knowledge, mutant))
                client_, _ = as_case(assessor, case, assessor.preview)
                afresh = assessor.preview(client_)
                failed = any(failures(assessor.knowledge, afresh, case.expect))
                assert bool(book.killer(mutant)) is failed, mutant
