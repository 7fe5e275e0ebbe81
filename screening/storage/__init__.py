"""How things are kept as bytes: typed JSON, whole and signed files, the digest of the program.

Near the ground: it knows the errors, and nothing of knowledge or clients.
The map: docs/architecture.md.
"""
