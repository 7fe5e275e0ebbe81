"""Loading and checking the knowledge."""

from __future__ import annotations

import datetime

import yaml
from measure import Peer, Section, against, median_of

from screening.check import check
from screening.load import digest, load, shipped_knowledge
from screening.load.compiled import compiled, from_compiled

TODAY = datetime.date(2026, 1, 1)


def sections() -> list[Section]:
    """Return both against composing the same files with the same YAML library."""
    root = shipped_knowledge()
    knowledge = load(root)
    kept = compiled(knowledge)
    texts = [path.read_text(encoding="utf-8") for path in root.rglob("*.yaml")]

    def compose() -> None:
        for text in texts:
            yaml.compose(text, Loader=yaml.CSafeLoader)

    def take() -> None:
        digest(root)
        from_compiled(kept)

    peer = Peer(f"`yaml.compose` of the {len(texts)} files", compose)
    floor = f"reading and hashing them {median_of(lambda: digest(root)):.0f} ms"
    rows = [
        against("load the files", lambda: load(root), peer, floor=floor),
        against("load what was kept compiled", take, peer, floor=floor),
        against("check", lambda: check(knowledge, TODAY), peer),
    ]
    return [Section("Knowledge", rows)]
