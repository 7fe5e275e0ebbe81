"""An interview with the trainer: one thing per page."""

from __future__ import annotations

from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from screening import app
from screening.errors import assert_never
from screening.interview import wording
from screening.interview.planner import AskProgramme
from screening.interview.reply import plain, read_command
from screening.interview.steps import NOTHING_MORE
from screening.interview.talk import End
from screening.model.question import Question
from screening.records.event import Listed
from screening.render.assessment_page import assessment_page
from screening.render.local import in_words_of
from screening.web.boxes import RESTS
from screening.web.call import Call
from screening.web.page_interview import PageInterview
from screening.web.views.asking import asked_for, near


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
        case _:
            _pressed_in_a_list(call, interview, number, do)


def _answered(interview: PageInterview, number: int, said: str) -> None:
    """Take an answer: to what is asked, or another one to what was asked before."""
    question = interview.asked_at(number)
    if question is None:
        return
    if number == interview.turn:
        interview.answer(question, said)
    else:
        interview.correct(question, said)


def _pressed_in_a_list(call: Call, interview: PageInterview, number: int, do: str) -> None:
    """Pass on what was pressed at a tick list, or at the list of exercises."""
    now_at = number == interview.turn
    match do:
        case "ticks" | "none" | "dk" | "pns":
            _ticked(call, interview, number, do)
        case "add" | "end" | "instead" if now_at:
            _listed(call, interview, do)
        case _ if now_at:
            raise BadRequest
        case _:
            pass


def _ticked(call: Call, interview: PageInterview, number: int, do: str) -> None:
    """Take the boxes of a tick list, and what was pressed for those that are not ticked."""
    items = interview.items_at(number)
    if items:
        rest = items[0].harmless if do == "none" else RESTS.get(do)
        interview.tick(number, frozenset(call.sent_all("box")), rest)


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
    if name in listed.other and number in {str(one) for one, _ in near(interview, name)}:
        interview.say(name)
        interview.say(number)


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
