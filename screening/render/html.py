"""From a `Paper` to one HTML file that needs nothing else: no script, no picture, no address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from screening.draw.svg import LIGHT, style
from screening.errors import assert_never
from screening.render.page import (
    NO_FIGURE,
    Blank,
    Blanks,
    Block,
    Bullets,
    Cards,
    Cut,
    FigureCard,
    Framed,
    Grid,
    Heading,
    Page,
    Pairs,
    PaperSize,
    Paragraph,
    Sketch,
    Steps,
    Subheading,
    clean,
)
from screening.render.paper import Paper

SIZES = {PaperSize.A4: "A4", PaperSize.LETTER: "letter"}
STYLE = """\
@page { size: %s; margin: 14mm }
* { box-sizing: border-box }
body { font: 12pt/1.35 "Atkinson Hyperlegible", Verdana, Arial, sans-serif; color: #000;
  background: #fff; max-width: 46em; margin: 1em auto; padding: 0 1em }
h1 { font-size: 1.5em; line-height: 1.2; margin: 0 0 .3em }
h2 { font-size: 1.05em; margin: .6em 0 .1em; border-bottom: 1px solid #000 }
h3 { font-size: 1em; margin: .4em 0 .1em }
p, ul, dl, table { margin: .2em 0 }
ul, ol { padding-left: 1.2em }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1em .8em }
dt { font-weight: bold }
dd { margin: 0 }
table { border-collapse: collapse; width: 100%% }
th, td { border: 1px solid #000; padding: .15em .4em; text-align: left; vertical-align: top }
.two { display: grid; grid-template-columns: 1fr 1fr; column-gap: 1.2em }
.fill { display: flex; flex-wrap: wrap; gap: .1em .8em; align-items: baseline; margin: .25em 0 }
.line { flex: 1; min-width: 6em; border-bottom: 1px solid #000; min-height: 1.25em }
.boxes { display: contents }
.boxes li { list-style: none; white-space: nowrap }
.boxes li::before { content: ""; display: inline-block; width: .8em; height: .8em;
  border: 1.5px solid #000; margin-right: .3em; vertical-align: -.05em }
.cut { border-top: 2px dashed #000; margin-top: .8em; padding-top: .3em }
footer { font-size: .8em; margin-top: .8em; border-top: 1px solid #000 }
footer p { margin: 0 }
@media print {
  body { font-size: %dpt; line-height: 1.15; max-width: none; margin: 0; padding: 0 }
  h2 { margin: .4em 0 .1em }
  h2, h3 { break-after: avoid }
  p, ul, dl { margin: .1em 0 }
  dl { display: block }
  dt { float: left; margin-right: .6em }
  .fill { margin: .12em 0 }
  footer { font-size: 7.5pt; margin-top: .4em }
}
"""
CARDS = """\
.framed { border: 2.5px solid #000; padding: .2em .6em; margin: .4em 0; break-inside: avoid }
.framed h2 { border: 0; margin: 0 }
.cards { list-style: none; padding: 0; display: grid; gap: .35em 1em;
  grid-template-columns: repeat(var(--across), 1fr) }
.cards li { display: grid; grid-template-columns: var(--wide) 1fr; gap: .5em; align-items: center;
  break-inside: avoid }
.cards.over li { grid-template-columns: 1fr; align-content: start }
.cards p { margin: 0 }
.cards .head { display: flex; gap: .3em; align-items: baseline }
.cards .head b { flex: 1 }
.cards .head .line { flex: none; min-width: 3em; min-height: 0 }
.drawn svg { display: block; max-width: 100%; height: auto }
"""


ON_SCREEN = 11  # points


def paper_html(paper: Paper) -> str:
    """Return a paper as the text of one HTML file; the same paper gives the same text."""
    main, *slip = _sections(paper.page)
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(paper.language)}">',
        '<head><meta charset="utf-8"/>',
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
        f"<title>{_text(paper.title)}</title>",
        f"<style>\n{_style(paper)}</style></head>",
        "<body>",
        "<main>",
        *_blocks(main, "h1"),
        "</main>",
        *_foot(paper.foot),
        *(line for part in slip for line in _slip(part)),
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def page_html(page: Page) -> str:
    """Return a page as one HTML file to show or to print, named by its first heading."""
    titles = (block.text for block in page if isinstance(block, Heading))
    title = next(titles, "Screening")
    return paper_html(Paper(title, "en", PaperSize.A4, page, (), ON_SCREEN))


def _foot(lines: tuple[str, ...]) -> Iterator[str]:
    """Yield the small print; nothing where there is none."""
    if lines:
        yield from ("<footer>", *(f"<p>{_text(words)}</p>" for words in lines), "</footer>")


def _style(paper: Paper) -> str:
    """Return how a paper looks, with cards, frames and drawings where there are any."""
    plain = STYLE % (SIZES[paper.size], paper.points)
    drawn = any(isinstance(block, Cards | Framed | Sketch) for block in paper.page)
    return f"{plain}{CARDS}{style(LIGHT)}\n" if drawn else plain


def _sections(page: Page) -> list[Page]:
    """Return a page in parts: what is kept, and each part that is cut off."""
    parts: list[list[Block]] = [[]]
    for block in page:
        if isinstance(block, Cut):
            parts.append([])
        parts[-1].append(block)
    return [tuple(part) for part in parts]


def fragment(page: Page, first: str = "h2") -> str:
    """Return blocks as HTML to stand within a page; the first heading is of this rank.

    >>> fragment((Heading("Walk"), Paragraph("5 < 6 minutes")))
    '<h2>Walk</h2><p>5 &lt; 6 minutes</p>'
    """
    return "".join(_blocks(page, first))


def _slip(part: Page) -> Iterator[str]:
    """Yield a part that is cut off, as a region with a name."""
    title = next(block.text for block in part if isinstance(block, Cut))
    yield f'<section class="cut" aria-label="{_text(title)}">'
    yield from _blocks(part, "h2")
    yield "</section>"


def _blocks(page: Iterable[Block], first: str) -> Iterator[str]:
    """Yield blocks as HTML; the first heading is of a higher rank than the others."""
    level = first
    for block in page:
        yield from _block(block, level)
        if isinstance(block, Heading):
            level = "h2"


def _block(block: Block, level: str) -> Iterator[str]:  # noqa: C901 - one case for each block
    match block:
        case Heading(words):
            yield f"<{level}>{_text(words)}</{level}>"
        case Subheading(words):
            yield f"<h3>{_text(words)}</h3>"
        case Paragraph(words):
            yield f"<p>{_text(words)}</p>"
        case Bullets(items) | Steps(items):
            yield from _list(items)
        case Pairs(rows):
            pairs = (f"<dt>{_text(one)}</dt><dd>{_text(words)}</dd>" for one, words in rows)
            yield from ("<dl>", *pairs, "</dl>")
        case Grid(headers, rows):
            head = _row(headers, 'th scope="col"')
            body = "".join(_row(row, "td") for row in rows)
            yield f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
        case Blanks(blanks):
            columns = " two" if len(blanks) > 1 else ""
            yield f'<div class="blanks{columns}">{"".join(map(_blank, blanks))}</div>'
        case Cut(words):
            yield f"<h2>{_text(words)}</h2>"
        case Framed(title, items):
            inside = "".join(_list(items))
            yield f'<section class="framed"><h2>{_text(title)}</h2>{inside}</section>'
        case Cards(cards, across, wide):
            place = f'style="--across:{across};--wide:{wide:g}mm"'
            inside = "".join(map(_card, cards))
            look = "cards over" if block.over else "cards"
            yield f'<ul class="{look}" role="list" {place}>{inside}</ul>'
        case Sketch():
            yield f"<div>{_sketch(block)}</div>"
        case _:
            assert_never(block)


def _card(card: FigureCard) -> str:
    drawn = f"<p>{NO_FIGURE}</p>" if card.sketch is None else _sketch(card.sketch)
    lines = "".join(f"<p>{_text(line)}</p>" for line in card.lines)
    head = f"<b>{_text(card.title)}</b>"
    if card.blank is not None:
        head += f'<span>{_text(card.blank.lead)}</span><span class="line"></span>'
    return f'<li><div class="drawn">{drawn}</div><div><p class="head">{head}</p>{lines}</div></li>'


def _sketch(one: Sketch) -> str:
    """Return a drawing; its words stand beside it for who cannot see it."""
    left, top, width, height = one.box
    size = f'width="{width * one.millimetres:.1f}mm" height="{height * one.millimetres:.1f}mm"'
    view = f'viewBox="{left:.1f} {top:.1f} {width:.1f} {height:.1f}"'
    label = _text(f"{one.title}. {one.words}")
    return f'<svg class="fig" {size} {view} role="img" aria-label="{label}">{one.inside}</svg>'


def _blank(blank: Blank) -> str:
    boxes = "".join(f"<li>{_text(box)}</li>" for box in blank.boxes)
    field = (
        f'<ul class="boxes" role="list">{boxes}</ul>' if boxes else '<span class="line"></span>'
    )
    return f'<div class="fill"><span>{_text(blank.lead)}</span>{field}</div>'


def _list(items: tuple[str, ...]) -> Iterator[str]:
    yield from ("<ul>", *(f"<li>{_text(item)}</li>" for item in items), "</ul>")


def _row(cells: tuple[str, ...], tag: str) -> str:
    end = tag.partition(" ")[0]
    return f"<tr>{''.join(f'<{tag}>{_text(cell)}</{end}>' for cell in cells)}</tr>"


def _text(words: str) -> str:
    return escape(clean(words))
