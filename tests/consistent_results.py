"""Results read line against line: no two contradict each other, and each rests on an answer.

Cases of the library, drawn clients, and drawn follow-ups of drawn clients. What contradicts by
its form is found by its form (offered and left out, one step on and one step back); sentences
that do not go together are listed in `APART`.

    python tests/consistent_results.py --clients 1000 --follow-ups 200
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from complete_clients import any_answer, complete_clients

from screening.assess import Assessor, ConcludedCase
from screening.follow import earlier_from
from screening.load import load, shipped_knowledge
from screening.model.assessment import Assessment
from screening.model.case import Case
from screening.model.expr import IsUnknown, found_in, leaves, named_questions
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Head, Rule
from screening.model.vocabularies import ASKED_UNKNOWN, Level, Pace, Truth, Verdict
from screening.render.assessment_page import told as told_of
from screening.testing.run_cases import try_case

APART = tuple(
    frozenset((first, other))
    for first, others in (
        ("easier-next-time", ("clearly-better", "some-pain-go-on", "ache-is-allowed")),
        ("easier-next-time", ("one-step-at-a-time", "sore-muscles-go-on", "change-position")),
        ("no-pain-early", ("ache-is-allowed", "some-pain-go-on")),
        ("no-pain-early", ("never-above-three", "never-above-five")),
        ("never-above-three", ("never-above-five",)),
        ("small-and-often", ("ache-is-allowed", "some-pain-go-on")),
        ("clearly-better", ("not-helping-yet", "what-stood-in-the-way")),
        ("screen-in-full", ("one-step-at-a-time",)),
        ("what-stood-in-the-way", ("one-step-at-a-time", "sore-muscles-go-on")),
        ("stop-what-travels", ("re-test", "one-step-at-a-time", "sore-muscles-go-on")),
        ("stop-what-travels", ("clearly-better", "ache-is-allowed", "change-position")),
        ("test-the-other-way", ("re-test", "change-position", "clinician-goes-first")),
        ("show-the-clinician", ("re-test", "clinician-goes-first", "change-position")),
        ("bring-the-limits", ("re-test", "change-position")),
        ("lifting-later", ("change-position",)),
        ("shift-first", ("change-position", "one-step-at-a-time", "recovery-not-cause")),
        ("weak-bones", ("change-position",)),
        ("involve-a-physiotherapist", ("a-look-if-you-want", "change-position")),
        ("many-directions", ("a-look-if-you-want", "change-position")),
        ("shift-first", ("a-look-if-you-want",)),
        ("show-the-clinician", ("a-look-if-you-want",)),
        ("test-the-other-way", ("a-look-if-you-want",)),
        ("under-16-with-a-parent", ("walk-in-bouts", "stay-active", "one-step-at-a-time")),
    )
    for other in others
)
"""Sentences for the client that do not go together: less and go on, no pain and some pain,
leave it out and try it again, somebody must look and somebody may.
"""
NO_PAIN = ("never-above-three", "never-above-five", "ache-is-allowed", "some-pain-go-on")
"""Sentences that allow pain: not where the limit is the level at rest."""
TRAINS_ON = (
    *("stay-active", "move-again", "soreness-is-fine", "change-position"),
    *("practise-the-task", "ache-is-allowed", "plan-ahead", "lifting-later", "keep-it-away"),
    *("a-look-if-you-want", "recovery-not-cause", "sore-muscles-go-on", "some-pain-go-on"),
    *("one-step-at-a-time", "clearly-better"),
)
"""Sentences that train on, or say that nobody has to look: not where light activity is all."""
GOING_ON = {"one-step-at-a-time": {Pace.PROGRESS}, "easier-next-time": {Pace.REGRESS, Pace.STOP}}
"""Sentences about the next step, and what becomes of what was offered beside them."""
AS_YOU_LIKE = re.compile(r"\bif (?:you|they) (?:want|like|wish)|\bwant\b[^.?]*\?", re.IGNORECASE)
"""Words that leave to the client whether somebody looks: not where somebody is to."""


def contradicting(found: Assessment, knowledge: KnowledgeBase) -> Iterator[str]:
    """Yield what one line of a result says against another."""
    offered = {one.category for one in found.recommend}
    left = {one.target for one in found.avoid if one.kind == "category"}
    held = {one.target for one in found.withheld}
    out = {one.target for one in found.avoid if one.kind == "exercise"}
    verdicts = {one.exercise: one.verdict for one in found.programme}
    yield from (f"{one} is offered and left out" for one in sorted(offered & left))
    yield from (f"{one} is offered and withheld" for one in sorted(offered & held))
    for one in found.recommend:
        if one.such_as and (one.such_as in out or verdicts.get(one.such_as) is Verdict.AVOID):
            yield f"{one.category} names {one.such_as}, which is left out"
    for plan in found.programme:
        if plan.exercise in out and plan.verdict is not Verdict.AVOID:
            yield f"{plan.exercise} is {plan.verdict.word} and left out"
    for moved in found.moves:
        stops = moved.pace is Pace.STOP
        if stops and moved.category in offered:
            yield f"{moved.category} is stopped and offered"
    if found.referral.level >= Level.SAME_DAY and (found.recommend or found.programme):
        yield "exercise beside a referral for today"
    for kind, names in (
        ("stage", [one.axis for one in found.stage]),
        ("limit", [one.id for one in found.limits]),
        ("sentence", [knowledge.advice[one].text for one in told_of(found, knowledge)]),
        ("verdict", [one.exercise for one in found.programme]),
    ):
        yield from (f"{kind} twice: {n}" for n, times in Counter(names).items() if times > 1)


def apart(found: Assessment, knowledge: KnowledgeBase) -> Iterator[str]:
    """Yield the sentences for the client that do not go together."""
    told = frozenset(told_of(found, knowledge))
    yield from (f"{' and '.join(sorted(pair))} together" for pair in APART if pair <= told)
    limits = {one.id: one.at_most for one in found.limits}
    if limits.get("pain_during") == 0:
        yield from (f"{one}, and no pain is allowed" for one in NO_PAIN if one in told)
    if found.referral.level is Level.WITHIN_DAYS and not found.lifted:
        yield from (f"{one}, and only light activity is left" for one in TRAINS_ON if one in told)
    if found.referral.level >= Level.ROUTINE:
        yield from (
            f"{one} leaves it to the client, and there is a referral"
            for one in told
            if one in knowledge.advice and AS_YOU_LIKE.search(knowledge.advice[one].text)
        )
    paces = {one.pace for one in found.moves}
    for one, fit in GOING_ON.items():
        if one in told and paces and not paces & fit:
            yield f"{one}, and nothing goes that way"


def unfounded(concluded: ConcludedCase, knowledge: KnowledgeBase) -> Iterator[str]:
    """Yield the rules behind a result that rest on nothing the client answered."""
    found = concluded.assessment
    said = (found.findings, found.stage, found.limits, found.recommend, found.advice)
    rules = {rule for part in said for one in part for rule in one.rules}
    rules |= {*found.referral.rules}
    for name in sorted(rules):
        rule = knowledge.rules[name]
        fired = any(concluded.outcome.heads[Head(name, r)] is Truth.TRUE for r in rule.readings)
        if not fired:
            yield f"{name} is named and did not fire"
        elif not _answered(rule, concluded, knowledge, frozenset()):
            yield f"{name} rests on no answer"


def _answered(
    rule: Rule, concluded: ConcludedCase, knowledge: KnowledgeBase, seen: frozenset[str]
) -> bool:
    """Tell whether a question in a rule, or in what it rests on, was answered."""
    unsure = any(isinstance(leaf, IsUnknown) for leaf in leaves(rule.when)) or rule.unknown
    for name in _questions(rule, knowledge):
        value = concluded.answers.get(name)
        if value is not None and (value not in ASKED_UNKNOWN or unsure):
            return True  # what does not apply follows from an answer, too
    for one in found_in(rule.when):
        for finder in knowledge.finders.get((one.finding, one.strength), ()):
            decided = concluded.outcome.heads[Head(finder)] is not Truth.UNDECIDED
            if finder not in seen and decided:
                under = seen | {rule.id}
                if _answered(knowledge.rules[finder], concluded, knowledge, under):
                    return True
    return False


def _questions(rule: Rule, knowledge: KnowledgeBase) -> Iterator[str]:
    yield from named_questions(rule.when)
    for leaf in leaves(rule.when):
        group = getattr(leaf, "group", None)
        if group is not None:
            yield from knowledge.members[group]


def library(assessor: Assessor, every: int = 1) -> Iterator[tuple[str, ConcludedCase]]:
    """Yield the cases of the library, or one of so many; those that follow another too."""
    for one in islice(assessor.knowledge.cases.values(), 0, None, every):
        yield one.id, try_case(assessor, one).concluded


def follow_ups(assessor: Assessor, seeds: range) -> Iterator[tuple[str, ConcludedCase]]:
    """Yield follow-ups of drawn clients who may train, some weeks later; half of them quiet."""
    knowledge = assessor.knowledge
    for seed in seeds:
        draw = random.Random(seed)  # noqa: S311 - reproducible, not secret
        sheet = _mild(knowledge, draw)
        programme = tuple(draw.sample(sorted(knowledge.exercises), 5))
        made = assessor.preview(Case(sheet, programme))
        before = earlier_from(knowledge, made.case, made.assessment)
        days = draw.choice((7, 14, 28, 60))
        again: dict[str, Value] = {
            name: value
            for name, value in _mild(knowledge, draw, later=True).items()
            if knowledge.questions[name].valid.weeks is not None
        }
        case = Case(again, programme, follows="before", earlier=replace(before, days=days))
        yield f"follow-up {seed}", assessor.conclude(case)


def _mild(
    knowledge: KnowledgeBase, draw: random.Random, *, later: bool = False
) -> dict[str, Value]:
    """Return answers of somebody who may train: what could refer is harmless."""
    drawn: dict[str, Value] = {}
    for question in knowledge.questions.values():
        quiet = question.safety > Level.NONE or draw.random() < 0.5
        if question.derived is None and (later or not question.gap):
            drawn[question.id] = question.harmless if quiet else any_answer(question, draw)
    if later and knowledge.gap:
        drawn[knowledge.gap] = draw.randint(1, 8)
    return drawn


def clients(assessor: Assessor, seeds: range) -> Iterator[tuple[str, ConcludedCase]]:
    """Yield drawn clients who answered everything."""
    for seed, case in zip(seeds, complete_clients(assessor.knowledge, seeds), strict=True):
        yield f"client {seed}", assessor.conclude(case)


def wrong_in(assessor: Assessor, named: Iterator[tuple[str, ConcludedCase]]) -> list[str]:
    """Return what contradicts, or rests on nothing, in each result; the last line counts them."""
    knowledge, wrong, count = assessor.knowledge, [], 0
    for name, one in named:
        count += 1
        wrong += [f"{name}: {said}" for said in contradicting(one.assessment, knowledge)]
        wrong += [f"{name}: {said}" for said in apart(one.assessment, knowledge)]
        wrong += [f"{name}: {said}" for said in unfounded(one, knowledge)]
    wrong.append(f"{count} results, {len(wrong)} contradictions or lines without an answer")
    return wrong


def main() -> int:
    """Read results against each other, and say what does not go together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=1000)
    parser.add_argument("--follow-ups", type=int, default=200)
    given = parser.parse_args()
    assessor, bad = Assessor(load(shipped_knowledge(), library=True)), False
    for title, named in (
        ("library", library(assessor)),
        ("clients", clients(assessor, range(given.clients))),
        ("follow-ups", follow_ups(assessor, range(given.follow_ups))),
    ):
        began = time.monotonic()
        *wrong, count = wrong_in(assessor, named)
        kinds = Counter(one.split(": ", 1)[1] for one in wrong)
        sys.stdout.write("".join(f"  {one}\n" for one in wrong[:10]))
        sys.stdout.write("".join(f"  {times}x {kind}\n" for kind, times in kinds.most_common(10)))
        sys.stdout.write(f"{title}: {count}, {time.monotonic() - began:.0f} s\n")
        bad = bad or bool(wrong)
    return bad


if __name__ == "__main__":
    sys.exit(main())
