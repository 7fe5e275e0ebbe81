"""Bad weather on real files and processes, as often as wanted; each returns what came of it.

The suite runs a few of each, `benchmarks/reliability.py` all that docs/reliability.md tells of.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import stores

from screening.errors import RecordsError
from screening.records import (
    Store,
    add_client,
    start_case,
)
from screening.records.event import Event
from screening.records.verifying import verify_ledger, verify_store

WRITER = Path(__file__).with_name("event_writer.py")
SECTOR = 512  # bytes that a disk writes at once


@dataclass(slots=True)
class Toll:
    """What came of it: saved events looked for, lost, read otherwise, and stores refused."""

    tried: int = 0
    saved: int = 0
    lost: int = 0
    wrong: int = 0
    refused: int = 0
    unseen: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing saved was lost, and nothing was taken for what it is not."""
        return not (self.lost or self.wrong or self.unseen)


def writer(path: Path, case: str, count: int, *more: str) -> subprocess.Popen[str]:
    """Start a process that writes events."""
    words = [sys.executable, str(WRITER), str(path), case, str(count), *more]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


Heads = list[tuple[int, str]]


def ended(process: subprocess.Popen[str], before: str = "") -> tuple[Heads, str, int]:
    """Return what a process said it saved, its complaint, and its exit code.

    A last line that was cut off was not said.
    """
    out, complaint = process.communicate()
    said = before + out
    lines = said[: said.rfind("\n") + 1].splitlines()
    heads = [(int(number), digest) for number, digest in map(str.split, lines)]
    return heads, complaint, process.returncode


def killed(path: Path, rounds: int, dice: random.Random) -> Toll:
    """Kill a writer with -9 at random points, and look for all it said it had saved."""
    toll = Toll()
    for _ in range(rounds):
        with stores.reopen(path) if path.exists() else stores.make(path) as store:
            case = stores.a_case(store, answers=0)
        process = writer(path, case, 100_000)
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(dice.random() * 0.15)
        process.send_signal(signal.SIGKILL)
        said, _, _ = ended(process, first)
        with stores.reopen(path) as store:
            _count(toll, store, case, said)
    return toll


def _count(toll: Toll, store: Store, case: str, said: Heads) -> None:
    """Look for events by the digest that was said when they were saved."""
    toll.tried += 1
    toll.saved += len(said)
    found = {one.number: one.head.digest for one in store.events(case)}
    toll.lost += sum(number not in found for number, _ in said)
    toll.wrong += sum(found.get(number, digest) != digest for number, digest in said)
    checked = verify_ledger(store, case, [digest for _, digest in said])
    toll.wrong += bool(checked.bad)
    toll.lost += len(checked.missing)


@dataclass(frozen=True, slots=True)
class State:
    """The bytes of a store's files right after an event was saved, and the events by then."""

    main: bytes
    log: bytes
    events: tuple[Event, ...]
    digest: str


def states(path: Path, count: int, *, checkpoint: int = 12) -> tuple[str, list[State]]:
    """Save events one by one; return the case, and the files after each of them."""
    found: list[State] = []
    with stores.make(path) as store:
        store.connection.execute(f"PRAGMA wal_autocheckpoint = {checkpoint}")
        case = start_case(store, add_client(store), stores.STARTED)
        for number in range(count):
            store.append(case, stores.answer(number))
            events = tuple(one.event for one in store.events(case))
            log = path.with_name(f"{path.name}-wal").read_bytes()
            found.append(State(path.read_bytes(), log, events, store.head(case).digest))
    return case, found


def put(path: Path, main: bytes, log: bytes) -> None:
    """Leave the files of a store as a power cut would."""
    shutil.rmtree(path.parent, ignore_errors=True)
    path.parent.mkdir()
    path.write_bytes(main)
    path.with_name(f"{path.name}-wal").write_bytes(log)


def torn(before: bytes, after: bytes, dice: random.Random) -> bytes:
    """Return bytes of which any of the sectors that changed are written, in any order."""
    raw = bytearray(before.ljust(len(after), b"\0"))
    for start in range(0, len(after), SECTOR):
        if dice.random() < 0.5:
            raw[start : start + SECTOR] = after[start : start + SECTOR]
    return bytes(raw[: dice.choice((len(before), len(after), len(raw)))])


def power_cuts(folder: Path, tries: int, dice: random.Random) -> Toll:
    """Cut the power while an event is saved: of what was not synced, any sectors are written."""
    toll = Toll()
    case, found = states(folder / "source" / "records.db", 40)
    path = folder / "cut" / "records.db"
    for _ in range(tries):
        place = dice.randrange(len(found) - 1)
        before, after = found[place], found[place + 1]
        if dice.random() < 0.5:
            put(path, before.main, torn(before.log, after.log, dice))
        else:  # the log is synced before its pages are moved
            put(path, torn(before.main, after.main, dice), after.log)
        toll.tried += 1
        toll.saved += len(before.events)
        with stores.reopen(path) as store:
            events = tuple(one.event for one in store.events(case))
            toll.lost += max(0, len(before.events) - len(events))
            toll.wrong += events not in (before.events, after.events)
            toll.wrong += bool(verify_store(store).bad)
    return toll


