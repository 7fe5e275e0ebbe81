"""Write the stores of a practice that later programs must still read, and what is read in them.

`python tests/lived_in_stores.py` wrote `stores/lived-in-*.db.gz` and `.txt` with the
program of commit 1c4e91c, just before its packages were moved: clients screened and seen again,
by the commands a trainer types. The sealed store rests on the knowledge shipped then, the plain
one on the small pack of `tests/packs`; each carries its own knowledge, so that later changes of
either do not matter. Ids are drawn at random: what was written once is never written again.
"""

from __future__ import annotations

import datetime
import gzip
import json
import os
import runpy
import shlex
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from click.testing import CliRunner, Result

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import stores  # noqa: E402

FOLDER = ROOT / "tests" / "records" / "stores"
KINDS = ("sealed", "plain")
MONDAY = datetime.datetime(2026, 11, 2, 9, tzinfo=datetime.timezone.utc)
LAST_DAY = 21  # when the store is read


def path_of(kind: str) -> Path:
    """Where a store is kept."""
    return FOLDER / f"lived-in-{kind}.db.gz"


def expected(kind: str) -> Path:
    """Where it is kept what commands say of a store."""
    return FOLDER / f"lived-in-{kind}.txt"


@contextmanager
def standing_clock(day: int, minute: int = 0) -> Iterator[None]:
    """Let the clock of this program stand still, so many days after the first Monday."""
    moment = MONDAY + datetime.timedelta(days=day, minutes=minute)

    class Standing(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Any:  # noqa: ANN401 - as it is there
            return moment.astimezone(tz)

    with mock.patch.object(datetime, "datetime", Standing):
        yield


def screening(home: Path, *words: str, typed: str = "") -> Result:
    """Run a command of this checkout on the store of a home."""
    main = runpy.run_path(str(ROOT / "cli.py"))["main"]
    unset = {name: None for name in os.environ if name.startswith("SCREENING_")}
    env = {**unset, "SCREENING_HOME": str(home), "COLUMNS": "80", "NO_COLOR": "1"}
    if (home / "passphrase").exists():
        env["SCREENING_PASSPHRASE_FILE"] = str(home / "passphrase")
    return CliRunner().invoke(main, list(words), input=typed, env=env)


def furnished(home: Path, kind: str) -> Path:
    """Return a home with the passphrase of a store of this kind."""
    home.mkdir(exist_ok=True)
    if kind == "sealed":
        (home / "passphrase").write_text(f"{stores.PASSPHRASE}\n", "utf-8")
        (home / "passphrase").chmod(0o600)
    return home


def said(home: Path, line: str) -> str:
    """Return what a command says of the store of a home, as it is kept."""
    with standing_clock(LAST_DAY):
        done = screening(home, *shlex.split(line))
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return f"exit {done.exit_code}\n{done.stdout}{done.stderr}"


def live(home: Path, kind: str) -> None:
    """Let a practice work with a new store for two weeks."""
    minutes = iter(range(1000))

    def does(day: int, line: str, typed: str = "") -> None:
        with standing_clock(day, next(minutes)):
            done = screening(home, *shlex.split(line), typed=typed)
        if done.exit_code:
            sys.exit(f"{line}: {done.output}")

    own = "--passphrase" if kind == "sealed" else "--no-encryption"
    does(0, f"store create {own}")
    (backs if kind == "sealed" else riders)(does)
    does(14, "store retention --weeks 104")


def backs(does: Callable[..., None]) -> None:
    """Screen clients by the shipped knowledge."""
    gardener, again = (
        read(f"docs/examples/{name}.txt") for name in ("gardener", "gardener-again")
    )
    second = read("docs/examples/blue-bike-2.yaml").replace("blue-bike-1.yaml", "red-car")
    does(0, "interview --client gardener", gardener)
    does(0, "run - --client red-car", read("tests/intakes/within_days.yaml"))
    does(0, "run - --client green-boat --format json", read("tests/intakes/same_day.yaml"))
    does(1, "interview --client white-van", "yes\n1\n")
    does(1, "interview --client grey-owl", "n\nn\nnone\nno\nn\nchange pulsing\n2\n1\nn\nn\n")
    does(1, "interview --client brown-fox", "n\nn\n?\nnone\nback\n1\nn\nquit\n")
    does(1, "interview --client gone --format markdown", "yes\n1\n")
    desk(does, "gardener", "red-car", "green-boat", "--limit pain_during=2 --leave-out deadlift")
    does(7, "followup gardener", again)
    does(14, "run - --client red-car", second.replace("blue-bike", "red-car"))


def riders(does: Callable[..., None]) -> None:
    """Screen clients by the small pack of the tests."""
    pack = f"--knowledge {ROOT / 'tests/packs/bicycle-fit'}"
    well: dict[str, str | int] = {
        "head_knock": "no",
        "numb": "no",
        "hoods": "no_effect",
        "drops": "provokes",
    }
    well |= {"climbing": "no_effect", "knee_front": "no", "hours": 12}
    intake = json.dumps({"answers": well, "programme": []})
    does(0, f"interview --client tourist {pack}", "n\nn\n\np\nn\nn\n12\n")
    does(
        0, f"run - --client red-car {pack}", intake.replace('"numb": "no"', '"numb": "dont_know"')
    )
    does(
        0,
        f"run - --client green-boat {pack} --format json",
        intake.replace('"no"', '"dont_know"', 1),
    )
    does(1, f"interview --client white-van {pack}", "y\n")
    does(1, f"interview --client grey-owl {pack}", "n\nn\n\np\nchange numb\n2\nn\nn\n12\n")
    does(1, f"interview --client brown-fox {pack}", "n\nn\n?\nback\n1\nquit\n")
    does(1, f"interview --client gone {pack} --format markdown", "y\n")
    desk(does, "tourist", "red-car", "green-boat", pack)
    does(7, f"run - --client tourist {pack}", intake)
    does(14, f"run - --client red-car {pack}", intake)


def desk(does: Callable[..., None], named: str, cleared: str, overridden: str, more: str) -> None:
    """Rename, note, erase, and close referrals."""
    does(2, f"clients rename {named} --name 'Anna Ångström'")
    does(2, "clients rename white-van --pseudonym black-van")
    does(2, f"clients consent {named} keep")
    does(2, f"clients consent {named} statistics")
    does(2, f"clients consent {named} statistics --withdraw")
    does(3, "clients erase gone --yes")
    agreed = "--by 'Dr A. Okafor' --role GP --date 2026-11-05 --note 'Walks well.'"
    does(4, f"referral cleared {cleared} {agreed} {more}")
    reason = "Seen by her doctor on Monday"
    does(4, f"referral override {overridden} --by 'J. Smith' --reason '{reason}'")


def read(name: str) -> str:
    """Return the text of a file of the checkout."""
    return (ROOT / name).read_text("utf-8")


def lines(home: Path) -> list[str]:
    """Return the commands that look at all there is in the store of a home."""
    listed = json.loads(said(home, "clients list --format json").split("\n", 1)[1])
    names = [one["client"] for one in listed]
    looks = ["clients list --names", "clients list --format json", "clients list --consent keep"]
    looks += ["audit verify", "referral list", "referral list --format json", "store retention"]
    for name in sorted(names):
        looks += [f"{verb} {name}" for verb in ("clients show", "audit show", "audit verify")]
        shown = json.loads(said(home, f"clients show {name} --format json").split("\n", 1)[1])
        cases = [one["case"] for one in shown["cases"]]
        looks += [f"audit replay {case}" for case in cases]
    return looks


def write(kind: str) -> None:
    """Write a store of one kind, and what is read in it."""
    with tempfile.TemporaryDirectory() as folder:
        home = furnished(Path(folder), kind)
        live(home, kind)
        path = home / "records.db"
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("VACUUM")
        path_of(kind).write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
        told = [f"$ {line}\n{said(home, line)}" for line in lines(home)]
    expected(kind).write_text("\n".join(told), "utf-8")


def main() -> None:
    """Write both stores, unless they are there."""
    for kind in KINDS:
        if path_of(kind).exists():
            sys.exit(f"{path_of(kind)} is there already, and is never written again")
        with mock.patch("screening.records.vault.DERIVATION", stores.FAST):
            write(kind)


if __name__ == "__main__":
    main()
