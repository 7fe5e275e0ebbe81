"""How often clients are referred, how often something serious is missed, how long they are asked.

`python benchmarks/false_alarms.py --write` draws the scenarios of `scenarios.yaml`, people with
something serious (`serious.yaml`) and interviews, some minutes of work, and puts what it found
into `false_alarms.json` and docs/false-alarms.md. `--check` draws a sample of each and exits 1
when the page is not what the file says, when a figure of the file no longer holds, or when a
limit is passed. Fixed seeds: the same figures every time.
"""

from __future__ import annotations

import itertools
import json
import math
import random
import statistics
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import polars as pl  # noqa: E402
from population import BELOW_KNEE, tables  # noqa: E402
from scenarios import data, in_group, people  # noqa: E402
from serious import kinds, required, somebody  # noqa: E402
from simulated_clients import interviewed  # noqa: E402
from tabulate import tabulate  # noqa: E402

from screening.engines.applicable import applies, summed_up  # noqa: E402
from screening.engines.columnar import ColumnarEngine, frame  # noqa: E402
from screening.interview.planner import Ask, AskList, Planner  # noqa: E402
from screening.interview.session import Order  # noqa: E402
from screening.load import load, shipped_knowledge  # noqa: E402
from screening.model.circuit import Behind, Circuit, Refers  # noqa: E402
from screening.model.vocabularies import Level, Truth, Unknown  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from screening.model.knowledge import KnowledgeBase
    from screening.model.question import Question, Value

PAGE = ROOT / "docs" / "false-alarms.md"
FIGURES = Path(__file__).with_suffix(".json")
SEED = 20261129
DRAWN = {"clients": 10_000, "serious": 500, "harmless": 3_000, "interviews": 100}
SAMPLE = {"clients": 600, "serious": 100, "harmless": 0, "interviews": 20}
ERRORS = 4  # standard errors that a sample may be off
GOAL_ASKED, BUDGET_ASKED, BUDGET_EMERGENCY = 50, 62, 13  # prompts
LEVELS = (Level.EMERGENCY, Level.SAME_DAY, Level.WITHIN_DAYS)
ILL = 60  # people of each serious kind, for what a question buys
LEEWAY = 8.0  # points that a hundred people may be below a floor
MIDLIFE = 50  # years
SIGNS = (
    "bladder", "bowel", "saddle", "sexual", "both_legs", "gait_hands", "cancer",
    "brittle_bones simple_break steroids", "leg_weak", "fever", "constant", "weight", "shape",
    "belly", "unwell", "between_blades band", "flank tracks",
)  # fmt: skip
HARMLESS = ("no", "none", Unknown.DECLINED)
UNKNOWN = float(tables()["does_not_know"]["of"][1]) / 100


