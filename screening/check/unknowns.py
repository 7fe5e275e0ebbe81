"""What unknown answers mean to rules about safety."""

from __future__ import annotations

from screening.diagnostics import Code, Problems
from screening.model.expr import IsUnknown, Moves, leaves, named_questions
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Reading, Rule, Unsure
from screening.model.vocabularies import Level

SAY = "add `unknown: {treat_as: LEVEL}`, or `met`, `not_met`, `undecided`, or `{see: RULE}`"


def unknown_policies(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note rules that leave open what an unknown answer means, or say it in a way that fails."""
    for rule in knowledge.live_rules:
        if not rule.cell:
            _stated(rule, knowledge, problems)
            _settled(rule, problems)
            _counted(rule, problems)
            _seen_to(rule, knowledge, problems)


def _asked(rule: Rule) -> set[str]:
    """Return the questions whose unknown answer the rule would have to read."""
    only_unknown = {leaf.question for leaf in leaves(rule.when) if isinstance(leaf, IsUnknown)}
    others = {
        leaf.question
        for leaf in leaves(rule.when)
        if not isinstance(leaf, IsUnknown) and hasattr(leaf, "question")
    }
    return others - (only_unknown - others)


def _stated(rule: Rule, knowledge: KnowledgeBase, problems: Problems) -> None:
    safety = [q for q in sorted(_asked(rule)) if knowledge.questions[q].safety > Level.NONE]
    if rule.unknown is None and safety:
        names = ", ".join(f"`{name}`" for name in safety)
        message = f"`{rule.id}` does not say what an unknown answer to {names} means"
        problems.add(Code.missing_unknown, rule.at, message, SAY)


def _settled(rule: Rule, problems: Problems) -> None:
    urgent = rule.level(Reading.CERTAIN) >= Level.SAME_DAY
    if urgent and rule.unsure is Unsure.UNDECIDED and _asked(rule):
        message = f"an unknown answer could leave the urgent rule `{rule.id}` undecided for ever"
        problems.add(Code.unsettled_unknown, rule.at, message, SAY)


def _counted(rule: Rule, problems: Problems) -> None:
    counts = any(isinstance(leaf, Moves) for leaf in leaves(rule.when))
    if counts and rule.unsure is not Unsure.UNDECIDED:
        message = f"`{rule.id}` counts movements, so it cannot resolve unknown answers"
        help_ = "let a rule of its own find what is counted"
        problems.add(Code.counted_unknown, rule.at, message, help_)


def _seen_to(rule: Rule, knowledge: KnowledgeBase, problems: Problems) -> None:
    name = "" if rule.unknown is None else rule.unknown.see
    if not name:
        return
    other = knowledge.rules.get(name)
    if other is None or other not in knowledge.live_rules:
        problems.add(Code.dangling_target, rule.at, f"no rule `{name}` acts on unknown answers")
        return
    acted = {leaf.question for leaf in leaves(other.when) if isinstance(leaf, IsUnknown)}
    for question in named_questions(rule.when):
        if knowledge.questions[question].safety > Level.NONE and question not in acted:
            message = f"`{name}` does not act on an unknown answer to `{question}`"
            help_ = f"add `{question} is unknown` to `{name}`"
            problems.add(Code.uncovered_unknown, rule.at, message, help_)
