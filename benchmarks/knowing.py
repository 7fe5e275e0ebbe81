"""Loading, checking and proving the knowledge."""

from __future__ import annotations

import datetime

import yaml
from measure import Peer, Row, Section, against, median_of, timed

from screening.check import check
from screening.load import digest, load, shipped_knowledge
from screening.load.compiled import compiled, from_compiled
from screening.verify.prove import prove

TODAY = datetime.date(2026, 1, 1)
FEW = 3  # runs of what takes long


def sections() -> list[Section]:
    """Return loading and checking against composing the same files with the same YAML library."""
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
    return [Section("Knowledge", [*rows, _proved()])]


def _proved() -> Row:
    """Return a line for the whole list of promises."""
    promised = load(shipped_knowledge(), promises=True)
    took = sorted(timed(lambda: list(prove(promised))) / 1000 for _ in range(FEW))
    spread = f"{took[0]:.1f} to {took[-1]:.1f}"
    return Row("prove, all promises", f"{took[FEW // 2]:.1f} s", spread, budget="≤ 10 s")
