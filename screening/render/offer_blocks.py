"""From the offers of an `Assessment` to the blocks that say what to do, and how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from screening.model.assessment import Assessment, Moved, Recommended
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import OfferOnly
from screening.model.vocabularies import Firmness, Pace
from screening.render.page import Block, Grid, Heading, Paragraph

MOVES = {
    Pace.PROGRESS: "one step on",
    Pace.HOLD: "stay as it is",
    Pace.REGRESS: "one step back",
    Pace.STOP: "stop",
}
AS_USUAL = "As much as is usual and comfortable; nothing is built up yet."


@dataclass(frozen=True, slots=True)
class OfferBlocks:
    """Offers being written down, in a `layout`; `only_light` activity may be all that is left."""

    found: Assessment
    knowledge: KnowledgeBase
    layout: int
    only_light: bool

    def names(self) -> Iterator[str]:
        """Yield each offer in words, with an exercise of it."""
        return map(self._offer, self.found.recommend)

    def _offer(self, offered: Recommended) -> str:
        """Return a category in words, with an exercise of it."""
        title = self.knowledge.categories[offered.category].title.lower()
        if not offered.such_as:
            return title
        name = self.knowledge.exercises[offered.such_as].name
        return title if name.lower() in title else f"{title}: {name}"

    def moves(self) -> Iterator[Block]:
        """Yield what becomes of what was offered last time."""
        if self.found.moves:
            yield Heading("What was offered last time")
            rows = []
            for moved in self.found.moves:
                category = self.knowledge.categories[moved.category]
                steps = {Pace.PROGRESS: category.progress, Pace.REGRESS: category.regress}
                rows.append((category.title, MOVES[moved.pace], steps.get(moved.pace, "")))
            yield Grid(("what", "now", "how"), tuple(rows))

    def _step(self, moved: Moved) -> str:
        """Return what an offer becomes where it is not as much as it could be."""
        if moved.pace is Pace.REGRESS:
            easier = self.knowledge.categories[moved.category].regress
            return f"One step back from last time: {easier}"
        return "As last time." if moved.pace is Pace.HOLD else ""

    def blocks(self) -> Iterator[Block]:
        """Yield what to offer and how much of it, and what to leave out."""
        categories = self.knowledge.categories
        if self.found.recommend:
            yield Heading("Offer" if self.layout == 1 else "How much")
            moved = {} if self.layout == 1 else {one.category: one for one in self.found.moves}
            rows = []
            for offered in self.found.recommend:
                doses = (categories[offered.category].dose.text, *offered.notes)
                amount = AS_USUAL if self.only_light else " ".join(doses)
                if offered.category in moved:
                    amount = self._step(moved[offered.category]) or amount
                rows.append((categories[offered.category].title, amount))
            yield Grid(("what", "how much"), tuple(rows))
        if self.only_light:
            return
        yield from self._not_offered()
        left = [a for a in self.found.avoid if a.kind == "category"]
        for firmness, words in (
            (Firmness.HARD, "Leave out"),
            (Firmness.SOFT, "Leave out for now"),
        ):
            titles = [categories[a.target].title.lower() for a in left if a.firmness is firmness]
            if titles:
                yield Heading(words)
                yield Paragraph(f"{', '.join(titles)}.")

    def _not_offered(self) -> Iterator[Block]:
        """Yield what a rule that offers only other categories holds back, by rule."""
        rules, by = self.knowledge.rules, dict[str, list[str]]()
        for withheld in self.found.withheld:
            for rule in withheld.by:
                if any(isinstance(c, OfferOnly) for c in rules[rule].then):
                    title = self.knowledge.categories[withheld.target].title.lower()
                    by.setdefault(rule, []).append(title)
        for rule, titles in by.items():
            yield Heading(f"Not offered: {rules[rule].title}")
            yield Paragraph(f"{', '.join(titles)}.")
