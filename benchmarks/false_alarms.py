"""How often clients without any serious cause are referred, and how long their interview is.

`python benchmarks/false_alarms.py [--write | --check]` simulates the clients of `population.py`;
`--write` puts the tables into docs/false-alarms.md; `--check` exits 1 when they differ from it, or
when a budget is not kept. Fixed seed: the same tables every time.
"""

from __future__ import annotations

import random
import statistics
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import polars as pl  # noqa: E402
from population import FACTS, PATTERNS, client  # noqa: E402
from simulated_clients import interviewed  # noqa: E402
from tabulate import tabulate  # noqa: E402

from screening.engines.applicable import applies, summed_up  # noqa: E402
from screening.engines.columnar import ColumnarEngine, frame  # noqa: E402
from screening.interview.planner import Ask, Planner  # noqa: E402
from screening.interview.session import Order  # noqa: E402
from screening.load import load, shipped_knowledge  # noqa: E402
from screening.model.circuit import Behind, Circuit, Refers  # noqa: E402
from screening.model.vocabularies import Level, Truth, Unknown  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from screening.model.knowledge import KnowledgeBase
    from screening.model.question import Value

PAGE = ROOT / "docs" / "false-alarms.md"
SEED = 20261122
CLIENTS = 10_000
FEWER = 2_000
LOW = "low risk"
INTERVIEWS = 100
UNKNOWN_SHARES = (0.01, 0.03)
BUDGET_REFERRED, BUDGET_ASKED, BUDGET_EMERGENCY = 10.0, 50, 13


TEXT = """\
# False alarms and length of the interview

Written by `python benchmarks/false_alarms.py --write`.

This is a simulation, not a study: nobody has counted these answers in trainers' clients. Every
client drawn has ordinary pain, so each referral within days or sooner counts as a false alarm.
*Low risk* is under 65 with no known cancer, thin bones, long-term steroid tablets, weak immune
system, pregnancy or accident; *mixed* has those risks at the shares below. Shares marked *assumed*
are estimates: change them in `benchmarks/population.py` and run it again.

## How many are referred

{levels}

Budget: at most {budget:.0f} % of low-risk clients within days or sooner. For comparison: in a
primary-care cohort 80.4 % had at least one warning sign and 0.9 % something serious (Henschke09).

## Which rules cost most

Share of low-risk clients each rule refers, and of those it alone refers within days or sooner.

{rules}

## How long the interview is

{lengths}

## What was assumed

Seed {seed}. Answers are drawn one by one and, except where a row says so, independently. In life
weak signs come together, so real clients with none and with several are both more frequent. The
levels are those of the columnar engine on all answers; lengths are from the real planner.

{assumed}
"""


class Tally(NamedTuple):
    """What became of the clients: levels, and per rule how many it referred, alone and in all."""

    clients: int
    levels: Counter[Level]
    made: Counter[tuple[str, Level]]
    alone: Counter[str]

    def share(self, level: Level) -> float:
        """Return the share of clients at a level or above, in percent."""
        return 100 * sum(n for at, n in self.levels.items() if at >= level) / self.clients


def sheet(
    knowledge: KnowledgeBase, drawn: Mapping[str, Value], rng: random.Random, unknown: float
) -> dict[str, Value]:
    """Return a complete answer sheet: drawn answers, else harmless ones, some not known.

    Emergency questions are always answered: they are asked twice, the second time with the card.
    """
    answers: dict[str, Value] = {}
    for question in knowledge.questions.values():
        answers[question.id] = drawn.get(question.id, question.harmless)
        spared = question.safety is Level.EMERGENCY or question.id in {"age", "sex"}
        if not spared and rng.random() < unknown:
            answers[question.id] = Unknown.DONT_KNOW
    for question in knowledge.summing_questions:
        if answers[question.id] is not Unknown.DONT_KNOW:
            answers[question.id] = summed_up(knowledge, question, answers) or question.harmless
    return answers


def asked_only(knowledge: KnowledgeBase, answers: Mapping[str, Value]) -> dict[str, Value]:
    """Return the answers to the questions that apply, as an interview would collect them."""
    read: dict[str, Value] = {}
    for question in knowledge.questions.values():
        skipped = applies(knowledge, question, read) is Truth.FALSE
        read[question.id] = Unknown.NOT_APPLICABLE if skipped else answers[question.id]
    return {name: value for name, value in read.items() if value is not Unknown.NOT_APPLICABLE}


def simulated(
    engine: ColumnarEngine, clients: int, unknown: float, *, low_risk: bool = True
) -> Tally:
    """Draw so many clients, and conclude them."""
    knowledge, rng = engine.knowledge, random.Random(SEED)
    drawn = (client(rng, low_risk=low_risk) for _ in range(clients))
    return concluded(
        engine, (asked_only(knowledge, sheet(knowledge, one, rng, unknown)) for one in drawn)
    )


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
    highest = [
        pl.any_horizontal(worked[str(wire)] for _, wire in rules) * int(level)
        for level, rules in referring.items()
        if rules
    ]
    levels = worked.select(pl.max_horizontal(highest)).to_series()
    return Tally(
        worked.height,
        Counter(Level(level) for level in levels),
        Counter({key: count for key, fires in made.items() if (count := fires.sum())}),
        alone,
    )


