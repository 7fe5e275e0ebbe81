"""The rows of OUT by the reference, one client at a time: what batches are compared with."""

from __future__ import annotations

from collections.abc import Iterable

from screening.assess.conflict_resolution import Combination
from screening.assess.fired_conclusions import Effects
from screening.engines.applicable import with_inapplicable
from screening.engines.reference import evaluate
from screening.follow import in_force
from screening.model.assessment import Assessment, Avoided
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Confirm
from screening.model.vocabularies import Level, Truth, Unknown


def expected(knowledge: KnowledgeBase, case: Case) -> dict[str, str]:
    counting = in_force(knowledge, case)
    effects = Effects(knowledge, evaluate(knowledge, counting))
    combined = Combination(effects, with_inapplicable(knowledge, counting), case)
    made = combined.assessment()
    blocked = combined.blocked is not None
    level = made.referral.level.word
    cleared = [made.clearance] if made.clearance else []
    return {
        "referral": "open" if blocked and level == "none" else level,
        "referral_by": ", ".join(made.referral.decisive),
        "referral_rules": ", ".join(made.referral.rules),
        "could_be": could_be(knowledge, effects, with_inapplicable(knowledge, counting)),
        "blocked": ", ".join(combined.blocked or ()),
        "clearance": listed((c.id, c.rules) for c in cleared),
        "findings": listed((f"{f.id} {f.strength.word}", f.rules) for f in made.findings),
        "stage": listed(sorted((s.id, s.rules) for s in made.stage)),
        "limits": listed((f"{one.id} {one.at_most}", one.rules) for one in made.limits),
        "recommend": listed((r.category, r.rules) for r in made.recommend),
        "avoid": avoided(made, exercises=False),
        "avoid_exercises": avoided(made, exercises=True),
        "withheld": listed(
            (w.target, () if blocked else w.by)
            for w in made.withheld
            if w.target in knowledge.categories
        ),
        "contradictions": contradicted(knowledge, made),
        "programme": listed(
            sorted((f"{p.exercise} {p.verdict.word}", p.rules) for p in made.programme)
        ),
    }


def could_be(knowledge: KnowledgeBase, effects: Effects, answers: dict[str, Value]) -> str:
    waiting = [
        knowledge.rules[head.rule].level(head.reading)
        for head, truth in effects.outcome.heads.items()
        if truth is Truth.UNDECIDED
    ]
    if any(name not in answers for name in knowledge.emergency_questions):
        waiting.append(Level.EMERGENCY)
    most = max(waiting, default=Level.NONE)
    return most.word if most > effects.level else ""


def contradicted(knowledge: KnowledgeBase, made: Assessment) -> str:
    rules: dict[str, list[str]] = {one.question: [] for one in made.contradictions}
    for one in made.confirm:
        (rule,) = one.could_change
        firsts = [c.questions[0] for c in knowledge.rules[rule].then if isinstance(c, Confirm)]
        if one.question in firsts:
            rules.setdefault(one.question, []).append(rule)
    return listed((q, tuple(sorted(set(rules[q])))) for q in knowledge.questions if q in rules)


def avoided(made: Assessment, *, exercises: bool) -> str:
    def name(one: Avoided) -> str:
        target = one.target if exercises else f"{one.kind} {one.target}"
        return f"{target} {one.firmness.word}"

    return listed((name(a), a.rules) for a in made.avoid if (a.kind == "exercise") is exercises)


def listed(entries: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    return "; ".join(f"{said}: {', '.join(rules)}" if rules else said for said, rules in entries)


def cell(value: Value | None) -> str | int | None:
    return value.value if isinstance(value, Unknown) else value
