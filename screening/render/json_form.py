"""From results to JSON: the contracts `assessment/1` and `explanation/1`, key order fixed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from screening.errors import assert_never
from screening.model.assessment import Assessment, Open, Overruled, Planned
from screening.model.conclusions import LISTINGS, Listing
from screening.model.decision import Agreement
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Verdict

DIGEST_SHOWN = 12
Json: TypeAlias = bool | int | str | list["Json"] | dict[str, "Json"] | None


def dumped(form: Json) -> str:
    """Return JSON text, indented, with a final line break."""
    return json.dumps(form, ensure_ascii=False, indent=2) + "\n"


def texts(names: Iterable[str]) -> list[Json]:
    """Return a JSON list of texts."""
    return list(names)


def knowledge_form(knowledge: KnowledgeBase) -> Json:
    """Return which knowledge a result stands on."""
    pack = knowledge.pack
    digest = knowledge.digest[:DIGEST_SHOWN]
    return {"pack": pack.id, "version": pack.version, "digest": digest}


def review_form(knowledge: KnowledgeBase, unreviewed: int) -> Json:
    """Return who has reviewed a result, and how many rules behind it no clinician has."""
    return {"says": knowledge.pack.review, "unreviewed_rules": unreviewed}


def assessment_form(assessment: Assessment, knowledge: KnowledgeBase) -> dict[str, Json]:
    """Return an assessment as the contract `assessment/1`."""
    found = assessment
    return {
        "format": "assessment/1",
        "knowledge": knowledge_form(knowledge),
        "status": found.status.value,
        "referral": {
            "level": found.referral.level.word,
            "to": found.referral.to[0] if found.referral.to else None,
            "rules": texts(found.referral.rules),
        },
        "clearance": _clearance(found, knowledge),
        **_conclusions(found, knowledge),
        "programme": [_planned(plan) for plan in found.programme],
        **{listing.key: _listed(found, listing, knowledge) for listing in LISTINGS},
        "progress": [
            {"category": m.category, "verdict": m.pace.word, "rules": texts(m.rules)}
            for m in found.moves
        ],
        "open": [_open(one) for one in (*found.confirm, *found.open)],
        "not_covered": texts(found.not_covered),
        **_decided(found),
        "review": review_form(knowledge, found.draft_rules),
    }


def _listed(found: Assessment, listing: Listing, knowledge: KnowledgeBase) -> Json:
    return [
        {"id": one.id, "text": listing.text(knowledge, one.id), "rules": texts(one.rules)}
        for one in found.listed(listing)
    ]


def _decided(found: Assessment) -> Mapping[str, Json]:
    """Return what named people decided; nothing where nobody did."""
    form: dict[str, Json] = {}
    if found.agreed is not None:
        form["agreement"] = _agreement(found.agreed)
    if found.overrides:
        form["overrides"] = [_overruled(one) for one in found.overrides]
    return form


def _agreement(agreed: Agreement) -> Json:
    return {
        "by": agreed.by,
        "role": agreed.role,
        "on": agreed.on.isoformat(),
        "limits": [{"id": name, "at_most": most} for name, most in agreed.limits],
        "leave_out": texts(agreed.leave_out),
        "note": agreed.note or None,
    }


def _overruled(one: Overruled) -> Json:
    override = one.override
    return {
        "by": override.by,
        "on": override.on.isoformat(),
        "reason": override.reason,
        "rules": texts(override.rules),
        "lifts": texts(one.lifts),
    }


def _set_by(agreed: Agreement | None) -> dict[str, Json]:
    """Return who set something, where it was no rule."""
    return {} if agreed is None else {"set_by": agreed.who}


def _clearance(found: Assessment, knowledge: KnowledgeBase) -> Json:
    """Return the clearance asked for; null while no rule asks for any, or one is withheld."""
    if found.clearance is None:
        return None
    kind = knowledge.clearances[found.clearance.id]
    return {
        "id": kind.id,
        "title": kind.title,
        "say": kind.say or None,
        "meanwhile": kind.meanwhile,
        "rules": texts(found.clearance.rules),
    }


def _conclusions(found: Assessment, knowledge: KnowledgeBase) -> Mapping[str, Json]:
    return {
        "findings": [
            {"id": f.id, "strength": f.strength.word, "rules": texts(f.rules)}
            for f in found.findings
        ],
        "stage": [{"axis": s.axis, "id": s.id, "rules": texts(s.rules)} for s in found.stage],
        "limits": [
            {
                "id": one.id,
                "at_most": one.at_most,
                "unit": knowledge.limits[one.id].unit,
                "rules": texts(one.rules),
                **_set_by(one.agreed),
            }
            for one in found.limits
        ],
        "recommend": [
            {
                "category": r.category,
                "dose": knowledge.categories[r.category].dose.text,
                "rules": texts(r.rules),
            }
            for r in found.recommend
        ],
        "avoid": [
            {
                "target": a.target,
                "kind": a.kind,
                "strength": a.firmness.word,
                "rules": texts(a.rules),
                **_set_by(a.agreed),
            }
            for a in found.avoid
        ],
        "withheld": [
            {
                "target": w.target,
                "by": texts(w.by),
                "rules": texts(w.rules),
                **_set_by(w.agreed),
            }
            for w in found.withheld
        ],
    }


def _planned(plan: Planned) -> Json:
    """Return an exercise; `instead` is null for keep, a text for modify, ids for avoid."""
    instead: Json
    match plan.verdict:
        case Verdict.KEEP:
            instead = None
        case Verdict.MODIFY:
            instead = plan.instead
        case Verdict.AVOID:
            instead = texts(plan.alternatives)
        case _ as never:
            assert_never(never)
    form: dict[str, Json] = {
        "exercise": plan.exercise,
        "verdict": plan.verdict.word,
        "instead": instead,
        "rules": texts(plan.rules),
    }
    if plan.open:
        form["open"] = texts(plan.open)
    return form | _set_by(plan.agreed)


def _open(one: Open) -> Json:
    return {"question": one.question, "could_change": texts(one.could_change)}
