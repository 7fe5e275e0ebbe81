"""For authors who write: new rules, questions and packs by being asked, and a rule's life.

It reads and writes knowledge, never records. The map: docs/architecture.md.
"""
