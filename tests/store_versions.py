"""Write the stores that later programs must still open: `python tests/store_versions.py`.

It writes `stores/version-N-sealed.db` and `-plain.db` for the present version of the tables. A
store of a version that was released is never written again.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1])]

import stores  # noqa: E402

from screening.records import (  # noqa: E402
    Protection,
    add_client,
    create_store,
    key_hierarchy,
    put_knowledge,
    start_case,
)
from screening.records.erasing import ErasureReason, erase, keep_for  # noqa: E402
from screening.records.event import ConsentGiven, Listed, Skipped, Started  # noqa: E402
from screening.records.schema import VERSION  # noqa: E402

FOLDER = Path(__file__).parent / "records" / "stores"
EVENTS = (
    stores.answer(1),
    stores.answer(2, "new_or_worse"),
    Skipped("age"),
    Listed(("plank",), ("zumba",), more=False),
)


def path_of(version: int, protection: Protection) -> Path:
    """Where the store of a version is kept."""
    kind = "plain" if protection is Protection.NONE else "sealed"
    return FOLDER / f"version-{version}-{kind}.db"


def write(path: Path, protection: Protection) -> None:
    """Write a store with everything a store can hold."""
    clock = iter(f"2026-11-25T12:00:{second:02}.000Z" for second in range(60))
    with create_store(path, protection, stores.passphrase, clock=lambda: next(clock)) as store:
        client = add_client(store, "blue-bike", "Anna Ångström")
        store.append(client, ConsentGiven("screening", "I agree"))
        digest = put_knowledge(store, {"a.yaml": b"a: b\n"}, "logic", "text")
        case = start_case(store, client, Started("adaptive", digest, "0.1.0"))
        store.append(case, *EVENTS)
        keep_for(store, 104)
        gone = add_client(store, "red-car")
        start_case(store, gone, Started("fixed", digest, "0.1.0"))
        erase(store, gone, ErasureReason.ASKED)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    path.with_name(f"{path.name}-open").rmdir()


def main() -> None:
    """Write both stores of the present version, unless they are there."""
    vars(key_hierarchy)["DERIVATION"] = stores.FAST
    for protection in (Protection.PASSPHRASE, Protection.NONE):
        path = path_of(VERSION, protection)
        if path.exists():
            sys.exit(f"{path} is there already: a released version is never written again")
        write(path, protection)


if __name__ == "__main__":
    main()
