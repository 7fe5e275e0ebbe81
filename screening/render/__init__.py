"""From results to what is printed: pages for people, JSON for programs; pure functions."""