TEXT = """\
# False alarms, misses, and length of the interview

Written by `python benchmarks/false_alarms.py --write`.

This is a simulation, not a study: nobody has counted these answers in trainers' clients, and
a real count (answers of a hundred first screenings, without names) should replace these
shares. People are drawn with states that go together as in life, and then answer; a state has
a published share where one was found, and how a state becomes an answer is our judgement.
Everyone below has ordinary pain and nothing serious, so a referral within days or sooner is a
false alarm or, where it is for strong or long pain, care. *Low risk* is under 65 with no
cancer, thin bones, steroid tablets, blood thinner, weak immune system, pregnancy or accident.
Thoughts of self-harm are not drawn: who has them is not a false alarm.

## How many are referred

Share of {clients:,} people each, with half the width of the 95 % interval. *Goal* is what the
figures should come to, *at once* what was asked of this version, *kept* what no later version
may pass; each for emergency / same day or sooner / within days or sooner / routine on top.

{scenarios}

{verdict}

For comparison: in a primary-care cohort 80.4 % had at least one of 25 warning signs, median
2, and 0.9 % something serious (Henschke09, abstract). Of central low-risk people drawn here
{weak:.0f} % show at least one of 24 such signs, median {median:.0f}.

## On suspicion, and for care

{for_care:.1f} % of central low-risk clients are sent within days only because pain is strong
or treatment does not help ({care}); on suspicion the other {suspicion:.1f} %.

## Which rules cost most

Share of central low-risk clients whom each rule refers, and of those whom it alone refers
within days or sooner: this is what stands between a figure and its goal.

{rules}

## What each question costs and buys

Points saved among {harmless:,} central clients of all risks if everybody answered it
harmlessly: the first lines are what to reword next. The last column is what the question
buys: of 100 people with something serious (last table but one), how many would fall below
their level without it.

{costs}

## Who must not differ

Points above other central clients of all risks; at most 1 the same day or sooner, 2 within
days or sooner.

{groups}

## Whom it must not miss

{serious_clients:,} people of each kind, as `benchmarks/serious.yaml` draws them, and how many
reach the level or pass it: with nothing else wrong, where chance alarms cannot hide a miss,
and with an ordinary person's troubles beside it. At least 98 of 100 of an emergency kind
must, 95 of the others.

{serious}

## How long the interview is

{lengths}

Clients of these draws are asked more than the goal: bending hurts 60 % of them (published), and
each movement that hurts opens others. The shares of most movements are assumed.

## What was assumed

Seed {seed}. The levels are those of the columnar engine on all answers; lengths are from the
real planner. Every question but the emergency ones, age and sex is not known by {unknown:.1f}
% of whom it is asked, and one item of every tick list by as many; emergency questions are asked
twice, the second time with the card.
Shares in per cent for low, central and high, by age and sex, and the map from states to
answers, are in `benchmarks/population.yaml`; the states are:

{assumed}
"""


class Tally(NamedTuple):
    """What became of the clients: levels, and per rule how many it referred, alone and in all.

    `for_care` is how many are sent within days only by rules that are care and no suspicion.
    """

    clients: int
    levels: Counter[Level]
    made: Counter[tuple[str, Level]]
    alone: Counter[str]
    for_care: int

    def share(self, level: Level) -> float:
        """Return the share of clients at a level or above, in percent."""
        return 100 * sum(n for at, n in self.levels.items() if at >= level) / self.clients


def sheet(
    knowledge: KnowledgeBase, drawn: Mapping[str, Value], rng: random.Random
) -> dict[str, Value]:
    """Return a complete answer sheet: drawn answers, else harmless ones, a few not known.

    Emergency questions are always answered: they are asked twice, the second time with the card.
    What a summing question's no closes is not asked, so nobody fails to know it. Of a tick list
    as many are unsure as of a question, of one item of it.
    """
    answers = without_doubt(knowledge, drawn)
    opened = {
        part: question.id
        for question in knowledge.summing_questions
        for part in question.sums_up
        if not question.id.startswith("quick_")
    }
    for question in knowledge.questions.values():
        spared = question.safety is Level.EMERGENCY or question.id in {"age", "sex"}
        closed = question.id in opened and answers[opened[question.id]] == "no"
        listed = knowledge.list_of.get(question.id)
        unsure = UNKNOWN / (len(listed.items) if listed else 1)
        if not spared and not closed and rng.random() < unsure:
            answers[question.id] = Unknown.DONT_KNOW
    return answers


def without_doubt(knowledge: KnowledgeBase, drawn: Mapping[str, Value]) -> dict[str, Value]:
    """Return a complete answer sheet: drawn answers, else harmless ones."""
    answers = {q.id: drawn.get(q.id, q.harmless) for q in knowledge.questions.values()}
    for question in knowledge.summing_questions:
        answers[question.id] = summed_up(knowledge, question, answers) or question.harmless
    return answers


