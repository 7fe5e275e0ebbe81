"""Put the records through bad weather: `python benchmarks/reliability.py [PART…] [--write]`.

Every figure comes from real files and processes; the dice are the same in every run. PART is one
of `interviews`, `killed`, `weather`, `large`; `--write` puts what ran into docs/reliability.md.
It exits with 1 when anything saved was lost, or taken for what it is not.
"""

from __future__ import annotations

import random
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks"), str(ROOT / "tests")]

import crash_faults  # noqa: E402
import stores  # noqa: E402
from crash_faults import Toll  # noqa: E402
from kept_cases import make_store  # noqa: E402
from killed_interviews import kill_one  # noqa: E402
from measure import environment, folder, timed  # noqa: E402
from run import machine, write  # noqa: E402
from tabulate import tabulate  # noqa: E402

from screening.interview.planner import Planner  # noqa: E402
from screening.load import load, shipped_knowledge  # noqa: E402
from screening.records import (  # noqa: E402
    Store,
    clients,
    find_client,
    key_hierarchy,
    latest_cases,
    open_store,
)
from screening.records.clients import add_within  # noqa: E402
from screening.records.event import Answered  # noqa: E402
from screening.records.verifying import verify_ledger, verify_store  # noqa: E402

PAGE = ROOT / "docs" / "reliability.md"
SEED = 2026
EACH = 6  # events of a case in the large store
HEADER = ("what was done", "times", "events saved", "lost", "misread", "refused or shown")


def toll_table(rows: list[tuple[str, Toll]]) -> str:
    """Return what came of bad weather, as Markdown; remember whether anything was lost."""
    table = [
        (what, one.tried, one.saved or "", one.lost, one.wrong + one.unseen, one.refused or "")
        for what, one in rows
    ]
    return tabulate(table, HEADER, tablefmt="github", disable_numparse=True)


def interviews() -> tuple[str, bool]:
    """Kill real interviews with -9 at random points."""
    dice = random.Random(SEED)
    planner = Planner(load(shipped_knowledge()))
    toll = Toll()
    with folder() as home:
        make_store(home)
        for number in range(200):
            one = kill_one(home, planner, f"client {number}", dice)
            toll.tried += 1
            toll.saved += one.saved
            toll.lost += one.lost
        with open_store(home / "records.db", str) as store:
            toll.wrong += bool(verify_store(store).bad)
    return toll_table([("`screening interview` killed (-9)", toll)]), toll.clean


def killed() -> tuple[str, bool]:
    """Kill writers with -9 at random points, and let many write at once."""
    dice = random.Random(SEED)
    rows = []
    with folder() as home:
        rows.append(
            ("a writer killed (-9)", crash_faults.killed(home / "a" / "records.db", 200, dice))
        )
    with folder() as home:
        rows.append(
            ("8 processes, 200 events each", crash_faults.crowd(home / "records.db", 8, 200))
        )
    return toll_table(rows), all(one.clean for _, one in rows)


def bad_weather() -> tuple[str, bool]:
    """Cut the power, fill the disk, and damage what is on it."""
    dice = random.Random(SEED)
    rows: list[tuple[str, Toll]] = []
    with folder() as home:
        what = "power cut while saving: any changed sectors written, in any order"
        rows.append((what, crash_faults.power_cuts(home, 2000, dice)))
    with folder() as home:
        limits = iter(range(4_000, 84_000, 4_000))
        rows.append(
            ("disk full at another size", crash_faults.full_disk(home / "records.db", limits))
        )
    harms: tuple[tuple[str, crash_faults.Harm], ...] = (
        ("the log ends at any byte", crash_faults.cut_log),
        ("the file ends at any byte", crash_faults.cut_file),
        ("two sectors of the log swapped", crash_faults.swapped_sectors),
        ("one bit flipped, file or log", crash_faults.flipped_bit),
        ("a page of noise", crash_faults.garbage_page),
    )
    for what, harm in harms:
        with folder() as home:
            rows.append((what, crash_faults.damage(home, 1000, dice, harm)))
    return toll_table(rows), all(one.clean for _, one in rows)


def large() -> tuple[str, bool]:
    """Measure what an event costs, and a store with 100,000 cases."""
    with folder() as home:
        path = home / "records.db"
        with stores.make(path) as store:
            rows = [*event_costs(store)]
            fill(store, 100_000)
        with stores.reopen(path) as store:
            rows += case_costs(store)
        rows += command_costs(home, path)
        rows += whole_costs(home, path)
    header = ("what", "median", "most", "budget")
    return tabulate(rows, header, tablefmt="github", disable_numparse=True), True


Line = tuple[str, str, str, str]


def line(what: str, work: Callable[[], object], runs: int, budget: str = "") -> Line:
    """Return the median and the most of some runs."""
    times = [timed(work) for _ in range(runs)]
    return what, f"{statistics.median(times):.2f} ms", f"{max(times):.2f} ms", budget