def lengths(knowledge: KnowledgeBase) -> tuple[list[int], list[int]]:
    """Return how many questions, and how many emergency prompts, each of 100 clients is asked.

    Clients who are referred the same day or at once are drawn again: their interview is shorter.
    """
    rng = random.Random(SEED)
    planner = Planner(knowledge)
    emergency = knowledge.questions[knowledge.emergency_questions[0]].topic
    asked: list[int] = []
    first: list[int] = []
    while len(asked) < INTERVIEWS:
        _, plans = interviewed(
            planner,
            sheet(knowledge, client(rng, low_risk=True), rng, 0.0),
            Order.ADAPTIVE,
            ("back_squat",),
        )
        if plans[-1].level < Level.SAME_DAY:
            steps = [plan.step.question for plan in plans if isinstance(plan.step, Ask)]
            asked.append(len(steps))
            first.append(sum(knowledge.questions[s].topic == emergency for s in steps))
    return asked, first


class Found(NamedTuple):
    """What was simulated: tallies by population, and the lengths of interviews."""

    tallies: Mapping[str, Tally]
    asked: list[int]
    first: list[int]


def measured(knowledge: KnowledgeBase) -> Found:
    """Simulate everything."""
    engine = ColumnarEngine(knowledge)
    tallies = {
        LOW: simulated(engine, CLIENTS, 0.0),
        "mixed": simulated(engine, CLIENTS, 0.0, low_risk=False),
        **{
            f"{LOW}, {unknown:.0%} of answers not known": simulated(engine, FEWER, unknown)
            for unknown in UNKNOWN_SHARES
        },
    }
    return Found(tallies, *lengths(knowledge))


def broken(found: Found) -> Iterator[str]:
    """Yield each budget that is not kept."""
    share = found.tallies[LOW].share(Level.WITHIN_DAYS)
    if share > BUDGET_REFERRED:
        yield f"{share:.1f} % of low-risk clients are referred within days or sooner"
    if statistics.median(found.asked) > BUDGET_ASKED:
        yield f"a median of {statistics.median(found.asked)} questions is asked"
    if statistics.median(found.first) > BUDGET_EMERGENCY:
        yield f"the emergency part takes {statistics.median(found.first)} prompts"


def page(found: Found) -> str:
    """Return the page."""
    return TEXT.format(
        levels=_levels(found.tallies),
        budget=BUDGET_REFERRED,
        rules=_rules(found.tallies[LOW]),
        lengths=_lengths(found.asked, found.first),
        seed=SEED,
        assumed=_assumed(),
    )


def _levels(tallies: Mapping[str, Tally]) -> str:
    rows = [
        (
            f"{t.clients:,} {who}",
            *(f"{t.share(level):.1f} %" for level in (Level.WITHIN_DAYS, Level.SAME_DAY)),
            f"{t.share(Level.ROUTINE) - t.share(Level.WITHIN_DAYS):.1f} %",
            f"{t.share(Level.MONITOR) - t.share(Level.ROUTINE):.1f} %",
        )
        for who, t in tallies.items()
    ]
    heads = ("clients", "within days or sooner", "of these same day or now")
    return tabulate(rows, (*heads, "routine", "monitor"), tablefmt="github")


def _rules(tally: Tally) -> str:
    rows = [
        (rule, level.word, f"{100 * n / tally.clients:.2f} %", _alone(tally, rule, level))
        for (rule, level), n in sorted(tally.made.items(), key=lambda m: (-m[1], m[0]))
        if level >= Level.ROUTINE
    ]
    return tabulate(rows, ("rule", "level", "refers", "alone"), tablefmt="github")


def _alone(tally: Tally, rule: str, level: Level) -> str:
    early = level >= Level.WITHIN_DAYS
    return f"{100 * tally.alone[rule] / tally.clients:.2f} %" if early else ""


def _lengths(asked: list[int], first: list[int]) -> str:
    tenths = statistics.quantiles(asked, n=10)
    rows = [
        ("questions asked", min(asked), f"{tenths[0]:.0f}", statistics.median(asked),
         f"{tenths[8]:.0f}", max(asked), f"{BUDGET_ASKED} (typical)"),
        ("emergency prompts", min(first), "", statistics.median(first), "", max(first),
         BUDGET_EMERGENCY),
    ]  # fmt: skip
    heads = (f"of {INTERVIEWS} clients", "least", "10 %", "median", "90 %", "most", "budget")
    within = sum(n <= BUDGET_ASKED for n in asked) / len(asked)
    return tabulate(rows, heads, tablefmt="github") + (
        f"\n\n{within:.0%} are asked at most {BUDGET_ASKED} questions."
    )


def _assumed() -> str:
    rows = [(f.question, f.share + (" (mixed only)" if f.risk else ""), f.basis) for f in FACTS]
    moves = [
        (", ".join(f"{k}: {v}" for k, v in moves.items()), f"{share:.0%}", "assumed")
        for share, moves in PATTERNS
    ]
    heads = ("question", "share", "basis")
    return tabulate([*rows, *moves], heads, tablefmt="github")


def main() -> int:
    """Print the page, write it, or compare it."""
    found = measured(load(shipped_knowledge()))
    text = page(found)
    if "--write" in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")
    if "--check" not in sys.argv[1:]:
        print(text)
        return 0
    current = PAGE.read_text(encoding="utf-8") == text
    print("current" if current else f"{PAGE} is not current", *broken(found), sep="\n")
    return 0 if current and not [*broken(found)] else 1


if __name__ == "__main__":
    sys.exit(main())
