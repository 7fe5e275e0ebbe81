"""From files to a `KnowledgeBase` or a `Case`: the only reader of YAML."""

from screening.load.intake import load_intake, read_intake, read_what_if
from screening.load.knowledge import load, shipped_knowledge

__all__ = ["load", "load_intake", "read_intake", "read_what_if", "shipped_knowledge"]
