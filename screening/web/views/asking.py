"""What a page of an interview asks: a question, the programme, or answers that are at odds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from screening.errors import assert_never
from screening.interview import wording
from screening.interview.planner import Ask, AskList, AskProgramme, Finish, Plan, Settle
from screening.interview.programme import Near, find_exercise
from screening.interview.reply import keys
from screening.model.question import Question, Value
from screening.records.event import Listed
from screening.web.boxes import rows_of
from screening.web.page_interview import UNKNOWNS, PageInterview

AFTER = re.compile(r": `[^`]*`\.")


TWO = 2  # answers: where there are more, each has a box of its own
SENTENCE = re.compile(r"(?<=\.) ")


class AskedFor(NamedTuple):
    """What is asked on a page, and how it is laid out there."""

    template: str
    title: str
    values: Mapping[str, object]


def asked_for(interview: PageInterview, number: int) -> AskedFor | None:
    """Return what a page asks; None where a turn before asked no question."""
    plan = interview.plan
    if plan is None:
        return None
    if number == interview.turn:
        return _asked_now(interview, plan)
    items = interview.items_at(number)
    if items and all(one.id in interview.standing for one in items):
        return _ticks(interview, items, plan, number)
    question = interview.asked_at(number)
    if question is None or question.id not in interview.standing:
        return None
    return _question(interview, question, plan, number)


def _asked_now(interview: PageInterview, plan: Plan) -> AskedFor | None:
    number = interview.turn
    match plan.step:
        case Ask(name):
            return _question(interview, interview.knowledge.questions[name], plan, number)
        case AskList():
            return _ticks(interview, interview.items_at(number), plan, number)
        case AskProgramme():
            return _programme(interview, plan)
        case Settle():
            return _settling(interview)
        case Finish():
            return None
    assert_never(plan.step)


def _question(interview: PageInterview, question: Question, plan: Plan, number: int) -> AskedFor:
    given = interview.standing.get(question.id)
    reckoned = _reckoned(interview, question) if given is None else None
    return AskedFor(
        "question.html",
        "Question",
        {
            **_around(interview, question.topic, plan, number),
            "question": question,
            "figure": interview.held.drawings.of(question.id),
            "body": "answering.html",
            "pointed_at": "answer",
            "intimate": question.intimate,
            "help": (on_the_page(question.help),) if question.help else (),
            "answers": [(answer, question.said(answer)) for answer in keys(question).values()],
            "given": _given(question, given if reckoned is None else reckoned),
            "reckoned": "" if reckoned is None else question.said(reckoned),
            "given_words": "" if given is None else question.said(given),
        },
    )


def _ticks(
    interview: PageInterview, items: tuple[Question, ...], plan: Plan, number: int
) -> AskedFor:
    """Return the page of a tick list: a row of boxes for each item."""
    tick_list = interview.knowledge.list_of[items[0].id]
    helps = (tick_list.help, *(f"{one.short}: {one.help}" for one in items if one.help))
    boxes = interview.ticked if number == interview.turn else frozenset()
    return AskedFor(
        "question.html",
        "Question",
        {
            **_around(interview, items[0].topic, plan, number),
            "tick_list": tick_list,
            "body": "ticking.html",
            "pointed_at": "boxes",
            "intimate": any(one.intimate for one in items),
            "help": tuple(on_the_page(one) for one in helps if one),
            "rows": rows_of(items, interview.standing, boxes),
            "several": len(items[0].words) > TWO,
            "figures": {one.id: interview.held.drawings.of(one.id) for one in items},
        },
    )


def _around(
    interview: PageInterview, topic_id: str, plan: Plan, number: int
) -> Mapping[str, object]:
    """Return what stands around every question: its topic, why it is asked, how far it is."""
    knowledge, step = interview.knowledge, plan.step
    topic = next(one for one in knowledge.topics if one.id == topic_id)
    is_now = number == interview.turn
    asks = step if isinstance(step, Ask | AskList) and is_now else None
    begins = _topic_at(interview, number - 1) != topic_id
    return {
        "turn": number,
        "is_now": is_now,
        "problem": interview.problem if is_now else "",
        "topic": topic.title,
        "lead_in": on_the_page(topic.lead_in) if begins else "",
        "why": wording.why(knowledge, asks.could_change if asks else ()) if is_now else "",
        "again": asks is not None and asks.again,
        "left": plan.about,
        "answered": plan.answered,
        "before": _before(interview),
    }


def _topic_at(interview: PageInterview, number: int) -> str:
    """Return the topic of what was asked at a turn; empty where that was no question."""
    asked = interview.asked_at(number)
    items = (asked,) if asked is not None else interview.items_at(number)
    return items[0].topic if items else ""


def _reckoned(interview: PageInterview, question: Question) -> int | None:
    """Return how long ago something is by now, where last time's answer and the gap say so."""
    return interview.talk.session.reckoned(interview.knowledge, question)


