"""Knowledge as it was when a case was concluded, by the digest of its files."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import NamedTuple

from screening.records.errors import RESTORE, DamagedStoreError, UnknownRecordError
from screening.records.store import Store

MOST = 1 << 26  # bytes the files may unpack to


class KeptKnowledge(NamedTuple):
    """The files of a knowledge base by path, and the digests of its logic and of its words."""

    digest: str
    logic: str
    text: str
    files: Mapping[str, bytes]


def put_knowledge(store: Store, files: Mapping[str, bytes], logic: str, text: str) -> str:
    """Keep the files of a knowledge base, once; return their digest."""
    digest = _digest(files)
    if store.row("SELECT 1 FROM knowledge WHERE digest = ?", digest) is None:
        packed = _packed(files)
        with store.writing():
            store.connection.execute(
                "INSERT OR IGNORE INTO knowledge VALUES (?, ?, ?, ?)",
                (digest, logic, text, packed),
            )
    return digest


def has_knowledge(store: Store, digest: str) -> bool:
    """Tell whether the knowledge of a digest is kept, without reading it."""
    return store.row("SELECT 1 FROM knowledge WHERE digest = ?", digest) is not None


def knowledge(store: Store, digest: str) -> KeptKnowledge:
    """Return the knowledge of a digest, checked against it.

    Raises:
        UnknownRecordError: when it is not kept.
        DamagedStoreError: when it is not what was kept.

    """
    row = store.row("SELECT logic, text, files FROM knowledge WHERE digest = ?", digest)
    if row is None:
        raise UnknownRecordError(f"the store keeps no knowledge `{digest[:12]}`")
    logic, text, packed = row
    files = _unpacked(packed)
    if _digest(files) != digest:
        message = f"the knowledge `{digest[:12]}` is not what was kept"
        raise DamagedStoreError(message, RESTORE)
    return KeptKnowledge(digest, str(logic), str(text), files)


def find_knowledge(store: Store, start: str) -> KeptKnowledge | None:
    """Return the knowledge whose digest begins so, as reports print it; None unless just one does.

    Raises:
        DamagedStoreError: when it is not what was kept.

    """
    query = "SELECT digest FROM knowledge WHERE substr(digest, 1, ?) = ?"
    found = [str(digest) for (digest,) in store.rows(query, len(start), start)]
    return knowledge(store, found[0]) if len(found) == 1 else None


def _digest(files: Mapping[str, bytes]) -> str:
    from screening.load.files import digest_of  # noqa: PLC0415 - brings in all that loads

    return digest_of(files)


def _packed(files: Mapping[str, bytes]) -> bytes:
    texts = {name: raw.decode("utf-8", "surrogateescape") for name, raw in sorted(files.items())}
    return zlib.compress(json.dumps(texts).encode(), 6)


def _unpacked(packed: object) -> dict[str, bytes]:
    """Return the files, or none when they cannot be unpacked: their digest shows it."""
    try:
        plain = zlib.decompressobj().decompress(packed if isinstance(packed, bytes) else b"", MOST)
        texts = json.loads(plain)
        return {name: str(text).encode("utf-8", "surrogateescape") for name, text in texts.items()}
    except (zlib.error, ValueError, AttributeError):
        return {}
