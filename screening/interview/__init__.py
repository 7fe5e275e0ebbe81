"""From what was said to the next question: sessions as folds of events, and a planner."""
