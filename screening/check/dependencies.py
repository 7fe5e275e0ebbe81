"""What questions, rules and findings rest on and cannot: circles, unknowns, the past."""

from __future__ import annotations

from collections.abc import Iterator

from screening.diagnostics import Code, Problems, suggestion
from screening.errors import CircularFindingsError
from screening.model.expr import IsUnknown, Moves, asked_in, leaves, named_questions
from screening.model.knowledge import KnowledgeBase
from screening.model.question import (
    SESSION,
    ChangeOf,
    DaysBetween,
    Derivation,
    EarlierLevel,
    IsFollowUp,
    Question,
    WasAvoided,
    WasOffered,
    WeeksInAll,
)
from screening.model.rule import Reading, Rule, Unsure
from screening.model.vocabularies import LEVELS, Level, Strength


def circular_findings(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note one circle of rules and findings, if there is any."""
    try:
        _ = knowledge.dependency_order
    except CircularFindingsError as error:
        steps = [_name(step) for step in error.circle]
        rules = [step for step in steps if step in knowledge.rules]
        message = f"findings depend on each other: {' ← '.join([*steps, steps[0]])}"
        help_ = "a rule cannot rest on a finding that needs the rule itself"
        problems.add(Code.circular_finding, knowledge.rules[rules[0]].at, message, help_)


def late_parents(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each question whose `only_if` names a question asked later, or itself."""
    seen: set[str] = set()
    for question in knowledge.questions.values():
        if question.only_if is not None:
            for parent in asked_in(question.only_if, knowledge.members):
                if parent not in seen:
                    message = f"`{question.id}` depends on `{parent}`, which is asked later"
                    help_ = f"move `{question.id}` after `{parent}`"
                    problems.add(Code.late_parent, question.at, message, help_)
        seen.add(question.id)


def _name(step: object) -> str:
    """Return a rule's id, or a finding with its strength."""
    match step:
        case (finding, Strength() as strength):
            return f"{finding} {strength.word}"
        case _:
            return str(step)


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


CHANGES = ("better", "same", "worse")


def misfit_follow_ups(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each question whose follow-up declarations do not fit it or each other."""
    gaps = [question for question in knowledge.questions.values() if question.gap]
    for question in knowledge.questions.values():
        for message, help_ in _misfits(knowledge, question):
            problems.add(Code.misfit_follow_up, question.at, message, help_)
    for question in gaps[1:]:
        message = f"`{gaps[0].id}` and `{question.id}` both ask for the weeks in between"
        problems.add(Code.misfit_follow_up, question.at, message, "keep one of them")


def _misfits(knowledge: KnowledgeBase, question: Question) -> Iterator[tuple[str, str]]:
    name = question.id
    if question.valid != SESSION and knowledge.asks_emergency(question):
        sums = "sums up" if question.safety is not Level.EMERGENCY else "is"
        yield f"`{name}` {sums} an emergency question: asked in every session", "leave `valid` out"
    if question.valid != SESSION and question.derived is not None:
        yield f"`{name}` is worked out anew in every session", "leave `valid` out"
    if question.derived is not None and question.safety is Level.EMERGENCY:
        yield f"`{name}` is never asked, so it cannot be an emergency question", ""
    if question.gap and (not question.is_number or question.derived is not None):
        yield f"`{name}` is the gap in weeks, so it must be an asked number", ""
    if question.derived is not None:
        yield from _misfit_derivation(knowledge, question, question.derived)
    looks = question in knowledge.looking_questions
    if looks and not (question.is_yes_no and question.harmless == "yes"):
        yield f"`{name}` says whether somebody has looked: a yes_no question, harmless: yes", ""
    if question.sums_up and question.derived is not None:
        yield f"`{name}` cannot sum up others and be worked out from last time as well", ""


def _misfit_derivation(
    knowledge: KnowledgeBase, question: Question, derivation: Derivation
) -> Iterator[tuple[str, str]]:
    name, words = question.id, question.words
    match derivation:
        case IsFollowUp():
            fits, wanted = question.is_yes_no, "a yes_no question"
        case ChangeOf():
            fits = sorted(words) == sorted(CHANGES)
            wanted = f"a choice of {', '.join(CHANGES)}"
            yield from _misfit_change(knowledge, name, derivation)
        case WeeksInAll():
            fits, wanted = question.is_number, "a number of weeks"
            if fits and not knowledge.gap:
                yield f"`{name}` counts weeks, but no question has `gap: yes`", ""
        case DaysBetween():
            fits, wanted = question.is_number, "a number of days"
        case WasOffered(category) | WasAvoided(category):
            fits, wanted = question.is_yes_no, "a yes_no question"
            if category not in knowledge.categories:
                help_ = suggestion(category, knowledge.categories)
                yield f"`{name}` is about `{category}`, which is no category", help_
        case EarlierLevel():
            fits, wanted = sorted(words) == sorted(LEVELS), f"a choice of {', '.join(LEVELS)}"
    if not fits:
        yield f"what `{name}` is derived from needs {wanted}", ""


def _misfit_change(
    knowledge: KnowledgeBase, name: str, derivation: ChangeOf
) -> Iterator[tuple[str, str]]:
    source = knowledge.questions[derivation.question]
    if not source.is_number or source.derived is not None:
        yield f"`{name}` is the change of `{source.id}`, which is no asked number", ""
    if derivation.by < 1 or derivation.percent < 0:
        yield f"`{name}` needs `by` of 1 or more and no negative `or_percent`", ""
