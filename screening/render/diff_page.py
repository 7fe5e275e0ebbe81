"""What two knowledge bases mean otherwise, as a page and as `diff/1`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from screening.assess.difference import Change
from screening.check.overruled import never_counts, overruling
from screening.engines.solver.meaning import (
    Aspect,
    ClearanceAspect,
    LightOnly,
    OfCategory,
    OfExercise,
    ReferralAspect,
    Way,
    Withholding,
)
from screening.errors import assert_never
from screening.model.case_library import Acceptance
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value, plain
from screening.render.json_form import Json, knowledge_form, texts
from screening.render.page import Block, Bullets, Heading, Page, Paragraph, Subheading
from screening.verify.semantic_diff import (
    MeaningComparison,
    MeaningDifference,
    MovedIntake,
    OnIntakes,
    RuleFate,
    Shown,
    aspect_words,
)

SHOWN = 20  # intakes and clients in a table; the JSON has them all
CHANGES_SHOWN = 8  # for one client, likewise
RULES_SHOWN = 5  # behind one conclusion, likewise
Together = tuple[Way, Shown, list[MeaningDifference]]


def diff_page(
    found: MeaningComparison,
    two: tuple[KnowledgeBase, KnowledgeBase],
    on: OnIntakes | None,
    accepted: Acceptance | None,
) -> Page:
    """Return what differs, a client for each, and who accepted what became looser."""
    blocks: list[Block] = [Paragraph(text) for text in _summary(found)]
    blocks += [Paragraph(f"{text}.") for text in _without_effect(found, two[1])]
    for way, shown, differences in _together(found)[:SHOWN]:
        blocks.append(Subheading(f"{way.value}: {_listed(differences)}"))
        blocks.append(Bullets(tuple(_answers(shown, two))))
        blocks += [Paragraph(text) for text in _changes(shown, differences)]
    if len(_together(found)) > SHOWN:
        blocks.append(Paragraph(f"and {len(_together(found)) - SHOWN} more: `--format json`"))
    if on is not None:
        blocks += _on(on)
    if found.unanswered:
        blocks.append(Paragraph(_accepted(found, accepted)))
    blocks.append(Paragraph(two[1].pack.review))
    return tuple(blocks)


def _without_effect(found: MeaningComparison, new: KnowledgeBase) -> Iterator[str]:
    """Yield what is said of each rule that is new or other, and that another one overrules."""
    for one in found.rules:
        if one.what == "rule" and one.id in new.rules and not new.rules[one.id].cell:
            beaten = overruling(new, new.rules[one.id])
            if beaten:
                yield never_counts(one.id, beaten)


def _summary(found: MeaningComparison) -> Iterator[str]:
    for what in ("rule", "question", "exercise", "flag", "promise"):
        for fate in RuleFate:
            names = [one.id for one in found.rules if one.what == what and one.fate is fate]
            if names:
                yield f"{what}s {fate.value}: {', '.join(names)}"
    for what in found.beside:
        yield f"to be answered for: {what}"
    if found.uncompared:
        yield f"not compared, answers that only one version takes: {', '.join(found.uncompared)}"
    whom = "every client whose answers both take" if found.uncompared else "every client"
    verdicts = [one.verdict for one in found.differences]
    if not verdicts:
        yield f"All {found.compared} things compared are the same for {whom}."
        return
    counts = (f"{verdicts.count(v)} {v}" for v in ("looser", "stricter", "changed"))
    told = ", ".join(count for count in counts if not count.startswith("0 "))
    yield f"Of {found.compared} things compared: {told}, the rest the same for {whom}."


def _together(found: MeaningComparison) -> list[Together]:
    """Return the differences that one client shows together, looser ones first."""
    groups: dict[tuple[str, tuple[tuple[str, Value], ...]], Together] = {}
    for one in found.differences:
        for way, shown in one.shown.items():
            key = (way.value, tuple(shown.answers.items()))
            groups.setdefault(key, (way, shown, []))[2].append(one)
    return sorted(groups.values(), key=lambda group: group[0] is not Way.LOOSER)


def _listed(differences: Sequence[MeaningDifference]) -> str:
    return "; ".join(aspect_words(one.aspect) for one in differences)


def _answers(shown: Shown, two: tuple[KnowledgeBase, KnowledgeBase]) -> Iterator[str]:
    old, new = two
    for name in shown.telling:
        question = new.questions.get(name) or old.questions[name]
        yield f"{question.ask} {question.said(shown.answers[name])} ({name})"
    if shown.harmless:
        yield "all else: the harmless answer"
    elif not shown.answers:
        yield "a client who has answered nothing"


def _changes(shown: Shown, differences: Sequence[MeaningDifference]) -> Iterator[str]:
    """Yield what changes for a client: what is asked about, then some of what comes along."""
    asked = {_target(one.aspect) for one in differences}
    changes = sorted(shown.changes, key=lambda change: change.target not in asked)
    yield from (_change(change) for change in changes[:CHANGES_SHOWN])
    if len(changes) > CHANGES_SHOWN:
        yield f"and {len(changes) - CHANGES_SHOWN} more changes: `--format json`"


def _target(aspect: Aspect) -> str:
    match aspect:
        case OfCategory(name) | OfExercise(name):
            return name
        case ReferralAspect() | Withholding() | LightOnly():
            return "referral"
        case ClearanceAspect():
            return "clearance"
    assert_never(aspect)


def _change(change: Change) -> str:
    was, now = change.before or "nothing", change.after or "nothing"
    old, new = _by(change.rules_before), _by(change.rules_after)
    return f"{change.target}: {was}{old} → {now}{new}"


def _by(rules: Sequence[str]) -> str:
    """Return the rules behind a conclusion, the first few of many.

    >>> _by(("a", "b")), _by("abcdefg")
    (' (a, b)', ' (a, b, c, d, e, and 2 more)')
    """
    if len(rules) > RULES_SHOWN:
        rules = (*rules[:RULES_SHOWN], f"and {len(rules) - RULES_SHOWN} more")
    return f" ({', '.join(rules)})" if rules else ""


def _on(on: OnIntakes) -> Iterator[Block]:
    yield Heading("On the intakes")
    counts = f"{len(on.newly_referred)} newly referred, {len(on.newly_cleared)} newly cleared"
    yield Paragraph(f"{on.read} read: {len(on.moved)} concluded otherwise, {counts}.")
    first = (*on.newly_cleared, *on.newly_referred)
    others = tuple(one for one in on.moved if one not in first)
    lines = tuple(_moved(one) for one in (*first, *others))
    if lines:
        yield Bullets(lines[:SHOWN])
    if len(lines) > SHOWN:
        yield Paragraph(f"and {len(lines) - SHOWN} more: `--format json`")
    if on.unread:
        yield Paragraph(
            f"{len(on.unread)} left out (one of the two cannot read them, or they follow another "
            f"intake): {', '.join(on.unread[:SHOWN])}"
        )


def _moved(one: MovedIntake) -> str:
    same = one.before is one.after
    level = "" if same else f"{one.before.word} → {one.after.word}; "
    rest = "; ".join(_change(c) for c in one.changes if c.target != "referral")
    return f"{one.intake}: {level}{rest}".rstrip("; ")


def _accepted(found: MeaningComparison, accepted: Acceptance | None) -> str:
    if accepted is None:
        who = "Somebody is" if found.looser else "Somebody could be"
        cleared = "newly cleared" if found.looser or found.uncompared else "told or asked less"
        return f"{who} {cleared}, and nobody answers for it: --accept-looser NAME REASON"
    return f"Accepted by {accepted.by} on {accepted.on}: {accepted.because}"


def diff_form(
    found: MeaningComparison,
    two: tuple[KnowledgeBase, KnowledgeBase],
    on: OnIntakes | None,
    accepted: Acceptance | None,
) -> dict[str, Json]:
    """Return what differs as `diff/1`."""
    form: dict[str, Json] = {
        "format": "diff/1",
        "old": knowledge_form(two[0]),
        "new": knowledge_form(two[1]),
        "changes": [{"id": c.id, "what": c.what, "fate": c.fate.value} for c in found.rules],
        "compared": found.compared,
        "not_compared": texts(found.uncompared),
        "beside": texts(found.beside),
        "differences": [_difference_form(one) for one in found.differences],
        "accepted": None if accepted is None else {"by": accepted.by, "because": accepted.because},
    }
    without_effect = texts(_without_effect(found, two[1]))
    if without_effect:
        form["without_effect"] = without_effect
    if on is not None:
        form["on"] = {
            "read": on.read,
            "newly_referred": len(on.newly_referred),
            "newly_cleared": len(on.newly_cleared),
            "moved": [_moved_form(one) for one in on.moved],
            "left_out": texts(on.unread),
        }
    return form


def _difference_form(one: MeaningDifference) -> Json:
    shown: dict[str, Json] = {
        way.value: {
            "answers": {name: plain(value) for name, value in shown.answers.items()},
            "telling": texts(shown.telling),
            "changes": [_change_form(change) for change in shown.changes],
        }
        for way, shown in one.shown.items()
    }
    return {"what": aspect_words(one.aspect), "verdict": one.verdict, "clients": shown}


def _moved_form(one: MovedIntake) -> Json:
    return {
        "intake": one.intake,
        "before": one.before.word,
        "after": one.after.word,
        "changes": [_change_form(change) for change in one.changes],
    }


def _change_form(change: Change) -> Json:
    return {
        "target": change.target,
        "before": change.before or None,
        "after": change.after or None,
        "rules_before": texts(change.rules_before),
        "rules_after": texts(change.rules_after),
    }
