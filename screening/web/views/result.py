"""A result: what to do, the next session line by line, and why for each; then what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from werkzeug.wrappers import Response

from screening import app
from screening.app.clients.pages import called
from screening.app.history import recalled
from screening.app.start_interview import Resume
from screening.explain import Ground, find_subject
from screening.interview.recall import OPEN
from screening.model.ids import Sort
from screening.model.vocabularies import Level, Verdict
from screening.records import client_of
from screening.render.assessment_page import assessment_page
from screening.render.local import in_words_of
from screening.render.page import Block, Heading, Page
from screening.render.programme_blocks import UNTIL_SEEN, VerdictLine, verdict_lines
from screening.web.call import Call

NEXT, HELP = "Next session", "For every client: get help at once"
VERDICTS = {Verdict.KEEP: "Keep", Verdict.MODIFY: "Change", Verdict.AVOID: "Not yet"}


class ResultPart(NamedTuple):
    """A heading of a result with what stands below it."""

    title: str
    blocks: Page


class Askable(NamedTuple):
    """Something that was said, to ask why about: by its place in the list of all of them."""

    place: int
    target: str
    title: str


class DoLine(NamedTuple):
    """One line of what to do in the next session."""

    name: str
    instead: str
    why: int | None


def result(call: Call) -> Response:
    """Show the last result of a case."""
    ledger, office = call.case, call.office
    office.alarm_seen(ledger.id)
    ground = office.ground(ledger.id)
    found = ground.assessment
    page = in_words_of(
        ground.knowledge.countries.get(app.settings.country()),
        assessment_page(found, ground.knowledge, ""),
    )
    parts = list(_parts(page))
    names = [part.title for part in parts]
    first = names.index(HELP) + 1 if HELP in names else len(parts)
    client = client_of(office.store, ledger.client or "")
    level = found.referral.level
    asked = reasons(ground)
    return call.page(
        "result.html",
        "Result",
        client=client,
        called=called(client),
        case=ledger.id,
        parts=parts[:first],
        more=parts[first:],
        next=NEXT,
        groups=[one for one in _groups(ground, asked) if one[1]],
        reasons=asked,
        urgent=level >= Level.SAME_DAY and not found.lifted,
        emergency=level is Level.EMERGENCY and not found.lifted,
        calls=numbers(page) if level is Level.EMERGENCY else (),
        level=level.word,
        letter=Level.MONITOR < level < Level.EMERGENCY,
        open=recalled(office.store, ledger.id).status == OPEN,
    )


def numbers(page: Page) -> tuple[str, ...]:
    """Return the numbers to call that the words of a page name."""
    said = repr(page)
    return tuple(dict.fromkeys(one for one in ("112", "999", "911", "000", "111") if one in said))


def _parts(page: Page) -> Iterator[ResultPart]:
    """Yield the parts of a page, each a heading with what follows it."""
    title, blocks = "", list[Block]()
    for block in page:
        if isinstance(block, Heading):
            if title:
                yield ResultPart(title, tuple(blocks))
            title, blocks = block.text, []
        else:
            blocks.append(block)
    yield ResultPart(title, tuple(blocks))


def reasons(ground: Ground) -> tuple[Askable, ...]:
    """Return everything a result says that can be asked about, in a fixed order."""
    targets = dict.fromkeys(_targets(ground))
    return tuple(
        Askable(place, target, find_subject(ground.knowledge, target).title)
        for place, target in enumerate(targets, start=1)
    )


def _targets(ground: Ground) -> Iterator[str]:
    found = ground.assessment
    yield "referral"
    if found.clearance is not None and ground.knowledge.clearances[found.clearance.id].say:
        yield "clearance"
    yield from (one.exercise for one in found.programme)
    yield from (one.category for one in found.recommend)
    yield from (one.id for one in found.findings)
    yield from (one.id for one in found.stage)
    yield from (one.id for one in found.limits)
    yield from (one.target for one in found.avoid if one.kind != Sort.EXERCISE.value)
    yield from (one.target for one in found.withheld)
    yield from (one.id for one in found.advice)


def _groups(ground: Ground, asked: tuple[Askable, ...]) -> Iterator[tuple[str, list[DoLine]]]:
    """Yield what becomes of the programme, and what else to do, under what is said of it."""
    found, place = ground.assessment, {one.target: one.place for one in asked}
    lines = verdict_lines(found, ground.knowledge)
    for verdict, title in VERDICTS.items():
        those = [one for one in lines if one.verdict is verdict]
        yield title, [DoLine(one.name, _instead(one), place.get(one.exercise)) for one in those]
    unknown = "No rule speaks about it."
    yield "Unknown", [DoLine(name, unknown, None) for name in found.not_covered]
    yield "Do", list(_offers(ground, place))


def _instead(line: VerdictLine) -> str:
    """Return what is done instead of an exercise, in words."""
    waits = line.verdict is not Verdict.AVOID or line.instead == UNTIL_SEEN or not line.instead
    return line.instead if waits else f"Instead: {line.instead}"


def _offers(ground: Ground, place: Mapping[str, int]) -> Iterator[DoLine]:
    knowledge = ground.knowledge
    for offer in ground.assessment.recommend:
        title = knowledge.categories[offer.category].title
        such = knowledge.exercises[offer.such_as].name if offer.such_as else ""
        yield DoLine(title, such, place.get(offer.category))


def change(call: Call) -> Response:
    """Take a case up again, to change an answer or to go on."""
    case = call.case.id
    if not call.posted:
        return call.go(f"/case/{case}")
    interview = call.office.under_way(case) or call.office.begin(Resume(case))
    at = "answers" if call.sent("do") == "change" else ""
    return call.go(f"/interview/{interview.key}/{at}".rstrip("/"))
