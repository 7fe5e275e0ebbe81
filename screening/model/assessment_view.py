"""An assessment as it is told and kept on record: the contract `assessment/1`, as types.

The order of the fields is the order of the keys. On record it is this JSON on one line; whoever
reads a record reads it as these types again.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from screening.errors import ScreeningError
from screening.model.assessment import (
    Assessment,
    Contradiction,
    Found,
    Moved,
    Open,
    Overruled,
    Planned,
    Progress,
    Staged,
    Summed,
)
from screening.model.conclusions import LISTINGS, Listing
from screening.model.decision import Agreement
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Firmness, Level, Verdict
from screening.storage.codec import SPARED, KeptAs, from_tree, tree_of

FORMAT = "assessment/1"
DIGEST_SHOWN = 12
LISTED = KeptAs(spread=tuple(listing.key for listing in LISTINGS)).metadata


class UnreadableAssessmentError(ScreeningError):
    """What is on record stands for no assessment this program knows."""


@dataclass(frozen=True, slots=True)
class KnowledgeUsed:
    """Which knowledge a result stands on."""

    pack: str = ""
    version: str = ""
    digest: str = ""

    @staticmethod
    def of(knowledge: KnowledgeBase) -> KnowledgeUsed:
        """Return it of a knowledge base."""
        pack = knowledge.pack
        return KnowledgeUsed(pack.id, pack.version, knowledge.digest[:DIGEST_SHOWN])


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Who has reviewed a result, and how many rules behind it no clinician has."""

    says: str = ""
    unreviewed_rules: int = 0


@dataclass(frozen=True, slots=True)
class ReferralView:
    """The level, whom to see first, and every rule that refers."""

    level: Level = Level.NONE
    to: str | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClearanceView:
    """The clearance asked for."""

    id: str
    title: str
    say: str | None
    meanwhile: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LimitView:
    """A limit in its unit; `set_by` is who agreed to it, where it was no rule."""

    id: str
    at_most: int
    unit: str
    rules: tuple[str, ...]
    set_by: str | None = field(default=None, metadata=SPARED)


@dataclass(frozen=True, slots=True)
class RecommendView:
    """A category to offer, and how much of it."""

    category: str
    dose: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AvoidView:
    """What to leave out for now; `set_by` as of a limit."""

    target: str
    kind: str
    strength: Firmness
    rules: tuple[str, ...]
    set_by: str | None = field(default=None, metadata=SPARED)


@dataclass(frozen=True, slots=True)
class WithheldView:
    """What was reached and not given; `set_by` as of a limit."""

    target: str
    by: tuple[str, ...]
    rules: tuple[str, ...]
    set_by: str | None = field(default=None, metadata=SPARED)


@dataclass(frozen=True, slots=True)
class PlannedView:
    """An exercise; `instead` is none for keep, a text for modify, ids for avoid."""

    exercise: str
    verdict: Verdict
    instead: str | tuple[str, ...] | None
    rules: tuple[str, ...]
    open: tuple[str, ...] = field(default=(), metadata=SPARED)
    set_by: str | None = field(default=None, metadata=SPARED)


@dataclass(frozen=True, slots=True)
class ListedView:
    """One thing of a listing, such as a sentence to say."""

    id: str
    text: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgreedLimit:
    """The most of a limit that a clinician agreed to."""

    id: str
    at_most: int


@dataclass(frozen=True, slots=True)
class AgreementView:
    """A clinician's agreement that counts."""

    by: str
    role: str
    on: datetime.date
    limits: tuple[AgreedLimit, ...]
    leave_out: tuple[str, ...]
    note: str | None
    until: datetime.date | None = field(default=None, metadata=SPARED)
    stop_if: str | None = field(default=None, metadata=SPARED)


@dataclass(frozen=True, slots=True)
class OverrideView:
    """A trainer's override, and the rules that withhold nothing because of it."""

    by: str
    on: datetime.date
    reason: str
    rules: tuple[str, ...]
    lifts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """Everything concluded about one client, with the words the knowledge has for it."""

    format: str = FORMAT
    knowledge: KnowledgeUsed = field(default_factory=KnowledgeUsed)
    status: Progress = Progress.INCOMPLETE
    referral: ReferralView = field(default_factory=ReferralView)
    clearance: ClearanceView | None = None
    findings: tuple[Found, ...] = ()
    stage: tuple[Staged, ...] = ()
    limits: tuple[LimitView, ...] = ()
    recommend: tuple[RecommendView, ...] = ()
    avoid: tuple[AvoidView, ...] = ()
    withheld: tuple[WithheldView, ...] = ()
    programme: tuple[PlannedView, ...] = ()
    said: Mapping[str, tuple[ListedView, ...]] = field(default_factory=dict, metadata=LISTED)
    progress: tuple[Moved, ...] = ()
    open: tuple[Open, ...] = ()
    contradictions: tuple[Contradiction, ...] = field(default=(), metadata=SPARED)
    scores: tuple[Summed, ...] = field(default=(), metadata=SPARED)
    not_covered: tuple[str, ...] = ()
    agreement: AgreementView | None = field(default=None, metadata=SPARED)
    overrides: tuple[OverrideView, ...] = field(default=(), metadata=SPARED)
    review: ReviewView = field(default_factory=ReviewView)

    @property
    def text(self) -> str:
        """It as the text that is kept."""
        return json.dumps(tree_of(self), ensure_ascii=False, separators=(",", ":"))