def on_the_page(words: str) -> str:
    """Return words as they fit a page: what is tapped there is a card on paper in the terminal.

    >>> on_the_page("You can point at the card instead of speaking.")
    'You can point at the answer instead of speaking.'
    """
    return words.replace("the card", "the answer")


def _given(question: Question, given: Value | None) -> str:
    """Return an answer that was given, as the page names it."""
    if given is None:
        return ""
    unknown = (name for name, value in UNKNOWNS.items() if value == given)
    return next(unknown, str(question.written(given)))


def _before(interview: PageInterview) -> tuple[str, ...]:
    """Return what a follow-up is told first: what is open from last time, and what is kept."""
    session, opening = interview.talk.session, interview.opening
    if session.earlier is None or interview.turn > 1:
        return ()
    said = wording.still_open(interview.knowledge, session.earlier, session.client)
    if not session.earlier.anew:
        carried = len(session.carried(interview.knowledge))
        said = (*said, *wording.taken_up(carried, opening.days))
    return tuple(without_commands(one) for one in said)


def without_commands(words: str) -> str:
    """Return words without what is typed in a terminal only.

    >>> without_commands("Kept: 15 answers. `review` shows them. All are due: `screening run`.")
    'Kept: 15 answers. All are due.'
    """
    plain_words = (AFTER.sub(".", one) for one in SENTENCE.split(words))
    return " ".join(one for one in plain_words if "`" not in one)


def _programme(interview: PageInterview, plan: Plan) -> AskedFor:
    knowledge = interview.knowledge
    listed = interview.talk.session.listed()
    before = interview.opening.listed if listed is None else None
    now_listed = listed or Listed()
    others = [(name, near(interview, name)) for name in now_listed.other]
    return AskedFor(
        "programme.html",
        "Exercises",
        {
            "turn": interview.turn,
            "names": [knowledge.exercises[one].name for one in now_listed.programme],
            "others": others,
            "last_time": wording.programme(knowledge, before) if before is not None else "",
            "left": plan.about,
            "answered": plan.answered,
        },
    )


def near(interview: PageInterview, name: str) -> list[tuple[int, str]]:
    """Return the exercises a name may stand for, numbered."""
    found = find_exercise(interview.knowledge, name)
    near = found.exercises if isinstance(found, Near) else ()
    return [(n, interview.knowledge.exercises[one].name) for n, one in enumerate(near, start=1)]


def at_odds(interview: PageInterview) -> tuple[str, ...]:
    """Return the questions whose answers are asked about because they do not fit together."""
    step = interview.plan.step if interview.plan is not None else None
    if not isinstance(step, Settle):
        return ()
    return wording.at_odds(interview.knowledge, step.rule, interview.standing)


def _settling(interview: PageInterview) -> AskedFor:
    knowledge, standing = interview.knowledge, interview.standing
    shown = [(knowledge.questions[name], standing[name]) for name in at_odds(interview)]
    pairs = [(one.id, one.short, one.said(value)) for one, value in shown]
    return AskedFor("settle.html", "Two answers", {"turn": interview.turn, "pairs": pairs})
