"""The rule book on the page: rules by urgency, each rule, and the picture of what leads where."""

from __future__ import annotations

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from screening.model.conclusions import Thing
from screening.model.ids import Sort
from screening.model.knowledge import KnowledgeBase
from screening.model.urgency import by_urgency
from screening.model.vocabularies import Level
from screening.render.knowledge_page import show_page
from screening.render.page import Page
from screening.render.rule_picture import KEY, RuleGraph, leading_to, picture_svg, targets
from screening.web.call import Call


def index(call: Call) -> Response:
    """Show every rule, the most urgent first, and what there are pictures of."""
    knowledge = call.office.knowledge
    levels = [
        ("No referral" if level is Level.NONE else knowledge.levels[level].title, rules)
        for level, rules in by_urgency(knowledge.written_rules).items()
    ]
    drawn = [(name, leading_to(knowledge, name).title) for name in targets(knowledge)]
    kept = sum(not rule.reviewed for rule in knowledge.written_rules)
    return call.page("rules.html", "Rules", levels=levels, drawn=drawn, unread=kept)


def rule(call: Call) -> Response:
    """Show one rule, with the picture of what leads to it; a finding leads to its own picture."""
    knowledge, name = call.office.knowledge, call.parts["rule"]
    found = knowledge.rules.get(name)
    if found is None or found.cell:
        raise NotFound
    return _shown(call, leading_to(knowledge, name, deep=False), show_page(knowledge, name))


def picture(call: Call) -> Response:
    """Show the picture of what leads to a finding, a level, a category or another conclusion."""
    knowledge, name = call.office.knowledge, call.parts["target"]
    if name not in targets(knowledge):
        raise NotFound
    return _shown(call, leading_to(knowledge, name, deep=False), ())


def _shown(call: Call, graph: RuleGraph, page: Page) -> Response:
    knowledge = call.office.knowledge
    drawing = picture_svg(knowledge, graph, "picture-", lambda one: _address(knowledge, one))
    rules = [] if page else [*graph.rules.values()]
    return call.page(
        "rule.html",
        "Rule",
        heading=graph.title,
        drawing=drawing,
        key=KEY,
        page=page,
        rules=rules,
    )


def _address(knowledge: KnowledgeBase, thing: Thing) -> str:
    """Return where something is shown; nothing where it has no page."""
    sort, name = thing
    if sort is Sort.RULE and not knowledge.rules[name].cell:
        return f"/rules/rule/{name}"
    return f"/rules/picture/{name}" if sort is Sort.FINDING else ""
