"""Emergencies nobody hears, urgency that is not marked, and referrals to the wrong person."""

from __future__ import annotations

from collections.abc import Mapping

from screening.diagnostics import Code, Problems, Severity
from screening.engines.applicable import parents, with_inapplicable
from screening.engines.kleene import holds
from screening.model.beneath import beneath
from screening.model.expr import findings_of, named_questions
from screening.model.knowledge import KnowledgeBase
from screening.model.question import EarlierLevel, Question, Value
from screening.model.rule import Reading, Refer, Rule
from screening.model.vocabularies import Level, Truth, Unknown


def unheard_emergencies(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each emergency question none of whose answers is an emergency.

    All others are answered harmlessly, but for its own follow-ups, which may decide. For a
    follow-up itself, a rule that asks about it and refers as an emergency is enough.
    """
    usual: dict[str, Value] = {}
    for question in knowledge.questions.values():
        read = with_inapplicable(knowledge, usual)
        usual[question.id] = read.get(question.id, question.harmless)
    first = with_inapplicable(knowledge, {})
    for name in knowledge.emergency_questions:
        question = knowledge.questions[name]
        if first.get(name) is Unknown.NOT_APPLICABLE:
            message = f"`{name}` is never asked in a first screening"
            help_ = "its `only_if` is false before anything is answered"
            problems.add(Code.unheard_emergency, question.at, message, help_)
        rules = [r for r in knowledge.live_rules if _urgent(r) and name in named_questions(r.when)]
        if not any(_heard(rule, question, usual, knowledge) for rule in rules):
            message = f"no answer to `{name}` is referred as an emergency"
            help_ = "is a rule missing or retired? else lower the question's `safety`"
            problems.add(Code.unheard_emergency, question.at, message, help_)


def unmarked_urgency(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each question an answer to which refers for now or today, and whose mark is lower.

    A mark for today is enough: exercise waits for both.
    """
    for rule in knowledge.live_rules:
        level = rule.level(Reading.CERTAIN)
        for name in named_questions(rule.when) if level >= Level.SAME_DAY else ():
            question = knowledge.questions[name]
            alone = ({name: word} for word in question.words)
            truths = (holds(rule.when, a, {}, knowledge.members, rule.unsure) for a in alone)
            if question.safety < Level.SAME_DAY and Truth.TRUE in truths:
                message = f"`{rule.id}` refers {level.word} for an answer to `{name}` alone"
                help_ = f"mark the question `safety: {level.word}`"
                problems.add(Code.unmarked_urgency, question.at, message, help_)


def unflagged_urgency(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each urgent rule that no flag covers, and each urgent mark that no rule reaches.

    Where there are no flags yet, there is nothing to hold them against.
    """
    flags = knowledge.safety.flags if knowledge.safety else ()
    covered = {rule for flag in flags for rule in flag.by}
    reached: dict[str, Level] = {}
    for rule in knowledge.live_rules:
        level = rule.level(Reading.CERTAIN)
        if flags and level >= Level.SAME_DAY and rule.id not in covered:
            message = f"`{rule.id}` refers {level.word}, which none of the flags covers"
            help_ = f"add a flag to safety.yaml with `by: [{rule.id}]`; proofs rest on flags"
            problems.add(Code.unflagged_urgency, rule.at, message, help_)
        for name in _asked_behind(knowledge, rule):
            most = max(level, rule.level(Reading.POSSIBLE))
            reached[name] = max(most, reached.get(name, Level.NONE))
    for question in knowledge.questions.values():
        parts = max(
            (reached.get(part, Level.NONE) for part in question.sums_up), default=Level.NONE
        )
        found = max(reached.get(question.id, Level.NONE), parts)
        if question.safety >= Level.SAME_DAY and found < Level.SAME_DAY:
            message = f"`{question.id}` is marked {question.safety.word}, and no rule reaches that"
            help_ = "is a rule missing, retired or lowered? else lower the question's `safety`"
            problems.add(Code.unreached_urgency, question.at, message, help_)


def _asked_behind(knowledge: KnowledgeBase, rule: Rule) -> frozenset[str]:
    """Return the questions a rule rests on, by way of findings too."""
    below = (knowledge.rules[one] for one in beneath(knowledge, rule) if isinstance(one, str))
    return frozenset(name for one in (rule, *below) for name in named_questions(one.when))


def _urgent(rule: Rule) -> bool:
    return rule.level(Reading.CERTAIN) is Level.EMERGENCY and not findings_of(rule.when)


def _heard(
    rule: Rule, question: Question, usual: Mapping[str, Value], knowledge: KnowledgeBase
) -> bool:
    """Tell whether some answer to a question makes a rule fire."""
    if usual[question.id] is Unknown.NOT_APPLICABLE or question.is_number:
        return True
    follow_ups = {
        q.id for q in knowledge.conditional_questions if question.id in parents(knowledge, q.id)
    }
    others = {name: value for name, value in usual.items() if name not in follow_ups}
    answered = ({**others, question.id: word} for word in question.words)
    truths = [holds(rule.when, a, {}, knowledge.members, rule.unsure) for a in answered]
    return any(truth is not Truth.FALSE for truth in truths)


def forgotten_referrals(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note a pack with follow-ups in which no rule reads what the last screening referred to.

    The next screening then concludes from its own answers alone, and a referral nobody has seen to
    is gone.
    """
    named = {name for rule in knowledge.live_rules for name in named_questions(rule.when)}
    derived = [q for q in knowledge.questions.values() if isinstance(q.derived, EarlierLevel)]
    refers = any(rule.level(Reading.CERTAIN) >= Level.ROUTINE for rule in knowledge.live_rules)
    if not refers or any(question.id in named for question in derived):
        return
    for name in knowledge.follow_up_marks:
        message = f"`{name}` is known, but no rule reads what the last screening referred to"
        help_ = (
            "the next screening closes a referral nobody saw to: add a question with"
            " `derived: {referral: earlier}`, and a rule that refers again"
        )
        at = knowledge.questions[name].at
        problems.add(Code.forgotten_referral, at, message, help_, severity=Severity.WARNING)


def slow_targets(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each rule that refers to whom only a lower level of the pack names.

    For now or today that is anybody below; otherwise it is whoever looks after those who need
    nobody else, since a physiotherapist may well be asked within days.
    """
    for rule in knowledge.live_rules:
        for refer in rule.then:
            if isinstance(refer, Refer) and refer.to in _below(refer.level, knowledge):
                own = knowledge.levels[refer.level].to
                message = f"`{rule.id}` refers {refer.level.word} to `{refer.to}`"
                help_ = f"`{refer.to}` is for less urgent referrals; this level has `{own}`"
                problems.add(Code.slow_target, rule.at, message, help_)


def _below(level: Level, knowledge: KnowledgeBase) -> frozenset[str]:
    """Return whom lower levels name and a referral at this level should not."""
    end = level if level >= Level.SAME_DAY else min(level, Level.ROUTINE)
    own = knowledge.levels[level].to
    return frozenset(one.to for one in knowledge.levels.values() if one.level < end) - {own, ""}
