"""The command line: each command parses, calls one function, renders and exits."""

from screening.commands.main import main

__all__ = ["main"]
