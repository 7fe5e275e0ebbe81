"""From results to what is printed: pages for people, JSON for programs; pure functions.

It reads results of every stage below and changes none. The map: docs/architecture.md.
"""