def asked_only(knowledge: KnowledgeBase, answers: Mapping[str, Value]) -> dict[str, Value]:
    """Return the answers to the questions that apply, as an interview would collect them."""
    read: dict[str, Value] = {}
    for question in knowledge.questions.values():
        skipped = applies(knowledge, question, read) is Truth.FALSE
        read[question.id] = Unknown.NOT_APPLICABLE if skipped else answers[question.id]
    return {name: value for name, value in read.items() if value is not Unknown.NOT_APPLICABLE}


def concluded(engine: ColumnarEngine, sheets: Iterable[Mapping[str, Value]]) -> Tally:
    """Return what becomes of clients with these answers."""
    referring = {level: at_level(engine.circuit, level) for level in Level if level > Level.NONE}
    wires = {wire for rules in referring.values() for _, wire in rules}
    worked = engine.gates(frame(engine.knowledge, sheets).lazy(), wires).collect()
    return tallied(worked, referring)


def at_level(circuit: Circuit, level: Level) -> tuple[Behind, ...]:
    """Return the rules that refer at just this level."""
    here = circuit.outputs[Refers(level)].rules
    more = () if level is Level.EMERGENCY else circuit.outputs[Refers(Level(level + 1))].rules
    return tuple(behind for behind in here if behind not in more)


def tallied(worked: pl.DataFrame, referring: Mapping[Level, tuple[Behind, ...]]) -> Tally:
    """Return what became of the clients; `worked` has a column for each rule's gate."""
    made: dict[tuple[str, Level], pl.Series] = {}
    for level, rules in referring.items():
        for rule, wire in rules:  # a rule may be listed twice: certainly, or possibly
            fires = worked[str(wire)]
            made[rule, level] = made[rule, level] | fires if (rule, level) in made else fires
    early = [(rule, fires) for (rule, at), fires in made.items() if at >= Level.WITHIN_DAYS]
    only_one = worked.select(pl.sum_horizontal(fires for _, fires in early) == 1).to_series()
    alone = Counter({rule: 0 for rule, _ in early})
    for rule, fires in early:
        alone[rule] += int((fires & only_one).sum())
    levels = highest(worked, referring)
    late = [fires for rule, fires in early if rule not in data()["care"]]
    suspected = worked.select(pl.any_horizontal(late)).to_series()
    return Tally(
        worked.height,
        Counter(Level(level) for level in levels),
        Counter({key: count for key, fires in made.items() if (count := fires.sum())}),
        alone,
        int(((levels >= int(Level.WITHIN_DAYS)) & ~suspected).sum()),
    )


def levels_of(engine: ColumnarEngine, sheets: Iterable[Mapping[str, Value]]) -> pl.Series:
    """Return the level of each client with these answers."""
    referring = {level: at_level(engine.circuit, level) for level in Level if level > Level.NONE}
    wires = {wire for rules in referring.values() for _, wire in rules}
    asked = (asked_only(engine.knowledge, one) for one in sheets)
    worked = engine.gates(frame(engine.knowledge, asked).lazy(), wires).collect()
    return highest(worked, referring)


def highest(worked: pl.DataFrame, referring: Mapping[Level, tuple[Behind, ...]]) -> pl.Series:
    """Return the level of each client; `worked` has a column for each rule's gate."""
    levels = [
        pl.any_horizontal(worked[str(wire)] for _, wire in rules) * int(level)
        for level, rules in referring.items()
        if rules
    ]
    return worked.select(pl.max_horizontal(levels)).to_series()


def simulated(engine: ColumnarEngine, name: str, clients: int) -> Tally:
    """Draw so many clients of a scenario, and conclude them."""
    rng = random.Random(SEED)
    drawn = itertools.islice(people(name, rng), clients)
    sheets = (sheet(engine.knowledge, who.answers, rng) for who in drawn)
    return concluded(engine, (asked_only(engine.knowledge, one) for one in sheets))


