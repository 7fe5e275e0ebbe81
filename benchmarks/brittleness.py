"""How much of a plan turns on one answer about a movement: `docs/brittleness.md`.

    python benchmarks/brittleness.py [--clients N] [--write]

People are drawn as for the false alarms. Of everybody who is given a plan each answer about a
movement is said otherwise, and the plan is made again. Two figures count:

* how many such answers give a left-out exercise back (*keep*) although two other movements of
  that direction still bring the pain on (not two that are only held long). What was said of that
  very exercise does not count: one that was tried and does not hurt is kept. It must be 0.
* how many change the verdict on more than a third of the programme. Less than a tenth may.
"""

from __future__ import annotations

import argparse
import itertools
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from false_alarms import ROOT, asked_only, sheet, table, without_doubt
from scenarios import people

from screening.engines.columnar import ColumnarEngine, frame
from screening.load import load, shipped_knowledge
from screening.model.circuit import Blocks, LeavesLight, Plans
from screening.model.vocabularies import Effect, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from screening.model.knowledge import KnowledgeBase
    from screening.model.question import Value

    Plan = Mapping[str, Verdict]

PAGE = ROOT / "docs" / "brittleness.md"
SEED = 20261130
CLIENTS = 300
PROGRAMME = 9  # exercises of a client's own programme, drawn from the catalogue
DIRECTIONS = ("flexion", "extension", "rotation")
TOGETHER = 2000  # clients concluded at once
HELD = "sustained"
STILL = 2  # other movements of the direction that still bring the pain on
SAID = (*Effect.PROVOKE.answers, *Effect.RELIEVE.answers, "no_effect")
HURTS = Effect.PROVOKE.answers[0]
MOST = 10.0  # per cent of flips that may change more than a third

GIVES_BACK = (
    "gives a left-out exercise back although two other movements of its direction still bring "
    "the pain on"
)
TEXT = """\
# How much turns on one answer

Written by `python benchmarks/brittleness.py --write`.

People answer questions about movements by memory, and one answer may be odd. Here each answer
about a movement of {clients:,} simulated clients who are given a plan is said otherwise, one at a
time ({flips:,} times in all), and the plan is made again: with nine exercises drawn from the
catalogue as the client's programme. The people are those of [false alarms](false-alarms.md), of
central shares and all risks; like there, this is a simulation and no study.

{figures}

What was said of an exercise itself does not count in the first line: one that was tried and does
not hurt is kept, whatever else hurts. Nor do two postures that hurt only when held for long: they
ask for breaks, and leave nothing out.

## Which answers change most

Share of the times an answer was said otherwise that changed more than a third.

{worst}

## What is not measured

Nothing here says that the plan is right; only that it does not hang on a thread. Two odd answers
at once are not tried, nor answers that are not known. Seed {seed}.
"""


@dataclass(frozen=True, slots=True)
class Flip:
    """One client with one answer about a movement said otherwise; `of` numbers the client."""

    of: int
    movement: str
    before: str
    now: str
    eases: bool  # it hurts less now, and two others of its direction still bring the pain on
    answers: Mapping[str, Value]


@dataclass
class Brittle:
    """What was found."""

    clients: int = 0
    eased: int = 0
    freed: list[tuple[str, str, str, str]] = field(default_factory=list)
    tried: Counter[str] = field(default_factory=Counter)
    jumped: Counter[str] = field(default_factory=Counter)


def measured(knowledge: KnowledgeBase, clients: int) -> Brittle:
    """Return how brittle the plans of so many simulated clients are."""
    engine, rng, found = ColumnarEngine(knowledge), random.Random(SEED), Brittle()
    drawn = itertools.islice(people("everybody", rng), clients)
    sheets = [sheet(knowledge, who.answers, rng) for who in drawn]
    plans = verdicts(engine, [asked_only(knowledge, one) for one in sheets])
    programmes = [rng.sample(sorted(knowledge.exercises), PROGRAMME) for _ in sheets]
    planned = [n for n, plan in enumerate(plans) if plan is not None]
    found.clients = len(planned)
    flips = [one for n in planned for one in flipped(knowledge, n, sheets[n])]
    for at in range(0, len(flips), TOGETHER):
        some = flips[at : at + TOGETHER]
        for flip, after in zip(some, verdicts(engine, [one.answers for one in some]), strict=True):
            before = plans[flip.of]
            if before is not None and after is not None:
                found.tried[flip.movement] += 1
                freed = next(freed_by(knowledge, flip.movement, before, after), "")
                found.eased += flip.eases
                if flip.eases and freed:
                    found.freed.append((flip.movement, flip.before, flip.now, freed))
                changed = sum(before.get(name) != after.get(name) for name in programmes[flip.of])
                found.jumped[flip.movement] += changed * 3 > PROGRAMME
    return found


