"""Engines: each turns answers into an `Outcome`; the reference is the meaning.

One file or package an engine; tests run all of them side by side.
The map: docs/architecture.md.
"""
