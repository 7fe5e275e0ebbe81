"""How things are kept as bytes: typed JSON, whole and signed files, the digest of the program.

The map: docs/architecture.md.
"""
