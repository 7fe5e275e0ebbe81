"""Contact sheets of figures: all at one scale with names and words, and without, to guess."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import escape

from screening.draw.gallery import figures_of
from screening.draw.picture import picture
from screening.draw.svg import Caption, figure_svg, file_svg, styles
from screening.draw.words import words_of
from screening.model.figure import Figure
from screening.model.knowledge import KnowledgeBase

MARK = "<!DOCTYPE html><!-- screening knowledge figures -->\n"
FIRST = "figures.html"
UNNAMED = "unnamed.html"
ANSWERS = "answers.html"
SCALE = 0.4  # millimetres a unit: a standing figure is 40 mm
STYLE = """\
body { font: 12px/1.3 Verdana, Arial, sans-serif; margin: 1em; color: #000; background: #fff }
main { display: flex; flex-wrap: wrap; gap: 1em 1.5em; align-items: end }
figure { margin: 0; max-width: 30em; break-inside: avoid }
svg { display: block; max-width: 100% }
figcaption small { display: block; max-width: 22em; color: #333 }
@media screen and (prefers-color-scheme: dark) {
  body { color: #e8edf0; background: #12181c } figcaption small { color: #b8c2c9 }
}
"""


def figure_files(knowledge: KnowledgeBase) -> Mapping[str, str]:
    """Return the contact sheets and each figure on its own, by the name of the file."""
    figures = figures_of(knowledge)
    shuffled = tuple(sorted(figures, key=_at_random))
    files = {
        FIRST: _page("Figures", knowledge, (_named(f, knowledge) for f in figures)),
        UNNAMED: _page("What does each show?", knowledge, _numbered(shuffled)),
        ANSWERS: _page("What each shows", knowledge, _answers(shuffled, knowledge)),
    }
    for figure in figures:
        files[f"{figure.id}.svg"] = file_svg(picture(figure), named(figure, knowledge))
    return files


def named(figure: Figure, knowledge: KnowledgeBase) -> Caption:
    """Return what a figure is called, and what it shows in words."""
    names = dict.fromkeys(_called(name, knowledge) for name in figure.shows)
    title = "; ".join(names)
    return Caption(title[:1].upper() + title[1:], words_of(figure))


def _called(name: str, knowledge: KnowledgeBase) -> str:
    exercise = knowledge.exercises.get(name)
    return knowledge.questions[name].short if exercise is None else exercise.name


def _at_random(figure: Figure) -> str:
    """Return what orders figures so that no neighbour tells, the same way every time."""
    return sha256(figure.id.encode()).hexdigest()


def _page(title: str, knowledge: KnowledgeBase, shown: Iterator[str]) -> str:
    language = escape(knowledge.pack.language)
    head = (
        f'<html lang="{language}"><head><meta charset="utf-8"/><title>{escape(title)}</title>'
        f"<style>{STYLE}{styles()}</style></head>"
    )
    small = f"<p>{escape(knowledge.pack.id)} {escape(knowledge.pack.version)}</p>"
    shown_ = "\n".join(shown)
    body = f"<body><h1>{escape(title)}</h1>{small}<main>\n{shown_}\n</main></body></html>"
    return f"{MARK}{head}\n{body}\n"


def _named(figure: Figure, knowledge: KnowledgeBase) -> str:
    said = named(figure, knowledge)
    drawn = figure_svg(picture(figure), said, f"{figure.id}-", scale=SCALE)
    caption = f"{escape(said.title)}<small>{escape(said.words)}</small>"
    return f"<figure>{drawn}<figcaption>{caption}</figcaption></figure>"


def _numbered(figures: tuple[Figure, ...]) -> Iterator[str]:
    for number, figure in enumerate(figures, start=1):
        said = Caption(f"Figure {number}", "To be guessed.")
        drawn = figure_svg(picture(figure), said, f"n{number}-", scale=SCALE)
        yield f"<figure>{drawn}<figcaption>{number}</figcaption></figure>"


def _answers(figures: tuple[Figure, ...], knowledge: KnowledgeBase) -> Iterator[str]:
    lines = (f"<li>{escape(named(figure, knowledge).title)}</li>" for figure in figures)
    yield f"<ol>{''.join(lines)}</ol>"
