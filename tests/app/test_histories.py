"""A practice lived at random, held against a small model: what is known of whom, and what is open.

In CI a few histories. As many as wanted, with faults planted: `python benchmarks/histories.py`.
A seed again: `SCREENING_HISTORIES=25 SCREENING_SEED=7 python -m pytest -n 0 tests/app`.
"""

from __future__ import annotations

import datetime
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pytest
import stores
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from screening.app.audit.referrals import (
    OpenReferral,
    open_referrals,
    record_agreement,
    record_override,
    to_decide,
)
from screening.app.audit.verify import verify
from screening.app.clients.find_case import name_of
from screening.app.conclude import FiledIn, filed
from screening.app.look_back import library
from screening.assess import Assessor
from screening.engines.applicable import with_harmless_rest
from screening.errors import MisuseError, RecordsError, UnknownTargetError, UnwritableError
from screening.load import load
from screening.model.case import Case
from screening.model.decision import Agreement
from screening.model.question import Value
from screening.model.vocabularies import Level, Unknown
from screening.records import Protection, Store, add_client, cases, find_client, open_store
from screening.records.copying import backup, restore
from screening.records.erasing import ErasureReason, erase
from screening.records.errors import LockedStoreError
from screening.records.event import Concluded, ConsentGiven
from screening.records.protecting import protect
from screening.records.rekeying import rekey
from screening.records.verifying import verify_store
from screening.render.page import Format, Shape

HISTORIES = int(os.environ.get("SCREENING_HISTORIES", "8"))
SEED = int(os.environ.get("SCREENING_SEED", "1"))
SHRINK = os.environ.get("SCREENING_SHRINK") != "0"  # takes minutes, and is worth it by hand
STEPS = 24
PACK = Path(__file__).parents[1] / "packs" / "bicycle-fit"
NAMES = ("ann", "bob", "cem", "dua")
OWN = "own"  # the last case of the client who is screened
TABLE, JSON = Shape(Format.TABLE, 80), Shape(Format.JSON, 80)
DAY = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.timezone.utc)
REFUSED = (MisuseError, RecordsError, UnknownTargetError, UnwritableError)
SAID: tuple[dict[str, Value], ...] = (
    {}, {"numb": "new_or_worse"}, {"head_knock": "yes"}, {"drops": "provokes"},
    {"numb": Unknown.DONT_KNOW},
)  # fmt: skip


@dataclass
class Known:
    """What the model knows of a client: heads of events acknowledged, and whether it is referred.

    `level` is that of the last conclusion; `looked` tells that a clinician agreed since.
    """

    heads: dict[str, list[str]] = field(default_factory=dict)
    level: Level = Level.NONE
    looked: bool = False

    @property
    def screened(self) -> int:
        """How many cases there are, beside the client's own ledger."""
        return len(self.heads) - 1

    @property
    def open(self) -> bool:
        """Whether a referral is open."""
        return self.level >= Level.WITHIN_DAYS and not self.looked

    def copy(self) -> Known:
        """Return the same, to be changed on its own."""
        return Known(
            {case: [*heads] for case, heads in self.heads.items()}, self.level, self.looked
        )


class Copied(NamedTuple):
    """A backup, what was known when it was made, and what opened the store then."""

    path: Path
    known: dict[str, Known]
    passphrase: str
    sealed: bool


