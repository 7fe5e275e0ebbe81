"""In the client's hands: their own questions, and nothing of anybody, nor of any result."""

from __future__ import annotations

from werkzeug.wrappers import Response

from screening import app
from screening.app.clients.dossier import dossier
from screening.app.clients.pages import called
from screening.app.start_interview import Resume
from screening.interview.planner import Ask, AskList
from screening.interview.talk import End
from screening.model.vocabularies import Level
from screening.render.assessment_page import assessment_page
from screening.render.local import in_words_of
from screening.render.page import Heading, Page
from screening.web.boxes import rows_of
from screening.web.call import Call
from screening.web.office import PIN, HandOver, HowKept
from screening.web.page_interview import PageInterview
from screening.web.views.asking import asked_for, at_odds
from screening.web.views.client import next_step, wanted
from screening.web.views.interview import press, rows
from screening.web.views.result import numbers
from screening.web.visits import Who

OFFERED = frozenset(
    {"say", "", "back", "skip", "add", "end", "instead", "keep", "ticks", "none", "dk", "pns"}
)
"""What the client's pages have buttons for, but for changing an answer."""


def offer(call: Call) -> Response:
    """Offer to hand the page over; the trainer's visit at this browser ends with it."""
    who, office = call.client, call.office
    asks = office.records is not HowKept.PASSPHRASE
    pin, problem = call.sent("pin").strip(), ""
    if call.posted and asks and not (pin.isdecimal() and len(pin) >= PIN):
        problem = f"At least {PIN} digits."
    if not call.posted or problem:
        step = next_step(dossier(office.store, who))
        return call.page(
            "hand_over.html",
            "Hand over",
            client=who,
            called=called(who),
            asks=asks,
            problem=problem,
            next=step,
        )
    if asks:
        office.set_pin(pin)
    return _handed_over(call)


def _handed_over(call: Call) -> Response:
    who = call.client
    step = next_step(dossier(call.office.store, who))
    interview = call.office.begin(wanted(call, who, step))
    call.office.hand_overs[interview.key] = HandOver(who.id, who.name or called(who), interview)
    call.visit = call.visits.instead(call.here, Who.CLIENT, sitting=interview.key)
    return call.go("/c")


def _handed(call: Call) -> HandOver | None:
    return call.office.hand_overs.get(call.here.sitting)


def now(call: Call) -> Response:
    """Ask whether it is them, say what happens, and go to the question."""
    handed = _handed(call)
    if handed is None:
        return _finished(call)
    if call.posted:
        _told(call, handed)
        return call.go("/c")
    if handed.emergency:
        return call.page("c_emergency.html", "Stop", _action(call, handed))
    if handed.begun and not handed.ended:
        _past_the_trainers(call, handed)  # where it was handed over at such a question
    between = _between(handed)
    if between:
        return call.page(between, "Questions", called=handed.called)
    interview = handed.interview
    return call.go("/c/answers" if interview.plan is None else f"/c/{interview.turn}")


def _between(handed: HandOver) -> str:
    """Return the page that comes before the next question, if one does."""
    if handed.ended:
        return "c_done.html"
    if not handed.begun:
        return "c_hello.html"
    return "c_private.html" if _private_next(handed) and not handed.private else ""


def _told(call: Call, handed: HandOver) -> None:
    match call.sent("do"):
        case "begin":
            handed.begun = True
        case "private":
            handed.private = True
        case "again" if handed.emergency:
            _ask_again(call, handed)


def _private_next(handed: HandOver) -> bool:
    plan = handed.interview.plan
    step = plan.step if plan is not None else None
    match step:
        case Ask(name):
            names: tuple[str, ...] = (name,)
        case AskList():
            names = step.questions
        case _:
            names = ()
    return any(handed.interview.knowledge.questions[name].intimate for name in names)


def turn(call: Call) -> Response:
    """Show a question to the client, or take the answer."""
    handed = _handed(call)
    if handed is None or handed.ended or handed.emergency or not handed.begun:
        return call.go("/c")
    interview, number = handed.interview, int(call.parts["turn"])
    if not 0 < number <= interview.turn or (_private_next(handed) and not handed.private):
        return call.go("/c")
    if call.posted:
        if _theirs(call, interview):
            press(call, interview, number)
        return _after(call, handed, number)
    asked = asked_for(interview, number)
    if asked is None:
        return call.go("/c")
    shown = {**asked.values, **_not_of_earlier(interview, number)}
    return call.page(f"c_{asked.template}", "Question", shown, interview=interview)


def _not_of_earlier(interview: PageInterview, number: int) -> dict[str, object]:
    """Return what hides an answer that was given in an earlier screening."""
    question, today = interview.asked_at(number), interview.talk.session.answers()
    if items := interview.items_at(number):
        return {"rows": rows_of(items, today, interview.ticked)}
    if question is None or question.id in today:
        return {}
    return {"given": "", "given_words": "", "reckoned": ""}


