"""From the programme of an `Assessment` to what becomes of each exercise, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from screening.model.assessment import Assessment, Planned
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Verdict
from screening.render.page import LAYOUT, Block, Grid, Heading

VERDICTS = {Verdict.KEEP: "keep", Verdict.MODIFY: "change", Verdict.AVOID: "leave out for now"}
UNTIL_SEEN = "Until somebody has looked."


class VerdictLine(NamedTuple):
    """What becomes of an exercise of the programme, and what is done instead, in words."""

    exercise: str
    name: str
    verdict: Verdict
    instead: str


def verdict_lines(assessment: Assessment, knowledge: KnowledgeBase) -> tuple[VerdictLine, ...]:
    """Return the programme line by line, as the page of the assessment has it."""
    return tuple(ProgrammeBlocks(assessment, knowledge, LAYOUT).lines())


@dataclass(frozen=True, slots=True)
class ProgrammeBlocks:
    """The programme being written down, in a `layout`."""

    found: Assessment
    knowledge: KnowledgeBase
    layout: int

    def verdicts(self) -> Iterator[tuple[str, list[str]]]:
        """Yield the exercises by what becomes of them."""
        planned = [(plan.verdict, *self._planned(plan)) for plan in self.found.programme]
        kept = [name for verdict, name, _, _ in planned if verdict is Verdict.KEEP]
        yield "Keep", kept
        for verdict, name, _, instead in planned:
            if verdict is Verdict.MODIFY:
                yield "Change", [f"{name}: {instead}"]
        out = [
            (name, instead) for verdict, name, _, instead in planned if verdict is Verdict.AVOID
        ]
        waits = [name for name, instead in out if instead == UNTIL_SEEN]
        yield (
            "Not yet",
            [f"{name} (instead: {i})" if i else name for name, i in out if name not in waits],
        )
        yield "Wait", [", ".join(waits) + f": {UNTIL_SEEN.lower()}"] if waits else []
        yield "Unknown", [f"{name} (no rule speaks about it)" for name in self.found.not_covered]

    def lines(self) -> Iterator[VerdictLine]:
        """Yield what becomes of each exercise of the programme."""
        for plan in self.found.programme:
            name, _, instead = self._planned(plan)
            yield VerdictLine(plan.exercise, name, plan.verdict, instead)

    def grid(self) -> Iterator[Block]:
        """Yield the programme line by line, as the first layout has it."""
        if not self.found.programme and not self.found.not_covered:
            return
        yield Heading("Next session")
        rows = [self._planned(plan) for plan in self.found.programme]
        rows += [
            (name, "not covered", "No rule speaks about it.") for name in self.found.not_covered
        ]
        yield Grid(("exercise", "verdict", "instead"), tuple(rows))

    @property
    def _held(self) -> frozenset[str]:
        """The categories held back today: no exercise of theirs stands in for another."""
        if self.layout == 1:
            return frozenset()
        left = (one.target for one in self.found.avoid if one.kind == "category")
        return frozenset((*left, *(one.target for one in self.found.withheld)))

    def _planned(self, plan: Planned) -> tuple[str, str, str]:
        exercises = self.knowledge.exercises
        instead = plan.instead
        if plan.verdict is Verdict.AVOID:
            offered = [e for e in plan.alternatives if exercises[e].category not in self._held]
            instead = ", ".join(exercises[e].name for e in offered)
            asked = self.found.clearance.rules if self.found.clearance else ()
            if set(plan.rules) <= {*self.found.referral.rules, *asked} and not plan.agreed:
                instead = UNTIL_SEEN
        if plan.agreed is not None:
            instead = f"Left out by {plan.agreed.who}. {instead}".strip()
        if plan.open:
            shorts = ", ".join(self.knowledge.questions[q].short for q in plan.open)
            instead = f"{instead} Open: {shorts}".strip()
        return exercises[plan.exercise].name, VERDICTS[plan.verdict], instead
