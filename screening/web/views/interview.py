"""An interview with the trainer: one thing per page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from screening import app
from screening.errors import assert_never
from screening.interview import wording
from screening.interview.planner import Ask, AskProgramme, Finish, Plan, Settle
from screening.interview.programme import Near, find_exercise
from screening.interview.reply import keys, plain, read_command
from screening.interview.steps import NOTHING_MORE
from screening.interview.talk import End
from screening.model.question import Question, Value
from screening.records.event import Listed
from screening.render.assessment_page import assessment_page
from screening.render.local import in_words_of
from screening.web.call import Call
from screening.web.page_interview import UNKNOWNS, PageInterview

AFTER = re.compile(r": `[^`]*`\.")
SENTENCE = re.compile(r"(?<=\.) ")


class AskedFor(NamedTuple):
    """What is asked on a page, and how it is laid out there."""

    template: str
    title: str
    values: Mapping[str, object]


def now(call: Call) -> Response:
    """Go to what is asked now."""
    interview = call.interview
    return call.go("/") if interview is None else call.go(place(interview))


def place(interview: PageInterview) -> str:
    """Return the address of what is asked now; of the answers where nothing is."""
    at = "answers" if interview.plan is None else interview.turn
    return f"/interview/{interview.key}/{at}"


def turn(call: Call) -> Response:
    """Show what was asked at a turn, or take what is said to it."""
    interview, number = call.interview, int(call.parts["turn"])
    if interview is None or not 0 < number <= interview.turn:
        return call.go("/")
    if not call.posted:
        asked = asked_for(interview, number)
        if asked is None:
            return call.go(place(interview))
        return call.page(asked.template, asked.title, asked.values, interview=interview)
    press(call, interview, number)
    return after(call, interview)


def after(call: Call, interview: PageInterview) -> Response:
    """Return the way on: to the next question, to the result, or to the desk."""
    match interview.end:
        case None:
            return call.go(place(interview))
        case End.QUIT:
            call.office.leave(interview)
            return call.go("/")
        case End.FINISHED:
            interview.conclude(ended=True)
        case End.CUT_OFF:
            pass
        case _:
            assert_never(interview.end)
    if interview.unsaved is not None:
        return call.go(f"/interview/{interview.key}/result")
    case = interview.case
    call.office.leave(interview)
    return call.go(f"/case/{case}")


def press(call: Call, interview: PageInterview, number: int) -> None:
    """Pass on what was pressed on the page of a turn."""
    do, now_at = call.sent("do"), number == interview.turn
    match do:
        case "say" | "":
            _answered(interview, number, call.sent("say") or call.sent("amount").strip())
        case "stop" | "back" | "skip" if now_at:
            interview.say({"stop": "quit"}.get(do, do))
        case "so-far" if now_at:
            interview.so_far()
        case "keep" if now_at:
            interview.say("k")
        case "change":
            if call.sent("question") in interview.knowledge.questions:
                interview.change(call.sent("question"))
        case "programme":
            interview.change("programme")
        case "add" | "end" | "instead" if now_at:
            _listed(call, interview, do)
        case _ if not now_at:
            pass
        case _:
            raise BadRequest


def _answered(interview: PageInterview, number: int, said: str) -> None:
    """Take an answer: to what is asked, or another one to what was asked before."""
    question = interview.asked_at(number)
    if question is None:
        return
    if number == interview.turn:
        interview.answer(question, said)
    else:
        interview.correct(question, said)


def _listed(call: Call, interview: PageInterview, do: str) -> None:
    """Take exercises of the programme, one a line; or end it."""
    plan = interview.plan
    if plan is None or not isinstance(plan.step, AskProgramme):
        return
    if do == "instead":
        _meant(interview, call.sent("name"), call.sent("say"))
        return
    lines = [line for line in call.sent("lines").splitlines() if line.strip()]
    for line in lines:
        if read_command(line) is None and plain(line) not in NOTHING_MORE:
            interview.say(line)
    if do == "end":
        keeps = call.sent("say") == "keep"
        interview.say("" if keeps else "skip")


def _meant(interview: PageInterview, name: str, number: str) -> None:
    """Take an exercise that was offered for a name that is not in the catalogue."""
    listed = interview.talk.session.listed() or Listed()
    if name in listed.other and number in {str(one) for one, _ in _near(interview, name)}:
        interview.say(name)
        interview.say(number)


def asked_for(interview: PageInterview, number: int) -> AskedFor | None:
    """Return what a page asks; None where a turn before asked no question."""
    plan = interview.plan
    if plan is None:
        return None
    if number == interview.turn:
        return _asked_now(interview, plan)
    question = interview.asked_at(number)
    if question is None or question.id not in interview.standing:
        return None
    return _question(interview, question, plan, number)


def _asked_now(interview: PageInterview, plan: Plan) -> AskedFor | None:
    number = interview.turn
    match plan.step:
        case Ask(name):
            return _question(interview, interview.knowledge.questions[name], plan, number)
        case AskProgramme():
            return _programme(interview, plan)
        case Settle():
            return _settling(interview)
        case Finish():
            return None
    assert_never(plan.step)


def _question(interview: PageInterview, question: Question, plan: Plan, number: int) -> AskedFor:
    knowledge = interview.knowledge
    topic = next(one for one in knowledge.topics if one.id == question.topic)
    is_now, step = number == interview.turn, plan.step
    could = step.could_change if isinstance(step, Ask) and is_now else ()
    given = interview.standing.get(question.id)
    return AskedFor(
        "question.html",
        "Question",
        {
            "turn": number,
            "is_now": is_now,
            "problem": interview.problem if is_now else "",
            "question": question,
            "topic": topic.title,
            "lead_in": on_the_page(topic.lead_in) if _begins(interview, question, number) else "",
            "answers": [(answer, question.said(answer)) for answer in keys(question).values()],
            "given": _given(question, given),
            "given_words": "" if given is None else question.said(given),
            "why": wording.why(knowledge, could) if is_now else "",
            "again": isinstance(step, Ask) and step.again and is_now,
            "left": plan.about,
            "answered": plan.answered,
            "before": _before(interview),
        },
    )


def on_the_page(words: str) -> str:
    """Return words as they fit a page: what is tapped there is a card on paper in the terminal.

    >>> on_the_page("You can point at the card instead of speaking.")
    'You can point at the answer instead of speaking.'
    """
    return words.replace("the card", "the answer")


def _begins(interview: PageInterview, question: Question, number: int) -> bool:
    """Tell whether a question is the first of its topic."""
    before = interview.asked_at(number - 1)
    return before is None or before.topic != question.topic


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
    others = [(name, _near(interview, name)) for name in now_listed.other]
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


def _near(interview: PageInterview, name: str) -> list[tuple[int, str]]:
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


def answers(call: Call) -> Response:
    """Show the answers so far, each to be changed."""
    interview = call.interview
    if interview is None:
        return call.go("/")
    if call.posted:
        if call.sent("do") == "result":
            interview.say("")
        else:
            press(call, interview, interview.turn)
        return after(call, interview)
    listed = interview.talk.session.listed()
    programme = wording.programme(interview.knowledge, listed) if listed is not None else ""
    return call.page(
        "answers.html",
        "Answers",
        interview=interview,
        rows=rows(interview),
        programme=programme,
        ended=interview.plan is None,
    )


def rows(interview: PageInterview) -> list[tuple[Question, str]]:
    """Return the answers so far in words, each with its question."""
    questions = interview.knowledge.questions
    return [(questions[one], questions[one].said(v)) for one, v in interview.standing.items()]


def unsaved_result(call: Call) -> Response:
    """Show a result of which nothing is kept."""
    interview = call.interview
    if interview is None or interview.unsaved is None:
        return call.go("/")
    knowledge = interview.knowledge
    page = assessment_page(interview.unsaved.assessment, knowledge, "")
    local = in_words_of(knowledge.countries.get(app.settings.country()), page)
    return call.page("unsaved.html", "Result", blocks=local)
