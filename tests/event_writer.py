"""A process that writes events, and says each one once saved: `event_writer.py STORE CASE COUNT`.

With `--limit BYTES` its files cannot grow beyond that, as on a full disk.
"""

from __future__ import annotations

import argparse
import resource
import signal
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1])]

import stores  # noqa: E402

from screening.errors import RecordsError  # noqa: E402
from screening.records import key_hierarchy  # noqa: E402


def main() -> None:
    """Write, and say `NUMBER DIGEST` for each event once it is saved."""
    vars(key_hierarchy)["DERIVATION"] = stores.FAST
    parser = argparse.ArgumentParser()
    parser.add_argument("store", type=Path)
    parser.add_argument("case")
    parser.add_argument("count", type=int)
    parser.add_argument("--limit", type=int, default=0)
    wanted = parser.parse_args()
    if wanted.limit:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (wanted.limit, wanted.limit))
    try:
        with stores.reopen(wanted.store) as store:
            for number in range(wanted.count):
                head = store.append(wanted.case, stores.answer(number))
                print(head.events, head.digest, flush=True)  # noqa: T201 - the parent reads it
    except RecordsError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
