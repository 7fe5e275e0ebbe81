"""One more answer, whatever applies: `python benchmarks/one_more.py [--rows N] [--write]`.

Rows of a table are drawn without regard to what applies, and then one answer more is given, and
one more. No answer may take a referral back or lower it, and no exercise may be suggested while
an emergency is open or there. Every row is concluded by columns and by the reference, the first
of each block by Experta too, and they must agree. Exits with 1 on anything else; `--write` puts
the counts into docs/reliability.md. 100,000 answers take half an hour on one processor.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks"), str(ROOT / "tests")]

from complete_clients import any_answer  # noqa: E402
from engine_list import column_outcomes  # noqa: E402
from run import machine, write  # noqa: E402
from tabulate import tabulate  # noqa: E402

from screening.compile import lower  # noqa: E402
from screening.engines.applicable import with_inapplicable  # noqa: E402
from screening.engines.columnar import ColumnarEngine, frame  # noqa: E402
from screening.engines.experta import ExpertaEngine  # noqa: E402
from screening.engines.reference import evaluate  # noqa: E402
from screening.follow import in_force  # noqa: E402
from screening.load import load, shipped_knowledge  # noqa: E402
from screening.model.case import Case, Outcome  # noqa: E402
from screening.model.circuit import Limits, Offers, Plans, Refers, Replaces  # noqa: E402
from screening.model.knowledge import KnowledgeBase  # noqa: E402
from screening.model.question import Value  # noqa: E402
from screening.model.rule import Head  # noqa: E402
from screening.model.vocabularies import Level, Strength, Truth, Verdict  # noqa: E402

PAGE = ROOT / "docs" / "reliability.md"
ANSWERS, EXPERTA = 100_000, 3_000
MORE = 20  # answers given after the first row of a chain
BLOCK = 25  # chains concluded at once
SHARES = (0.0, 0.3, 0.7, 1.0, 1.0)  # of the questions that are answered in the first row
HARMLESS = (0.0, 0.8, 0.95)  # of these that are answered harmlessly
DOING = 2  # exercises in each programme


class Row(NamedTuple):
    """A row, what OUT says of it, and the truths of the columns and of the reference."""

    case: Case
    level: Level
    suggests: bool
    columns: Outcome
    meant: Outcome


class Drawn:
    """Chains of rows, each with one answer more than the one before."""

    def __init__(self, knowledge: KnowledgeBase, seed: int) -> None:
        self.knowledge = knowledge
        self.chance = random.Random(seed)
        self.asked = [q for q in knowledge.questions.values() if q.derived is None]

    def chain(self) -> Iterator[Case]:
        """Yield a row and those with more answers; what applies is never looked at."""
        share, calm = self.chance.choice(SHARES), self.chance.choice(HARMLESS)
        doing = tuple(self.chance.sample(list(self.knowledge.exercises), DOING))
        every = self.chance.sample(self.asked, len(self.asked))
        first = min(max(1, round(share * len(every))), len(every) - MORE)
        answers: dict[str, Value] = {}
        for number, question in enumerate(every[: first + MORE]):
            mild = self.chance.random() < calm
            answers[question.id] = question.harmless if mild else any_answer(question, self.chance)
            if number >= first - 1:
                yield Case(dict(answers), doing)


def taken_back(before: Row, after: Row) -> Iterator[str]:
    """Yield what one more answer took back; nothing where all is well."""
    if after.level < before.level:
        yield f"{before.level.word} became {after.level.word}"
    for head, truth in before.meant.heads.items():
        if truth is Truth.TRUE and after.meant.heads[head] is not Truth.TRUE:
            yield f"{head.rule} fired, and does no more"


def too_early(knowledge: KnowledgeBase, row: Row) -> Iterator[str]:
    """Yield why a row that suggests an exercise must not; nothing where it may."""
    if not row.suggests:
        return
    counting = in_force(knowledge, row.case)
    answers = with_inapplicable(knowledge, counting)
    yield from (f"{one} is open" for one in knowledge.emergency_questions if one not in answers)
    for head, truth in row.meant.heads.items():
        urgent = knowledge.rules[head.rule].level(head.reading) >= Level.SAME_DAY
        if urgent and truth is not Truth.FALSE:
            yield f"{head.rule} is {truth.value}"


def suggestion(output: object) -> bool:
    """Tell whether an output is an exercise, or how much of it."""
    if isinstance(output, Plans):
        return output.verdict is not Verdict.AVOID
    return isinstance(output, Offers | Replaces | Limits)


class Count(NamedTuple):
    """How many rows, answers and Experta's rows there were, the levels, and what went wrong.

    `suggesting` counts the rows in which an exercise is suggested.
    """

    rows: int
    answers: int
    experta: int
    suggesting: int
    levels: Counter[Level]
    wrong: list[str]


class Trial:
    """The shipped knowledge, and every engine that concludes with it."""

    def __init__(self) -> None:
        self.knowledge = load(shipped_knowledge())
        self.columnar = ColumnarEngine(self.knowledge)
        self.experta = ExpertaEngine(lower(self.knowledge))

    def block(self, seed: int, sampled: int) -> Count:
        """Return what came of a block of chains; the first rows are Experta's too."""
        drawn = Drawn(self.knowledge, seed)
        chains = [[*drawn.chain()] for _ in range(BLOCK)]
        rows = self.rows([case for chain in chains for case in chain])
        wrong = [*self.different(rows, sampled)]
        wrong += [said for row in rows for said in too_early(self.knowledge, row)]
        left = iter(rows)
        for chain in chains:
            mine = [*itertools.islice(left, len(chain))]
            wrong += [said for pair in itertools.pairwise(mine) for said in taken_back(*pair)]
        levels = Counter(row.level for row in rows)
        named = [f"seed {seed}: {said}" for said in wrong]
        suggesting = sum(row.suggests for row in rows)
        answers, sampled = len(rows) - BLOCK, min(sampled, len(rows))
        return Count(len(rows), answers, sampled, suggesting, levels, named)

    def rows(self, cases: list[Case]) -> list[Row]:
        """Return what the columns and the reference say of each case."""
        sheets: list[Mapping[str, Value]] = [case.answers for case in cases]
        outputs = self.columnar.circuit.outputs
        levels = {
            out.level: str(at.when) for out, at in outputs.items() if isinstance(out, Refers)
        }
        suggests = {str(at.when) for out, at in outputs.items() if suggestion(out)}
        wanted = sorted(map(int, {*levels.values(), *suggests}))
        answers = frame(self.knowledge, sheets)
        worked = self.columnar.gates(answers.lazy(), wanted).collect().iter_rows(named=True)
        truths = column_outcomes(self.columnar, sheets)
        return [
            Row(
                case,
                max((level for level, at in levels.items() if row[at]), default=Level.NONE),
                any(row[at] for at in suggests),
                mine,
                evaluate(self.knowledge, in_force(self.knowledge, case)),
            )
            for case, row, mine in zip(cases, worked, truths, strict=True)
        ]

    def different(self, rows: list[Row], sampled: int) -> Iterator[str]:
        """Yield where an engine differs from the reference."""
        for row in rows:
            if _truths(row.columns) != _truths(row.meant):
                yield "the columnar engine differs"
        for row in rows[:sampled]:
            read = with_inapplicable(self.knowledge, in_force(self.knowledge, row.case))
            if _truths(self.experta.conclude(read)) != _truths(row.meant):
                yield "Experta differs"


