"""From what an audit found to pages and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from screening.app.audit.history import Line
from screening.app.audit.rederivation import Drawn
from screening.app.audit.replay import Fate, Replayed
from screening.app.audit.verify import LIMITS, Verified
from screening.model.assessment_view import DIGEST_SHOWN
from screening.model.knowledge import KnowledgeBase
from screening.render.json_form import Json, knowledge_form, texts
from screening.render.page import Block, Bullets, Grid, Heading, Page, Pairs, Paragraph, clean

ORDER = tuple(Fate)


def verified_page(found: Verified) -> Page:
    """Return what verifying found, the first bad record first, and what it cannot show."""
    return tuple(_verified(found))


def _verified(found: Verified) -> Iterator[Block]:
    checked = found.checked
    if found.good:
        yield Heading("All as it was written")
    else:
        yield Heading("Not as it was written")
        yield Bullets(tuple(clean(words) for words in found.findings))
        if found.more:
            yield Paragraph(f"And {found.more} more.")
    rows = [
        ("Records", f"{checked.events} in {_count(found.cases, 'case')}"),
        ("Drawn again", _drawn(found)),
        ("Head", checked.head.digest),
    ]
    if found.erased:
        rows.append(("Erased", f"{_count(found.erased, 'case')}: the chain holds, no content"))
    rows += [(f"Report {digest}", where) for digest, where in checked.found.items()]
    if checked.set_back:
        rows.append(("Clock set back", f"at {checked.set_back}; order is by number"))
    yield Pairs(tuple(rows))
    yield Heading("What this cannot show")
    yield Bullets(tuple(f"{limit[:1].upper()}{limit[1:]}." for limit in LIMITS))


def _drawn(found: Verified) -> str:
    return f"{_count(found.conclusions, 'conclusion')}, {_count(found.reports, 'report')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def verified_form(found: Verified) -> dict[str, Json]:
    """Return what verifying found as JSON (`verified/1`)."""
    checked = found.checked
    return {
        "format": "verified/1",
        "good": found.good,
        "findings": texts(found.findings),
        "more": found.more,
        "events": checked.events,
        "cases": found.cases,
        "erased": found.erased,
        "conclusions": found.conclusions,
        "reports": found.reports,
        "head": checked.head.digest,
        "heads": [{"digest": digest, "at": where} for digest, where in checked.found.items()],
        "clock_set_back": checked.set_back or None,
        "cannot_show": texts(LIMITS),
    }


def history_page(case: str, lines: Iterable[Line]) -> Page:
    """Return what happened in a case."""
    rows = tuple(
        (str(line.number), line.at[:16].replace("T", " "), line.what, clean(line.said))
        for line in lines
    )
    return (
        Heading(f"What happened in {case}"),
        Grid(("no.", "when (UTC)", "what", "said"), rows),
        Paragraph("Who sat at the keyboard is not known; names are as they were typed."),
    )


def history_form(case: str, lines: Iterable[Line]) -> dict[str, Json]:
    """Return what happened in a case as JSON (`history/1`)."""
    events: list[Json] = [
        {"number": line.number, "at": line.at, "what": line.what, "said": line.said}
        for line in lines
    ]
    return {"format": "history/1", "case": case, "events": events}


def from_record(drawn: Drawn, named: str) -> Block:
    """Return from which record, of when and with which knowledge, something is said."""
    kept, pack = drawn.kept, drawn.assessor.knowledge.pack
    return Paragraph(
        f"From the record of {named}: conclusion {kept.number}, {_when(drawn)}, with the "
        f"knowledge of then, {pack.id} {pack.version} ({kept.event.knowledge[:DIGEST_SHOWN]})."
    )


def _when(drawn: Drawn) -> str:
    return drawn.kept.recorded.at[:16].replace("T", " ") + " UTC"


def record_form(drawn: Drawn, named: str) -> dict[str, Json]:
    """Return the record something is said from."""
    kept = drawn.kept
    return {
        "case": named,
        "conclusion": kept.number,
        "at": kept.recorded.at,
        "program": kept.event.program,
        "head": kept.recorded.head.digest,
    }


def replay_page(found: Replayed, named: str) -> Page:
    """Return what would change with other knowledge, and which rules make it so."""
    return tuple(_replay(found, named))


def _replay(found: Replayed, named: str) -> Iterator[Block]:
    pack, digest = found.now.pack, found.now.digest[:DIGEST_SHOWN]
    yield Heading(f"{named}, {_when(found.drawn)}, with {pack.id} {pack.version} ({digest})")
    yield from_record(found.drawn, named)
    if not found.changes:
        yield Paragraph("Nothing would change.")
    else:
        rows = tuple(
            (change.target, change.before or "-", change.after or "-", _rules(change.rules))
            for change in found.changes
        )
        yield Grid(("what", "was", "would be", "rules"), rows)
    fates = [(rule, fate) for rule, fate in found.fates if fate is not Fate.SAME]
    if fates:
        yield Heading("Why: these rules differ")
        ordered = sorted(fates, key=lambda one: (ORDER.index(one[1]), one[0]))
        titled = ((fate.value, _title(found, rule), rule) for rule, fate in ordered)
        yield Grid(("rule", "title", "id"), tuple(titled))
    elif found.changes:
        yield Paragraph("The rules named are the same; what they rest on is not.")
    if found.dropped:
        yield Heading("Not taken over")
        yield Bullets(tuple(clean(words) for words in found.dropped))


def _rules(rules: tuple[str, ...]) -> str:
    return ", ".join(rules)


def _title(found: Replayed, rule: str) -> str:
    knowledge: KnowledgeBase = found.drawn.assessor.knowledge
    return (found.now.rules.get(rule) or knowledge.rules[rule]).title


def replay_form(found: Replayed, named: str) -> dict[str, Json]:
    """Return what would change as JSON (`replay/1`)."""
    return {
        "format": "replay/1",
        "record": record_form(found.drawn, named),
        "was": knowledge_form(found.drawn.assessor.knowledge),
        "now": knowledge_form(found.now),
        "changes": [
            {
                "target": change.target,
                "part": change.part.value,
                "before": change.before or None,
                "after": change.after or None,
                "rules_before": texts(change.rules_before),
                "rules_after": texts(change.rules_after),
            }
            for change in found.changes
        ],
        "rules": [{"rule": rule, "fate": fate.value} for rule, fate in found.fates],
        "dropped": texts(found.dropped),
    }
