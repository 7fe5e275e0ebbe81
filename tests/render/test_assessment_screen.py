"""What a trainer reads: the answer first, and no exercise where somebody else must look first."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from simulated_clients import random_sheet

from screening.assess import Assessor, ConcludedCase
from screening.load import load_intake
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Level
from screening.render.assessment_page import assessment_page
from screening.render.formats import assessment_output
from screening.render.markdown import markdown
from screening.render.page import Format, PageFormat, Pairs
from screening.render.table import text

INTAKES = ("gardener", "emergency", "same_day", "incomplete", "within_days", "half_asked")


def concluded(assessor: Assessor, root: Path, name: str) -> ConcludedCase:
    return assessor.conclude(load_intake(root / f"tests/intakes/{name}.yaml", assessor.knowledge))


def screen(assessor: Assessor, root: Path, name: str, width: int = 80) -> str:
    found = concluded(assessor, root, name).assessment
    return text(assessment_page(found, assessor.knowledge, f"{name}.yaml"), width)


def test_sections_come_in_the_order_a_trainer_needs_them(assessor: Assessor, root: Path) -> None:
    shown = screen(assessor, root, "gardener")
    order = [
        "NO REFERRAL",
        "NEXT SESSION",
        "FOR EVERY CLIENT: GET HELP AT ONCE",
        "TELL THE CLIENT",
        "HOW MUCH",
        "Pain during",
        "MORE FOR THE CLIENT",
        "Unreviewed",
    ]
    places = [shown.index(words) for words in order]
    assert places == sorted(places)


def test_gardener_is_told_what_to_do_instead(assessor: Assessor, root: Path) -> None:
    shown = screen(assessor, root, "gardener")
    assert "back squat" in shown
    assert "empty bar" in shown
    assert "Unknown  croquet (no rule speaks about it)" in shown
    assert "`screening explain gardener.yaml --why sit_up`" in shown


@pytest.mark.parametrize("name", ["emergency", "same_day", "incomplete"])
def test_action_screen_names_no_exercise(
    assessor: Assessor, root: Path, shipped: KnowledgeBase, name: str
) -> None:
    shown = screen(assessor, root, name)
    names = [e.name for e in shipped.exercises.values()]
    names += [c.title for c in shipped.categories.values()]
    assert not [one for one in names if one in shown]
    parts = ("NEXT SESSION", "HOW MUCH", "WHERE THE CLIENT IS", "TELL THE CLIENT", "STILL OPEN")
    assert not [part for part in parts if part in shown]
    assert "Not shown until then:" in shown
    assert "--why" in shown or "screening explain" in shown


@pytest.mark.parametrize("name", ["emergency", "same_day"])
def test_action_screen_says_who_how_and_what_to_say(
    assessor: Assessor, root: Path, name: str
) -> None:
    lines = screen(assessor, root, name).splitlines()
    for label in ("Who ", "How ", "Say ", "Training "):
        assert any(line.startswith(label) for line in lines), label


def test_unanswered_emergency_question_is_asked_first(assessor: Assessor, root: Path) -> None:
    shown = screen(assessor, root, "incomplete")
    assert shown.startswith("NOT FINISHED: NO EXERCISE YET")
    assert "(saddle)" in shown


def test_same_day_screen_lists_emergency_questions_still_to_ask(
    assessor: Assessor, root: Path, shipped: KnowledgeBase
) -> None:
    case = concluded(assessor, root, "same_day").case
    left = {q: v for q, v in case.answers.items() if q != "chest"}
    found = assessor.conclude(replace(case, answers=left)).assessment
    shown = text(assessment_page(found, shipped, "x.yaml"))
    assert "STILL TO ASK NOW" in shown
    assert "(chest)" in shown


def test_within_days_leaves_light_activity_only(assessor: Assessor, root: Path) -> None:
    shown = screen(assessor, root, "within_days")
    assert shown.startswith("APPOINTMENT WITHIN DAYS")
    assert (
        "Keep  treadmill walk\nWait  back squat, sit-up, rowing machine, deadlift, plank: "
        in shown
    )
    assert "ASK AGAIN" in shown


@pytest.mark.parametrize("name", INTAKES)
@pytest.mark.parametrize("form", [Format.TABLE, Format.MARKDOWN])
def test_every_screen_says_how_much_is_unreviewed(
    assessor: Assessor, root: Path, shipped: KnowledgeBase, name: str, form: PageFormat
) -> None:
    found = concluded(assessor, root, name).assessment
    shown = " ".join(assessment_output(found, shipped, form, "x.yaml").split())
    rules = "1 rule" if found.draft_rules == 1 else f"{found.draft_rules} rules"
    assert found.draft_rules > 0
    assert f"Unreviewed: {rules} behind this. {shipped.pack.review}" in shown


@pytest.mark.parametrize("name", INTAKES)
@pytest.mark.parametrize("width", [60, 80, 110])
def test_no_line_is_longer_than_the_terminal(
    assessor: Assessor, root: Path, name: str, width: int
) -> None:
    assert max(map(len, screen(assessor, root, name, width).splitlines())) <= width


def test_free_text_cannot_draw_on_the_screen(assessor: Assessor, shipped: KnowledgeBase) -> None:
    odd = "pole\x1b[2J\N{RIGHT-TO-LEFT OVERRIDE}|dance*"
    answers = {q.id: q.harmless for q in shipped.questions.values()}
    found = assessor.conclude(Case(answers, other_exercises=(odd,))).assessment
    page = assessment_page(found, shipped, "x.yaml")
    assert "\x1b" not in text(page)
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in text(page)
    assert "\\|dance\\*" in markdown(page)


def test_markdown_has_one_title_and_tables(assessor: Assessor, root: Path) -> None:
    found = concluded(assessor, root, "gardener").assessment
    shown = assessment_output(found, assessor.knowledge, Format.MARKDOWN, "x.yaml")
    assert [line for line in shown.splitlines() if line.startswith("# ")] == [
        "# No referral from these answers"
    ]
    assert "sit-up (instead: McGill curl-up, dead bug)" in shown


def test_the_first_screen_says_what_to_do(assessor: Assessor, root: Path) -> None:
    """At 80x24: the decision, the programme, what to offer by name, and when to get help."""
    first = "\n".join(screen(assessor, root, "gardener").splitlines()[:24])
    for words in (
        "No answer asks for a referral today.",
        "back squat: Body weight or an empty bar",
        "sit-up (instead: McGill curl-up",
        "core control: McGill curl-up",
        "Stop and get help at once for a new change in peeing",
        "See a doctor the same day",
        "before the next session about anything new.",
    ):
        assert words in " ".join(first.split()), words


def test_the_signs_for_help_stand_on_every_result_that_is_no_emergency(
    assessor: Assessor, root: Path
) -> None:
    for name in INTAKES:
        shown = screen(assessor, root, name)
        assert ("GET HELP AT ONCE" in shown) is not shown.startswith("EMERGENCY"), name


def test_a_client_is_told_five_things_first_and_none_twice(assessor: Assessor, root: Path) -> None:
    shown = screen(assessor, root, "gardener")
    told = shown.split("TELL THE CLIENT\n")[1].split("\n\n")[0]
    assert told.count("- ") == 5
    lines = " ".join(shown.split()).split(" - ")
    assert len(lines) == len(set(lines))


def test_nothing_that_is_not_offered_stands_in_for_another_exercise(
    assessor: Assessor, shipped: KnowledgeBase
) -> None:
    for seed in range(40):
        case = Case(random_sheet(shipped, seed), tuple(shipped.exercises))
        found = assessor.conclude(case).assessment
        held = {one.target for one in found.withheld} | {one.target for one in found.avoid}
        page = assessment_page(found, shipped, "x.yaml")
        rows = [row for block in page if isinstance(block, Pairs) for row in block.rows]
        instead = " ".join(said for label, said in rows if label == "Not yet")
        for exercise in shipped.exercises.values():
            if exercise.category in held:
                stands_in = rf"instead: [^)]*\b{re.escape(exercise.name)}\b"
                assert not re.search(stands_in, instead), (seed, exercise.id)


def test_watching_says_why(assessor: Assessor, shipped: KnowledgeBase) -> None:
    answers = {q.id: q.harmless for q in shipped.questions.values()} | {"age": 60}
    found = assessor.conclude(Case(answers)).assessment
    assert found.referral.level.word == "monitor"
    titles = [shipped.rules[rule].title for rule in found.referral.decisive]
    assert f"Because  {titles[0]}" in text(assessment_page(found, shipped, "x.yaml"))


def test_what_is_open_says_what_could_come_of_it(assessor: Assessor, root: Path) -> None:
    """A page says it as JSON and OUT do; nothing where all is answered, or at the top already."""
    for name in INTAKES:
        made = concluded(assessor, root, name).assessment
        words = {word for one in made.open for word in one.could_change}
        most = max((level for level in Level if level.word in words), default=Level.NONE)
        shown = " ".join(screen(assessor, root, name).split())
        said = f"What is still open could make this: {assessor.knowledge.levels[most].title}."
        assert (said in shown) is (most > made.referral.level), name


def test_a_referral_that_waits_for_an_answer_is_named(assessor: Assessor, root: Path) -> None:
    case = load_intake(root / "tests/intakes/gardener.yaml", assessor.knowledge)
    left = {q: v for q, v in case.answers.items() if q != "constant"}
    found = assessor.conclude(replace(case, answers=left)).assessment
    for layout, there in ((2, False), (3, True)):
        page = assessment_page(found, assessor.knowledge, "g.yaml", layout=layout)
        said = "What is still open could make this: Appointment within days."
        assert (said in " ".join(text(page, 80).split())) is there