def _truths(outcome: Outcome) -> tuple[Mapping[Head, Truth], Mapping[tuple[str, Strength], Truth]]:
    return dict(outcome.heads), dict(outcome.findings)


def added(parts: list[Count]) -> Count:
    """Return the counts added up."""
    return Count(
        sum(one.rows for one in parts),
        sum(one.answers for one in parts),
        sum(one.experta for one in parts),
        sum(one.suggesting for one in parts),
        sum((one.levels for one in parts), Counter()),
        [text for one in parts for text in one.wrong],
    )


def page(found: Count, first: int, last: int) -> str:
    """Return what was found, as Markdown."""
    shares = ", ".join(f"{n / found.rows:.0%} {at.word}" for at, n in sorted(found.levels.items()))
    rows = (
        ("answers given in addition", f"{found.answers:,}"),
        ("rows, columnar = reference", f"{found.rows:,}"),
        ("of these, Experta = reference", f"{found.experta:,}"),
        ("referrals taken back or lowered, exercise too early, differences", len(found.wrong)),
        ("rows with an exercise suggested", f"{found.suggesting:,}"),
        ("levels", shares),
        ("seeds", f"{first} to {last}"),
    )
    return tabulate(rows, ("what", "found"), tablefmt="github", disable_numparse=True)


def main() -> int:
    """Draw, compare, print, and write when asked; return the exit code."""
    parser = argparse.ArgumentParser(description="Give one more answer, whatever applies.")
    parser.add_argument("--rows", type=int, default=ANSWERS, help="answers to give in addition")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    trial, parts, text = Trial(), [Count(0, 0, 0, 0, Counter(), [])], ""
    found = parts[0]
    count = -(-options.rows // (BLOCK * MORE))
    for number in range(count):
        sampled = -(-min(EXPERTA, options.rows) // count)
        parts.append(trial.block(options.seed + number, sampled))
        found = added(parts)
        text = page(found, options.seed, options.seed + number)
        sys.stderr.write(f"{found.answers:,} answers, {len(found.wrong)} wrong\n")
        if options.write:  # so far: whoever breaks it off keeps what was found
            write("one-more", f"{text}\n\n{machine().split(';')[0]}.*", PAGE)
    print(*found.wrong[:20], sep="\n")
    print(text)
    return int(bool(found.wrong))


if __name__ == "__main__":
    sys.exit(main())