def assessment_of(text: str) -> AssessmentView:
    """Return the assessment that a text on record stands for; what it does not say is empty.

    Raises:
        UnreadableAssessmentError: when it stands for none.

    """
    try:
        found = from_tree(AssessmentView, json.loads(text), defaults=True)
    except (ValueError, RecursionError) as error:
        raise UnreadableAssessmentError("an assessment on record cannot be read") from error
    if found.format != FORMAT:
        raise UnreadableAssessmentError(f"an assessment on record is of the form {found.format}")
    return found


def view_of(assessment: Assessment, knowledge: KnowledgeBase) -> AssessmentView:
    """Return an assessment with the words of the knowledge it was made with."""
    found = assessment
    return AssessmentView(
        knowledge=KnowledgeUsed.of(knowledge),
        status=found.status,
        referral=_referral(found),
        clearance=_clearance(found, knowledge),
        findings=found.findings,
        stage=found.stage,
        limits=_limits(found, knowledge),
        recommend=_recommend(found, knowledge),
        avoid=_avoid(found),
        withheld=_withheld(found),
        programme=tuple(map(_planned, found.programme)),
        said={listing.key: _listed(found, listing, knowledge) for listing in LISTINGS},
        progress=found.moves,
        open=(*found.confirm, *found.open),
        contradictions=found.contradictions,
        scores=found.scores,
        not_covered=found.not_covered,
        agreement=None if found.agreed is None else _agreement(found.agreed),
        overrides=tuple(map(_override, found.overrides)),
        review=ReviewView(knowledge.pack.review, found.draft_rules),
    )


def _who(agreed: Agreement | None) -> str | None:
    return None if agreed is None else agreed.who


def _referral(found: Assessment) -> ReferralView:
    said = found.referral
    return ReferralView(said.level, said.to[0] if said.to else None, said.rules)


def _avoid(found: Assessment) -> tuple[AvoidView, ...]:
    return tuple(
        AvoidView(one.target, one.kind, one.firmness, one.rules, _who(one.agreed))
        for one in found.avoid
    )


def _withheld(found: Assessment) -> tuple[WithheldView, ...]:
    return tuple(
        WithheldView(one.target, one.by, one.rules, _who(one.agreed)) for one in found.withheld
    )


def _listed(
    found: Assessment, listing: Listing, knowledge: KnowledgeBase
) -> tuple[ListedView, ...]:
    return tuple(
        ListedView(one.id, listing.text(knowledge, one.id), one.rules)
        for one in found.listed(listing)
    )


def _clearance(found: Assessment, knowledge: KnowledgeBase) -> ClearanceView | None:
    """Return the clearance asked for; none while no rule asks for any, or one is withheld."""
    if found.clearance is None:
        return None
    kind = knowledge.clearances[found.clearance.id]
    rules = found.clearance.rules
    return ClearanceView(kind.id, kind.title, kind.say or None, kind.meanwhile, rules)


def _limits(found: Assessment, knowledge: KnowledgeBase) -> tuple[LimitView, ...]:
    return tuple(
        LimitView(one.id, one.at_most, knowledge.limits[one.id].unit, one.rules, _who(one.agreed))
        for one in found.limits
    )


def _recommend(found: Assessment, knowledge: KnowledgeBase) -> tuple[RecommendView, ...]:
    doses = {name: category.dose.text for name, category in knowledge.categories.items()}
    return tuple(
        RecommendView(one.category, doses[one.category], one.rules) for one in found.recommend
    )


def _planned(plan: Planned) -> PlannedView:
    instead: str | tuple[str, ...] | None = None
    if plan.verdict is Verdict.MODIFY:
        instead = plan.instead
    elif plan.verdict is Verdict.AVOID:
        instead = plan.alternatives
    return PlannedView(
        plan.exercise, plan.verdict, instead, plan.rules, plan.open, _who(plan.agreed)
    )


def _agreement(agreed: Agreement) -> AgreementView:
    limits = tuple(AgreedLimit(name, most) for name, most in agreed.limits)
    return AgreementView(
        agreed.by,
        agreed.role,
        agreed.on,
        limits,
        agreed.leave_out,
        agreed.note or None,
        agreed.until,
        agreed.stop_if or None,
    )


def _override(one: Overruled) -> OverrideView:
    said = one.override
    return OverrideView(said.by, said.on, said.reason, said.rules, one.lifts)
