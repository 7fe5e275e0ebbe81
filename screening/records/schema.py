"""The tables of a store, and the steps from each earlier version to the present one."""

from __future__ import annotations

VERSION = 3
APPLICATION = 0x53435231  # "SCR1": tells a record store from any other SQLite file

CREATE = """
CREATE TABLE store (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id TEXT NOT NULL,
    protection TEXT NOT NULL,
    generation INTEGER NOT NULL,
    derivation TEXT NOT NULL,
    salt BLOB NOT NULL,
    lookup BLOB NOT NULL,
    retention INTEGER NOT NULL,
    events INTEGER NOT NULL,
    head BLOB NOT NULL
);
CREATE TABLE clients (
    id TEXT PRIMARY KEY,
    key BLOB,
    last TEXT NOT NULL,
    erased INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX clients_by_last ON clients (last, id);
CREATE TABLE labels (
    client TEXT PRIMARY KEY REFERENCES clients (id),
    lookup BLOB NOT NULL UNIQUE,
    sealed BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE ledgers (
    id TEXT PRIMARY KEY,
    client TEXT REFERENCES clients (id),
    number INTEGER NOT NULL,
    opened TEXT NOT NULL,
    last TEXT NOT NULL,
    events INTEGER NOT NULL,
    head BLOB NOT NULL,
    UNIQUE (client, number)
) WITHOUT ROWID;
CREATE INDEX ledgers_by_last ON ledgers (last, id);
CREATE TABLE events (
    place INTEGER PRIMARY KEY,
    ledger TEXT NOT NULL REFERENCES ledgers (id),
    number INTEGER NOT NULL,
    at TEXT NOT NULL,
    digest BLOB NOT NULL,
    body BLOB,
    link BLOB NOT NULL,
    store_link BLOB NOT NULL,
    UNIQUE (ledger, number)
);
CREATE TABLE knowledge (
    digest TEXT PRIMARY KEY,
    logic TEXT NOT NULL,
    text TEXT NOT NULL,
    files BLOB NOT NULL
);
"""
"""`ledgers` are the chains: of each case, of each client (number 0), and of the store itself.

A client's `key` is its data key, wrapped; NULL once erased, and in a store without encryption.
`erased` is the place of its tombstone, 0 while there is none. An event's `digest` commits to its
`body`, so that a body can go and the chain still verifies.
"""

MIGRATIONS: tuple[str, ...] = (
    # 2: the head is bound by a key; a case was opened when its first event says
    """
ALTER TABLE store ADD COLUMN bound_events INTEGER NOT NULL DEFAULT 0;
ALTER TABLE store ADD COLUMN bound BLOB NOT NULL DEFAULT x'';
UPDATE ledgers SET opened = (SELECT at FROM events WHERE ledger = ledgers.id AND number = 1)
WHERE EXISTS (SELECT 1 FROM events WHERE ledger = ledgers.id AND number = 1);
""",
    # 3: a store can be encrypted later, and be for practice: other bodies, another kind of event
    "",
)
"""The tables are those of version 1 and then every step, also in a new store.

The step at place N - 1 brings a store of version N to version N + 1.

A new kind of event, or a new field of one, needs a new version too, with an empty step: a program
that does not know it must refuse the store, not call the event damaged. New fields have defaults.
"""
