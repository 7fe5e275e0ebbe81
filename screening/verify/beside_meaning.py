"""What may make somebody less careful, and no single first screening shows.

An answer that counts longer, other parts of a sum, other words, another person to see, and flags
or promises that ask for less.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import fields

from screening.model.knowledge import KnowledgeBase
from screening.model.logic_digest import digest_of, logic_digest, rule_logic, text_digest
from screening.model.question import Question
from screening.model.rule import Reading, Refer, Rule
from screening.model.safety import Flag, Invariant
from screening.model.vocabularies import Level


def beside_meaning(old: KnowledgeBase, new: KnowledgeBase) -> Iterator[str]:
    """Yield what may make somebody less careful, each in a line that names what it is about."""
    for question in new.questions.values():
        before = old.questions.get(question.id)
        if before is not None and max(before.safety, question.safety) >= Level.SAME_DAY:
            yield from _otherwise_asked(before, question)
    for rule in new.live_rules:
        if rule.id in old.rules:
            yield from _otherwise_sent(old.rules[rule.id], rule)
    for level, said in new.levels.items():
        was = old.levels.get(level)
        if was is not None and was != said:
            words = [f.name for f in fields(said) if getattr(said, f.name) != getattr(was, f.name)]
            yield f"level {level.word}: what is said of it ({', '.join(words)})"
    for name, target in new.targets.items():
        if name in old.targets and old.targets[name] != target:
            yield f"target {name}: how it is called or reached"
    yield from _less_promised(old, new)


def all_that_is_compared(knowledge: KnowledgeBase) -> str:
    """Return the digest of the logic and of all else in which `beside_meaning` looks, in hex."""
    parts = (
        logic_digest(knowledge),
        text_digest(knowledge),
        *(f"{name} {flag.by} {flag.to} {_of_flag(flag)}" for name, flag in _flags(knowledge)),
        *(f"{name} {promise_asks(one)}" for name, one in _promises(knowledge)),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _otherwise_asked(before: Question, now: Question) -> Iterator[str]:
    about = f"question {now.id}"
    if before.valid != now.valid:
        yield f"{about}: how long an answer counts in follow-ups"
    if gone := [part for part in before.sums_up if part not in now.sums_up]:
        yield f"{about}: it no longer sums up {', '.join(gone)}"
    if more := [part for part in now.sums_up if part not in before.sums_up]:
        yield f"{about}: it sums up {', '.join(more)} as well, and its no stands for them"
    if now.safety < before.safety:
        yield f"{about}: marked {now.safety.word}, no longer {before.safety.word}"
    if now.harmless != before.harmless:
        yield f"{about}: the harmless answer, from {before.harmless} to {now.harmless}"
    if _wording(before) != _wording(now):
        yield f"{about}: its words"


def _wording(question: Question) -> tuple[object, ...]:
    return question.ask, question.help, [option.say for option in question.answers]


def _otherwise_sent(before: Rule, now: Rule) -> Iterator[str]:
    to, then = _said(now, lambda one: one.to), _said(before, lambda one: one.to)
    if to != then:
        yield f"rule {now.id}: whom to see, from {_named(then)} to {_named(to)}"
    urgent = max(rule.level(Reading.CERTAIN) for rule in (before, now)) >= Level.SAME_DAY
    if urgent and _said(before, lambda one: one.tell) != _said(now, lambda one: one.tell):
        yield f"rule {now.id}: what the client is told"


def _said(rule: Rule, part: Callable[[Refer], str]) -> tuple[str, ...]:
    return tuple(part(one) for one in rule.then if isinstance(one, Refer))


def _named(to: tuple[str, ...]) -> str:
    return ", ".join(to) or "nobody"


def _less_promised(old: KnowledgeBase, new: KnowledgeBase) -> Iterator[str]:
    """Yield each flag and promise that is gone, or asks for something else."""
    flags, promises = dict(_flags(new)), dict(_promises(new))
    for name, flag in _flags(old):
        if name not in flags:
            yield f"flag “{name}”: it is gone"
        elif odd := _less_flagged(flag, flags[name]):
            yield f"flag “{name}”: {odd}"
    for name, promise in _promises(old):
        if name not in promises:
            yield f"promise {name}: it is gone"
        elif more := _excepted(promises[name]) - _excepted(promise):
            yield f"promise {name}: it leaves out {', '.join(sorted(more))}"
        elif _kept(promise) != _kept(promises[name]):
            yield f"promise {name}: what it asks"


def _less_flagged(before: Flag, now: Flag) -> str:
    """Return in what way a flag asks for something else, or for less; else nothing."""
    if now.level < before.level:
        return f"it refers {now.level.word}, no longer {before.level.word}"
    if now.unknown < before.unknown:
        return f"not knowing refers {now.unknown.word}, no longer {before.unknown.word}"
    if now.when != before.when:
        return "its condition"
    return "whom to see" if now.to != before.to else ""


def _of_flag(flag: Flag) -> str:
    return rule_logic(flag.as_rule())


def _flags(knowledge: KnowledgeBase) -> Iterator[tuple[str, Flag]]:
    for flag in knowledge.safety.flags if knowledge.safety else ():
        yield flag.words, flag


def _promises(knowledge: KnowledgeBase) -> Iterator[tuple[str, Invariant]]:
    for one in knowledge.safety.invariants if knowledge.safety else ():
        yield one.id, one


def promise_asks(one: Invariant) -> str:
    """Return the digest of what a promise asks, and of what it leaves out."""
    return digest_of(*_kept(one), tuple(exemption.it for exemption in one.exempt))


def _kept(one: Invariant) -> tuple[object, ...]:
    return one.each, one.said, one.sometimes, one.after, one.at_stake


def _excepted(one: Invariant) -> set[str]:
    return {exemption.it for exemption in one.exempt}
