"""Whatever a case goes on from belongs to the client it is recorded of, by every way in."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from command_line import typed
from kept_cases import keep, make_store

from screening.model.knowledge import KnowledgeBase
from screening.records import (
    Store,
    add_client,
    cases,
    clients,
    find_client,
    open_store,
    start_case,
)
from screening.records.errors import ForeignRecordError
from screening.records.event import Started

WORST = "pain_worst: 9"  # only alice's
INTAKE = "tests/intakes/gardener.yaml"


@pytest.fixture
def home(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(root)
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    make_store(tmp_path)
    hers = tmp_path / "alice.yaml"
    hers.write_text(Path(INTAKE).read_text("utf-8").replace("pain_worst: 3", WORST), "utf-8")
    assert typed("run", str(hers), "--client", "alice").exit_code == 0
    return tmp_path


def at(home: Path) -> Store:
    return open_store(home / "records.db", str)


def following(home: Path, follows: str, *lines: str) -> str:
    """Write an intake that leaves open what an earlier screening could fill."""
    path = home / "next.yaml"
    open_ = ("age:", "sex:", "infrisk", "heart_kidney", "client:")
    text = Path(INTAKE).read_text("utf-8").splitlines()
    kept = [line for line in text if not line.strip().startswith(open_)]
    path.write_text("\n".join((*kept, f"follows: {follows}", *lines)), "utf-8")
    return str(path)


@pytest.mark.parametrize("known", [False, True], ids=["a new client", "a known one"])
@pytest.mark.parametrize(
    ("lines", "options"),
    [((), ("--client", "bob")), (("client: alice",), ("--client", "bob"))],
    ids=["by option", "against the file"],
)
@pytest.mark.parametrize("named", ["alice-1", "ALICE-1", "alice", "the id"])
def test_a_case_of_another_client_is_not_followed(
    home: Path, named: str, lines: tuple[str, ...], options: tuple[str, ...], *, known: bool
) -> None:
    if known:
        typed("run", INTAKE, "--client", "bob")
    with at(home) as store:
        before = [len(cases(store, one.id)) for one in clients(store)]
        (alice,) = (one.id for one in clients(store) if one.pseudonym == "alice")
        named = cases(store, alice)[0].id if named == "the id" else named
    result = typed("run", following(home, named, *lines), *options)
    assert (result.exit_code, result.stdout) == (2, ""), result.stdout
    assert "another client" in result.stderr or "the last screening of `bob`" in result.stderr
    with at(home) as store:
        assert [len(cases(store, one.id)) for one in clients(store)] == before


def test_a_file_of_the_same_name_counts_for_nothing_in_a_record(home: Path) -> None:
    """Bob follows his own screening; beside his intake is a file of that name, with hers."""
    typed("run", INTAKE, "--client", "bob")
    (home / "bob-1").write_text((home / "alice.yaml").read_text("utf-8"), "utf-8")
    result = typed("run", following(home, "bob-1"), "--client", "bob")
    assert result.exit_code == 0, result.stderr
    typed("clients", "erase", "alice", "--yes")
    assert '"pain_worst": 9' not in typed("clients", "export", "bob").stdout
    assert '\\"pain_worst\\":9' not in typed("clients", "export", "bob").stdout


def test_the_store_itself_refuses_it(home: Path) -> None:
    with at(home) as store:
        alice = find_client(store, "alice")
        assert alice is not None
        bob = add_client(store, "bob")
        begun = Started("adaptive", "0" * 64, "0.1.0", cases(store, alice.id)[0].id)
        with pytest.raises(ForeignRecordError, match="`bob` goes on from"):
            start_case(store, bob, begun)
        assert cases(store, bob) == ()


@pytest.fixture
def mixed(home: Path, shipped: KnowledgeBase) -> Path:
    """Return a home where an earlier program let bob's screening follow alice's."""
    keep(home, shipped, "carl", {"age": 40})
    with at(home) as store:
        alice = find_client(store, "alice")
        assert alice is not None
        begun = Started("adaptive", shipped.digest, "0.1.0", cases(store, alice.id)[0].id)
        bob = add_client(store, "bob")
        with store.writing():
            store.open_ledger("case-0123abcd", bob, 1)
            store.add("case-0123abcd", begun)
    return home


@pytest.mark.parametrize("erased", [False, True], ids=["both there", "alice erased"])
def test_a_mixed_record_stops_nobody_else(mixed: Path, *, erased: bool) -> None:
    assert mixed
    if erased:
        assert "also in bob-1: erase both" in typed("clients", "erase", "alice", "--yes").stdout
    for words in (
        ("explain", "bob-1"),
        ("run", "bob-1"),
        ("followup", "bob"),
        ("interview", "--resume", "bob-1"),
        ("clients", "export", "bob"),
    ):
        result = typed(*words)
        assert result.exit_code == 2, words
        assert "bob" in result.stderr, words
        assert WORST not in result.stdout
    recalled = typed("recall", "--new", "knowledge")
    assert "`bob` goes on from" in " ".join(recalled.stderr.split())
    assert recalled.exit_code == 0
    for words in (("clients", "list"), ("referral", "list")):
        assert typed(*words).exit_code == 0
    verified = typed("audit", "verify")
    assert verified.exit_code == 1
    assert "`bob` goes on from" in " ".join(verified.stdout.split())
    typed("clients", "erase", "bob", "--yes")
    assert typed("audit", "verify").exit_code == 0


def test_a_damaged_record_stops_no_list(home: Path, shipped: KnowledgeBase) -> None:
    bad = keep(home, shipped, "carl", {"age": 40})
    with closing(sqlite3.connect(home / "records.db")) as connection:
        spoil = "UPDATE events SET body = zeroblob(40) WHERE ledger = ? AND number = 2"
        connection.execute(spoil, (bad,))
        connection.commit()
    lists = (("clients", "list"), ("referral", "list"), ("recall", "--new", "knowledge"))
    for words in (*lists, ("calendar",)):
        result = typed(*words)
        said = " ".join((result.stdout + result.stderr).split())
        assert "cannot be read" in said, words
        assert "cannot be trusted" in said, words
        assert "alice" in said or words[0] != "clients"
