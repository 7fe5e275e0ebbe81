"""From one answer to the next prompt, over whole interviews: read, saved, planned and shown."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr
from pathlib import Path

from measure import PASSPHRASE, RUNS, Row, Section, folder, median_of

from screening.app.recorder import Recorder, Unsaved
from screening.app.sitting import TypedInterview
from screening.app.start_interview import begun
from screening.cli.terminal import Terminal
from screening.engines.applicable import with_harmless_rest
from screening.interview.conversation import Conversation
from screening.interview.planner import Ask, AskList, AskProgramme, Finish, Planner, Settle, Step
from screening.interview.session import Order, Session
from screening.interview.talk import Opening, Prompt
from screening.interview.ticks import typed_ticks
from screening.load import load, shipped_knowledge
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.records import Protection, Store, create_store

HURTS = ("gardening_floor_work", "sitting_slouched", "bend_forward")
BLOCK = 4096  # bytes: the least a disk writes


def sections() -> list[Section]:
    """Return the median and the 99th percentile, without records and with encrypted ones."""
    knowledge = load(shipped_knowledge())
    with folder() as home:
        flush = f"{BLOCK >> 10} KiB on disk {median_of(lambda: _flush(home / 'block')):.1f} ms"
        unsaved = sorted(t for _ in range(RUNS) for t in interview(knowledge, Unsaved()))
        with create_store(home / "records.db", Protection.PASSPHRASE, lambda: PASSPHRASE) as store:
            saved = sorted(t for n in range(RUNS) for t in _saved(knowledge, store, f"client-{n}"))
    rows = [*_rows("not saved", unsaved), *_rows("saved", saved, flush, "≤ 50 ms")]
    note = (
        "From Enter to the next prompt. Saved: each answer encrypted and on disk before the next "
        "question, in a store opened before. The longest is the first answer in a new store, when "
        "a copy of the knowledge is kept."
    )
    return [Section("Answer to next question", rows, note)]


def _rows(what: str, times: list[float], floor: str = "", budget: str = "") -> Iterator[Row]:
    spread = f"{times[0]:.1f} to {times[-1]:.1f}"
    median, most = times[len(times) // 2], times[int(len(times) * 0.99)]
    yield Row(f"{what}: p50 of {len(times)}", f"{median:.1f} ms", spread, floor=floor)
    yield Row(f"{what}: p99 of {len(times)}", f"{most:.1f} ms", spread, floor=floor, budget=budget)


def gardener(knowledge: KnowledgeBase) -> dict[str, Value]:
    """Return the answers of the reference case."""
    return with_harmless_rest(knowledge, dict.fromkeys(HURTS, "provokes"))


def interview(
    knowledge: KnowledgeBase, keeper: Recorder | Unsaved, session: Session | None = None
) -> list[float]:
    """Return the time from each answer of one interview to the next prompt, in milliseconds."""
    answers, planner, times = gardener(knowledge), Planner(knowledge), []
    with _no_screen():
        talk = Conversation(planner, Opening(session or Session()))
        sitting = TypedInterview(Terminal(), talk, keeper)
        turn = sitting.show(talk.begin())
        while isinstance(turn.next, Prompt):
            for line in _typed(planner.plan(talk.session).step, answers, knowledge):
                entered = time.perf_counter()
                turn = sitting.show(talk.reply(line))
                times.append((time.perf_counter() - entered) * 1000)
    return times[:-1]  # the last answer leads to no prompt


def _typed(step: Step, answers: Mapping[str, Value], knowledge: KnowledgeBase) -> list[str]:
    match step:
        case Ask(name):
            return [str(answers.get(name, knowledge.questions[name].harmless))]
        case AskList(_, names):
            items = tuple(knowledge.questions[name] for name in names)
            given = {one.id: answers.get(one.id, one.harmless) for one in items}
            return [typed_ticks(items, given)]
        case AskProgramme():
            return ["back squat", "deadlift", ""]
        case Settle():
            return ["keep"]
        case Finish():
            return []


def _saved(knowledge: KnowledgeBase, store: Store, client: str) -> list[float]:
    """Return the times of an interview that is recorded."""
    opening = begun(knowledge, store, client, Order.ADAPTIVE, None)
    with Recorder(store, knowledge, shipped_knowledge(), opening) as recorder:
        return interview(knowledge, recorder, opening.session)


@contextmanager
def _no_screen() -> Iterator[None]:
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stderr(nowhere):
        yield


def _flush(path: Path) -> None:
    """Write the least a disk writes, and wait until it is there."""
    with path.open("wb") as file:
        file.write(bytes(BLOCK))
        file.flush()
        os.fsync(file.fileno())
