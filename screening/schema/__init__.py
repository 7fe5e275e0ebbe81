"""What each knowledge file may say, once: readers, the canonical layout and the docs follow it.

It says which keys there are and what they hold, and reads nothing. The map: docs/architecture.md.
"""
