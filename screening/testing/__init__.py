"""From examples and cases to whether the knowledge concludes what they expect.

It runs what `assess` concludes against what was expected. The map: docs/architecture.md.
"""
