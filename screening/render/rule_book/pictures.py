"""The index by urgency, and the pictures of what leads where."""

from __future__ import annotations

from collections.abc import Iterator

from screening.model.ids import Sort
from screening.model.urgency import by_urgency
from screening.model.vocabularies import Level
from screening.render.markdown import escaped
from screening.render.rule_book.place import Book, Here
from screening.render.rule_book.sheet import bullets, sheet, titled
from screening.render.rule_picture import KEY, leading_to, picture_file, targets

FOLDER = "pictures"
LEAD = (
    "Every rule, the most urgent first: by the level it refers at, or may refer at where an "
    "answer is not known."
)


def urgency_page(book: Book) -> str:
    """Return the index by urgency, then the pictures."""
    here = Here(book, "urgency.md")
    return sheet(
        (
            titled("By urgency", 1),
            f"[Rule book]({here.to('index.md')}). {LEAD}",
            *_levels(here),
            titled("Pictures"),
            f"What leads to each level, finding, category, stage and clearance. {KEY}",
            bullets(
                f"[{escaped(leading_to(book.knowledge, name).title)}]({here.to(_file(name))})"
                for name in targets(book.knowledge)
            ),
        )
    )


def _levels(here: Here) -> Iterator[str]:
    knowledge = here.book.knowledge
    for level, rules in by_urgency(knowledge.written_rules).items():
        yield titled("No referral" if level is Level.NONE else knowledge.levels[level].title)
        yield bullets(f"{here.link(Sort.RULE, r.id, r.title)} (`{r.id}`)" for r in rules)


def pictures(book: Book) -> dict[str, str]:
    """Return the pictures by their path in the book; each box leads to what it is about."""

    def link(thing: tuple[Sort, str]) -> str:
        return here.link(*thing, "x").partition("](")[2].removesuffix(")")

    here = Here(book, f"{FOLDER}/x.svg")
    known = book.knowledge
    return {_file(n): picture_file(known, leading_to(known, n), link) for n in targets(known)}


def _file(name: str) -> str:
    return f"{FOLDER}/{name}.svg"
