"""The store of records: clients, cases and what happened in them, in one SQLite file.

Opening::

    store = create_store(path, Protection.PASSPHRASE, passphrase)   # or KEYRING, NONE
    with open_store(path, passphrase) as store:                      # passphrase: () -> str
        store.unlock()      # fetches the key now; otherwise it is fetched when first needed

Writing; each call is one transaction, on disk when it returns::

    client = add_client(store, "blue-bike", name="")        # a random id; labels are optional
    case = start_case(store, client, Started(...))          # a random id; cases are numbered
    head = store.append(case, Answered(...), Closed(...))   # all of them or none
    store.append(client, ConsentGiven(...))                 # a client's own ledger
    digest = put_knowledge(store, files, logic, text)       # once per content

Reading; every event is checked against the chain, and a bad one is named, never returned::

    for recorded in store.events(case): recorded.number, recorded.at, recorded.event
    store.head(case).digest                                 # 12 characters for a report
    find_client(store, "blue-bike"); clients(store); cases(store, client); latest_cases(store)
    knowledge(store, digest).files

What not every command needs is in modules of its own, so that an interview does not wait for it::

    verifying.verify_ledger(store, case, printed=["abcdefghijkl"]), verify_store(store) -> Checked
    verifying.Checked: bad, missing, found, set_back, unread; verifying.CANNOT_SHOW
    erasing.erase(store, client, ErasureReason.ASKED)       # crypto-shredding; a tombstone stays
    erasing.keep_for(store, weeks), due(store); rekeying.rekey(store, Protection.KEYRING, ...)
    copying.backup(store, path), restore(copy, path)

`with holding(store, case):` keeps a case from being open in two terminals.

Events are the types of `records.event` and `records.store_event`; state is the fold of the events.
The store knows nothing of rules. Whatever goes wrong is a `RecordsError` that says what and what
to do (exit 2).

The map: docs/architecture.md.
"""

from screening.records.case_lock import holding
from screening.records.chain import ChainHead, Ledger, Recorded
from screening.records.clients import (
    Client,
    add_client,
    cases,
    client_of,
    clients,
    find_client,
    latest_cases,
    of_each_client,
    own_case,
    own_link,
    rename,
    start_case,
    usable_label,
)
from screening.records.key_hierarchy import PassphraseSource, Protection
from screening.records.opening import create_store, open_store
from screening.records.snapshots import (
    KeptKnowledge,
    find_knowledge,
    has_knowledge,
    knowledge,
    put_knowledge,
)
from screening.records.store import Store

__all__ = [
    "ChainHead",
    "Client",
    "KeptKnowledge",
    "Ledger",
    "PassphraseSource",
    "Protection",
    "Recorded",
    "Store",
    "add_client",
    "cases",
    "client_of",
    "clients",
    "create_store",
    "find_client",
    "find_knowledge",
    "has_knowledge",
    "holding",
    "knowledge",
    "latest_cases",
    "of_each_client",
    "open_store",
    "own_case",
    "own_link",
    "put_knowledge",
    "rename",
    "start_case",
    "usable_label",
]
