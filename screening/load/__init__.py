"""From files to a `KnowledgeBase` or a `Case`: the only reader of YAML.

Everything wrong in a file is said at once, with its place. The map: docs/architecture.md.
"""

from screening.load.files import Snapshot, digest_of
from screening.load.intake import load_intake, read_intake, read_what_if
from screening.load.knowledge import (
    digest,
    load,
    load_snapshot,
    load_whole,
    shipped_knowledge,
    take_snapshot,
)
from screening.load.revision import load_revision

__all__ = [
    "Snapshot",
    "digest",
    "digest_of",
    "load",
    "load_intake",
    "load_revision",
    "load_snapshot",
    "load_whole",
    "read_intake",
    "read_what_if",
    "shipped_knowledge",
    "take_snapshot",
]
