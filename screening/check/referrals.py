"""Emergencies nobody hears, urgency that is not marked, and referrals to the wrong person."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from screening.diagnostics import Code, Problems, Severity, suggestion
from screening.engines.applicable import parents, with_inapplicable
from screening.engines.kleene import holds
from screening.model.beneath import beneath
from screening.model.expr import findings_of, found_in, named_questions
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
            fires = any(_fires_alone(knowledge, rule, name, word) for word in question.words)
            if question.safety < Level.SAME_DAY and fires:
                message = f"`{rule.id}` refers {level.word} for an answer to `{name}` alone"
                help_ = f"mark the question `safety: {level.word}`"
                problems.add(Code.unmarked_urgency, question.at, message, help_)


def _fires_alone(knowledge: KnowledgeBase, rule: Rule, name: str, value: Value) -> bool:
    """Tell whether one answer makes a rule fire, with nothing else known and nothing found."""
    nothing = {(one.finding, one.strength): Truth.UNDECIDED for one in found_in(rule.when)}
    said = {name: value}
    truth = holds(rule.when, said, nothing, knowledge.members, rule.unsure)
    return truth is Truth.TRUE


def dangerous_harmless(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each harmless answer that by itself refers for now or today, or says that a sum is so.

    What is taken as answered harmlessly would then hide a sign, or be one.
    """
    urgent = [r for r in knowledge.live_rules if r.level(Reading.CERTAIN) >= Level.SAME_DAY]
    for question in knowledge.questions.values():
        value = question.harmless
        rules = [r for r in urgent if question.id in named_questions(r.when)]
        fires = (r for r in rules if _fires_alone(knowledge, r, question.id, value))
        if (rule := next(fires, None)) is not None:
            message = (
                f"the harmless answer to `{question.id}` is `{value}`, which `{rule.id}` refers"
            )
            problems.add(Code.dangerous_harmless, question.at, message, HARMLESS)
        elif question.sums_up and value != question.how.harmless:
            message = f"`{question.id}` sums up others, and its harmless answer is `{value}`"
            problems.add(Code.dangerous_harmless, question.at, message, HARMLESS)


HARMLESS = "`harmless` is the answer of somebody who has nothing of what is asked about"


def unseen_flags(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each flag that leaves its sign to a rule that is not there, or is retired."""
    live = {rule.id for rule in knowledge.live_rules}
    refer = sorted(r.id for r in knowledge.live_rules if r.level(Reading.CERTAIN) > Level.NONE)
    for flag in knowledge.safety.flags if knowledge.safety else ():
        for name in flag.by:
            if name in live:
                continue
            state = "is retired" if name in knowledge.rules else "does not exist"
            message = f"the flag “{flag.words}” is left to `{name}`, which {state}"
            help_ = "name in `by` the rule that refers for it now"
            help_ = help_ if name in knowledge.rules else suggestion(name, refer)
            problems.add(Code.dangling_flag, flag.at, message, help_)


def unflagged_urgency(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each urgent rule that no flag covers, and each urgent mark that no rule reaches.

    Where there are no flags yet, there is nothing to hold them against.
    """
    flags = knowledge.safety.flags if knowledge.safety else ()
    covered: dict[str, Level] = {}
    for flag in flags:
        covered |= {name: max(flag.level, covered.get(name, Level.NONE)) for name in flag.by}
    reached: dict[str, Level] = {}
    for rule in knowledge.live_rules:
        level = rule.level(Reading.CERTAIN)
        if flags and level >= Level.SAME_DAY and covered.get(rule.id, Level.NONE) < level:
            message = f"`{rule.id}` refers {level.word}, which none of the flags covers"
            if rule.id in covered:
                message += f": the highest that names it is for {covered[rule.id].word}"
            help_ = f"safety.yaml needs a flag for it with `by: [{rule.id}]`; proofs rest on flags"
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


REFER_AGAIN = (
    "the next screening closes a referral nobody saw to: add a question with"
    " `derived: {referral: earlier}`, and a rule that refers again"
)


def forgotten_referrals(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note the levels at which a pack refers and that no rule reads at the next screening.

    That one then concludes from its own answers alone, and a referral nobody has seen to is gone.
    A pack with neither flags nor follow-ups is only begun.
    """
    flags = knowledge.safety.flags if knowledge.safety else ()
    if not flags and not knowledge.follow_up_marks:
        return
    referring: dict[Level, Rule] = {}
    for rule, reading in product(knowledge.live_rules, Reading):
        referring.setdefault(rule.level(reading), rule)
    levels = [level for level in sorted(referring) if level >= Level.ROUTINE]
    if not (closed := [level for level in levels if not _refers_again(knowledge, level)]):
        return
    marks = [knowledge.questions[name].at for name in knowledge.follow_up_marks]
    at = marks[0] if marks else referring[closed[0]].at
    words = ", ".join(level.word for level in closed)
    message = f"no rule reads what the last screening referred to, if that was {words}"
    problems.add(Code.forgotten_referral, at, message, REFER_AGAIN, severity=Severity.WARNING)


def _refers_again(knowledge: KnowledgeBase, level: Level) -> bool:
    """Tell whether a rule sees to a referral that nobody has looked at since the last screening.

    What can wait for weeks need not be referred again; that some level is read is enough.
    """
    derived = [q.id for q in knowledge.questions.values() if isinstance(q.derived, EarlierLevel)]
    rules = [rule for rule in knowledge.live_rules if _asked_behind(knowledge, rule) & {*derived}]
    if level < Level.WITHIN_DAYS:
        return bool(rules)
    said: dict[str, Value] = dict.fromkeys(knowledge.follow_up_marks, "yes")
    said |= {question.id: "no" for question in knowledge.looking_questions}
    said |= dict.fromkeys(derived, level.word)
    urgent = (rule for rule in rules if rule.level(Reading.CERTAIN) >= Level.WITHIN_DAYS)
    return any(_could_fire(knowledge, rule, said) for rule in urgent)


def _could_fire(knowledge: KnowledgeBase, rule: Rule, said: Mapping[str, Value]) -> bool:
    """Tell whether a rule could fire, whatever else is answered and found."""
    nothing = {(one.finding, one.strength): Truth.UNDECIDED for one in found_in(rule.when)}
    truth = holds(rule.when, said, nothing, knowledge.members, rule.unsure)
    return truth is not Truth.FALSE


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


def pointless_ends(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each rule that ends the interview without sending the client to anybody."""
    for rule in knowledge.live_rules:
        if rule.ends and rule.level(Reading.CERTAIN) <= Level.MONITOR:
            message = f"`{rule.id}` ends the interview and sends the client to nobody"
            problems.add(
                Code.pointless_end, rule.at, message, "add a `refer`, or leave `ends` out"
            )
