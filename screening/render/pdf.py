"""From a `Paper` to one tagged PDF (PDF/UA-1). The only door to typst, and to the font it sets."""

from __future__ import annotations

import json
import re
from importlib.metadata import version

from screening.draw.svg import LIGHT, style
from screening.errors import UnwritableError, assert_never
from screening.render.page import (
    NO_FIGURE,
    Blanks,
    Block,
    Bullets,
    Cards,
    Cut,
    FigureCard,
    Framed,
    Grid,
    Heading,
    Pairs,
    PaperSize,
    Paragraph,
    Sketch,
    Steps,
    Subheading,
    clean,
)
from screening.render.paper import Paper, longest_part
from screening.storage.codec import Tree

LIBRARIES = ("typst", "fontpkg_atkinson_hyperlegible")
SIZES = {PaperSize.A4: "a4", PaperSize.LETTER: "us-letter"}
UNKNOWN = re.compile(r'the text `"(.*?)"` could not be displayed')
TOO_LONG = re.compile(r"pages: (\d+)")
TEMPLATE = """\
#let paper = json(bytes(sys.inputs.paper))
#set document(title: paper.title, date: none)
#set page(paper: paper.size, margin: 14mm, footer: none)
#set text(font: "Atkinson Hyperlegible", size: paper.points * 1pt, lang: paper.language)
#set par(spacing: 0.55em, leading: 0.45em)
#show heading: set block(above: 0.8em, below: 0.4em)
#show heading.where(level: 1): set text(size: 15pt)
#show heading.where(level: 2): it => block(width: 100%, stroke: (bottom: 0.5pt),
  inset: (bottom: 2pt), it)
#let tick = box(width: 0.8em, height: 0.8em, stroke: 0.7pt, baseline: 0.08em)
#let line-to-fill = box(width: 1fr, height: 1.1em, stroke: (bottom: 0.5pt))
#let to-fill(field) = {
  let (label, ..boxes) = field
  if boxes.len() == 0 { [#label#h(0.6em)#line-to-fill] }
  else [#label#for one in boxes [#h(0.8em)#box[#tick#h(0.3em)#one]]]
}
#let drawn(one) = image(bytes(one.svg), format: "svg", alt: one.words,
  width: one.width * 0.1mm, height: one.height * 0.1mm)
#let laid(block) = {
  let (kind, body) = block
  if kind == "title" { heading(level: 1, body) }
  else if kind == "heading" { heading(level: 2, body) }
  else if kind == "subheading" { heading(level: 3, body) }
  else if kind == "paragraph" { par(body) }
  else if kind == "bullets" { list(..body, tight: true) }
  else if kind == "pairs" {
    terms(tight: true, hanging-indent: 1em,
      ..body.map(((label, words)) => terms.item(label, words)))
  }
  else if kind == "grid" {
    table(columns: body.at(0).len(), stroke: 0.5pt, inset: 3pt,
      table.header(..body.at(0)), ..body.slice(1).flatten())
  }
  else if kind == "blanks" {
    grid(columns: if body.len() > 1 { (1fr, 1fr) } else { 1fr }, column-gutter: 2em,
      row-gutter: 0.55em, ..body.map(to-fill))
  }
  else if kind == "framed" {
    rect(width: 100%, stroke: 1.6pt, inset: 5pt, {
      heading(level: 2, outlined: false, body.at(0))
      list(..body.slice(1), tight: true)
    })
  }
  else if kind == "sketch" { drawn(body) }
  else if kind == "cards" {
    grid(columns: (1fr,) * body.across, column-gutter: 4mm, row-gutter: 1.6mm,
      ..body.cards.map(card => grid(
        columns: if body.over { 1fr } else { (body.wide * 0.1mm, 1fr) },
        column-gutter: 2mm, row-gutter: 1mm, align: left + horizon,
        if card.sketch == none { par(body.missing) } else { drawn(card.sketch) },
        {
          if card.blank == none { par(strong(card.title)) }
          else { grid(columns: (1fr, auto, 12mm), column-gutter: 1mm, strong(card.title),
            card.blank.at(0), box(width: 1fr, height: 0.9em, stroke: (bottom: 0.5pt))) }
          for line in card.lines { par(line) }
        })))
  }
  else if kind == "cut" {
    v(0.4em)
    line(length: 100%, stroke: (dash: "dashed", thickness: 0.8pt))
    heading(level: 2, body)
  }
}
#for block in paper.blocks { laid(block) }
#v(0.3em)
#block(width: 100%, stroke: (top: 0.5pt), inset: (top: 3pt),
  text(size: 7.5pt, paper.foot.join(linebreak())))
#for block in paper.slip { laid(block) }
#context {
  let pages = counter(page).final().first()
  assert(pages <= 1, message: "pages: " + str(pages))
}
"""


