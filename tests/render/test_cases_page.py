"""The page of the case library counts what it shows, and says that it validates nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import knowledge_base as tiny
import pytest

from screening.assess import Assessor
from screening.diagnostics import Code, Diagnostic, Span
from screening.load import load
from screening.model.case_library import Action, Named, Origin
from screening.model.vocabularies import Level
from screening.render.cases_page import cases_page, triage
from screening.render.markdown import markdown
from screening.testing.run_cases import Tried, try_case


@pytest.fixture
def tried(tmp_path: Path) -> Tried:
    """Return the minimal case, which refers to nobody."""
    knowledge = load(tiny.write(tmp_path), library=True)
    return try_case(Assessor(knowledge), knowledge.cases["stiff-client"])


def at(tried: Tried, level: Level, acted: Level | None) -> Tried:
    """Return the case concluded at a level, and acted on at another."""
    made = tried.concluded.assessment
    made = replace(made, referral=replace(made.referral, level=level))
    action = None if acted is None else Action("Seen.", acted)
    case = replace(tried.case, action=action)
    return replace(tried, case=case, concluded=replace(tried.concluded, assessment=made))


@pytest.mark.parametrize(
    ("level", "acted", "expected"),
    [
        (Level.ROUTINE, Level.ROUTINE, "same"),
        (Level.NONE, Level.MONITOR, "same"),
        (Level.MONITOR, Level.NONE, "same"),
        (Level.ROUTINE, Level.MONITOR, "over"),
        (Level.EMERGENCY, Level.SAME_DAY, "over"),
        (Level.MONITOR, Level.ROUTINE, "under"),
        (Level.SAME_DAY, Level.EMERGENCY, "under"),
        (Level.ROUTINE, None, "-"),
    ],
)
def test_level_is_set_against_what_the_source_did(
    level: Level, acted: Level | None, expected: str, tried: Tried
) -> None:
    assert triage(at(tried, level, acted)) == expected


def test_page_counts_and_names(tried: Tried) -> None:
    said = Diagnostic(Code.failed_case, "`stiff-client` should x; found: y", Span(""))
    failing = replace(at(tried, Level.NONE, Level.SAME_DAY), failed=(said,))
    page = markdown(cases_page([at(tried, Level.ROUTINE, Level.ROUTINE), failing]))
    assert "2 published cases, 1 as expected." in page
    assert "0 made-up cases, 0 as expected." in page
    assert "1 same level, 0 over, 1 under (stiff-client)." in page
    assert "should x; found: y" in page
    assert "no validation" in page
    assert f"1 + {len(tried.harmless)}" in page


def test_rules_of_the_catalogue_are_counted_not_named(tried: Tried) -> None:
    named = (*tried.case.expect.rules, Named("squat.stiff"), Named("walk.stiff"))
    expect = replace(tried.case.expect, rules=named)
    made_up = replace(tried.case, origin=Origin.SYNTHETIC, expect=expect)
    page = markdown(cases_page([replace(tried, case=made_up)]))
    assert "| stiff-supported, easy-when-stiff, 2 verdicts of the catalogue |" in page
