"""From answers to the next question: a log of what was said, a planner, drafts on disk."""
