"""From examples and cases to whether the knowledge concludes what they expect."""
