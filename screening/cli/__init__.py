"""The command line: each command parses, calls one function of `app`, prints and exits.

The top floor: it imports every other room, and nothing imports it.
The map: docs/architecture.md.
"""

from screening.cli.main import main

__all__ = ["main"]