def weak_signs(answers: Mapping[str, Value]) -> int:
    """Return how many of 24 weak signs somebody shows; a declined answer is none."""
    said = sum(
        any(answers.get(name, "no") not in HARMLESS for name in names.split()) for names in SIGNS
    )
    others = (
        answers["night"] != "none",
        answers["leg_pain"] in BELOW_KNEE,
        int(str(answers["age"])) > MIDLIFE,
        answers["trauma"] in {"minor", "major"},
        answers.get("infrisk") == "strong",
        answers["course"] == "worse",
        answers["onset"] == "gradual",
    )
    return said + sum(others)


@dataclass(frozen=True, slots=True)
class Trial:
    """Some clients, the level each reaches, and the level each is to reach."""

    engine: ColumnarEngine
    sheets: list[dict[str, Value]]
    levels: list[int]
    needed: list[Level]

    @staticmethod
    def of(
        engine: ColumnarEngine, sheets: list[dict[str, Value]], needed: Iterable[Level] = ()
    ) -> Trial:
        """Return the trial of these clients."""
        return Trial(engine, sheets, levels_of(engine, sheets).to_list(), list(needed))

    def without(self, question: Question) -> Trial:
        """Return the trial with everybody's harmless answer to a question."""
        harmless = {question.id: question.harmless}
        changed = [n for n, one in enumerate(self.sheets) if one[question.id] != question.harmless]
        knowledge, levels = self.engine.knowledge, [*self.levels]
        calm = [without_doubt(knowledge, {**self.sheets[n], **harmless}) for n in changed]
        for at, level in zip(changed, levels_of(self.engine, calm) if calm else (), strict=True):
            levels[at] = level
        return replace(self, levels=levels)

    def shares(self) -> list[float]:
        """Return how many reach each level of the table, in per cent."""
        return [
            100 * sum(at >= level for at in self.levels) / len(self.levels) for level in LEVELS
        ]

    def reached(self) -> float:
        """Return how many reach their level, in per cent."""
        met = sum(at >= need for at, need in zip(self.levels, self.needed, strict=True))
        return 100.0 * met / len(self.levels)


def costs(engine: ColumnarEngine, clients: int) -> list[list[Any]]:
    """Return for each question that can refer what it costs, by level, and what it buys."""
    knowledge, rng = engine.knowledge, random.Random(SEED)
    drawn = itertools.islice(people("everybody", rng), clients)
    ordinary = Trial.of(engine, [sheet(knowledge, who.answers, rng) for who in drawn])
    names = [kind for kind in kinds() for _ in range(ILL)]
    ill = [without_doubt(knowledge, somebody(kind, rng, in_life=False)) for kind in names]
    serious = Trial.of(engine, ill, map(required, names))
    rows: list[list[Any]] = []
    for question in asked_for_safety(knowledge):
        after = ordinary.without(question).shares()
        lost = serious.reached() - serious.without(question).reached()
        saved = (round(was - now, 2) for was, now in zip(ordinary.shares(), after, strict=True))
        rows.append([question.id, *saved, round(lost, 1)])
    return sorted(rows, key=lambda row: (-row[3], -row[2], row[0]))


def asked_for_safety(knowledge: KnowledgeBase) -> list[Question]:
    """Return the questions of a first screening that can refer, each asked for itself."""
    return [
        question
        for question in knowledge.questions.values()
        if question.safety and not question.sums_up and not question.derived
    ]


def groups(engine: ColumnarEngine, clients: int) -> dict[str, list[float]]:
    """Return for each group how many are in it, and its points above the others."""
    rng = random.Random(SEED)
    drawn = list(itertools.islice(people("everybody", rng), clients))
    sheets = [sheet(engine.knowledge, who.answers, rng) for who in drawn]
    levels = levels_of(engine, sheets).to_list()
    found = {}
    for name in data()["groups"]:
        sides: dict[bool, list[int]] = {True: [], False: []}
        for who, level in zip(drawn, levels, strict=True):
            inside = in_group(name, who)
            if inside is not None:
                sides[inside].append(level)
        points = [_above(sides, level) for level in (Level.SAME_DAY, Level.WITHIN_DAYS)]
        found[name] = [len(sides[True]), *points]
    return found


