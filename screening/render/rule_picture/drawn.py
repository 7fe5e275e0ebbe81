"""From boxes and arrows to SVG: in the colour of the text around it, with title and words."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping
from html import escape

from screening.explain.words import Phrases
from screening.model.conclusions import Thing, concludes
from screening.model.knowledge import KnowledgeBase
from screening.render.page import clean
from screening.render.rule_picture.graph import BoxKind, RuleBox, RuleGraph
from screening.render.rule_picture.layered import Arranged, Extent, Spot, arranged

Link = Callable[[Thing], str]
LETTERS = 36  # of a line of a box
LETTER, LINE, PAD = 6.8, 16.0, 8.0  # a letter's width, a line's height, around the text
MARGIN = 8.0
BOLD = ' font-weight="bold"'
FONT = 'font-family="Arial, Helvetica, sans-serif" font-size="12"'
DARK = "svg{color:#eee;background:#111}.box{fill:#111}"
STYLE = (
    "<style>svg{color:#000;background:#fff}"
    f"@media screen and (prefers-color-scheme:dark){{{DARK}}}</style>"
)
LOOKS: Mapping[BoxKind, str] = {
    BoxKind.ANSWER: 'rx="8" stroke-width="1"',
    BoxKind.GATE: 'rx="10" stroke-width="1" stroke-dasharray="3 3"',
    BoxKind.FINDING: 'rx="0" stroke-width="1.5" stroke-dasharray="7 3"',
    BoxKind.RULE: 'rx="0" stroke-width="1.5"',
    BoxKind.END: 'rx="0" stroke-width="3"',
}
KEY = (
    "Round box: an answer. Plain box: a rule. Long dashes: a finding. Short dashes: how answers "
    "are joined. Thick box: what is concluded."
)


def no_link(_: Thing) -> str:
    """Return no address: a picture that stands alone leads nowhere."""
    return ""


def picture_svg(
    knowledge: KnowledgeBase, graph: RuleGraph, mark: str, link: Link = no_link
) -> str:
    """Return a graph as an element to stand in a page; `mark` makes its ids the only ones there.

    It is drawn in the colour of the text around it, so it needs no style of its own.
    """
    place = arranged({key: _extent(box) for key, box in graph.boxes.items()}, graph.arrows)
    wide, high = place.whole.width + 2 * MARGIN, place.whole.height + 2 * MARGIN
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{high:.0f}" '
        f'viewBox="{-MARGIN:.0f} {-MARGIN:.0f} {wide:.0f} {high:.0f}" role="group" {FONT} '
        f'aria-labelledby="{mark}t" aria-describedby="{mark}d">'
    )
    title = f'<title id="{mark}t">What leads to: {_text(graph.title)}</title>'
    words = f'<desc id="{mark}d">{_text(described(knowledge, graph))}</desc>'
    return "".join((head, title, words, *_drawn(graph, place, link), "</svg>"))


def picture_file(knowledge: KnowledgeBase, graph: RuleGraph, link: Link = no_link) -> str:
    """Return a graph as an SVG file of its own, for light and dark."""
    whole = picture_svg(knowledge, graph, "picture-", link)
    return whole.replace("</desc>", f"</desc>{STYLE}", 1) + "\n"


def described(knowledge: KnowledgeBase, graph: RuleGraph) -> str:
    """Return what a picture shows, rule by rule, for who cannot see it."""
    phrases = Phrases(knowledge)
    said = []
    for rule in graph.rules.values():
        then = "; ".join(concludes(knowledge, one).rstrip(".") for one in rule.then)
        said.append(f"{rule.title}: if {phrases.phrase(rule.when)}, then {then}.")
    return " ".join((KEY, *said))


def _drawn(graph: RuleGraph, place: Arranged, link: Link) -> Iterator[str]:
    for way in place.ways.values():
        yield f'<path fill="none" stroke="currentColor" d="{_curve(way)}"/>{_head(way[-1])}'
    for key, box in graph.boxes.items():
        yield _box(box, place.middles[key], link)


def _curve(way: tuple[Spot, ...]) -> str:
    """Return a smooth line through points, level where it begins and ends."""
    first, *others = way
    parts, last = [f"M{first.x:.0f} {first.y:.0f}"], first
    for point in others:
        middle = (last.x + point.x) / 2
        end = f"{point.x:.0f} {point.y:.0f}"
        parts.append(f"C{middle:.0f} {last.y:.0f} {middle:.0f} {point.y:.0f} {end}")
        last = point
    return "".join(parts)


def _head(end: Spot) -> str:
    x, y = end
    return f'<path fill="currentColor" d="M{x:.0f} {y:.0f}l-7 -3.5v7z"/>'  # the tip of an arrow


def _box(box: RuleBox, middle: Spot, link: Link) -> str:
    wide, high = _extent(box)
    left, top = middle.x - wide / 2, middle.y - high / 2
    rect = (
        f'<rect x="{left:.0f}" y="{top:.0f}" width="{wide:.0f}" height="{high:.0f}" '
        f'class="box" fill="#fff" stroke="currentColor" {LOOKS[box.kind]}/>'
    )
    bold = len(_lines(box.text)) if box.kind in (BoxKind.RULE, BoxKind.END) else 0
    lines = "".join(
        f'<tspan x="{left + PAD:.0f}" y="{top + PAD + LINE * (n + 0.7):.0f}"'
        f"{BOLD if n < bold else ''}>{_text(line)}</tspan>"
        for n, line in enumerate(_all_lines(box))
    )
    drawn = f'{rect}<text fill="currentColor">{lines}</text>'
    where = "" if box.about is None else link(box.about)
    return f'<a href="{escape(where)}">{drawn}</a>' if where else f"<g>{drawn}</g>"


def _all_lines(box: RuleBox) -> list[str]:
    return [line for text in (box.text, *box.under) for line in _lines(text)]


def _lines(text: str) -> list[str]:
    return textwrap.wrap(clean(text), LETTERS)


def _extent(box: RuleBox) -> Extent:
    lines = _all_lines(box)
    wide = max(map(len, lines), default=0) * LETTER
    return Extent(wide + 2 * PAD, len(lines) * LINE + 2 * PAD)


def _text(words: str) -> str:
    shown = clean(words)
    return escape(shown)
