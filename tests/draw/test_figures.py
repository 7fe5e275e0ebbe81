"""Figures: what is drawn is what is promised, and what no body can do is found."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from math import dist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from never_said import never_shown, quoted_in

from screening.check.figures import check_figures
from screening.diagnostics import Code, Problems
from screening.draw.body import FOREARM, SHANK, THIGH, UPPER_ARM, gap, posed
from screening.draw.choices import thin_choices, undrawn
from screening.draw.faults import RANGES, faults
from screening.draw.gallery import figures_of
from screening.draw.picture import picture, shots
from screening.draw.svg import Caption, figure_svg, file_svg
from screening.draw.words import shape_of, words_of
from screening.load import load, shipped_knowledge
from screening.model.figure import SIDES, Arrow, BackShape, Figure, Pose, Reach
from screening.model.knowledge import KnowledgeBase
from screening.model.session import Place

SHIPPED = load(shipped_knowledge())
SVG = "{http://www.w3.org/2000/svg}"
BY_ID = {figure.id: figure for figure in figures_of(SHIPPED)}
EVERY = pytest.mark.parametrize("figure", BY_ID.values(), ids=lambda figure: figure.id)
Change = Callable[[Pose], Pose]


@cache
def drawn_of(name: str) -> str:
    figure = BY_ID[name]
    return file_svg(picture(figure), Caption(figure.id, words_of(figure)))


def drawn(figure: Figure) -> str:
    return drawn_of(figure.id)


@cache
def read_again() -> dict[str, Figure]:
    return {figure.id: figure for figure in figures_of(SHIPPED)}


def test_the_shipped_figures_have_no_fault() -> None:
    assert check_figures(SHIPPED) == ()
    assert len(BY_ID) > 100


def test_every_movement_question_is_drawn() -> None:
    shown = {name for figure in BY_ID.values() for name in figure.shows}
    assert [q.id for q in SHIPPED.questions.values() if q.is_movement and q.id not in shown] == []


def test_each_slot_has_two_drawn_choices_in_each_place_for_each_pattern() -> None:
    assert list(thin_choices(SHIPPED)) == []


def without_figure(name: str) -> KnowledgeBase:
    texts = {
        file: re.sub(rf"(?m)^  {name}:\n(?:    .*\n)+", "", text)
        for file, text in SHIPPED.drawings.items()
    }
    assert texts != dict(SHIPPED.drawings)
    return replace(SHIPPED, drawings=texts)


def test_a_choice_that_loses_its_figure_is_named() -> None:
    poorer = without_figure("pelvic_tilt")
    assert set(undrawn(poorer)) - set(undrawn(SHIPPED)) == {"pelvic_tilt"}
    found = list(thin_choices(poorer))
    assert {one.place for one in found} == set(Place)
    assert {(one.slot, one.pattern) for one in found} == {("RF", "flexion_sensitive")}
    assert all((one.drawn, one.undrawn) == ((), ("pelvic_tilt",)) for one in found)


IN_TURNS = {
    *("dead_bug", "dead_bug_heel_tap", "heel_slide", "balance_walk", "farmer_carry"),
    *("curl_up", "cable_chest_press", "floor_pick_up", "standing_calf_raise", "hinge_drill"),
    "wall_side_glide",  # one way, as it was shown
}
"""Exercises that both sides do in turn, or in which the limbs differ and the work does not."""
APART = 8  # hundredths of the height by which a limb is elsewhere than its other


def test_what_one_side_does_in_its_figure_is_done_a_side() -> None:
    """Else a stretch of one leg is told, and timed, as if it were done."""
    wrong = []
    for figure in BY_ID.values():
        points = shots(figure)[-1].body.points
        apart = any(
            abs(points[f"{joint}_r"][axis] - points[f"{joint}_l"][axis]) > APART
            for joint in ("knee", "ankle", "wrist")
            for axis in (0, 1)
        )
        for name in figure.shows if apart else ():
            one = SHIPPED.exercises.get(name)
            if one is not None and one.slot != "GA" and not one.per_side:
                wrong += [] if name in IN_TURNS else [name]
    assert wrong == []


# what is planted, and must be found


def changed(figure: str, **panel: Change) -> Figure:
    """Return a shipped figure with the poses of some panels changed."""
    one = BY_ID[figure]
    return replace(
        one,
        panels=tuple(
            replace(p, pose=panel[p.name](p.pose)) if p.name in panel else p for p in one.panels
        ),
    )


def bent(**angles: float) -> Change:
    return lambda pose: replace(pose, angles={**pose.angles, **angles})


def put(limb: str, x: float, y: float) -> Change:
    def move(pose: Pose) -> Pose:
        reach = Reach("", (x, y, 4.0))
        return replace(pose, reaches={**pose.reaches, limb: reach})

    return move


def moved_box(figure: str, by: float) -> Figure:
    one = BY_ID[figure]
    things = tuple(
        replace(t, numbers={**t.numbers, "x": tuple(x + by for x in t.numbers["x"])})
        for t in one.things
    )
    return replace(one, things=things)


PLANTED = {
    "a hip bent by 160": changed("body_weight_squat", end=bent(hip_r=160, hip_l=160)),
    "a knee of -20": changed("body_weight_squat", start=bent(knee_r=-20)),
    "a low back of 80": changed("cat_cow", start=bent(low_back=80)),
    "a hand put too far": changed("goblet_squat", start=put("hand_r", 90, 60)),
    "a foot put too far": changed("lunge", end=put("foot_l", -90, 4)),
    "a squat that falls back": changed("body_weight_squat", end=bent(lean=-20)),
    "a hinge that falls forward": changed("rdl", end=bent(hip_r=40, hip_l=40)),
    "an end that is the start": replace(
        BY_ID["bridge"],
        panels=tuple(
            replace(p, pose=BY_ID["bridge"].panels[0].pose) for p in BY_ID["bridge"].panels
        ),
    ),
    "a leg under the floor": changed("dead_bug", end=bent(hip_r=-20)),
    "a knee that bends the wrong way": changed("bird_dog", end=bent(knee_r=-60)),
    "arms in the wrong place of a plank": changed(
        "plank", end=bent(shoulder_r=140, shoulder_l=140)
    ),
    "a box that was moved away": moved_box("box_squat", -30),
    "a step that was moved away": moved_box("step_up", 60),
    "a rounded back in a deadlift": changed("deadlift", start=bent(low_back=34, upper_back=20)),
    "an arched back in a plank": changed("plank", end=bent(low_back=-20)),
    "an arrow on the head": replace(
        BY_ID["deadlift"], arrows=(Arrow(by="head", shift=(2.0, 2.0)),)
    ),
    "a hand that is not on the bar": changed("deadlift", end=put("hand_l", 12, 64)),
    "a hand that is not on a bar's end": changed("landmine_squat", start=put("hand_l", 24, 76)),
    "feet that hover over the floor": changed("bridge", start=bent(knee_r=95, knee_l=95)),
    "a back that is not pressed flat": changed("pelvic_tilt", end=bent(low_back=-22)),
}


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_fault_is_found(what: str) -> None:
    assert list(faults(PLANTED[what])), what


def test_what_is_wrong_in_a_file_is_named_at_its_place() -> None:
    text = (
        "figures:\n  odd:\n    shows: [plnk]\n    back: [stright]\n"
        "    end: {from: nobody, hip: much, knees: 3, rest_on: [[nose, 0]]}\n"
    )
    problems = Problems()
    figures_of(replace(SHIPPED, drawings={"figures/x.yaml": text}), problems)
    found = {(one.code, one.at.line) for one in problems.sorted()}
    assert found == {
        (Code.dangling_target, 3),
        (Code.bad_word, 4),
        (Code.dangling_target, 5),
        (Code.bad_number, 5),
        (Code.unknown_key, 5),
    }


def test_a_figure_that_breaks_its_promise_is_an_error_of_the_knowledge() -> None:
    texts = dict(SHIPPED.drawings)
    name = "figures/exercises.yaml"
    assert "hip: 130, knee: 77" in texts[name]
    texts[name] = re.sub(
        r"(deadlift:\n(?:.*\n)*?    start: \{)", r"\1low_back: 40, ", texts[name], count=1
    )
    codes = {one.code for one in check_figures(replace(SHIPPED, drawings=texts))}
    assert Code.impossible_figure in codes


# bodies


ANGLES = {
    f"{name}{mark}": st.integers(low, high)
    for name, (low, high) in RANGES.items()
    for mark in (("_r", "_l") if name in {"hip", "knee", "shoulder", "elbow", "ankle"} else ("",))
    if name not in {"hip_out", "hip_turn", "shoulder_out"}
}
POSES = st.fixed_dictionaries({}, optional=ANGLES).map(lambda a: Pose(a, {}, (), {}))


@settings(max_examples=60)
@given(pose=POSES)
def test_limbs_keep_their_length(pose: Pose) -> None:
    points = posed(pose).points
    for side in SIDES:
        assert abs(dist(points[f"hip_{side}"], points[f"knee_{side}"]) - THIGH) < 0.01
        assert abs(dist(points[f"knee_{side}"], points[f"ankle_{side}"]) - SHANK) < 0.01
        assert abs(dist(points[f"shoulder_{side}"], points[f"elbow_{side}"]) - UPPER_ARM) < 0.01
        assert abs(dist(points[f"elbow_{side}"], points[f"wrist_{side}"]) - FOREARM) < 0.01


@settings(max_examples=40)
@given(pose=POSES)
def test_a_mirrored_pose_gives_mirrored_points(pose: Pose) -> None:
    other = {"_r": "_l", "_l": "_r"}
    flipped = {}
    for name, value in pose.angles.items():
        turned = name in {"side_bend", "twist", "head_turn"}
        flipped[name[:-2] + other.get(name[-2:], name[-2:])] = -value if turned else value
    one, two = posed(pose).points, posed(replace(pose, angles=flipped)).points
    for name, (x, y, z) in one.items():
        twin = name[:-2] + other.get(name[-2:], name[-2:])
        assert dist(two[twin], (x, y, -z)) < 0.01, name


@EVERY
def test_contacts_touch_and_reaches_arrive(figure: Figure) -> None:
    for shot in shots(figure):
        assert shot.body.missed == ()
        if shot.body.pose.grip is None:
            assert all(abs(gap(shot.body, one)) <= 1.2 for one in shot.body.pose.rests)


# pictures


@EVERY
def test_a_picture_is_well_formed_and_says_what_it_shows(figure: Figure) -> None:
    root = ET.fromstring(drawn(figure))  # noqa: S314 - our own text
    assert [one.tag for one in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "fig-t fig-d"
    assert len(root.findtext(f"{SVG}desc") or "") > 10
    assert not re.search(
        r"https?://(?!www\.w3\.org/2000/svg)|var\(|<script|<image|url\(", drawn(figure)
    )


@EVERY
def test_the_words_say_what_the_back_does(figure: Figure) -> None:
    words = words_of(figure)
    for shot in shots(figure):
        shape = shape_of(shot.body)
        if shape is not BackShape.ANY:
            assert f"back {shape.value}" in words
    assert never_shown(words, quoted_in(SHIPPED)) == []


def test_no_two_figures_say_the_same() -> None:
    said = Counter(words_of(figure) for figure in BY_ID.values())
    assert [words for words, times in said.items() if times > 1] == []


@EVERY
def test_the_words_say_what_moves(figure: Figure) -> None:
    panels = [words_of(replace(figure, panels=(one,), says="")) for one in figure.panels]
    assert figure.says or len(set(panels)) == len(panels), panels


def test_a_thing_in_one_hand_is_told_from_things_in_both() -> None:
    assert "with a dumbbell in one hand" in words_of(BY_ID["suitcase_carry"])
    assert "with dumbbells" in words_of(BY_ID["farmer_carry"])
    assert "in one hand" not in words_of(BY_ID["assisted_pull_up"])  # a band in each


@EVERY
def test_the_same_figure_has_the_same_picture(figure: Figure) -> None:
    again = read_again()[figure.id]
    assert file_svg(picture(again), Caption(again.id, words_of(again))) == drawn(figure)


def test_a_name_cannot_break_out_of_a_picture() -> None:
    named = Caption("<script>1</script>", "&<>\"'")
    root = ET.fromstring(figure_svg(picture(BY_ID["plank"]), named, "x"))  # noqa: S314
    assert root.findtext(f"{SVG}title") == named.title
    assert root.findtext(f"{SVG}desc") == named.words


def test_left_and_right_are_the_same_picture_the_other_way_round() -> None:
    left, right = picture(BY_ID["rotate_l"]), picture(BY_ID["rotate_r"])
    assert (left.width, left.height) == (right.width, right.height)
    assert all(one.mirrored for one in right.panels)


def test_a_back_line_is_drawn_from_the_side_only() -> None:
    assert 'class="b"' in drawn(BY_ID["deadlift"])
    assert 'class="b"' not in drawn(BY_ID["rotate_l"])


def test_dark_is_for_screens_and_paper_is_light() -> None:
    assert "@media screen and (prefers-color-scheme:dark)" in drawn(BY_ID["plank"])
    assert "dark" not in file_svg(picture(BY_ID["plank"]), Caption("a", "b"), dark=False)
