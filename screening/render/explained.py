"""From what was asked about a concluded case to the page and the JSON that answer it."""

from __future__ import annotations

from enum import Enum

from screening.diagnostics import quoted, word
from screening.errors import UnknownTargetError, assert_never
from screening.explain import find_subject, full, how, rather, what_if, why, why_not
from screening.explain.evidence import Ground
from screening.explain.explanation import Explanation
from screening.interview.reply import Said, find_question, plain, read_reply
from screening.load import read_what_if
from screening.model.question import Question, Value
from screening.model.tick_list import tick_of
from screening.render.explanation_json import explanation_form, full_form, how_form, what_if_form
from screening.render.explanation_page import full_page, how_page, what_if_page, why_page
from screening.render.json_form import Json
from screening.render.page import Bullets, Heading, Page
from screening.storage.codec import tree_of

SHOWN = 3  # questions that are offered for words that name none
SHORTEST = 4  # letters of a word that tells one question from another


class Ask(Enum):
    """What may be asked, by the option that asks it."""

    HOW = ""
    WHY = "--why"
    WHY_NOT = "--why-not"
    RATHER = "--rather"
    WHAT_IF = "--what-if"
    FULL = "--full"


def explained(
    ground: Ground, ask: Ask, words: tuple[str, ...], intake: str
) -> tuple[Page, dict[str, Json]]:
    """Return the answer; `words` are targets, or `QUESTION=ANSWER` for a what-if.

    Raises:
        UnknownTargetError: when a target does not exist.
        BadInputError: when a question or answer does not.

    """
    knowledge = ground.knowledge
    match ask:
        case Ask.HOW:
            found = how(ground)
            page = (*odd_blocks(ground), *how_page(found, knowledge, intake))
            return page, how_form(found, knowledge) | odd_form(ground)
        case Ask.FULL:
            found, everything = how(ground), full(ground)
            page = (*odd_blocks(ground), *full_page(everything, found, ground))
            return page, full_form(everything, found, knowledge) | odd_form(ground)
        case Ask.WHAT_IF:
            written = [_written(ground, text) for text in words]
            result = what_if(ground, read_what_if(written, knowledge))
            return what_if_page(result, ground), what_if_form(result, knowledge)
        case Ask.WHY | Ask.WHY_NOT | Ask.RATHER:
            one = _one(ground, ask, words)
            return why_page(one, knowledge), explanation_form(one, knowledge)
    assert_never(ask)


def _written(ground: Ground, text: str) -> str:
    """Return `QUESTION=ANSWER` by ids, where its words name them; else as it was typed.

    Raises:
        UnknownTargetError: with what can be asked, where the words may mean a question.

    """
    knowledge = ground.knowledge
    name, equals, answer = text.partition("=")
    found = (
        name.strip()
        if name.strip() in knowledge.questions
        else find_question(knowledge.questions, name)
    )
    if not equals or not isinstance(found, str):
        _offer(ground, name)
        return text
    question = knowledge.questions[found]
    reply = read_reply(question, answer)
    said = question.written(reply.value) if isinstance(reply, Said) else answer
    return f"{found}={said}"


def _offer(ground: Ground, name: str) -> None:
    """Say what may be meant by words that name no question: answered ones first."""
    near = _near(ground, name)
    if near:
        each = (f"{one.short}={one.said(one.harmless)}" for one in near)
        forms = " or ".join(f"`--what-if {word(form)}`" for form in each)
        raise UnknownTargetError(f"no question {quoted(name.strip())}\n  help: {forms}")


def _near(ground: Ground, name: str) -> tuple[Question, ...]:
    """Return up to three questions that have a word of these."""
    questions = ground.knowledge.questions
    answered = {one: questions[one] for one in ground.answers if one in questions}
    words = [one for one in plain(name).split() if len(one) >= SHORTEST]
    for among in (answered, questions):
        held = [
            question
            for question in among.values()
            if any(one in plain(question.short).split() for one in words)
        ]
        if held:
            return tuple(held[:SHOWN])
    return ()


def odd_blocks(ground: Ground) -> Page:
    """Return the answers that do not fit together, pair by pair; nothing where all do."""
    said = tuple(
        f"{_said(ground, one.question, one.answer)}, but "
        f"{_said(ground, one.against.question, one.against.answer)}"
        for one in ground.assessment.contradictions
    )
    return (Heading("These answers do not fit together"), Bullets(said)) if said else ()


def _said(ground: Ground, question: str, value: Value) -> str:
    knowledge = ground.knowledge
    if question in knowledge.questions:
        asked = knowledge.questions[question]
        return f"{asked.short}: {asked.said(value)}"
    ticks = {tick_of(item) for item in knowledge.items_of(question)}
    words = "ticked" if value in ticks else "not ticked"
    return f"{words} in the list “{knowledge.short_of(question)}”"


def odd_form(ground: Ground) -> dict[str, Json]:
    """Return the same as JSON, as an assessment has it."""
    odd = ground.assessment.contradictions
    return {"contradictions": tree_of(odd)} if odd else {}


def _one(ground: Ground, ask: Ask, words: tuple[str, ...]) -> Explanation:
    for one in set(words) & set(ground.assessment.not_covered):
        raise UnknownTargetError(f"{quoted(one)} is not in the catalogue: no rule speaks about it")
    targets = [find_subject(ground.knowledge, word) for word in words]
    if ask is Ask.RATHER:
        return rather(ground, *targets)
    return (why if ask is Ask.WHY else why_not)(ground, targets[0])