def _above(sides: Mapping[bool, list[int]], level: Level) -> float:
    """Return by how many points more of the one side reach a level."""
    inside, others = (
        100 * sum(at >= level for at in sides[side]) / max(1, len(sides[side]))
        for side in (True, False)
    )
    return round(inside - others, 1)


def found_out(engine: ColumnarEngine, clients: int) -> dict[str, list[float]]:
    """Return for each serious kind how many reach the level: alone, and in life."""
    return {
        kind: [_found(engine, kind, clients, alone) for alone in (True, False)] for kind in kinds()
    }


def _found(engine: ColumnarEngine, kind: str, clients: int, alone: bool) -> float:  # noqa: FBT001
    rng, knowledge = random.Random(SEED), engine.knowledge
    drawn = [somebody(kind, rng, in_life=not alone) for _ in range(clients)]
    sheets = [
        without_doubt(knowledge, one) if alone else sheet(knowledge, one, rng) for one in drawn
    ]
    return round(Trial.of(engine, sheets, [required(kind)] * clients).reached(), 1)


def lengths(knowledge: KnowledgeBase, interviews: int) -> tuple[list[int], list[int]]:
    """Return how many prompts, and how many emergency prompts, each of so many is asked.

    What is asked in a tick list is one prompt.

    Clients who are referred the same day or at once are left out: their interview is shorter.
    """
    rng = random.Random(SEED)
    planner = Planner(knowledge)
    emergency = knowledge.questions[knowledge.emergency_questions[0]].topic
    asked: list[int] = []
    first: list[int] = []
    drawn = people("central", rng)
    while len(asked) < interviews:
        answers = sheet(knowledge, next(drawn).answers, rng)
        _, plans = interviewed(planner, answers, Order.ADAPTIVE, ("back_squat",))
        if plans[-1].level < Level.SAME_DAY:
            steps = [plan.step for plan in plans if isinstance(plan.step, Ask | AskList)]
            names = [s.question if isinstance(s, Ask) else s.questions[0] for s in steps]
            asked.append(len(steps))
            first.append(sum(knowledge.questions[name].topic == emergency for name in names))
    return asked, first


def measured(knowledge: KnowledgeBase, size: Mapping[str, int]) -> dict[str, Any]:
    """Simulate everything; what is returned is what `false_alarms.json` keeps."""
    engine = ColumnarEngine(knowledge)
    tallies = {name: simulated(engine, name, size["clients"]) for name in data()["scenarios"]}
    central = tallies["central"]
    drawn = itertools.islice(people("central", random.Random(SEED)), size["clients"])
    signs = [weak_signs(who.answers) for who in drawn]
    asked, first = lengths(knowledge, size["interviews"])
    return {
        "clients": size["clients"],
        "scenarios": {name: four(tally) for name, tally in tallies.items()},
        "rules": made(central),
        "weak": [round(100 * sum(map(bool, signs)) / len(signs), 1), statistics.median(signs)],
        "care": round(100 * central.for_care / central.clients, 2),
        "costs": costs(engine, size["harmless"]) if size["harmless"] else [],
        "groups": groups(engine, size["clients"]),
        "serious": found_out(engine, size["serious"]),
        "asked": asked,
        "first": first,
    }


def made(tally: Tally) -> list[list[Any]]:
    """Return each rule that refers, its level, how many it refers and how many alone."""
    return [
        [
            rule,
            level.word,
            *(round(100 * n / tally.clients, 2) for n in (count, tally.alone[rule])),
        ]
        for (rule, level), count in sorted(tally.made.items(), key=lambda m: (-m[1], m[0]))
        if level >= Level.ROUTINE
    ]


def four(tally: Tally) -> list[float]:
    """Return the four figures of a scenario, in per cent."""
    early = [tally.share(level) for level in LEVELS]
    return [round(x, 2) for x in (*early, tally.share(Level.ROUTINE) - early[-1])]