def maker() -> str:
    """Return what makes PDFs here, with its version: the same paper gives the same bytes in it."""
    return f"typst {version('typst')}"


def paper_pdf(paper: Paper) -> bytes:
    """Return a paper as the bytes of a PDF of exactly one page; nothing in it runs.

    Raises:
        UnwritableError: when it takes more than one page, which names the longest part, or holds
            a character that the font lacks.

    """
    import typst  # noqa: PLC0415 - only who wants a PDF has it
    from fontpkg_atkinson_hyperlegible import ROOT  # noqa: PLC0415 - same

    try:
        made = typst.compile(
            TEMPLATE.encode(),
            sys_inputs={"paper": json.dumps(_data(paper), ensure_ascii=False)},
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(ROOT)]),
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        raise _refused(paper, error) from error
    return bytes(made)


def _refused(paper: Paper, error: Exception) -> Exception:
    """Return the error for a paper that cannot be set; what is not its fault as it is."""
    unknown, long = UNKNOWN.search(str(error)), TOO_LONG.search(str(error))
    if unknown:
        return UnwritableError(
            f"“{paper.title}” cannot be a PDF: its font has no “{unknown[1]}”\n"
            "  help: write it as HTML, and print that"
        )
    if long:
        part = longest_part(paper.page)
        return UnwritableError(
            f"“{paper.title}” takes {long[1]} pages of {paper.size.value}, and one is allowed\n"
            f"  help: its longest part is “{part}”"
        )
    return error


def _data(paper: Paper) -> Tree:
    """Return a paper as what the template reads: data, never markup."""
    blocks = [_block(block, first=not place) for place, block in enumerate(paper.page)]
    cut = next((at for at, one in enumerate(paper.page) if isinstance(one, Cut)), len(blocks))
    return {
        "title": clean(paper.title),
        "language": paper.language,
        "size": SIZES[paper.size],
        "blocks": blocks[:cut],
        "slip": blocks[cut:],
        "foot": _texts(paper.foot),
        "points": paper.points,
    }


def _block(block: Block, *, first: bool) -> Tree:  # noqa: C901 - one case for each block
    """Return a block as its kind and its texts; the first heading is the title."""
    match block:
        case Heading(words):
            made: list[Tree] = ["title" if first else "heading", clean(words)]
        case Subheading(words):
            made = ["subheading", clean(words)]
        case Paragraph(words):
            made = ["paragraph", clean(words)]
        case Bullets(items) | Steps(items):
            made = ["bullets", _texts(items)]
        case Pairs(rows):
            made = ["pairs", [_texts(row) for row in rows]]
        case Grid(headers, rows):
            made = ["grid", [_texts(row) for row in (headers, *rows)]]
        case Blanks(blanks):
            made = ["blanks", [_texts((blank.lead, *blank.boxes)) for blank in blanks]]
        case Framed(title, items):
            made = ["framed", _texts((title, *items))]
        case Cards(cards, across, wide):
            made = [
                "cards",
                {
                    "across": across,
                    "over": block.over,
                    "wide": _tenths(wide),
                    "missing": NO_FIGURE,
                    "cards": [_card(card) for card in cards],
                },
            ]
        case Sketch():
            made = ["sketch", _sketch(block)]
        case Cut(words):
            made = ["cut", clean(words)]
        case _:
            assert_never(block)
    return made


def _card(card: FigureCard) -> Tree:
    blank = card.blank
    return {
        "title": clean(card.title),
        "lines": _texts(card.lines),
        "sketch": None if card.sketch is None else _sketch(card.sketch),
        "blank": None if blank is None else _texts((blank.lead, *blank.boxes)),
    }


def _sketch(one: Sketch) -> Tree:
    """Return a drawing as a file of its own, with its size and its words."""
    left, top, width, height = one.box
    view = f"{left:.1f} {top:.1f} {width:.1f} {height:.1f}"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="fig" viewBox="{view}">'
        f"<style>{style(LIGHT)}</style>{one.inside}</svg>"
    )
    return {
        "svg": svg,
        "words": clean(f"{one.title}. {one.words}"),
        "width": _tenths(width * one.millimetres),
        "height": _tenths(height * one.millimetres),
    }


def _tenths(millimetres: float) -> int:
    return round(millimetres * 10)


def _texts(words: tuple[str, ...]) -> list[Tree]:
    return [clean(one) for one in words]
