"""Drawing conclusions again with the knowledge they were made with, from the record alone."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from screening.app.audit.case_codec import case_of
from screening.app.audit.papers import paper_again
from screening.assess import Assessor, ConcludedCase
from screening.errors import UnknownTargetError, assert_never
from screening.explain import Ground
from screening.load import Snapshot, load_snapshot
from screening.model.assessment import Assessment
from screening.model.assessment_view import AssessmentView, assessment_of, view_of
from screening.model.knowledge import KnowledgeBase
from screening.records import Recorded, Store, knowledge
from screening.records import event as events
from screening.records.consent import local_day
from screening.render.formats import page_format, recorded_output
from screening.render.page import Shape
from screening.render.stamp import Stamp

HELD = 3  # knowledge bases held at once: verifying a store takes no more memory than these

Compiled = Callable[[str], KnowledgeBase | None]
"""Returns knowledge that was read before on this machine, by its digest, or None."""


@dataclass
class Library:
    """The knowledge a store keeps, ready to conclude with; the last few are held."""

    store: Store
    compiled: Compiled = lambda _: None
    _held: OrderedDict[str, Assessor] = field(default_factory=OrderedDict)

    def hold(self, digest: str, assessor: Assessor) -> None:
        """Hold the assessor of a knowledge that is in use already."""
        self._held[digest] = assessor

    def assessor(self, digest: str) -> Assessor:
        """Return an assessor of the knowledge of a digest.

        Raises:
            RecordsError: when it is not kept, or not what was kept.
            BadInputError: when this program cannot read it.

        """
        if digest not in self._held:
            self._held[digest] = Assessor(self._knowledge(digest))
        self._held.move_to_end(digest)
        while len(self._held) > HELD:
            self._held.popitem(last=False)
        return self._held[digest]

    def _knowledge(self, digest: str) -> KnowledgeBase:
        kept = knowledge(self.store, digest)
        title = f"knowledge-{digest[:12]}"
        return self.compiled(digest) or load_snapshot(Snapshot(kept.files, title))


@dataclass(frozen=True)
class Kept:
    """A conclusion as recorded, and the reports of it. `number` counts from 1 in its case."""

    case: str
    number: int
    recorded: Recorded
    event: events.Concluded
    reports: tuple[tuple[Recorded, events.Printed | events.PaperMade], ...] = ()

    def drawn(self, library: Library) -> Drawn:
        """Return the conclusion drawn again, by both engines.

        Raises:
            RecordsError: when its knowledge is not kept, or not what was kept.
            BadInputError: when this program cannot read its knowledge.
            UnreadableCaseError: when the case cannot be read back.
            DisagreementError: when the engines differ.

        """
        assessor = library.assessor(self.event.knowledge)
        concluded = assessor.conclude(case_of(self.event.case))
        return Drawn(self, assessor, concluded)


@dataclass(frozen=True)
class Drawn:
    """A recorded conclusion, drawn again."""

    kept: Kept
    assessor: Assessor
    concluded: ConcludedCase

    @cached_property
    def same(self) -> bool:
        """Whether it comes out as it was recorded."""
        again = view_of(self._as_then, self.assessor.knowledge)
        return again.text == self.kept.event.assessment or _decided(again) == _decided(self._then)

    @cached_property
    def _then(self) -> AssessmentView:
        return assessment_of(self.kept.event.assessment)

    @cached_property
    def _as_then(self) -> Assessment:
        """The conclusion without what the program of then did not tell."""
        found = self.concluded.assessment
        return found if self._then.contradictions else replace(found, contradictions=())

    def comes_out(self, report: events.Printed | events.PaperMade) -> bool:
        """Tell whether this program makes a report of it as recorded, as far as it can tell.

        A paper that is no text is compared by its digest, where the library that made it is there.
        """
        match report:
            case events.Printed():
                return self.report(report) == report.text
            case events.PaperMade():
                return paper_again(Ground(self.assessor, self.concluded), report)
        assert_never(report)

    def report(self, printed: events.Printed) -> str:
        """Return a report of it as this program prints it."""
        return recorded_output(
            self._as_then,
            self.assessor.knowledge,
            Shape(page_format(printed.form), printed.width, printed.layout, printed.country),
            Stamp(printed.named, printed.head, self.kept.recorded.at),
        )


def _decided(view: AssessmentView) -> AssessmentView:
    """Return what was concluded, without what answers still to come could change.

    That is no conclusion, and earlier programs named more of the exercises a finding stands for.
    """
    return replace(view, open=tuple(replace(one, could_change=()) for one in view.open))


def conclusions(case: str, recorded: tuple[Recorded, ...]) -> tuple[Kept, ...]:
    """Return the conclusions of a case in order, each with the reports that follow it."""
    found: list[Kept] = []
    for one in recorded:
        match one.event:
            case events.Concluded() as event:
                found.append(Kept(case, len(found) + 1, one, event))
            case events.Printed() | events.PaperMade() as event if found:
                reports = (*found[-1].reports, (one, event))
                found[-1] = replace(found[-1], reports=reports)
            case _:
                pass
    return tuple(found)


def kept_in(store: Store, cases: Iterable[str]) -> tuple[Kept, ...]:
    """Return the conclusions of cases, in order.

    Raises:
        RecordsError: when a record is not what was written.

    """
    return tuple(kept for case in cases for kept in conclusions(case, store.events(case)))


def chosen(found: tuple[Kept, ...], *, at: str = "", number: int | None = None) -> Kept:
    """Return the last conclusion, the last one at the end of a day or month, or one by number.

    `at` is a beginning of a day as it is written (`2026-03` or `2026-03-14`).

    Raises:
        UnknownTargetError: when there is none.

    """
    if not found:
        raise UnknownTargetError("nothing was concluded yet: the interview is still open")
    if number is not None:
        if not 1 <= number <= len(found):
            count = f"1 to {len(found)}" if len(found) > 1 else "1"
            raise UnknownTargetError(f"no conclusion {number}: expected {count}")
        return found[number - 1]
    before = [kept for kept in found if local_day(kept.recorded.at)[: len(at)] <= at]
    if not before:
        first = local_day(found[0].recorded.at)
        raise UnknownTargetError(f"nothing was concluded by {at}: the first was on {first}")
    return before[-1]
