"""Why something was said, why something else was not, and what another answer would change."""

from __future__ import annotations

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from screening.errors import BadInputError, UnknownTargetError
from screening.explain import Ground
from screening.model.question import Question
from screening.render.explained import Ask, explained
from screening.render.page import Page
from screening.web.call import Call
from screening.web.views.result import reasons

ASKS = {"why-not": Ask.WHY_NOT, "what-if": Ask.WHAT_IF}


def why(call: Call) -> Response:
    """Show why one line of a result was said; and what is asked beside it."""
    ground = call.office.ground(call.case.id)
    asked, place = reasons(ground), int(call.parts["line"])
    if not 0 < place <= len(asked):
        raise NotFound
    one = asked[place - 1]
    page, _ = explained(ground, Ask.WHY, (one.target,), "")
    answer, problem = _beside(call, ground) if call.posted else ((), "")
    return call.page(
        "why.html",
        "Why",
        case=call.case.id,
        blocks=page,
        answer=answer,
        problem=problem,
        questions=_questions(ground),
        sent={name: call.sent(name) for name in ("ask", "name", "question", "value")},
    )


def _beside(call: Call, ground: Ground) -> tuple[Page, str]:
    """Return the answer to what was asked beside a reason, or why there is none."""
    ask = ASKS.get(call.sent("ask"))
    if ask is None:
        return (), ""
    said = call.sent("name").strip()
    if ask is Ask.WHAT_IF:
        said = f"{call.sent('question')}={call.sent('value')}"
    try:
        page, _ = explained(ground, ask, (said,), "")
    except UnknownTargetError as error:
        return (), str(error).split("\n", maxsplit=1)[0]
    except BadInputError as error:
        return (), error.diagnostics[0].message
    return page, ""


def _questions(ground: Ground) -> list[Question]:
    """Return the questions that were answered, to choose one from."""
    answers, questions = ground.concluded.case.answers, ground.knowledge.questions
    return [one for one in questions.values() if one.id in answers and one.derived is None]