def _theirs(call: Call, interview: PageInterview) -> bool:
    """Tell whether the client's pages offer this: to change what was said today, or is at odds."""
    do = call.sent("do")
    if do != "change":
        return do in OFFERED
    question = call.sent("question")
    return question in interview.talk.session.answers() or question in at_odds(interview)


def _past_the_trainers(call: Call, handed: HandOver) -> None:
    """Put off what the trainer is asked; where nothing else is left, the client is done."""
    interview = handed.interview
    while (step := _of_the_trainer(interview)) is not None:
        if call.sent("do") == "back":
            interview.say("back")
        elif step.again:
            handed.ended = True
            call.office.leave(interview)
            return
        else:
            interview.say("skip")


def _of_the_trainer(interview: PageInterview) -> Ask | None:
    step = None if interview.plan is None else interview.plan.step
    if not isinstance(step, Ask):
        return None
    return step if interview.knowledge.questions[step.question].for_trainer else None


def _after(call: Call, handed: HandOver, number: int) -> Response:
    interview = handed.interview
    _past_the_trainers(call, handed)
    if interview.end is End.QUIT:
        return _hand_back(call, handed)
    if interview.end is not None:
        _conclude(call, handed, number)
    return call.go("/c")


def _conclude(call: Call, handed: HandOver, number: int) -> None:
    """Put the result on record; an emergency turns the screen and tells the trainer."""
    interview = handed.interview
    if interview.plan is not None and interview.plan.level is Level.EMERGENCY:
        call.office.alarm(handed.client, interview.case)  # on record before all else
    if interview.end is End.FINISHED:
        interview.conclude(ended=True)
    handed.case, handed.ended = interview.case, True
    last, items = interview.asked_at(number), interview.items_at(number)
    handed.last = last.id if last else ""
    if items:
        handed.last = interview.knowledge.list_of[items[0].id].id
    call.office.leave(interview)
    found = call.office.ground(handed.case).assessment
    if found.referral.level is Level.EMERGENCY:
        handed.emergency = True
        call.office.alarm(handed.client, handed.case)


def _action(call: Call, handed: HandOver) -> dict[str, object]:
    """Return what an emergency page shows: what to do, and nothing else."""
    ground = call.office.ground(handed.case)
    page = assessment_page(ground.assessment, ground.knowledge, "")
    local = in_words_of(ground.knowledge.countries.get(app.settings.country()), page)
    starts = [place for place, one in enumerate(local) if isinstance(one, Heading)]
    end = starts[1] if len(starts) > 1 else len(local)
    action: Page = local[1:end]
    return {"blocks": action, "calls": numbers(action), "again": bool(handed.last)}


def _ask_again(call: Call, handed: HandOver) -> None:
    """Ask the one question again that led here; both answers stay on record."""
    interview = call.office.begin(Resume(handed.case))
    handed.case = ""
    if handed.last in {*interview.standing, *interview.knowledge.tick_lists}:
        interview.change(handed.last)
    handed.interview, handed.emergency, handed.ended = interview, False, False


def answers(call: Call) -> Response:
    """Show the client what they answered today; the private ones behind a second tap."""
    handed = _handed(call)
    if handed is None or handed.ended or not handed.begun:
        return call.go("/c")
    interview: PageInterview = handed.interview
    if call.posted:
        do = call.sent("do")
        if do == "result" and interview.plan is None:
            interview.say("")
        elif do == "change" and _theirs(call, interview):
            press(call, interview, interview.turn)
        return _after(call, handed, interview.turn)
    given = set(interview.talk.session.answers())
    mine = [(one, words) for one, words in rows(interview) if one.id in given]
    return call.page(
        "c_answers.html",
        "Your answers",
        interview=interview,
        mine=[row for row in mine if not row[0].intimate],
        private=[row for row in mine if row[0].intimate],
        ended=interview.plan is None,
    )


def paused(call: Call) -> Response:
    """Show nothing, until somebody taps."""
    return call.page("c_paused.html", "Paused")


def back(call: Call) -> Response:
    """End the client's visit, and wait for the trainer."""
    handed = _handed(call)
    if not call.posted:
        return call.page("c_back.html", "Give it back")
    return _finished(call) if handed is None else _hand_back(call, handed)


def _hand_back(call: Call, handed: HandOver) -> Response:
    call.office.hand_overs.pop(call.here.sitting, None)
    if not handed.ended:
        call.office.leave(handed.interview)
    place = f"/case/{handed.case}" if handed.case else f"/client/{handed.client}"
    call.visit = call.visits.instead(call.here, Who.LOCKED, back_to=place)
    return call.go("/unlock")


def _finished(call: Call) -> Response:
    """End a visit whose interview is gone: it was handed back elsewhere."""
    call.visit = call.visits.instead(call.here, Who.LOCKED)
    return call.go("/unlock")