def broken(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield each limit that is passed beyond chance: `kept`, the serious floors, the interview."""
    for name, level, share in _figures(found):
        most = data()["scenarios"][name]["kept"][data()["levels"].index(level)]
        if share > most + _chance(most, found["clients"]):
            yield f"{name}: {share:.1f} % {level}, at most {most} were kept"
    for kind, (alone, _) in found["serious"].items():
        urgent = required(kind) is Level.EMERGENCY
        least = data()["serious"]["emergency" if urgent else "other"]
        if alone < least - (0 if found["clients"] == DRAWN["clients"] else LEEWAY):
            yield f"{kind}: {alone:.1f} % reach the level, at least {least} must"
    for what, counts, most in (
        ("questions are", found["asked"], BUDGET_ASKED),
        ("emergency prompts are", found["first"], BUDGET_EMERGENCY),
    ):
        if statistics.median(counts) > most:
            yield f"a median of {statistics.median(counts)} {what} asked, at most {most} may be"


def drifted(found: Mapping[str, Any], kept: Mapping[str, Any]) -> Iterator[str]:
    """Yield each figure of a sample that is further from the kept one than chance explains."""
    was = {(name, level): share for name, level, share in _figures(kept)}
    for name, level, share in _figures(found):
        before = was.get((name, level), math.inf)
        if abs(share - before) > _error(before, found["clients"]) * ERRORS:
            yield f"{name}: {share:.1f} % {level} in a sample; the page says {before:.1f}"


def _figures(found: Mapping[str, Any]) -> Iterator[tuple[str, str, float]]:
    for name, figures in found["scenarios"].items():
        for level, share in zip(data()["levels"], figures, strict=True):
            yield name, level, share


def _error(share: float, clients: int) -> float:
    """Return the standard error of a share in per cent, of one in two hundred at least."""
    share = min(99.5, max(0.5, share))
    return math.sqrt(share * (100 - share) / clients)


def _chance(share: float, clients: int) -> float:
    """Return what a smaller sample may be above a limit."""
    return 0 if clients == DRAWN["clients"] else ERRORS * _error(share, clients)


def page(found: Mapping[str, Any]) -> str:
    """Return the page."""
    return TEXT.format(
        clients=found["clients"],
        scenarios=_scenarios(found),
        verdict=_verdict(found),
        weak=found["weak"][0],
        median=found["weak"][1],
        care=", ".join(f"`{rule}`" for rule in data()["care"]),
        for_care=found["care"],
        suspicion=found["scenarios"]["central"][2] - found["care"],
        rules=_rules(found["rules"]),
        harmless=DRAWN["harmless"],
        costs=_costs(found["costs"]),
        groups=_groups(found["groups"]),
        serious_clients=DRAWN["serious"],
        serious=_serious(found["serious"]),
        lengths=_lengths(found["asked"], found["first"]),
        seed=SEED,
        unknown=100 * UNKNOWN,
        assumed=_assumed(),
    )


def table(rows: Iterable[Iterable[Any]], *heads: str) -> str:
    """Return a table of the page, every cell as it is written."""
    return tabulate([[*row] for row in rows], heads, tablefmt="github", disable_numparse=True)


def _scenarios(found: Mapping[str, Any]) -> str:
    rows = []
    for name, figures in found["scenarios"].items():
        row = data()["scenarios"][name]
        shares = (f"{x:.1f} ± {1.96 * _error(x, found['clients']):.1f}" for x in figures)
        limits = (" / ".join(f"{x:g}" for x in row[k]) for k in ("gate", "at_once", "kept"))
        rows.append((f"{name}: {row['who']}", *shares, *limits))
    heads = ("emergency", "same day or sooner", "within days or sooner", "routine on top")
    return table(rows, "who", *heads, "goal", "at once", "kept")


def _verdict(found: Mapping[str, Any]) -> str:
    """Say which figures are above the goal and above what was asked at once."""
    lines = []
    for key, words in (("at_once", "what was asked at once"), ("gate", "the goal")):
        over = [
            f"{name} ({level.replace('_', ' ')})"
            for name, level, share in _figures(found)
            if share > data()["scenarios"][name][key][data()["levels"].index(level)]
        ]
        lines.append(f"Above {words}: {', '.join(over) or 'none'}.")
    return "\n\n".join(lines)


def _rules(rows: Iterable[list[Any]]) -> str:
    return table(
        (
            (rule, level, f"{n:.2f} %", "" if level == Level.ROUTINE.word else f"{alone:.2f} %")
            for rule, level, n, alone in rows
        ),
        "rule", "level", "refers", "alone",
    )  # fmt: skip


def _costs(rows: list[list[Any]]) -> str:
    idle = ", ".join(f"`{row[0]}`" for row in rows if not any(row[1:]))
    found = table(
        (
            (row[0], *(f"{x:.2f}" for x in row[1:4]), f"{row[4]:.1f}")
            for row in rows
            if any(row[1:])
        ),
        "question", "emergency", "same day or sooner", "within days or sooner", "buys",
    )  # fmt: skip
    return f"{found}\n\nNo difference in these draws: {idle or 'none'}."


def _groups(found: Mapping[str, list[float]]) -> str:
    return table(
        (
            (data()["groups"][name]["who"], f"{n:,}", f"{day:+.1f}", f"{days:+.1f}")
            for name, (n, day, days) in found.items()
        ),
        "group", "people", "same day or sooner", "within days or sooner",
    )  # fmt: skip


def _serious(found: Mapping[str, list[float]]) -> str:
    return table(
        (
            (kinds()[kind]["what"], required(kind).word, f"{alone:.1f} %", f"{life:.1f} %",
             kinds()[kind]["basis"])
            for kind, (alone, life) in found.items()
        ),
        "people with", "must reach", "nothing else wrong", "in life", "where the shares are from",
    )  # fmt: skip


def _lengths(asked: list[int], first: list[int]) -> str:
    tenths = statistics.quantiles(asked, n=10)
    rows = [
        ("prompts in all", min(asked), f"{tenths[0]:.0f}", f"{statistics.median(asked):g}",
         f"{tenths[8]:.0f}", max(asked), f"{GOAL_ASKED} wanted, {BUDGET_ASKED} kept"),
        ("emergency prompts", min(first), "", f"{statistics.median(first):g}", "", max(first),
         BUDGET_EMERGENCY),
    ]  # fmt: skip
    heads = (f"of {len(asked)} clients", "least", "10 %", "median", "90 %", "most", "budget")
    within = sum(n <= GOAL_ASKED for n in asked) / len(asked)
    said = f"{within:.0%} take at most {GOAL_ASKED} prompts. A tick list is one."
    return f"{table(rows, *heads)}\n\n{said}"


def _assumed() -> str:
    rows = [
        (name, row["what"], row["basis"], row.get("mark", ""))
        for name, row in tables()["states"].items()
    ]  # fmt: skip
    return table(rows, "state", "what it is", "share adapted from, or assumed", "read as")


def main() -> int:
    """Print the page, write it, or check a sample against it."""
    knowledge = load(shipped_knowledge())
    if "--check" in sys.argv[1:]:
        return _checked(knowledge)
    found = measured(knowledge, DRAWN)
    if "--write" in sys.argv[1:]:
        FIGURES.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        PAGE.write_text(page(found), encoding="utf-8")
    print(page(found), *broken(found), sep="\n")
    return 0


def _checked(knowledge: KnowledgeBase) -> int:
    kept = json.loads(FIGURES.read_text("utf-8"))
    sample = measured(knowledge, SAMPLE)
    current = PAGE.read_text("utf-8") == page(kept)
    faults = [*broken(kept), *broken(sample), *drifted(sample, kept)]
    print("current" if current else f"{PAGE} is not current", *faults, sep="\n")
    return 0 if current and not faults else 1


if __name__ == "__main__":
    sys.exit(main())
