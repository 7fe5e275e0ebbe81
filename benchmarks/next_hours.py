"""Look at every session of thousands: `python benchmarks/next_hours.py [--clients N] [--write]`.

Clients who answered everything are drawn from a seed (the same every time, or `--seed`), and each
gets a session of three lengths in three places. What is wrong with any is printed, and the exit is
1. `--write` puts what was found into docs/reliability.md.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks")]

from complete_clients import complete_clients  # noqa: E402
from reliability import PAGE  # noqa: E402
from run import machine, write  # noqa: E402
from session_faults import as_bytes, faults, left_out_faults  # noqa: E402
from tabulate import tabulate  # noqa: E402

from screening.assess import Assessor  # noqa: E402
from screening.draw.gallery import by_what_they_show, figures_of  # noqa: E402
from screening.load import load, shipped_knowledge  # noqa: E402
from screening.model.case import Case  # noqa: E402
from screening.model.session import Place, Planning, SessionInputs  # noqa: E402
from screening.session import SessionFacts, build_session, facts_of  # noqa: E402

SEED = 20261130
LENGTHS = (30, 45, 60)
KINDS = tuple(itertools.product(LENGTHS, Place))
AT_ONCE = 20  # clients of one worker
SHOWN = 20
EVERY = 9  # clients of whom one has everything left out: of each kind that takes turns


@dataclass
class Tally:
    """What was looked at, and what was wrong."""

    counted: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take in what another has found."""
        self.counted.update(other.counted)
        self.wrong += other.wrong


@cache
def assessor() -> Assessor:
    """Return the assessor of this process."""
    return Assessor(load(shipped_knowledge()))


@cache
def drawn() -> frozenset[str]:
    """Return the exercises that have a figure."""
    return frozenset(by_what_they_show(figures_of(assessor().knowledge)))


def look(seeds: range) -> Tally:
    """Return what is found in all sessions of some clients."""
    tally, concluding = Tally(), assessor()
    for seed, case in zip(seeds, complete_clients(concluding.knowledge, seeds), strict=True):
        facts = facts_of(case, concluding, SessionInputs())
        again = _turned(case, concluding)
        tally.counted["clients"] += 1
        for minutes, place in KINDS:
            inputs = SessionInputs(minutes, place)
            here = replace(facts, inputs=inputs)
            found = _one(here, replace(again, inputs=inputs), tally)
            if seed % EVERY == 0 and inputs == SessionInputs(place=[*Place][seed // EVERY % 3]):
                found += _emptied(here, tally)
            tally.wrong += [f"{seed}, {minutes} min, {place.value}: {one}" for one in found]
    return tally


def _turned(case: Case, concluding: Assessor) -> SessionFacts:
    """Return the facts of the same client, who answered in the opposite order."""
    answers = dict(reversed([*case.answers.items()]))
    everything = replace(case, answers=answers, programme=tuple(concluding.knowledge.exercises))
    made = concluding.preview(everything)
    return SessionFacts.of(concluding.knowledge, made, case.programme, SessionInputs())


def _one(facts: SessionFacts, again: SessionFacts, tally: Tally) -> list[str]:
    """Return what is wrong with one session; count what is in it."""
    session = build_session(facts)
    found = [*faults(facts, session)]
    if as_bytes(facts, session) != as_bytes(again, build_session(again)):
        found.append("R15: the same answers in another order give another session")
    count = tally.counted
    count["sessions"] += 1
    count[session.status.value] += 1
    count["exercises"] += len(session.items)
    count["alternatives"] += sum(one.instead is not None for one in session.items)
    count["figures"] += sum(not one.changed and one.exercise in drawn() for one in session.items)
    count["offers said to be left out"] += len(session.unfilled)
    return found


def _emptied(facts: SessionFacts, tally: Tally) -> list[str]:
    """Return what is wrong while exercises are left out one by one, until nothing is left."""
    session = build_session(facts)
    if session.status is not Planning.PLANNED:
        return []
    many, wrong = left_out_faults(facts, session)
    tally.counted["left out one by one"] += many
    return wrong


def page(tally: Tally) -> str:
    """Return what was found, as Markdown."""
    count = tally.counted
    share = f"{100 * count['figures'] / max(1, count['exercises']):.0f} %"
    rows = [
        ("clients, each in three places and three lengths", f"{count['clients']:,}"),
        ("sessions", f"{count['sessions']:,}"),
        ("of these planned", f"{count['planned']:,}"),
        ("walking only", f"{count['walking_only']:,}"),
        ("withheld", f"{count['withheld']:,}"),
        ("exercises in them", f"{count['exercises']:,}"),
        ("with an alternative; the others say “leave it out”", f"{count['alternatives']:,}"),
        ("with a figure; the others say that they have none", share),
        (
            "offers that are said not to be in the session",
            f"{count['offers said to be left out']:,}",
        ),
        (
            "exercises left out one by one, until nothing was left",
            f"{count['left out one by one']:,}",
        ),
        ("faults", f"{len(tally.wrong):,}"),
    ]
    return tabulate(rows, ("what", "found"), tablefmt="github", disable_numparse=True)


def main() -> None:
    """Print what was found; exit 1 for any fault."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--clients", type=int, default=2_000)
    asked.add_argument("--seed", type=int, default=SEED, help="the first client drawn")
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--write", action="store_true")
    wish = asked.parse_args()
    last = wish.seed + wish.clients
    parts = [range(at, min(at + AT_ONCE, last)) for at in range(wish.seed, last, AT_ONCE)]
    whole = Tally()
    with ProcessPoolExecutor(wish.workers) as pool:
        for part in pool.map(look, parts):
            whole.add(part)
            print(f"{whole.counted['clients']:,} clients, {len(whole.wrong)} faults", flush=True)
    print(page(whole))
    print("\n".join(whole.wrong[:SHOWN]))
    if wish.write:
        write("next-hours", f"{page(whole)}\n\n{machine().partition(';')[0]}.*", PAGE)
    sys.exit(bool(whole.wrong))


if __name__ == "__main__":
    main()
