"""From invariants to proofs, and from two knowledge bases to what differs in meaning.

It reads knowledge, never records. The map: docs/architecture.md.
"""
