"""What each knowledge file may say, once: readers, the canonical layout and the docs follow it."""
