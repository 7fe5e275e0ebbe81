"""From what was said to the next question: sessions as folds of events, and a planner.

It knows no terminal. The map: docs/architecture.md.
"""
