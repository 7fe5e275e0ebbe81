"""The files figures are drawn from: poses by name, and figures with what they show."""

from __future__ import annotations

from collections.abc import Mapping

from screening.schema.keys import TEXT, TEXTS, ByName, Entry, Holds, Key, Other, Style, may, need

Read = Mapping[str, object]
NUMBER = Other("a number")
TRUNK = {
    "lean": "The pelvis tips forward; 90 is face down.",
    "roll": "The body tips to its right.",
    "turn": "The figure turns; -90 faces the reader.",
    "low_back": "The low back rounds; less than 0 is an arch.",
    "upper_back": "The upper back rounds.",
    "side_bend": "The trunk bends to its right.",
    "twist": "The chest turns to its left.",
    "neck": "The chin goes down.",
    "head_turn": "The face turns left.",
}
LIMBS = {
    "hip": "The thigh goes forward.",
    "hip_out": "The thigh goes outward.",
    "hip_turn": "The thigh turns.",
    "knee": "The knee bends.",
    "ankle": "The toes come up.",
    "shoulder": "The arm goes forward; 180 is overhead.",
    "shoulder_out": "The arm goes outward.",
    "arm_turn": "The upper arm turns.",
    "elbow": "The elbow bends.",
}
WORDS = {
    "foot": "`flat`, `free` or `toes`.",
    "hand": "`fist`, `open` or `flat`.",
    "layer": "Whether the arm is drawn in `front` or `behind`.",
}
REACHES = {"hand_to": "Where the hand is put.", "foot_to": "Where the foot is put."}
TARGET: Entry[Read] = Entry(
    "a target",
    dict,
    (
        may("by", TEXT, "The point it is measured from; `*` is the own side."),
        need("xyz", TEXTS, "Forward, up and outward from there."),
        may("floor", NUMBER, "The height instead."),
        may("exact", TEXT, "`yes`: the third number is the same on both sides."),
        may("pole", TEXTS, "Where elbow or knee points."),
    ),
    Style.LINE,
)


def _sided(name: str, says: str, holds: Holds) -> tuple[Key, ...]:
    """Return a key for both sides, and one for each."""
    return tuple(may(f"{name}{mark}", holds, says) for mark in ("", "_r", "_l"))


POSE: Entry[Read] = Entry(
    "a pose",
    dict,
    (
        may("from", TEXT, "The pose it changes."),
        may("says", TEXT, "Its position in words."),
        *(may(name, NUMBER, says) for name, says in TRUNK.items()),
        *(key for name, says in LIMBS.items() for key in _sided(name, says, NUMBER)),
        *(key for name, says in WORDS.items() for key in _sided(name, says, TEXT)),
        *(
            key
            for name, says in REACHES.items()
            for key in _sided(name, says, Other("a target, or `null`", TARGET))
        ),
        may("rest_on", Other("pairs of a contact and a height"), "What it rests on, in order."),
        may("at", NUMBER, "Where the first contact is."),
        may("grip", TEXTS, "Where the middle of the hands is."),
    ),
    Style.LINE,
)
MEASURES = {
    **dict.fromkeys(("h", "r", "w", "hh", "n", "half", "pillow", "depth", "over"), 1),
    **dict.fromkeys(("x", "y", "z", "crank", "seat", "bars"), 2),
    **dict.fromkeys(("c", "shift", "v", "to"), 3),
}
"""The measures of things, and how many numbers each has; `x` may have one."""
SAID = ("kind", "at", "hands", "axis", "back", "side", "hand", "foot", "by", "under")
THING: Entry[Read] = Entry(
    "a thing",
    dict,
    (
        need("is", TEXT, "What it is."),
        *(may(name, TEXT, "A word about it.") for name in SAID[1:]),
        *(may(name, TEXTS, "A measure of it.") for name in MEASURES),
        may("pts", Other("points of a line"), "The points of a line."),
    ),
    Style.LINE,
)
ARROW: Entry[Read] = Entry(
    "an arrow",
    dict,
    (
        may("by", TEXT, "The point of the body it follows."),
        may("shift", TEXTS, "How far it is beside it."),
        may("bend", NUMBER, "How far it is bowed."),
        may("a", TEXTS, "Where it begins."),
        may("b", TEXTS, "Where it ends."),
        may("in", TEXT, "`end`: in the second panel."),
    ),
    Style.LINE,
)
_POSED, _THINGS = Other("a pose", POSE), Other("things", THING)
FIGURE: Entry[Read] = Entry(
    "a figure",
    dict,
    (
        need("shows", TEXTS, "The exercises and questions it shows.", lay=Style.LINE),
        may("mirrors", TEXT, "The figure it is the other way round."),
        may("says", TEXT, "What the angles do not say, in a sentence."),
        may("view", NUMBER, "Turned toward its front, in degrees."),
        may("pitch", NUMBER, "Looked down on, in degrees."),
        may("leans", TEXT, "`yes`: a thing holds it, so it need not balance."),
        may("icon", TEXT, "`clock`, `sun` or `night`."),
        may("back", TEXTS, "What the back does in each panel.", lay=Style.LINE),
        may("things", _THINGS, "The things in it."),
        may("start_things", _THINGS, "Those of the first panel only."),
        may("end_things", _THINGS, "Those of the last panel only."),
        may("start", _POSED, "The first panel; without it there is one."),
        may("end", _POSED, "The last panel."),
        may("arrows", Other("arrows", ARROW), "What moves where."),
    ),
)
FIGURES: Entry[Read] = Entry(
    "a file of figures",
    dict,
    (
        may("poses", ByName("poses by name", POSE), "Poses that others change."),
        may("figures", ByName("figures by name", FIGURE), "Figures."),
    ),
)