def event_costs(store: Store) -> Iterator[Line]:
    """Yield what saving an event costs, with and without waiting for the disk."""
    case = stores.a_case(store, answers=0)
    saved = iter(range(10_000))

    def save() -> object:
        return store.append(case, stores.answer(next(saved)))

    yield line("save an event, until it is on the disk", save, 300)
    store.connection.execute("PRAGMA synchronous = OFF")
    yield line("the same without waiting for the disk", save, 300, "≤ 10 ms")
    store.connection.execute("PRAGMA synchronous = FULL")


def fill(store: Store, count: int) -> None:
    """Add cases, five to a client, in one transaction."""
    events = [Answered(f"question_{n}", "no", "0" * 16, "no") for n in range(EACH - 1)]
    with store.writing():
        for number in range(count):
            if number % 5 == 0:
                client = add_within(store, f"client {number // 5}", "")
            case = f"case-{number:08x}"
            store.open_ledger(case, client, number % 5 + 1)
            store.add(case, stores.STARTED, *events)


def case_costs(store: Store) -> Iterator[Line]:
    """Yield what is done with one case among many."""
    budget = "≤ 200 ms together"
    case = "case-0000c350"

    def opened() -> None:
        with stores.reopen(store.path) as other:
            other.unlock()

    yield line("open the store, with its key at hand", opened, 15, budget)
    yield line("list the last 20 cases", lambda: latest_cases(store, 20), 15, budget)
    yield line("list the last 20 clients", lambda: clients(store, 20), 15, budget)
    yield line(
        "find a client by pseudonym", lambda: find_client(store, "CLIENT 10000"), 15, budget
    )
    yield line("read one case", lambda: store.events(case), 15, budget)
    yield line("verify one case", lambda: verify_ledger(store, case), 15, budget)


def command_costs(home: Path, path: Path) -> Iterator[Line]:
    """Yield what whole commands take beside so many cases, starting Python included."""
    secret = home / "passphrase"
    secret.write_text(stores.PASSPHRASE, encoding="utf-8")
    secret.chmod(0o600)
    around = environment(str(home))
    around |= {"SCREENING_STORE": str(path), "SCREENING_PASSPHRASE_FILE": str(secret)}

    def command(*words: str) -> Callable[[], object]:
        typed = [sys.executable, "-m", "screening", *words]
        return lambda: subprocess.run(
            typed, cwd=ROOT, env=around, check=True, stdout=subprocess.DEVNULL
        )

    command("run", "tests/intakes/gardener.yaml", "--client", "gardener")()
    typed = ("clients list", "clients show gardener", "audit verify gardener")
    for words in typed:
        yield line(f"`screening {words}`, all of the command", command(*words.split()), 15)


def whole_costs(home: Path, path: Path) -> Iterator[Line]:
    """Yield what verifying a whole store takes, in processes of their own: time and memory."""
    small = home / "small" / "records.db"
    with stores.make(small) as store:
        fill(store, 1_000)
    for one, cases in ((small, "1,000"), (path, "100,000")):
        words = [sys.executable, __file__, "--verify", str(one)]
        said = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()
        seconds, events, peak = float(said[0]), int(said[1]), float(said[2])
        what = f"verify all {cases} cases ({events:,} events)"
        yield what, f"{seconds:.1f} s", f"{peak:.0f} MiB of memory", "constant memory"


def verify_one(path: Path) -> None:
    """Verify a store and say how long it took, how many events, and the memory at most."""
    found: list[object] = []
    with stores.reopen(path) as store:
        store.unlock()
        seconds = timed(lambda: found.append(verify_store(store))) / 1000
    (checked,) = found
    if getattr(checked, "bad", "?"):
        sys.exit(str(checked))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(seconds, getattr(checked, "events", 0), peak)


PARTS: dict[str, Callable[[], tuple[str, bool]]] = {
    "interviews": interviews,
    "killed": killed,
    "weather": bad_weather,
    "large": large,
}


def main() -> None:
    """Run the parts that are asked for, and write them when asked."""
    words = sys.argv[1:]
    if words[:1] == ["--verify"]:
        return verify_one(Path(words[1]))
    vars(key_hierarchy)["DERIVATION"] = (
        stores.FAST
    )  # stretching passphrases is not what is measured
    wanted = [word for word in words if word != "--write"] or list(PARTS)
    unknown = set(wanted) - set(PARTS)
    if unknown:
        sys.exit(f"no part `{min(unknown)}`; parts: {', '.join(PARTS)}")
    clean = True
    for part in wanted:
        text, held = PARTS[part]()
        clean = clean and held
        print(f"{text}\n")
        if "--write" in words:
            write(part, f"{text}\n\n{machine().split(';')[0]}.*", PAGE)
    return None if clean else sys.exit(1)


if __name__ == "__main__":
    main()
