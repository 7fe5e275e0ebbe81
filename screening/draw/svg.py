"""From a picture to SVG: in black and white, with its title and its words, for light and dark."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from screening.draw.picture import Picture, Placement
from screening.draw.strokes import Stroke, n

LIGHT = {
    "ground": "#fff", "ink": "#1d2a33", "hn": "#aab2b8", "hf": "#d5d9dc", "tn": "#4a545c",
    "tf": "#9aa1a7", "kn": "#f1f2f3", "kf": "#fafafa", "pl": "#dfe2e4", "pd": "#5f676d",
    "r": "#1d2a33", "mark": "#000",
}  # fmt: skip
DARK = {
    "ground": "#12181c", "ink": "#e8edf0", "hn": "#7d8a94", "hf": "#4a555d", "tn": "#3a444c",
    "tf": "#232b31", "kn": "#c9d0d5", "kf": "#8d979e", "pl": "#4b565f", "pd": "#aab4bb",
    "r": "#0d1317", "mark": "#fff",
}  # fmt: skip
FILLED = {
    "hn": "hn", "hf": "hf", "tn": "tn", "tf": "tf", "kn": "kn", "kf": "kf", "pl": "pl", "pd": "pd",
    "pr": "pd", "sn": "ink", "sf": "tf", "r": "r", "so": "pl", "iq": "ink",
}  # fmt: skip
LINES = {"g": 1.2, "w": 1.2, "bd": 1.8, "n": 1.2, "b": 2.4, "a": 2.2, "ic": 1.4}


class Caption(NamedTuple):
    """What a picture is called, and what it shows in words."""

    title: str
    words: str


def style(colours: dict[str, str]) -> str:
    """Return how strokes look in some colours."""
    ink, ground, mark = colours["ink"], colours["ground"], colours["mark"]
    plain = "stroke-width:1.6;stroke-linejoin:round;paint-order:stroke;fill:none"
    rules = [
        f".fig path{{stroke:{ink};{plain};stroke-linecap:round}}",
        *(f".fig .{look}{{fill:{colours[name]}}}" for look, name in FILLED.items()),
        *(f".fig .{look}{{stroke-width:{wide}}}" for look, wide in LINES.items()),
        ".fig .pr{fill-rule:evenodd}",
        f".fig .e{{fill:{colours['r']};stroke:none}}",
        f".fig .c{{stroke:{ground};stroke-width:4.6}}",
        f".fig .b,.fig .a{{stroke:{mark}}}",
        f".fig .ah{{fill:{mark};stroke:{ground};stroke-width:1}}",
        f".fig .nh{{fill:{ink};stroke-width:.4}}",
    ]
    return "".join(rules)


def styles() -> str:
    """Return how strokes look, in light and in dark; on paper always in light."""
    dark = f"@media screen and (prefers-color-scheme:dark){{{style(DARK)}}}"
    return style(LIGHT) + dark


def figure_svg(shown: Picture, named: Caption, mark: str, *, scale: float = 0.0) -> str:
    """Return a picture as an element of a page whose style has `styles()`.

    `mark` makes its ids the only ones on the page; `scale` is in millimetres a unit.
    """
    head = _head(shown, scale)
    title = f'<title id="{mark}t">{escape(named.title)}</title>'
    words = f'<desc id="{mark}d">{escape(named.words)}</desc>'
    label = f'role="img" aria-labelledby="{mark}t {mark}d"'
    return f"<svg {head} {label}>{title}{words}{body(shown)}</svg>"


def file_svg(shown: Picture, named: Caption, *, dark: bool = True) -> str:
    """Return a picture as a file of its own."""
    look = styles() if dark else style(LIGHT)
    whole = figure_svg(shown, named, "fig-")
    opened, rest = whole.split("<title", 1)
    title, after = rest.split("</desc>", 1)
    return f"{opened}<title{title}</desc><style>{look}</style>{after}\n"


def _head(shown: Picture, scale: float) -> str:
    size = f'width="{n(shown.width * scale)}mm" height="{n(shown.height * scale)}mm" '
    view = f"{n(shown.left)} {n(-shown.top)} {n(shown.width)} {n(shown.height)}"
    return (
        f'xmlns="http://www.w3.org/2000/svg" class="fig" {size if scale else ""}viewBox="{view}"'
    )


def body(shown: Picture) -> str:
    """Return the strokes of a picture."""
    return "".join(_panel(one) for one in shown.panels) + _strokes(shown.marks)


def _panel(one: Placement) -> str:
    over = " scale(-1 1)" if one.mirrored else ""
    return f'<g transform="translate({n(one.right)}){over}">{_strokes(one.strokes)}</g>'


def _strokes(strokes: tuple[Stroke, ...]) -> str:
    return "".join(f'<path class="{one.look}" d="{one.path}"/>' for one in strokes)