def flipped(knowledge: KnowledgeBase, of: int, whole: Mapping[str, Value]) -> Iterator[Flip]:
    """Yield the client with each answer about a movement said otherwise; `whole` is all said."""
    answers = asked_only(knowledge, whole)
    groups = [knowledge.members[name] for name in DIRECTIONS]
    for question in knowledge.questions.values():
        said = answers.get(question.id)
        if not question.is_movement or said not in SAID:
            continue
        near = [{*group} - {question.id} for group in groups if question.id in group]
        still = any(hurts_still(knowledge, group, answers) for group in near)
        for now in SAID:
            if now != said:
                eases = still and now != HURTS
                changed = without_doubt(knowledge, {**whole, question.id: now})
                yield Flip(of, question.id, str(said), now, eases, asked_only(knowledge, changed))


def hurts_still(
    knowledge: KnowledgeBase, group: Iterable[str], answers: Mapping[str, Value]
) -> bool:
    """Tell whether two of a group bring the pain on, and not only postures that are held long."""
    hurting = {name for name in group if answers.get(name) == HURTS}
    return len(hurting) >= STILL and not hurting <= {*knowledge.members[HELD]}


def verdicts(
    engine: ColumnarEngine, sheets: Iterable[Mapping[str, Value]]
) -> list[dict[str, Verdict] | None]:
    """Return the verdict on each exercise for each client; None where nothing is planned."""
    outputs = engine.circuit.outputs
    held = [outputs[one].when for one in (Blocks(), LeavesLight()) if one in outputs]
    plans = {
        name: {at: outputs[Plans(name, at)].when for at in Verdict if Plans(name, at) in outputs}
        for name in engine.knowledge.exercises
    }
    wanted = {*held, *(wire for one in plans.values() for wire in one.values())}
    worked = engine.gates(frame(engine.knowledge, sheets).lazy(), wanted).collect()
    return [_plan(row, held, plans) for row in worked.iter_rows(named=True)]


def _plan(
    row: Mapping[str, bool], held: Iterable[int], plans: Mapping[str, Mapping[Verdict, int]]
) -> dict[str, Verdict] | None:
    if any(row[str(wire)] for wire in held):
        return None
    return {
        name: at for name, wires in plans.items() for at, wire in wires.items() if row[str(wire)]
    }


def freed_by(knowledge: KnowledgeBase, movement: str, before: Plan, after: Plan) -> Iterator[str]:
    """Yield the exercises that were left out and are kept, but for the very movement."""
    for name, at in sorted(before.items()):
        own = knowledge.exercises[name].performed_as == movement
        if at is Verdict.AVOID and after.get(name) is Verdict.KEEP and not own:
            yield name


def page(found: Brittle) -> str:
    """Return the page."""
    rows = sorted(found.jumped, key=lambda name: (-found.jumped[name] / found.tried[name], name))
    worst = table(
        [
            (name, found.tried[name], f"{100 * found.jumped[name] / found.tried[name]:.0f} %")
            for name in rows[:12]
        ],
        "answer about", "times", "changes more than a third",
    )  # fmt: skip
    flips, eased, freed = found.tried.total(), found.eased, len(found.freed)
    figures = table(
        [
            (GIVES_BACK,
             f"{freed} of {eased:,} ({100 * freed / max(1, eased):.2f} %)", 0),
            ("changes the verdict on more than a third of the programme",
             f"{found.jumped.total():,} of {flips:,} ({jump_share(found):.1f} %)",
             f"under {MOST:.0f} %"),
        ],
        "what one other answer does", "found", "wanted",
    )  # fmt: skip
    return TEXT.format(clients=found.clients, flips=flips, figures=figures, worst=worst, seed=SEED)


def jump_share(found: Brittle) -> float:
    """Return how many flips change more than a third of the programme, in per cent."""
    return 100 * found.jumped.total() / max(1, found.tried.total())


def main() -> int:
    """Print the page, or write it; 1 when a figure is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--write", action="store_true")
    said = parser.parse_args()
    found = measured(load(shipped_knowledge()), said.clients)
    if said.write:
        PAGE.write_text(page(found), encoding="utf-8")
    print(page(found))
    for one, count in Counter(found.freed).most_common(20):
        print(f"{count} times: {one[0]} from {one[1]} to {one[2]} gives back {one[3]}")
    return int(bool(found.freed) or jump_share(found) >= MOST)


if __name__ == "__main__":
    raise SystemExit(main())
