"""How things are kept as bytes: typed JSON, whole and signed files, the digest of the program.

It does not know what is kept. The map: docs/architecture.md.
"""
