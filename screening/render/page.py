"""A page: what a person reads, as blocks, before it is laid out as text or Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal, NamedTuple


class Format(str, Enum):
    """How a result is printed; each is the word it is asked for by."""

    TABLE = "table"
    MARKDOWN = "markdown"
    JSON = "json"
    CSV = "csv"
    HTML = "html"


PageFormat = Literal[Format.TABLE, Format.JSON, Format.MARKDOWN, Format.HTML]
ListFormat = Literal[Format.TABLE, Format.CSV, Format.JSON]
FORMATS: tuple[PageFormat, ...] = (Format.TABLE, Format.JSON, Format.MARKDOWN)
FORMATS_OF_ONE: tuple[PageFormat, ...] = (*FORMATS, Format.HTML)
"""Those of a command that prints one page, which may be opened in a browser."""
LAYOUT = 3
"""The layout of results today; 1 had no plan at the top, and no signs that need help at once."""


class Shape(NamedTuple):
    """How a report is made: its format, how wide, the layout of which time, for which country."""

    form: PageFormat
    width: int
    layout: int = LAYOUT
    country: str = ""


class PaperSize(str, Enum):
    """The size of a sheet; each is the word it is asked for by."""

    A4 = "a4"
    LETTER = "letter"


class PaperForm(str, Enum):
    """What file a paper is; the value ends the file's name."""

    HTML = "html"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of the page or of a part of it."""

    text: str


@dataclass(frozen=True, slots=True)
class Subheading:
    """The title of something within a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short texts."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """Lines whose indentation means something, such as a condition's parts."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels, each with its text."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """What is filled in with a pen: boxes to tick, or a line to write on."""

    label: str
    boxes: tuple[str, ...] = ()

    @property
    def lead(self) -> str:
        """The label as what is filled in follows it."""
        return self.label if self.label.endswith((".", "?", ":")) else f"{self.label}:"


@dataclass(frozen=True, slots=True)
class Blanks:
    """What is filled in; several stand side by side, two in a line."""

    blanks: tuple[Blank, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the paper is cut; what follows is handed back."""

    text: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """A drawing, as the SVG inside its element, and the words that say the same.

    `box` is its view: left, top, width and height in units, each of so many `millimetres`.
    """

    inside: str
    box: tuple[float, float, float, float]
    millimetres: float
    title: str
    words: str


NO_FIGURE = "No figure"


@dataclass(frozen=True, slots=True)
class FigureCard:
    """One thing of several that look alike: a drawing beside its title and a few lines."""

    title: str
    lines: tuple[str, ...]
    sketch: Sketch | None = None
    blank: Blank | None = None


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards, so many `across`; drawings are `wide` millimetres, beside words or `over` them."""

    cards: tuple[FigureCard, ...]
    across: int
    wide: float
    over: bool = False


@dataclass(frozen=True, slots=True)
class Framed:
    """What must be seen first, in a frame with its title."""

    title: str
    items: tuple[str, ...]


Block = (
    Heading
    | Subheading
    | Paragraph
    | Bullets
    | Steps
    | Pairs
    | Grid
    | Blanks
    | Cut
    | Cards
    | Framed
    | Sketch
)
Page = tuple[Block, ...]


def blank_line(blank: Blank) -> str:
    """Return what is filled in, where no line or box can be drawn.

    >>> blank_line(Blank("Seen on")), blank_line(Blank("Well", ("yes", "no")))
    ('Seen on: ________', 'Well: [ ] yes  [ ] no')
    """
    boxes = "  ".join(f"[ ] {box}" for box in blank.boxes)
    return f"{blank.lead} {boxes or '________'}"


def clean(text: str) -> str:
    r"""Return text on one line, with what cannot be printed replaced.

    >>> clean("a\x1b[1m\nb")
    'a�[1m b'
    """
    flat = " ".join(text.split())
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in flat)


def counted(number: int, what: str) -> str:
    """Return a number of things in words.

    >>> counted(1, "case"), counted(0, "case")
    ('1 case', '0 cases')
    """
    return f"{number} {what}{'' if number == 1 else 's'}"
