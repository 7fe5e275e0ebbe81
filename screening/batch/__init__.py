"""Many intakes at once: a table in, a row of results for each client out, nothing dropped.

It shares no code with `assess`: its circuit is compared with that instead.
The map: docs/architecture.md.
"""