def damage(folder: Path, tries: int, dice: random.Random, harm: Harm) -> Toll:
    """Harm the synced files of a store: events are as they were, fewer, or refused by name.

    Fewer events must show against the head digest that was printed.
    """
    toll = Toll()
    case, found = states(folder / "source" / "records.db", 40)
    path = folder / "harmed" / "records.db"
    for _ in range(tries):
        state = dice.choice(found)
        put(path, *harm(state, dice))
        toll.tried += 1
        try:
            with stores.reopen(path) as store:
                events = tuple(one.event for one in store.events(case))
                checked = verify_store(store, [state.digest])
        except RecordsError:
            toll.refused += 1
            continue
        toll.wrong += events != state.events[: len(events)]
        toll.unseen += len(events) < len(state.events) and not (checked.missing or checked.bad)
        toll.refused += bool(checked.bad or checked.missing)
    return toll


Harm = Callable[[State, random.Random], tuple[bytes, bytes]]


def cut_log(state: State, dice: random.Random) -> tuple[bytes, bytes]:
    """End the log at any byte."""
    return state.main, state.log[: dice.randrange(len(state.log) + 1)]


def cut_file(state: State, dice: random.Random) -> tuple[bytes, bytes]:
    """End the file at any byte."""
    return state.main[: dice.randrange(len(state.main))], state.log


def swapped_sectors(state: State, dice: random.Random) -> tuple[bytes, bytes]:
    """Swap two sectors of the log."""
    raw = bytearray(state.log)
    if len(raw) > 2 * SECTOR:
        one, two = (dice.randrange(len(raw) // SECTOR) * SECTOR for _ in range(2))
        raw[one : one + SECTOR], raw[two : two + SECTOR] = (
            raw[two : two + SECTOR],
            raw[one : one + SECTOR],
        )
    return state.main, bytes(raw)


def flipped_bit(state: State, dice: random.Random) -> tuple[bytes, bytes]:
    """Flip one bit of the file or of the log."""
    both = bytearray(state.main + state.log)
    both[dice.randrange(len(both))] ^= 1 << dice.randrange(8)
    return bytes(both[: len(state.main)]), bytes(both[len(state.main) :])


def garbage_page(state: State, dice: random.Random) -> tuple[bytes, bytes]:
    """Fill one page of the file with noise."""
    raw = bytearray(state.main)
    start = dice.randrange(max(1, len(raw) // 4096)) * 4096
    raw[start : start + 4096] = dice.randbytes(4096)
    return bytes(raw[: len(state.main)]), state.log


def crowd(path: Path, processes: int, events: int) -> Toll:
    """Let several processes write at once: half of them to one case, the others to their own."""
    with stores.make(path) as store:
        shared = stores.a_case(store, answers=0)
        own = [stores.a_case(store, answers=0) for _ in range(processes // 2)]
    writers = [
        (case, writer(path, case, events)) for case in [*own, *[shared] * (processes - len(own))]
    ]
    toll = Toll(tried=processes)
    said: dict[str, Heads] = {}
    for case, process in writers:
        heads, _, code = ended(process)
        said.setdefault(case, []).extend(heads)
        toll.lost += code != 0
    with stores.reopen(path) as store:
        for case, heads in said.items():
            _count(toll, store, case, heads)
            toll.lost += store.head(case).events - 1 - len(heads)
        toll.wrong += bool(verify_store(store).bad)
    toll.lost += processes * events - toll.saved
    toll.tried = processes
    return toll


def full_disk(path: Path, limits: Iterator[int]) -> Toll:
    """Let the disk be full at different sizes: what was said to be saved is there."""
    toll = Toll()
    for limit in limits:
        with stores.reopen(path) if path.exists() else stores.make(path) as store:
            case = stores.a_case(store, answers=0)
            store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        process = writer(path, case, 2000, "--limit", str(path.stat().st_size + limit))
        said, complaint, code = ended(process)
        toll.refused += code == 1 and "disk" in complaint and "help: everything" in complaint
        with stores.reopen(path) as store:
            _count(toll, store, case, said)
            store.append(case, stores.answer(0))
    return toll


def as_nobody(work: Callable[[], None]) -> str:
    """Do something in a process that is not root, which may write anywhere; say what it said."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        if os.geteuid() == 0:
            os.setresuid(65534, 65534, 65534)
        try:
            work()
            said = "done"
        except RecordsError as error:
            said = str(error)
        except BaseException as error:  # noqa: BLE001 - the parent compares what was said
            said = repr(error)
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        return pipe.read()
