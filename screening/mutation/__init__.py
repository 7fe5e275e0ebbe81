"""From rules to their mutants, and whether the tests of the knowledge notice them.

It judges the tests that `testing` runs. The map: docs/architecture.md.
"""