class Practice(RuleBasedStateMachine):
    """A store, and the model of what must be in it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "records.db"
        self.known: dict[str, Known] = {}
        self.gone: set[str] = set()
        self.words, self.day, self.made, self.sealed = stores.PASSPHRASE, 0, 0, True
        self.packs = [self.first_pack()]
        self.copies: list[Copied] = []

    @initialize(kind=st.sampled_from((Protection.PASSPHRASE, Protection.NONE)))
    def begin(self, kind: Protection) -> None:
        self.sealed = kind is not Protection.NONE
        stores.make(self.path, kind).close()
        self.seen("ann", {"numb": "new_or_worse"}, "")

    def teardown(self) -> None:
        try:
            if self.path.exists():
                with self.store() as store:
                    assert verify(library(store), None, ()).good
        finally:
            shutil.rmtree(self.folder)

    def first_pack(self) -> Path:
        """Return a pack that carries an open referral on."""
        pack = self.folder / "pack-0"
        shutil.copytree(PACK, pack)
        return pack

    def store(self) -> Store:
        """Open the store as another terminal would, at the time it is."""
        return open_store(self.path, lambda: self.words, clock=self.now)

    def now(self) -> str:
        """Return the time, which moves on by a little each time."""
        self.made += 1
        moment = DAY + datetime.timedelta(days=self.day, milliseconds=self.made)
        return moment.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"

    # what a practice does

    @rule(
        who=st.sampled_from(NAMES),
        said=st.sampled_from(SAID),
        whose=st.sampled_from((None, OWN, OWN, OWN, *NAMES)),
    )
    def screen(self, who: str, said: dict[str, Value], whose: str | None) -> None:
        """Screen anew, or follow the last case of somebody, who may be somebody else."""
        whose = who if whose == OWN else whose
        last = f"{whose}-{self.known[whose].screened}" if whose in self.known else ""
        if last and whose != who:
            with pytest.raises(REFUSED):
                self.seen(who, said, last)
        else:
            self.seen(who, said, last)

    def seen(self, who: str, said: dict[str, Value], last: str) -> None:
        """Record a screening of a client, and remember it."""
        assessor = Assessor(load(self.packs[-1]))
        waits = who in self.known and self.known[who].open
        sheet = with_harmless_rest(assessor.knowledge, said)
        sheet = {**sheet, "hours": 10 * NAMES.index(who) + self.made % 10}
        sheet = {q: v for q, v in sheet.items() if assessor.knowledge.questions[q].derived is None}
        with self.store() as store:
            case = Case(sheet, (), client=who, follows=last)
            report = filed(case, assessor, FiledIn(store, self.packs[-1]), JSON).report
            self.remember(store, who)
            self.known[who].level = Level[json.loads(report)["referral"]["level"].upper()]
            self.known[who].looked = False
        assert self.known[who].open or not waits, f"{who} waited, and nobody has looked"

    def remember(self, store: Store, who: str) -> None:
        """Take down what was acknowledged of a client."""
        found = find_client(store, who)
        assert found is not None
        self.gone.discard(who)
        mine = self.known.setdefault(who, Known())
        for ledger in (found.id, *(one.id for one in cases(store, found.id))):
            mine.heads[ledger] = [one.head.digest for one in store.events(ledger)]

    @precondition(lambda self: any(one.level >= Level.WITHIN_DAYS for one in self.known.values()))
    @rule(data=st.data(), agreed=st.booleans())
    def decide(self, data: st.DataObject, agreed: bool) -> None:  # noqa: FBT001 - drawn
        """Record a clinician's agreement, or a trainer's override, about a referral."""
        referred = [who for who, one in self.known.items() if one.level >= Level.WITHIN_DAYS]
        who = data.draw(st.sampled_from(sorted(referred)))
        with self.store() as store:
            referral = to_decide(store, self.last_case(store, who))
            if agreed:
                given = Agreement("Dr A", "GP", datetime.date(2100, 1, 1))
                record_agreement(store, referral, given)
                self.known[who].looked = True
            else:
                record_override(
                    library(store), referral, "J. Smith", "Seen by her doctor on Monday"
                )
            self.remember(store, who)

    @precondition(lambda self: any(one.level < Level.WITHIN_DAYS for one in self.known.values()))
    @rule(data=st.data())
    def nothing_to_decide(self, data: st.DataObject) -> None:
        quiet = [who for who, one in self.known.items() if one.level < Level.WITHIN_DAYS]
        who = data.draw(st.sampled_from(sorted(quiet)))
        with self.store() as store, pytest.raises(REFUSED):
            to_decide(store, self.last_case(store, who))

    def last_case(self, store: Store, who: str) -> str:
        """Return the last case of a client who is known."""
        client = find_client(store, who)
        assert client is not None
        return cases(store, client.id)[-1].id

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def erase(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(sorted(self.known)))
        with self.store() as store:
            client = find_client(store, who)
            assert client is not None
            erase(store, client.id, ErasureReason.ASKED)
            assert find_client(store, who) is None
        del self.known[who]
        self.gone.add(who)

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def two_terminals(self, data: st.DataObject) -> None:
        """Write from two open stores in turn; neither loses what the other wrote."""
        who = data.draw(st.sampled_from(sorted(self.known)))
        with self.store() as one, self.store() as other:
            client = find_client(one, who)
            assert client is not None
            for here in (one, other, one):
                here.append(client.id, ConsentGiven("keep", "yes"))
            self.remember(other, who)

    @rule(days=st.integers(-30, 60))
    def time_passes(self, days: int) -> None:
        """Let the clock move, also back."""
        self.day += days

    @precondition(lambda self: not self.sealed)
    @rule()
    def protect(self) -> None:
        """Encrypt what was kept in plain sight; another terminal that is open does no more."""
        with self.store() as store, self.store() as other:
            protect(store, Protection.PASSPHRASE, lambda: self.words)
            for who in self.known:
                with pytest.raises(LockedStoreError):
                    find_client(other, who) or add_client(other, who)
        self.sealed = True
        for word in (b'"ann"', b'"bob"', b"new_or_worse"):
            assert word not in self.path.read_bytes()

    @precondition(lambda self: self.sealed)
    @rule()
    def another_key(self) -> None:
        with self.store() as store:
            words = f"{self.words} more"[-40:]
            rekey(store, Protection.PASSPHRASE, lambda: words)
        self.words = words

    @rule()
    def other_knowledge(self) -> None:
        """Let the knowledge be another, with the same questions."""
        pack = self.folder / f"pack-{len(self.packs)}"
        shutil.copytree(self.packs[0], pack)
        text = (pack / "pack.yaml").read_text("utf-8")
        (pack / "pack.yaml").write_text(f"{text}# {len(self.packs)}\n", "utf-8")
        self.packs.append(pack)

    @rule()
    def copy(self) -> None:
        path = self.folder / f"copy-{len(self.copies)}.db"
        with self.store() as store:
            backup(store, path)
        known = {who: one.copy() for who, one in self.known.items()}
        self.copies.append(Copied(path, known, self.words, self.sealed))

    @precondition(lambda self: self.copies)
    @rule(data=st.data())
    def put_back(self, data: st.DataObject) -> None:
        """Restore a copy; whoever was erased since is erased again."""
        copied = data.draw(st.sampled_from(self.copies))
        with open_store(copied.path, str) as before:
            there = {str(row[0]) for row in before.rows("SELECT id FROM clients WHERE erased = 0")}
        again = restore(copied.path, self.path).erased
        self.words, self.sealed = copied.passphrase, copied.sealed
        with self.store() as store:
            left = {str(row[0]) for row in store.rows("SELECT id FROM clients WHERE erased = 0")}
            self.known = {
                who: one.copy()
                for who, one in copied.known.items()
                if find_client(store, who) is not None
            }
        assert again is None or there - left == set(again)

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def somebody_has_the_file(self, data: st.DataObject) -> None:
        """Change something in the file without the key; it is found, and nothing is written."""
        change = data.draw(st.sampled_from(CHANGES if self.sealed else SHOWN_UNSEALED))
        kept = self.folder / "kept.db"
        with self.store() as store, closing(sqlite3.connect(kept)) as file:
            store.connection.backup(file)
        with closing(sqlite3.connect(self.path)) as connection:
            connection.executescript(change)
        assert self.found()
        shutil.copyfile(kept, self.path)  # and it is put back as it was
        for beside in self.folder.glob("records.db-*"):
            if beside.is_file():
                beside.unlink()

    def found(self) -> str:
        """Return what is found wrong with the store; nothing where all is well."""
        try:
            with self.store() as store:
                return verify_store(store).bad
        except RecordsError as error:
            return error.message

    # what must hold, whatever was done

    @invariant()
    def all_is_as_acknowledged(self) -> None:
        TAKEN.append(len(self.known))
        if not self.path.exists():
            return
        with self.store() as store:
            assert verify_store(store).bad == ""
            for who, mine in self.known.items():
                for ledger, heads in mine.heads.items():
                    now = [one.head.digest for one in store.events(ledger)]
                    assert now[: len(heads)] == heads, f"an acknowledged event of {who} is lost"
            found = {
                name_of(store, one.kept.case).rpartition("-")[0] for one in self.opened(store)
            }
            assert found == {who for who, mine in self.known.items() if mine.open}

    def opened(self, store: Store) -> list[OpenReferral]:
        """Return the open referrals; nobody may be unreadable."""
        unread: list[str] = []
        found = [*open_referrals(store, unread.append)]
        assert unread == []
        return found

    @invariant()
    def nobody_has_anothers_answers(self) -> None:
        if not self.path.exists():
            return
        with self.store() as store:
            for who in self.known:
                client = find_client(store, who)
                assert client is not None
                for ledger in cases(store, client.id):
                    for one in store.events(ledger.id):
                        if isinstance(one.event, Concluded):
                            case = json.loads(one.event.case)
                            earlier = case["earlier"] or {"answers": {}, "first": {}}
                            for sheet in (case["answers"], earlier["answers"], earlier["first"]):
                                assert sheet.get("hours", 10 * NAMES.index(who)) // 10 == (
                                    NAMES.index(who)
                                ), f"{who} has somebody else's answers"


TAKEN: list[int] = []
"""How many clients there were after each step."""
CHANGES = (
    """UPDATE events SET body = zeroblob(length(body)) WHERE place = (
        SELECT min(place) FROM events WHERE body IS NOT NULL AND ledger <> 'store')""",
    "DELETE FROM events WHERE place = (SELECT max(place) FROM events)",
    "UPDATE events SET at = '2020-01-01T00:00:00.000Z' WHERE place = 2",
    "UPDATE ledgers SET opened = '2020-01-01T00:00:00.000Z' WHERE number = 1",
    "UPDATE store SET retention = 5",
    "UPDATE store SET bound = zeroblob(32)",
    "UPDATE store SET protection = 'none', lookup = zeroblob(32)",
    "UPDATE ledgers SET number = number + 10 WHERE number > 0",
    "CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM events; END",
)


SHOWN_UNSEALED = tuple(one for one in CHANGES if "bound" not in one and "place = (S" not in one)
"""The changes that are found without a key: not those written so that all chains hold."""


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    stores.quick(monkeypatch)


def live(histories: int, drawn: int, *, shrink: bool) -> int:
    """Live so many histories of a seed; return how many steps they took."""
    before = len(TAKEN)
    few = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    settled = settings(
        max_examples=histories,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=False,
        database=None,
        suppress_health_check=few,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink) if shrink else (Phase.generate,),
    )
    run_state_machine_as_test(seed(drawn)(Practice), settings=settled)
    return len(TAKEN) - before


def test_a_practice_lived_at_random(record_property: Callable[[str, object], None]) -> None:
    steps = live(HISTORIES, SEED, shrink=SHRINK)
    record_property("histories", f"{HISTORIES}, {steps} steps, seed {SEED}")
    assert sum(TAKEN) >= len(TAKEN) / 2  # there were clients to have histories
